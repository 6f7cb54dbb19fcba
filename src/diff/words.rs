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
    let ops = steps(&before, &after);
    let kept: usize = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    WordCounts { added: after.len() - kept, removed: before.len() - kept }
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
