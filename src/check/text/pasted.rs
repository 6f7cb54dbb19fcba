//! Marks that text brought along from a word processor or from a conversation with a program: told once a page and kind.

use crate::check::context::TextContext;
use crate::check::prose::Prose;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, counted};
use crate::source::Span;

/// What word processors write.
const OF_WORD: [&str; 7] =
    ["MsoNormal", "MsoListParagraph", "<o:p>", "style=\"mso-", "<st1:", "docs-internal-guid-", "<![if !support"];

/// What programs say of themselves, and nobody else does.
const OF_PROGRAMS: [&str; 3] = ["As an AI language model", "as an AI language model", "As of my last knowledge update"];

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    let mut word: Vec<Span> = OF_WORD.iter().flat_map(|mark| places(mark, prose)).collect();
    word.sort_unstable();
    if let Some(first) = word.first() {
        let message = format!("`{}` comes from a word processor and means nothing here", first.of(prose.text));
        let help = "Paste the text once more without its formatting, or remove the tags around it.";
        findings.push(Diagnostic::new(Code::PastedMarkup, &page.path, *first, message).with_help(help));
    }
    for span in OF_PROGRAMS.iter().flat_map(|words| places(words, prose)) {
        let message = format!("`{}` is what a program says of itself", span.of(prose.text));
        let help = "Write what the page is to say in your own words.";
        findings.push(Diagnostic::new(Code::PastedMarkup, &page.path, span, message).with_help(help));
    }
    let marks = of_chats(prose);
    let Some(first) = marks.first().copied() else { return };
    let message = format!("`{}` is left over from a conversation with a program", first.of(prose.text));
    let help = match marks.len() {
        1 => "Remove it; where a source is meant, name it.".to_owned(),
        many => format!("Remove it; where a source is meant, name it. This page holds {}.", counted(many, "such mark")),
    };
    let edits = marks.into_iter().map(|span| {
        let before = prose.text[..span.start].trim_end_matches(' ').len();
        let at_start = prose.text[..before].ends_with('\n');
        Edit { span: Span::new(if at_start { span.start } else { before }, span.end), replacement: String::new() }
    });
    let fix = Fix { title: "remove what is left over".into(), edits: edits.collect() };
    findings.push(Diagnostic::new(Code::PastedMarkup, &page.path, first, message).with_help(help).with_fix(fix));
}

/// Where something stands in the body that is shown.
fn places<'a>(wanted: &'a str, prose: &'a Prose<'_>) -> impl Iterator<Item = Span> + 'a {
    prose.places(wanted).filter(|at| !prose.is_hidden(*at)).map(|at| Span::new(at, at + wanted.len()))
}

/// The marks that programs put in place of sources.
fn of_chats(prose: &Prose<'_>) -> Vec<Span> {
    let text = prose.text;
    let starting = |wanted: &'static str, end: fn(&str) -> Option<usize>| {
        places(wanted, prose).filter_map(move |span| {
            let length = end(&text[span.start..])?;
            Some(Span::new(span.start, span.start + length))
        })
    };
    let mut found: Vec<Span> = starting(":contentReference[oaicite:", content_reference)
        .chain(starting("【", numbered_source))
        .chain(turns(prose))
        .collect();
    found.sort_unstable();
    // One may hold another.
    found.dedup_by(|next, before| next.start < before.end);
    found
}

/// `:contentReference[oaicite:0]{index=0}`.
fn content_reference(text: &str) -> Option<usize> {
    let bracket = text.get(..80.min(text.len())).unwrap_or(text).find(']')? + 1;
    let brace = text[bracket..].strip_prefix("{index=").and_then(|rest| rest.split_once('}'));
    Some(bracket + brace.filter(|(index, _)| index.len() < 5).map_or(0, |(index, _)| "{index=".len() + index.len() + 1))
}

/// `【4†source】`: the brackets alone are Chinese, and so is what usually stands in them.
fn numbered_source(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('【')?;
    let digits = inside.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b':').count();
    let rest = inside[digits..].strip_prefix('†').filter(|_| digits > 0)?;
    let end = rest.char_indices().take(200).find(|(_, c)| *c == '】' || *c == '\n')?;
    (end.1 == '】').then_some('【'.len_utf8() + digits + '†'.len_utf8() + end.0 + '】'.len_utf8())
}

/// `turn0search1`, with what may stand around it: `citeturn0search1turn0news2`.
fn turns<'a>(prose: &'a Prose<'_>) -> impl Iterator<Item = Span> + 'a {
    let text = prose.text;
    places("turn", prose).filter_map(move |span| {
        let mut end = span.start;
        while let Some(length) = turn(&text[end..]) {
            end += length;
        }
        let before = &text[..span.start];
        let start = before.strip_suffix("cite").map_or(before.len(), str::len);
        let alone = !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        (end > span.start && alone).then(|| {
            // Some come between letters that no typeface has.
            let is_private = |c: char| matches!(c, '\u{e200}'..='\u{e2ff}');
            let start = text[..start].trim_end_matches(is_private).len();
            let end = text.len() - text[end..].trim_start_matches(is_private).len();
            Span::new(start, end)
        })
    })
}

fn turn(text: &str) -> Option<usize> {
    let is_private = |c: char| matches!(c, '\u{e200}'..='\u{e2ff}');
    let trimmed = text.trim_start_matches(is_private);
    let rest = trimmed.strip_prefix("turn")?;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let number = digits(rest);
    let rest = &rest[number..];
    let kind = ["search", "news", "view", "image", "fetch", "file"].into_iter().find(|kind| rest.starts_with(kind))?;
    let second = digits(&rest[kind.len()..]);
    let length = text.len() - trimmed.len() + "turn".len() + number + kind.len() + second;
    (number > 0 && second > 0).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_chats_are_told_from_text() {
        assert_eq!(content_reference(":contentReference[oaicite:3]{index=3} a"), Some(37));
        assert_eq!(content_reference(":contentReference[oaicite:3]. a"), Some(28));
        assert_eq!(numbered_source("【4†source】."), Some("【4†source】".len()));
        assert_eq!(numbered_source("【4:0†a.pdf】."), Some("【4:0†a.pdf】".len()));
        for text in ["【注意】", "【4】", "【4†source"] {
            assert_eq!(numbered_source(text), None, "{text}");
        }
        assert_eq!(turn("turn0search12 a"), Some("turn0search12".len()));
        for text in ["turn", "turnsearch", "turn1", "turn 0 search 1", "turnover"] {
            assert_eq!(turn(text), None, "{text}");
        }
    }
}
