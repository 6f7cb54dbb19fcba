//! A heading's id written where the heading stands.

use crate::diagnostic::Edit;
use crate::page::Page;
use crate::source::Span;

/// The edit that has a heading of a page say its id: in braces behind its text, in place of one that is there.
pub fn with_id(page: &Page, heading: usize, id: &str) -> Option<Edit> {
    let span = page.headings.get(heading)?.span;
    let text = page.text.get(span.start..span.end)?;
    let lines: Vec<&str> = text.trim_end().split('\n').collect();
    // One that is underlined says its id at the end of the line above.
    let last = if text.trim_start().starts_with('#') { 0 } else { lines.len().checked_sub(2)? };
    let start = span.start + lines[..last].iter().map(|line| line.len() + 1).sum::<usize>();
    let line = lines[last].trim_end();
    let end = start + line.len();
    if let Some(open) = attributes(line) {
        let inside = &line[open + 1..line.len() - 1];
        let own = inside.split_whitespace().find(|word| word.starts_with('#'));
        return Some(match own.and_then(|own| Some(start + open + 1 + inside.find(own)?).zip(Some(own.len()))) {
            Some((at, length)) => Edit { span: Span::new(at, at + length), replacement: format!("#{id}") },
            None => Edit { span: Span::at(start + open + 1), replacement: format!("#{id} ") },
        });
    }
    Some(Edit { span: Span::at(end), replacement: format!(" {{#{id}}}") })
}

/// Where the attributes of a heading begin, if it has some.
fn attributes(line: &str) -> Option<usize> {
    let open = line.strip_suffix('}')?.rfind('{')?;
    line[open + 1..].trim_start().starts_with(['#', '.']).then_some(open)
}

/// Whether a text can be an id.
pub fn is_id(text: &str) -> bool {
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '{' | '}' | '#' | '"' | '\'' | '<' | '>');
    !text.is_empty() && !text.contains(is_odd)
}
