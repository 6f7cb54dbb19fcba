//! Admonitions: `:::note Title`, `:::note[Title]` and what closes them, as lines.

use serde_json::Value;

use super::blocks::Container;
use super::prepare::{ADMONITION, MAX_CONTAINERS, Mark, Opening, Scan};
use crate::diagnostic::Code;
use crate::page::Attribute;
use crate::source::Span;

/// The component that an admonition is.
pub(super) const COMPONENT: &str = "Admonition";

/// A line that opens an admonition.
#[derive(Debug, PartialEq)]
struct Line<'a> {
    colons: usize,
    /// Empty in a line that closes.
    kind: &'a str,
    title: Option<&'a str>,
}

/// Reads a line that begins with three colons.
fn read(line: &str) -> Option<Line<'_>> {
    let colons = line.bytes().take_while(|&b| b == b':').count();
    let rest = line[colons..].trim();
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
    let (kind, rest) = rest.split_at(length);
    if kind.is_empty() {
        return rest.is_empty().then_some(Line { colons, kind, title: None });
    }
    let title = match rest.strip_prefix('[') {
        Some(bracketed) => &bracketed[..bracketed.rfind(']')?],
        None if rest.is_empty() || rest.starts_with([' ', '\t', '{']) => rest,
        None => return None,
    };
    // Further attributes in braces (`{.wide}`) have no meaning here.
    let title = if title.starts_with('{') && title.ends_with('}') { "" } else { title.trim() };
    Some(Line { colons, kind, title: (!title.is_empty()).then_some(title) })
}

/// The attributes of an admonition of a kind.
pub(super) fn attributes(kind: &str, title: Option<&str>, span: impl Fn(&str) -> Span) -> Vec<Attribute> {
    let attribute = |name: &str, value: String, span| Attribute {
        name: name.to_owned(),
        value: Value::String(value),
        link: None,
        span,
    };
    let mut attributes = vec![attribute("kind", kind.to_ascii_lowercase(), span(kind))];
    attributes.extend(title.map(|title| attribute("title", title.to_owned(), span(title))));
    attributes
}

impl Scan<'_> {
    /// Reads a line of an admonition, from `at` to `end`; tells whether it is one.
    pub(super) fn admonition(&mut self, at: usize, end: usize) -> bool {
        let text = self.text;
        let Some(line) = read(&text[at..end]) else { return false };
        if line.kind.is_empty() {
            return self.close_admonition(at, end, line.colons);
        }
        let offset = self.offset;
        let span = |part: &str| {
            let start = part.as_ptr() as usize - text.as_ptr() as usize + offset;
            Span::new(start, start + part.len())
        };
        let attributes = attributes(line.kind, line.title, span);
        if self.containers.len() >= 2 * MAX_CONTAINERS {
            self.find_too_deep(at);
            return false;
        }
        let opening = Opening { name: COMPONENT.to_owned(), attributes, addresses: Vec::new() };
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
        let mark = Mark { opening: None, self_closing: false, key, range: range.clone(), meant: true };
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
        let line = |colons, kind, title| Some(Line { colons, kind, title });
        assert_eq!(read(":::note"), line(3, "note", None));
        assert_eq!(read("::::  info  A title "), line(4, "info", Some("A title")));
        assert_eq!(read(":::tip[Some [odd] title]{.wide}"), line(3, "tip", Some("Some [odd] title")));
        assert_eq!(read(":::warning{.wide}"), line(3, "warning", None));
        assert_eq!(read(":::  "), line(3, "", None));
        assert_eq!(read(":::note:::"), None);
        assert_eq!(read("::: !"), None);
    }
}
