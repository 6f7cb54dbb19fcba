//! Markdown links that are written so that they aren't read as links: never closed,
//! with a space before the bracket, or with text and target the wrong way round.

use super::unread_target::{self, floor};
use crate::check::context::TextContext;
use crate::check::prose::Prose;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::page::{Link, LinkSpan, Page};
use crate::source::Span;

/// A target that is longer isn't told to be the wrong way round.
const LONGEST_TARGET: usize = 4_000;

/// A text in wrong brackets that is longer is none of a link.
const LONGEST_TEXT: usize = 100;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    unread(page, prose, &mut RestOfLine::of(prose.text), findings);
    parted(page, prose, findings);
    reversed(page, prose, findings);
    other_brackets(page, prose, findings);
}

/// `](` where no link came of it.
fn unread(page: &Page, prose: &Prose<'_>, line: &mut RestOfLine<'_>, findings: &mut Vec<Diagnostic>) {
    let mut links: Vec<Span> =
        page.links.iter().filter(|link| !is_bare(link, prose.text)).map(|link| link.span.place).collect();
    links.sort_unstable();
    let in_html: Vec<Span> = page
        .findings
        .iter()
        .filter(|finding| finding.code == Code::UnreadMarkdown)
        .map(|finding| finding.span)
        .collect();
    let (mut next, mut reaches) = (0, 0);
    for at in prose.places("](") {
        let inside =
            at + 2 + prose.text[at + 2..].len() - prose.text[at + 2..].trim_start_matches([' ', '<', '\n', '\r']).len();
        while let Some(span) = links.get(next).filter(|span| span.start <= inside) {
            // A link of its own begins here, or a longer one holds this place.
            reaches = reaches.max(if span.start >= at { span.end.max(inside + 1) } else { span.end });
            next += 1;
        }
        if reaches > at || prose.is_hidden(at) || is_escaped(prose.text, at) || !opens_before(prose.text, at) {
            continue;
        }
        // Of what other tools fill in, and of HTML around it, something else is told.
        line.turn_to(at);
        let start = prose.text[..at].rfind('[').unwrap_or(at);
        let target = &prose.text[at + 2..floor(prose.text, line.end.min(at + 2 + 200)).max(at + 2)];
        let is_filled_in = ["{{", "{%"].iter().any(|sign| target.split(')').next().unwrap_or_default().contains(sign));
        let is_label = prose.text[..start].ends_with(']');
        if is_filled_in
            || is_label
            || in_html[..in_html.partition_point(|span| span.start <= at)]
                .last()
                .is_some_and(|span| is_beside(prose.text, *span, at))
        {
            continue;
        }
        findings.push(unread_target::finding(page, start, at + 2, line.end, line.last_close));
    }
}

/// Whether a link is only an address in the text, around which nothing says that it is one.
fn is_bare(link: &Link, text: &str) -> bool {
    let LinkSpan { whole, place, .. } = link.span;
    whole == place && text.get(whole.start..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Whether a place stands in the block that begins or is told at a span.
fn is_beside(text: &str, span: Span, at: usize) -> bool {
    /// A block of HTML is rarely longer.
    const LONGEST: usize = 20_000;
    let near = span.start <= at && at - span.start < LONGEST;
    near && text.get(span.start..at).is_some_and(|between| !between.contains("\n\n") && !between.contains("\n\r\n"))
}

/// `[text] (https://…)`, `[text]:(…)`, or with a line's end between them: one sign keeps it from being a link.
fn parted(page: &Page, prose: &Prose<'_>, findings: &mut Vec<Diagnostic>) {
    for (parting, sign, help) in [
        ("] (", "space", "Remove the space."),
        ("]:(", "colon", "Remove the colon."),
        ("]\n(", "line's end", "Write both brackets on one line."),
    ] {
        for at in prose.places(parting) {
            let target = prose.text[at + 3..].split([')', '\n', ' ']).next().unwrap_or("");
            let closes = prose.text[at + 3 + target.len()..].starts_with(')');
            let is_link = is_target(target) && closes && opens_before(prose.text, at);
            if !is_link || prose.is_hidden(at) || is_escaped(prose.text, at) {
                continue;
            }
            let whole = Span::new(at, at + 4 + target.len());
            let message = format!("this is meant as a link, but a {sign} keeps it from being one");
            let edits = vec![Edit { span: Span::new(at + 1, at + 2), replacement: String::new() }];
            let fix = Fix { title: format!("remove the {sign}"), edits };
            let finding = Diagnostic::new(Code::UnreadLink, &page.path, whole, message);
            findings.push(finding.with_help(help).with_fix(fix));
        }
    }
}

/// Whether what stands in brackets is surely an address.
fn is_target(text: &str) -> bool {
    let path = text.split('#').next().unwrap_or_default();
    ["https://", "http://", "./", "../", "/"].iter().any(|start| text.starts_with(start))
        || [".md", ".mdx"].iter().any(|ending| path.len() > ending.len() && path.ends_with(ending))
}

/// `(text)[https://…]`: brackets the wrong way round.
fn reversed(page: &Page, prose: &Prose<'_>, findings: &mut Vec<Diagnostic>) {
    for at in prose.places(")[") {
        // A line may be a whole book, and hold this in every word.
        let rest = &prose.text[at + 2..floor(prose.text, at + 2 + LONGEST_TARGET)];
        let target = &rest[..memchr::memchr3(b']', b'\n', b' ', rest.as_bytes()).unwrap_or(rest.len())];
        let is_address = target.contains("://") || is_target(target) && !target.starts_with('/');
        if !is_address || !rest[target.len()..].starts_with(']') || prose.is_hidden(at) {
            continue;
        }
        if rest[target.len() + 1..].starts_with(['(', '[']) {
            continue;
        }
        let span = Span::new(at, at + 3 + target.len());
        let message = "this is meant as a link, but its brackets are the wrong way round";
        let finding = Diagnostic::new(Code::UnreadLink, &page.path, span, message);
        findings.push(finding.with_help(format!("Write `[text]({target})`.")));
    }
}

/// `[text]{page.md}`, `(text)(page.md)`: other brackets than a link has.
fn other_brackets(page: &Page, prose: &Prose<'_>, findings: &mut Vec<Diagnostic>) {
    for (middle, open, close) in [("]{", '[', '}'), (")(", '(', ')')] {
        for at in prose.places(middle).filter(|at| !prose.is_hidden(*at)) {
            let rest = &prose.text[at + 2..floor(prose.text, at + 2 + LONGEST_TARGET)];
            let target = &rest[..rest.find([close, '\n', ' ']).unwrap_or(rest.len())];
            let before = &prose.text[floor(prose.text, at.saturating_sub(LONGEST_TEXT))..at];
            let Some(start) = before.rfind(open) else { continue };
            let text = &before[start + 1..];
            // `[a](b)(c.md)` is a link with something behind it.
            let is_text = !text.contains(['\n', '(', '[', ']']) && text.contains(char::is_alphabetic);
            let follows =
                before[..start].ends_with([']', '\\', '!']) || before[..start].ends_with(char::is_alphanumeric);
            if !is_target(target)
                || target.starts_with('/')
                || !rest[target.len()..].starts_with(close)
                || !is_text
                || follows
            {
                continue;
            }
            let span = Span::new(at - text.len() - 1, at + 3 + target.len());
            let message = "this is meant as a link, but stands in other brackets";
            let written = format!("[{text}]({target})");
            let finding = Diagnostic::new(Code::UnreadLink, &page.path, span, message);
            findings.push(finding.with_help(format!("Write `{written}`.")).with_fix(Fix::replace(span, written)));
        }
    }
}

/// The rest of a line. What is asked about many places of one, in order, is looked for once: a line may be a whole
/// book, and hold something in every word.
struct RestOfLine<'a> {
    text: &'a str,
    /// Where the line ends.
    end: usize,
    /// The last `)` in it.
    last_close: Option<usize>,
    /// How many bytes were looked through so far.
    looked_through: usize,
}

impl<'a> RestOfLine<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, end: 0, last_close: None, looked_through: 0 }
    }

    /// Goes to the line of a place, which is no earlier than that of the last.
    fn turn_to(&mut self, at: usize) {
        if at < self.end {
            return;
        }
        let line = self.text[at..].lines().next().unwrap_or("");
        self.end = at + line.len();
        self.last_close = line.rfind(')').map(|close| at + close);
        self.looked_through += line.len();
    }
}

/// Whether a bracket opens before a place, in the same line.
fn opens_before(text: &str, at: usize) -> bool {
    let from = floor(text, at.saturating_sub(500));
    text[from..at].rsplit('\n').next().is_some_and(|line| line.contains('['))
}

/// Whether a character is escaped by a backslash that isn't escaped itself.
fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|&b| b == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page;
    use crate::source::{Source, SourcePath};

    #[test]
    fn each_line_is_looked_through_once_however_many_links_are_begun_in_it() {
        let text = format!("# A\n\n{}\n\n[a](b [c](d )\n", "[a](b".repeat(2_000));
        let page =
            page::parse(&Source { path: SourcePath::content("a.md"), text: text.as_str().into() }, page::Dialect::OWN);
        let (prose, mut line, mut findings) = (Prose::read(&page), RestOfLine::of(&text), Vec::new());
        unread(&page, &prose, &mut line, &mut findings);
        assert!(findings.len() > 2_000, "{} are told", findings.len());
        assert!(line.looked_through <= text.len(), "{} of {} bytes", line.looked_through, text.len());
    }
}
