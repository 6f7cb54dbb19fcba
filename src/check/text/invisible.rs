//! Characters that nobody sees but that break words, links and headings. Those that a
//! script or an emoji needs are left alone.

use std::collections::BTreeMap;

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, counted};
use crate::source::Span;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    if is_plain(prose.text) {
        return;
    }
    // Names of files hold such characters, too: what a link leads to is for it to say.
    let mut targets: Vec<Span> = page.links.iter().map(|link| link.span.place).collect();
    targets.sort_unstable();
    let in_target = |span: Span| {
        let before = &targets[..targets.partition_point(|target| target.start <= span.start)];
        before.iter().rev().take(3).any(|target| span.end <= target.end)
    };
    // Told once a page and character: text that was copied brings them by the dozen.
    let mut by_character: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
    let (text, mut start) = (prose.text, 0);
    for line in text.split_inclusive('\n') {
        for edit in unseen(line, start).into_iter().filter(|edit| !in_target(edit.span)) {
            by_character.entry(edit.span.of(text)).or_default().push(edit);
        }
        start += line.len();
    }
    for (character, edits) in by_character {
        let Some(first) = edits.first().map(|edit| edit.span) else { continue };
        let name = name(character);
        let message = format!("this line holds an invisible character, {name}");
        let title = format!("remove {}", counted(edits.len(), "invisible character"));
        let help = match edits.len() {
            1 => "It most likely came along with copied text.".to_owned(),
            many => format!("It most likely came along with copied text; this page holds it {many} times."),
        };
        let finding = Diagnostic::new(Code::InvisibleCharacter, &page.path, first, message);
        findings.push(finding.with_help(help).with_fix(Fix { title, edits }));
    }
}

/// Whether all is plain ASCII that is seen: most pages are told from the others at a glance.
fn is_plain(text: &str) -> bool {
    // Without a way out of the inner loop, so that it is done for many bytes at once.
    let seen = |b: &u8| matches!(b, 0x20..0x7f | b'\t' | b'\n' | b'\r');
    text.as_bytes().chunks(256).all(|bytes| bytes.iter().fold(true, |all, b| all & seen(b)))
}

/// The edits that take away what is not seen in a line.
fn unseen(line: &str, start: usize) -> Vec<Edit> {
    if is_plain(line) {
        return Vec::new();
    }
    let runs_left = line.chars().any(is_written_to_the_left);
    let mut edits = Vec::new();
    let mut before = '\n';
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or('\n', |(_, c)| *c);
        let replacement = match c {
            // A mark at the start of a file is a finding of its own.
            '\u{feff}' if start + at == 0 => None,
            '\u{feff}' | '\u{2060}' | '\u{ad}' | '\u{fffc}' => Some(""),
            '\u{200b}' | '\u{200c}' | '\u{200d}' => (before.is_ascii() || after.is_ascii()).then_some(""),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => (!runs_left).then_some(""),
            '\u{2028}' | '\u{2029}' => Some(if matches!(after, '\n' | '\r') { "" } else { " " }),
            // Between a mark at the start of a line and its text only a plain space counts.
            '\u{a0}' if is_marker(&line[..at]) => Some(" "),
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' => Some(""),
            _ => None,
        };
        if let Some(replacement) = replacement {
            let span = Span::new(start + at, start + at + c.len_utf8());
            edits.push(Edit { span, replacement: replacement.into() });
        } else {
            before = c;
        }
    }
    edits
}

/// Whether a line so far is only the mark of a heading, a list or a quote.
fn is_marker(start: &str) -> bool {
    let mark = start.trim();
    let number = mark
        .strip_suffix(['.', ')'])
        .is_some_and(|digits| !digits.is_empty() && digits.len() < 10 && digits.bytes().all(|b| b.is_ascii_digit()));
    matches!(mark, "-" | "*" | "+" | ">")
        || number
        || (mark.len() <= 6 && !mark.is_empty() && mark.bytes().all(|b| b == b'#'))
}

fn is_written_to_the_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn name(character: &str) -> String {
    let c = character.chars().next().unwrap_or('\0');
    let name = match c {
        '\u{feff}' => "a byte order mark",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' | '\u{200d}' => "a zero-width joiner",
        '\u{2060}' => "a word joiner",
        '\u{ad}' => "a soft hyphen",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark for the direction of writing"
        }
        '\u{2028}' | '\u{2029}' => "a line separator",
        '\u{a0}' => "a no-break space",
        '\u{fffc}' => "the place of a lost object",
        _ => "a control character",
    };
    format!("{name} (U+{:04X})", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::unseen;

    #[test]
    fn what_a_script_or_an_emoji_needs_stays() {
        for line in ["👩\u{200d}💻 works", "می\u{200c}خواهم", "שלום\u{200f} abc", "5\u{a0}km", "a\tb\r\n"]
        {
            assert_eq!(unseen(line, 7), [], "{line:?}");
        }
    }

    #[test]
    fn what_breaks_words_goes() {
        for line in ["zero\u{200b}width", "soft\u{ad}hyphen", "a\u{200e}b", "#\u{a0}Heading", "1.\u{a0}one", "a\u{8}b"]
        {
            assert_eq!(unseen(line, 7).len(), 1, "{line:?}");
        }
    }
}
