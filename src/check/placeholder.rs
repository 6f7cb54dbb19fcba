//! Text that stands in for text: a line that says nothing but `TODO` or `coming soon`.

use super::Book;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// What a line says when it says nothing yet.
const WORDS: [&str; 20] = [
    "todo",
    "to do",
    "tbd",
    "tba",
    "tbc",
    "fixme",
    "xxx",
    "wip",
    "placeholder",
    "this is a placeholder",
    "coming soon",
    "to be done",
    "to be written",
    "to be added",
    "to be defined",
    "to be completed",
    "work in progress",
    "under construction",
    "insert text here",
    "your text here",
];

pub(super) fn check(book: &Book<'_>, findings: &mut Vec<Diagnostic>) {
    for (id, published) in book.site.pages.iter().enumerate() {
        for line in book.prose[id].lines().filter(|line| !line.hidden) {
            let Some(span) = placeholder(line.text).map(|span| span.shifted(line.start)) else { continue };
            let written = span.of(book.prose[id].text);
            let message = format!("`{written}` only stands in for text that is to come");
            let finding = Diagnostic::new(Code::Placeholder, &published.page.path, span, message);
            findings.push(finding.with_help("Write the text, or mark the page as a draft with `draft: true`."));
        }
    }
}

/// What stands in for text in a line, if that is all that it says.
fn placeholder(line: &str) -> Option<Span> {
    if line.len() > 10_000 {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    if let Some(at) = lower.find("lorem ipsum") {
        return Some(Span::new(at, at + "lorem ipsum".len()));
    }
    let mark = |c: char| c.is_whitespace() || "#>*_-+[](){}.!…:<>~".contains(c);
    let said = lower.trim_matches(mark);
    let start = lower.find(said)?;
    let is_all = WORDS.contains(&said);
    // `TODO: …` is a note to the author, whatever follows.
    let is_note = ["TODO:", "FIXME:", "TBD:", "XXX:"].iter().any(|note| line[start..].starts_with(note));
    (is_all || is_note).then(|| Span::new(start, start + said.len()))
}

#[cfg(test)]
mod tests {
    use super::placeholder;

    #[test]
    fn only_a_line_that_says_nothing_else_stands_in_for_text() {
        for line in
            ["TODO", "**TBD**", "- Coming soon…", "> THIS IS A PLACEHOLDER!", "TODO: write", "Lorem ipsum dolor"]
        {
            assert!(placeholder(line).is_some(), "{line}");
        }
        for line in ["The TODO Group meets", "| TBD |", "todo list", "", "---", "Coming soon to a page near you"] {
            assert!(placeholder(line).is_none(), "{line}");
        }
    }
}
