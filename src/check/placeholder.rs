//! Text that stands in for text: a line that says nothing but `TODO` or `coming soon`.

use super::context::{PageContext, SiteContext};
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

/// How long the longest of them is.
const LONGEST: usize = 21;

const LOREM_IPSUM: &[u8] = b"lorem ipsum";

pub(super) fn check(_: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let PageContext { page, prose, .. } = page_context;
    let text = prose.text.as_bytes();
    let may_be_latin = [b"orem", b"OREM"].iter().any(|word| memchr::memmem::find(text, *word).is_some());
    for line in prose.lines.iter().filter(|line| !line.hidden) {
        let Some(span) = placeholder(line.text, may_be_latin).map(|span| span.shifted(line.start)) else {
            continue;
        };
        let written = span.of(prose.text);
        let message = format!("`{written}` only stands in for text that is to come");
        let finding = Diagnostic::new(Code::Placeholder, &page.path, span, message);
        findings.push(finding.with_help("Write the text, or mark the page as a draft with `draft: true`."));
    }
}

/// Whether one of the words begins with a letter.
fn begins_one(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 't' | 'f' | 'x' | 'w' | 'p' | 'c' | 'u' | 'i' | 'y')
}

/// What may stand around the words.
fn is_mark(c: char) -> bool {
    match c {
        '#' | '>' | '*' | '_' | '-' | '+' | '[' | ']' | '(' | ')' | '{' | '}' | '.' | '!' | '…' | ':' | '<' | '~' => {
            true
        }
        c => c.is_whitespace(),
    }
}

/// What stands in for text in a line, if that is all that it says.
fn placeholder(line: &str, may_be_latin: bool) -> Option<Span> {
    if line.len() > 10_000 {
        return None;
    }
    if let Some(at) = may_be_latin.then(|| lorem_ipsum(line.as_bytes())).flatten() {
        return Some(Span::new(at, at + LOREM_IPSUM.len()));
    }
    // Every line of every page comes by here: most begin with another letter than any of the words.
    let is_other = |b: &u8| b.is_ascii_alphanumeric() && !begins_one(char::from(*b));
    if line.as_bytes().first().is_none_or(is_other) {
        return None;
    }
    let from_start = line.trim_start_matches(is_mark);
    if !from_start.starts_with(begins_one) {
        return None;
    }
    let said = from_start.trim_end_matches(is_mark);
    let start = line.len() - from_start.len();
    let is_all = said.len() <= LONGEST && WORDS.iter().any(|word| said.eq_ignore_ascii_case(word));
    // `TODO: …` is a note to the author, whatever follows.
    let is_note = ["TODO:", "FIXME:", "TBD:", "XXX:"].iter().any(|note| from_start.starts_with(note));
    (is_all || is_note).then(|| Span::new(start, start + said.len()))
}

/// Where those words stand in a line, in any case. Every line of every page comes by here, so nothing is copied.
fn lorem_ipsum(line: &[u8]) -> Option<usize> {
    memchr::memchr2_iter(b'l', b'L', line)
        .find(|&at| line[at..].get(..LOREM_IPSUM.len()).is_some_and(|words| words.eq_ignore_ascii_case(LOREM_IPSUM)))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, WORDS, begins_one, placeholder};

    #[test]
    fn only_a_line_that_says_nothing_else_stands_in_for_text() {
        assert_eq!(WORDS.iter().map(|word| word.len()).max(), Some(LONGEST));
        assert!(WORDS.iter().all(|word| word.starts_with(begins_one)));
        for line in
            ["TODO", "**TBD**", "- Coming soon…", "> THIS IS A PLACEHOLDER!", "TODO: write", "Lorem ipsum dolor"]
        {
            assert!(placeholder(line, true).is_some(), "{line}");
        }
        for line in ["The TODO Group meets", "| TBD |", "todo list", "", "---", "Coming soon to a page near you"] {
            assert!(placeholder(line, true).is_none(), "{line}");
        }
    }
}
