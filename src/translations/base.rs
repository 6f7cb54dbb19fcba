//! From which text of the original a translation was made: found by how both changed, step by step.

use std::sync::Arc;

use super::blocks::{ChangedBoth, TextBlocks};

/// A translation and its original at one time, each as far as it was there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct BothTexts {
    /// What the translation said.
    pub(super) translation: Option<Arc<str>>,
    /// What the original said.
    pub(super) original: Option<Arc<str>>,
}

/// The place of the last change that brought the translation up to date; nothing where there are no changes. They
/// come in their order, the first first.
///
/// A change does so if the original is as it was at the one before that did; or if by now the translation has
/// changed, since that one, in half of the places at least in which the original has. A typing error that somebody
/// mends elsewhere on the page doesn't, and what is taken over in several steps does in the end.
pub(super) fn last_made_up_to_date(changes: &[BothTexts]) -> Option<usize> {
    let mut base: Option<usize> = None;
    for (at, change) in changes.iter().enumerate() {
        if change.translation.is_none() {
            // It was taken away, and whoever brings it again begins anew.
            base = None;
            continue;
        }
        let is_up_to_date = match base {
            Some(base) => takes_over(&changes[base], change),
            None => true,
        };
        if is_up_to_date {
            base = Some(at);
        }
    }
    base
}

fn takes_over(before: &BothTexts, now: &BothTexts) -> bool {
    let (Some(original), Some(translation)) = (&before.original, &before.translation) else { return true };
    let (Some(original_now), Some(translation_now)) = (&now.original, &now.translation) else { return false };
    if is_same(original, original_now) {
        return true;
    }
    let (original, translation) = (&TextBlocks::of(original), &TextBlocks::of(translation));
    let in_original = &original.changed_into(&TextBlocks::of(original_now));
    let in_translation = &translation.changed_into(&TextBlocks::of(translation_now));
    ChangedBoth { original, in_original, translation, in_translation }.is_taken_over()
}

/// Whether two texts say the same, line by line: how lines end doesn't count.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one == other || one.lines().map(str::trim_end).eq(other.lines().map(str::trim_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pairs of what the translation and the original said.
    fn base(changes: &[[&str; 2]]) -> Option<usize> {
        let text = |text: &str| Some(Arc::from(text)).filter(|text: &Arc<str>| !text.is_empty());
        let changes = changes.iter().map(|[own, other]| BothTexts { translation: text(own), original: text(other) });
        last_made_up_to_date(&changes.collect::<Vec<_>>())
    }

    const NEW: &str = "# A\n\nOne of them.\n\nTwo of them.\n\nThree.\n";
    const OLD: &str = "# A\n\nOne.\n\nTwo.\n\nThree.\n";

    #[test]
    fn the_first_text_is_made_from_the_original_of_its_time() {
        assert_eq!(base(&[]), None);
        assert_eq!(base(&[["# A\n", OLD]]), Some(0));
        assert_eq!(base(&[["# A\n", ""], ["# B\n", OLD]]), Some(1));
    }

    #[test]
    fn a_typing_error_that_is_mended_elsewhere_brings_nothing_up_to_date() {
        let first = ["# A\n\nEins.\n\nZwei.\n\nDrie.\n", OLD];
        assert_eq!(base(&[first, ["# A\n\nEins.\n\nZwei.\n\nDrei.\n", NEW]]), Some(0));
        assert_eq!(base(&[first, ["# A\n\nEins!\n\nZwei!\n\nDrie.\n", NEW]]), Some(1));
        assert_eq!(base(&[first, ["# A\n\nEins.\n\nZwei.\n\nDrei.\n", OLD]]), Some(1));
    }

    #[test]
    fn what_is_taken_over_in_several_steps_is_taken_over() {
        let newer = "# A\n\nOne of them.\n\nTwo of them.\n\nThree of them.\n";
        let first = ["# A\n\nEins.\n\nZwei.\n\nDrei.\n", OLD];
        let second = ["# A\n\nEins!\n\nZwei.\n\nDrei.\n", newer];
        let third = ["# A\n\nEins!\n\nZwei!\n\nDrei.\n", newer];
        assert_eq!(base(&[first, second]), Some(0));
        assert_eq!(base(&[first, second, third]), Some(2));
    }

    #[test]
    fn a_page_that_was_taken_away_begins_anew() {
        assert_eq!(base(&[["# A\n", OLD], ["", NEW], ["# A\n", NEW]]), Some(2));
        assert_eq!(base(&[["# A\n", OLD], ["", NEW]]), None);
    }

    #[test]
    fn how_lines_end_is_no_change() {
        assert!(is_same("a\r\nb", "a\nb\n"));
        assert!(!is_same("a\nb\n", "a\nc\n"));
    }
}
