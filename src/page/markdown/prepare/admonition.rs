//! Admonitions: `:::note Title`, `:::note[Title]` and what closes them, as lines.

use std::ops::Range;

use super::lines::next_line;
use super::scan::{Container, Leaf, MAX_CONTAINERS, Scan};
use crate::diagnostic::Code;
use crate::page::markdown::component_marks::{ADMONITION, Mark, Opening, Word};
use crate::source::Span;

/// A line that opens an admonition, or closes one.
#[derive(Debug, PartialEq)]
struct Line {
    colons: usize,
    /// Where its kind stands; empty in a line that closes.
    kind: Range<usize>,
    title: Option<Range<usize>>,
}

/// Reads a line that begins with three colons.
fn read(line: &str) -> Option<Line> {
    let line = line.trim_end();
    let colons = line.bytes().take_while(|&b| b == b':').count();
    let start = line.len() - line[colons..].trim_start().len();
    let is_kind = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let kind = start..start + line.as_bytes()[start..].iter().take_while(|b| is_kind(b)).count();
    let rest = &line[kind.end..];
    if kind.is_empty() {
        return rest.is_empty().then_some(Line { colons, kind, title: None });
    }
    let title = if rest.starts_with('[') {
        kind.end + 1..kind.end + rest.rfind(']')?
    } else if rest.is_empty() || rest.starts_with([' ', '\t', '{']) {
        line.len() - rest.trim_start().len()..line.len()
    } else {
        return None;
    };
    // Further attributes in braces (`{.wide}`) have no meaning here.
    let text = &line[title.clone()];
    let is_title = !(text.is_empty() || (text.starts_with('{') && text.ends_with('}')));
    Some(Line { colons, kind, title: is_title.then_some(title) })
}

/// Whether a body may hold an admonition.
pub(super) fn occurs(body: &[u8]) -> bool {
    memchr::memmem::find(body, ADMONITION.as_bytes()).is_some()
}

/// Whether a line may open or close one.
pub(super) fn begins(content: &[u8]) -> bool {
    content.starts_with(ADMONITION.as_bytes())
}

impl Scan<'_> {
    /// Reads a line of an admonition; tells where the next line begins, if it is one.
    pub(super) fn admonition(&mut self, line: Range<usize>) -> Option<usize> {
        let next = next_line(self.text, line.end);
        self.opens_or_closes(line.start, line.end).then(|| {
            self.leaf = Leaf::None;
            next
        })
    }

    fn opens_or_closes(&mut self, at: usize, end: usize) -> bool {
        let written = &self.text[at..end];
        let Some(line) = read(written) else { return false };
        if line.kind.is_empty() {
            return self.close_admonition(at, end, line.colons);
        }
        let offset = self.offset + at;
        let word =
            |range: Range<usize>| Word { text: &written[range.clone()], span: Span::from(range).shifted(offset) };
        let opening = Opening::admonition(word(line.kind), line.title.map(word));
        if self.containers.len() >= 2 * MAX_CONTAINERS {
            self.find_too_deep(at);
            return false;
        }
        self.containers.push(Container::Admonition { colons: line.colons });
        self.admonition_token(Some(opening), at, end);
        true
    }

    fn close_admonition(&mut self, at: usize, end: usize, colons: usize) -> bool {
        let open = |wanted: &dyn Fn(usize) -> bool| {
            self.containers.iter().rposition(|container| match container {
                Container::Admonition { colons } => wanted(*colons),
                _ => false,
            })
        };
        let Some(depth) = open(&|open| open == colons).or_else(|| open(&|open| open <= colons)) else {
            let help = "Take the line away, or write what it should close: a line such as `:::note` before it.";
            self.find(Code::StrayClosingTag, at..end, "`:::` closes no admonition".to_owned(), help);
            return false;
        };
        self.close_to(depth);
        self.admonition_token(None, at, end);
        true
    }

    fn admonition_token(&mut self, opening: Option<Opening>, at: usize, end: usize) {
        let range = at..at + self.text[at..end].trim_end().len();
        let key = ADMONITION.to_owned();
        let mark = Mark { opening: None, self_closing: false, key, range: range.clone(), meant: true, formula: None };
        let mark = self.mark(opening, mark);
        let token = self.token(mark, true);
        self.edit(range, token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_after_a_space_or_in_brackets() {
        let parts = |text: &str| {
            let line = read(text)?;
            Some((line.colons, text[line.kind].to_owned(), line.title.map_or("", |title| &text[title]).to_owned()))
        };
        let line = |colons, kind: &str, title: &str| Some((colons, kind.to_owned(), title.to_owned()));
        assert_eq!(parts(":::note"), line(3, "note", ""));
        assert_eq!(parts("::::  info  A title "), line(4, "info", "A title"));
        assert_eq!(parts(":::tip[Some [odd] title]{.wide}"), line(3, "tip", "Some [odd] title"));
        assert_eq!(parts(":::warning{.wide}"), line(3, "warning", ""));
        assert_eq!(parts(":::  "), line(3, "", ""));
        assert_eq!(parts(":::note:::"), None);
        assert_eq!(parts("::: !"), None);
    }
}
