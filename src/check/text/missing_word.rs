//! A word within a sentence that is still to come: `the fee is TBD`, `[insert name here]`, `???`. Told softly, since a
//! page may be about such words, or be a letter for others to fill in.

use memchr::memmem;

use crate::check::prose::Prose;
use crate::source::Span;

/// One of these stands on a page that holds any.
const SIGNS: [&str; 13] = [
    "TODO", "FIXME", "TBD", "TBC", "TBA", "XXX", " ??? ", "[insert ", "[Insert ", "[INSERT ", "[your ", "[Your ",
    "[YOUR ",
];

/// What stands before a word that is missing.
const BEFORE: [&str; 16] = [
    "is",
    "are",
    "was",
    "were",
    "be",
    "remains",
    "remain",
    "still",
    "ist",
    "sind",
    "est",
    "sont",
    "es",
    "son",
    "sei",
    "currently",
];

/// What people ask of others, whose name is missing.
const ASKING: [&str; 8] = ["ask", "call", "contact", "email", "inform", "mail", "phone", "tell"];

/// What is counted, where the number is missing.
const COUNTED: [&str; 8] = ["days", "dollars", "euro", "euros", "hours", "people", "percent", "weeks"];

/// Before a mark that is talked of.
const TALK: [&str; 24] = [
    "a", "add", "all", "an", "and", "any", "as", "called", "contains", "each", "for", "in", "like", "marked", "no",
    "of", "or", "remove", "resolve", "the", "this", "to", "with", "write",
];

/// What of oneself one fills in.
const OWN: [&str; 12] = [
    "address",
    "company",
    "contact",
    "email",
    "name",
    "number",
    "organisation",
    "organization",
    "phone",
    "project",
    "team",
    "title",
];

/// Whether a page can hold such a word at all.
pub(super) fn may_be_in(prose: &Prose<'_>) -> bool {
    SIGNS.iter().any(|sign| prose.holds(sign))
}

/// The first such word of a line.
pub(super) fn find(line: &str) -> Option<Span> {
    if line.len() > 10_000 || line.starts_with(['#', '|', '\t']) || line.starts_with("    ") {
        return None;
    }
    mark(line).or_else(|| gap(line)).or_else(|| questions(line))
}

/// A mark in capitals that stands where a word belongs.
fn mark(line: &str) -> Option<Span> {
    ["TBD", "TBC", "TBA", "TODO", "FIXME", "XXX"].into_iter().find_map(|mark| {
        let at = memmem::find(line.as_bytes(), mark.as_bytes())?;
        let before = line[..at].strip_suffix(' ')?;
        let after = &line[at + mark.len()..];
        let word = before.rsplit(' ').next().unwrap_or_default();
        let small = word.trim_start_matches(['(', '*', '_']).to_lowercase();
        let ends = after.is_empty() || after.starts_with(['.', ';', ',', '!', ')']) && !after.starts_with(".X");
        let goes_on = after.strip_prefix(' ').unwrap_or_default();
        let next = goes_on.split([' ', '.', ',', ';']).next().unwrap_or_default();
        let is_meant = match mark {
            "TBD" | "TBC" | "TBA" | "TODO" => ends && BEFORE.contains(&small.as_str()),
            "FIXME" => {
                let is_sentence = before.starts_with(char::is_uppercase) && before.split(' ').count() >= 4;
                let is_end = after.trim_end_matches(['.', ' ']).is_empty();
                is_sentence && is_end && small.chars().all(char::is_alphanumeric) && !TALK.contains(&small.as_str())
            }
            _ => {
                let asks =
                    ASKING.contains(&small.as_str()) && (ends || goes_on.starts_with(|c: char| c.is_lowercase()));
                asks || COUNTED.contains(&next)
            }
        };
        is_meant.then(|| Span::new(at, at + mark.len()))
    })
}

/// `[insert name here]`, `[your name]`: no link, and not in the words of a licence.
fn gap(line: &str) -> Option<Span> {
    if line.contains("opyright") || line.contains("icense") {
        return None;
    }
    memchr::memchr_iter(b'[', line.as_bytes()).find_map(|at| {
        let inner = line[at + 1..].split(']').next().unwrap_or_default();
        let after = line.get(at + inner.len() + 2..)?;
        let (first, rest) = inner.split_once(' ')?;
        let first = first.to_ascii_lowercase();
        let last = rest.rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
        let is_plain = inner.len() <= 40 && inner.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '/'));
        let is_gap = first == "insert" || (first == "your" && OWN.contains(&last.as_str()));
        let is_link = after.starts_with(['(', '[', ':']) || line[..at].ends_with(['!', ']', '[']);
        (is_plain && is_gap && !is_link).then(|| Span::new(at, at + inner.len() + 2))
    })
}

/// `???` as a word of a sentence; at its end it only asks.
fn questions(line: &str) -> Option<Span> {
    let at = line.find(" ??? ")?;
    let before = line[..at].ends_with(|c: char| c.is_alphabetic() || matches!(c, ',' | ':'));
    let goes_on = line[at + 5..].starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    (before && goes_on).then(|| Span::new(at + 1, at + 4))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_word_that_is_missing_is_told_from_talk_of_such_words() {
        for line in [
            "The fee is TBD.",
            "Der Preis ist TBD, sagt sie.",
            "The fee is 5 euros FIXME.",
            "Ask XXX for it.",
            "It takes XXX days.",
            "Dear [insert name here], hello.",
            "Dear [Your full name],",
            "The fee is ??? euros.",
        ] {
            assert!(find(line).is_some(), "{line}");
        }
        for line in [
            "The TODO Group meets.",
            "finds TODO, FIXME and XXX",
            "Call +44 XXX for it.",
            "This word is TODO-like.",
            "Resolve every FIXME.",
            "It is marked as FIXME",
            "| is TBD |",
            "Copyright [yyyy] [your name]",
            "See [your name](names.md) and [insert text][a].",
            "[insert text]: a.md",
            "What ???",
            "Quoi ??? Vous",
            "??? tip",
            "[your](a)",
        ] {
            assert_eq!(find(line), None, "{line}");
        }
    }
}
