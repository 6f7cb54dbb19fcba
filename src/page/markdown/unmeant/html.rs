//! Raw HTML that swallows what follows (a comment that is never closed), and Markdown inside of it, which is not read.

use std::ops::Range;

use super::told::Telling;
use crate::diagnostic::Code;

/// Elements whose text is nobody's Markdown.
const VERBATIM: [&str; 6] = ["<pre", "<script", "<style", "<textarea", "<svg", "<math"];

/// A block of raw HTML.
pub(super) fn block(told: &mut Telling<'_>, range: &Range<usize>) {
    let written = &told.text[range.clone()];
    if let Some(at) = memchr::memmem::rfind(written.as_bytes(), b"<!--")
        && !written[at..].contains("-->")
    {
        return comment(told, range.start + at, written.starts_with("<!--"));
    }
    let may_hold = [&b"]("[..], b"**"].iter().any(|sign| memchr::memmem::find(written.as_bytes(), sign).is_some());
    if may_hold && !written.starts_with("<!") && !VERBATIM.iter().any(|tag| written.contains(tag)) {
        markdown(told, range.start, written);
    }
}

/// A comment that is not closed. `swallows`: nothing of the rest of the page is shown.
fn comment(told: &mut Telling<'_>, at: usize, swallows: bool) {
    let message = if swallows {
        "this comment is never closed, so nothing that follows is shown"
    } else {
        "this comment is not closed where the HTML around it ends"
    };
    told.tell(Code::UnclosedComment, at..at + 4, message, "Write `-->` where it ends.");
}

/// A comment in a line of text that is not closed before the text ends.
pub(super) fn inline_comment(told: &mut Telling<'_>, at: usize) {
    let message = "this comment is not closed before its paragraph ends, so readers see it";
    let help = "Write `-->` where it ends.\nA comment that holds blank lines begins on a line of its own.";
    told.tell(Code::UnclosedComment, at..at + 4, message, help);
}

/// What was meant as a comment, and is not opened like one: `<!- note -->`.
pub(super) fn odd_comment(told: &mut Telling<'_>, at: usize) {
    if told.near(at, 400).contains("->") {
        let message = "this is meant as a comment, but does not begin like one, so readers see it";
        told.tell(Code::UnclosedComment, at..at + 3, message, "Begin it with `<!--`.");
    }
}

/// The first piece of Markdown in a block of raw HTML.
fn markdown(told: &mut Telling<'_>, start: usize, written: &str) {
    let mut at = start;
    let written = &written[..memchr::memmem::find(written.as_bytes(), b"<!--").unwrap_or(written.len())];
    for line in written.split_inclusive('\n') {
        if let Some(found) = piece(line) {
            let place = at + found.start..at + found.end;
            let message =
                format!("`{}` is shown as it stands, since Markdown is not read inside of HTML", shown(&line[found]));
            let help =
                "Leave a blank line after the HTML tag above it and before the one below it, or write it as HTML.";
            return told.tell(Code::UnreadMarkdown, place, message, help);
        }
        at += line.len();
    }
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A link or bold words in a line outside of tags.
fn piece(line: &str) -> Option<Range<usize>> {
    let in_tag = |at: usize| {
        let before = &line[..at];
        before.rfind('<') > before.rfind('>') || before.rfind("<code") > before.rfind("</code")
    };
    if let Some(middle) = line.find("](")
        && let Some(open) = line[..middle].rfind('[').filter(|open| !in_tag(*open) && middle > open + 1)
        && let Some(length) = line[middle..].find(')')
    {
        let target = &line[middle + 2..middle + length];
        let begins = target.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '#'));
        if begins && !target.contains([' ', '<', '"']) && target.contains(['/', '.', '#']) {
            return Some(open..middle + length + 1);
        }
    }
    let open = line.find("**").filter(|open| !in_tag(*open))?;
    let inner = &line[open + 2..];
    let length = inner.find("**")?;
    let is_bold = inner.starts_with(|c: char| c.is_alphabetic() || c == '[')
        && inner[..length].ends_with(|c: char| !c.is_whitespace())
        && !inner[..length].contains(['<', '/', '=']);
    is_bold.then(|| open..open + length + 4)
}
