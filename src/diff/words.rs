//! How many words are new in a text, and how many are gone.

use similar::DiffOp;

use super::steps::steps;
use crate::page::Page;

/// The words of two texts that the other hasn't.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WordCounts {
    pub added: usize,
    pub removed: usize,
}

/// Counts what is new and gone in a page's body, words in their order.
pub(super) fn counts(before: &Page, after: &Page) -> WordCounts {
    let (before, after) = (words(before), words(after));
    let kept = kept(&before, &after);
    WordCounts { added: after.len() - kept, removed: before.len() - kept }
}

/// How many words stay. Of long texts that are much another, fewer are found than there are, and others from the other side:
/// so both sides are looked at in one order.
fn kept(one: &[&str], other: &[&str]) -> usize {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    steps(first, second).iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum()
}

/// How many words a page's body has.
pub(super) fn count(page: &Page) -> usize {
    words(page).len()
}

/// What stands between spaces and has letters or digits.
fn words(page: &Page) -> Vec<&str> {
    let text = page.text.get(page.body_start..).unwrap_or_default();
    let bare = |word: &'_ str| word.chars().any(char::is_alphanumeric);
    text.split_whitespace().filter(|word| bare(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn as_many_words_stay_from_both_sides() {
        let mut state = 7u64;
        let mut text = || {
            let mut word = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ["a", "the", "of", "risk", "code", "law", "is", "and", "team", "to"][(state >> 33) as usize % 10]
            };
            (0..3_000).map(|_| word()).collect::<Vec<_>>()
        };
        for _ in 0..3 {
            let (one, other) = (text(), text());
            assert_eq!(kept(&one, &other), kept(&other, &one));
        }
    }
}
