//! Text that stands in for text: a line that says nothing but `TODO` or `coming soon`.

use super::missing_word;
use crate::check::context::TextContext;
use crate::check::prose::Line;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::page::Page;
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

/// What notes of an author to himself begin with, in capitals.
const NOTES: [&str; 6] = ["TODO", "FIXME", "TBD", "XXX", "TBC", "TBA"];

/// How authors tell themselves what to do: `TODO write this`. The TODO Group does other things.
const ORDERS: [&str; 24] = [
    "add", "ask", "check", "clarify", "complete", "confirm", "decide", "describe", "document", "expand", "explain",
    "fill", "find", "finish", "fix", "include", "insert", "link", "mention", "replace", "rewrite", "update", "verify",
    "write",
];

const LOREM_IPSUM: &[u8] = b"lorem ipsum";

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    let may_be_latin = ["orem", "OREM"].iter().any(|word| prose.holds(word));
    let may_hold_note = NOTES.iter().any(|note| prose.holds(note));
    let may_miss_word = missing_word::may_be_in(prose);
    for (at, line) in prose.lines.iter().enumerate().filter(|(_, line)| !line.hidden) {
        let noted = || may_hold_note.then(|| note(line.text, |at| prose.is_hidden(line.start + at))).flatten();
        let Some(span) = placeholder(line.text, may_be_latin).or_else(noted).map(|span| span.shifted(line.start))
        else {
            let missing = may_miss_word.then(|| missing_word::find(line.text)).flatten();
            let missing = missing.map(|span| span.shifted(line.start)).filter(|span| !prose.is_hidden(span.start));
            findings.extend(missing.filter(|span| !in_link(page, *span)).map(|span| soft(context, span)));
            continue;
        };
        // What nobody sees may say what is to come.
        if prose.is_hidden(span.start) {
            continue;
        }
        // A part of a page may be called like that.
        if line.text.starts_with('#') && begins_something(&prose.lines[at + 1..]) {
            continue;
        }
        let written = span.of(prose.text);
        let message = format!("`{written}` only stands in for text that is to come");
        let finding = Diagnostic::new(Code::Placeholder, &page.path, span, message);
        findings.push(finding.with_help("Write the text, or mark the page as a draft with `draft: true`."));
    }
}

/// What is told of a word that most likely stands for another.
fn soft(context: &TextContext<'_>, span: Span) -> Diagnostic {
    let written = span.of(context.prose.text);
    let message = format!("`{written}` seems to stand for words that are to come");
    let mut finding = Diagnostic::new(Code::Placeholder, &context.page.path, span, message);
    finding.severity = Severity::Info;
    finding.with_help("Write them; if readers are to fill them in, nothing need be done.")
}

fn in_link(page: &Page, span: Span) -> bool {
    page.links.iter().any(|link| link.span.whole.start <= span.start && span.end <= link.span.whole.end)
}

/// Whether text follows a heading, before the next one.
fn begins_something(rest: &[Line<'_>]) -> bool {
    let next = rest.iter().find(|line| !line.text.trim().is_empty());
    next.is_some_and(|line| !line.text.starts_with('#'))
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
    let is_note = ["TODO:", "FIXME:", "TBD:", "XXX:", "TBC:", "TBA:"].iter().any(|note| from_start.starts_with(note))
        // What the letters stand for is no note.
        && !from_start[4..].trim_start().to_ascii_lowercase().starts_with("to be");
    (is_all || is_note).then(|| Span::new(start, start + said.len()))
}

/// A note within a line: in brackets, with a colon, or at an end of what is said. `The TODO Group`, `a TODO list` and
/// `CVE-XXX` are none.
fn note(line: &str, is_hidden: impl Fn(usize) -> bool) -> Option<Span> {
    if line.len() > 10_000 || line.starts_with(['#', '|']) {
        return None;
    }
    NOTES.iter().find_map(|word| {
        let at = memchr::memmem::find(line.as_bytes(), word.as_bytes())?;
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        let is_word = !before
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '`' | '"' | '\'' | '/' | '.'))
            && !after
                .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '`' | '"' | '\'' | '/' | '('));
        if !is_word || is_hidden(at) {
            return None;
        }
        let is_link = after.starts_with("](") || after.starts_with("][");
        let opens = before.ends_with(['(', '[']) && !is_link;
        let closes = after.starts_with([')', ']']);
        let with_colon = after.starts_with(": ") && (opens || before.trim_end().ends_with(['.', '!', '?', ';', '>']));
        let begins = before.trim_matches(is_mark).is_empty() && *word != "XXX";
        let next = after.strip_prefix([' ']).or_else(|| after.strip_prefix(" - ")).unwrap_or_default();
        let next = next.split([' ', ',', '.', ':']).next().unwrap_or_default();
        let is_order =
            |next: &str| ORDERS.contains(&next) || (*word == "FIXME" && next.len() > 2 && !next.starts_with("comment"));
        let asks = begins && is_order(next);
        let ends = after.trim_matches(is_mark).is_empty() && before.trim_end().ends_with(['.', '!', '?']);
        let is_note = (opens && closes && *word != "XXX") || with_colon || (opens && after.starts_with(':'));
        (is_note || ((asks || ends) && matches!(*word, "TODO" | "FIXME"))).then(|| Span::new(at, at + word.len()))
    })
}

/// Where those words stand in a line, in any case. Every line of every page comes by here, so nothing is copied.
fn lorem_ipsum(line: &[u8]) -> Option<usize> {
    memchr::memchr2_iter(b'l', b'L', line)
        .find(|&at| line[at..].get(..LOREM_IPSUM.len()).is_some_and(|words| words.eq_ignore_ascii_case(LOREM_IPSUM)))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, WORDS, begins_one, note, placeholder};

    #[test]
    fn a_note_within_a_line_is_told_from_talk_of_notes() {
        let found = |line: &str| note(line, |_| false).map(|span| span.of(line).to_owned());
        for line in [
            "Costs two salaries (TODO: check with finance).",
            "Costs [TBD] a year.",
            "TODO describe the costs",
            "It costs. TODO",
            "It costs. FIXME: how much?",
            "It costs two salaries (XXX: which?).",
            "The fair is in June (TBC).",
            "It is on [TBA] in June.",
        ] {
            assert!(found(line).is_some(), "{line}");
        }
        for line in [
            "The TODO Group meets",
            "TODO Group meets",
            "a TODO list",
            "TODO comments are found",
            "CVE-XXX and XXX",
            "See [TODO](todo.md).",
            "The date is TBD.",
            "| TBD |",
            "# TODO list",
            "finds TODO, FIXME and XXX",
            "`TODO` (a note)",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }

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
