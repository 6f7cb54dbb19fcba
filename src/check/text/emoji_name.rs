//! Names of emoji between colons, which other sites turn into emoji: here they are shown as they stand.

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, counted};
use crate::source::Span;

/// The names that are written most, in order, each with what it stands for. Others may be no names of emoji.
const NAMES: [(&str, &str); 78] = [
    ("+1", "👍"),
    ("-1", "👎"),
    ("100", "💯"),
    ("alien", "👽"),
    ("arrow_down", "⬇️"),
    ("arrow_left", "⬅️"),
    ("arrow_right", "➡️"),
    ("arrow_up", "⬆️"),
    ("art", "🎨"),
    ("beer", "🍺"),
    ("bell", "🔔"),
    ("book", "📖"),
    ("bookmark", "🔖"),
    ("books", "📚"),
    ("boom", "💥"),
    ("bug", "🐛"),
    ("bulb", "💡"),
    ("calendar", "📆"),
    ("chart_with_upwards_trend", "📈"),
    ("checkered_flag", "🏁"),
    ("clap", "👏"),
    ("clipboard", "📋"),
    ("cloud", "☁️"),
    ("coffee", "☕"),
    ("computer", "💻"),
    ("construction", "🚧"),
    ("dart", "🎯"),
    ("dizzy", "💫"),
    ("earth_africa", "🌍"),
    ("exclamation", "❗"),
    ("eyes", "👀"),
    ("fire", "🔥"),
    ("gear", "⚙️"),
    ("gem", "💎"),
    ("gift", "🎁"),
    ("globe_with_meridians", "🌐"),
    ("grin", "😁"),
    ("hammer", "🔨"),
    ("handshake", "🤝"),
    ("heart", "❤️"),
    ("heavy_check_mark", "✔️"),
    ("hourglass", "⌛"),
    ("information_source", "ℹ️"),
    ("key", "🔑"),
    ("link", "🔗"),
    ("lock", "🔒"),
    ("mag", "🔍"),
    ("mega", "📣"),
    ("memo", "📝"),
    ("money_with_wings", "💸"),
    ("muscle", "💪"),
    ("no_entry", "⛔"),
    ("octocat", ""),
    ("ok_hand", "👌"),
    ("package", "📦"),
    ("pencil", "📝"),
    ("pray", "🙏"),
    ("pushpin", "📌"),
    ("question", "❓"),
    ("rocket", "🚀"),
    ("rotating_light", "🚨"),
    ("scroll", "📜"),
    ("shield", "🛡️"),
    ("smile", "😄"),
    ("smiley", "😃"),
    ("sparkles", "✨"),
    ("speech_balloon", "💬"),
    ("star", "⭐"),
    ("tada", "🎉"),
    ("thinking", "🤔"),
    ("thumbsup", "👍"),
    ("trophy", "🏆"),
    ("warning", "⚠️"),
    ("wave", "👋"),
    ("white_check_mark", "✅"),
    ("wrench", "🔧"),
    ("x", "❌"),
    ("zap", "⚡"),
];

/// How long the longest of them is.
const LONGEST: usize = 24;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    let text = prose.text;
    let mut edits = Vec::new();
    let mut at = prose.body;
    while let Some(found) = memchr::memchr(b':', &text.as_bytes()[at..]) {
        let start = at + found;
        at = start + 1;
        let Some((length, emoji)) = name(&text[start + 1..]) else { continue };
        let span = Span::new(start, start + length + 2);
        if is_alone(text, span) && !is_option(text, span) && !prose.is_hidden(start) && !emoji.is_empty() {
            edits.push(Edit { span, replacement: emoji.into() });
            at = span.end;
        }
    }
    let Some(first) = edits.first().cloned() else { return };
    let message = format!("`{}` is shown as it stands here, not as {}", first.span.of(text), first.replacement);
    let help = match edits.len() {
        1 => "Write the emoji itself.".to_owned(),
        many => format!("Write the emoji itself. This page holds {}.", counted(many, "such name")),
    };
    let title = "write the emoji".into();
    let finding = Diagnostic::new(Code::EmojiName, &page.path, first.span, message);
    findings.push(finding.with_help(help).with_fix(Fix { title, edits }));
}

/// The name that a text begins with, up to a colon: its length, and what it stands for.
fn name(text: &str) -> Option<(usize, &'static str)> {
    let bytes = text.as_bytes();
    if !bytes.first()?.is_ascii_lowercase() && !matches!(bytes[0], b'+' | b'-' | b'1') {
        return None;
    }
    let length = memchr::memchr(b':', &bytes[..bytes.len().min(LONGEST + 1)])?;
    let name = std::str::from_utf8(&bytes[..length]).ok()?;
    let at = NAMES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    Some((length, NAMES[at].1))
}

/// Whether nothing that belongs to a longer word, a time or an address stands around it.
fn is_alone(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    let joins =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | ':' | '\\' | '=' | '"' | '\'' | '`' | '.');
    before.is_none_or(|c| !joins(c)) && after.is_none_or(|c| !joins(c) || matches!(c, '.'))
}

/// Whether it is the name of a value, as some programs have them at the start of a line: `:link: page.html`.
fn is_option(text: &str, span: Span) -> bool {
    let begins = text[..span.start].trim_end_matches([' ', '\t']).ends_with('\n');
    let value = text[span.end..]
        .strip_prefix(' ')
        .filter(|value| value.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()));
    let is_word = !span.of(text).contains(['_', '+']);
    begins && is_word && (value.is_some() || text[span.end..].starts_with(['\n', '\r']) && span.of(text) == ":link:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_none_is_longer() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(NAMES.iter().map(|(name, _)| name.len()).max(), Some(LONGEST));
    }

    #[test]
    fn a_name_is_told_from_a_time_and_an_address() {
        let alone = |text: &str| {
            let start = text.find(':').unwrap();
            name(&text[start + 1..]).is_some_and(|(length, _)| is_alone(text, Span::new(start, start + length + 2)))
        };
        for text in [":rocket: go", "(:tada:)", "Done :+1:.", "# :memo: Notes"] {
            assert!(alone(text), "{text}");
        }
        for text in
            ["10:30:00", "a:100:b", "crate::link::a", "key:book:", ":rocket :", "http://a:key:b", ":unheard_of:"]
        {
            assert!(!alone(text), "{text}");
        }
    }
}
