//! A tag of a body as it was read, and where it stands there: in a quote its lines were first freed of what they begin with.

use std::borrow::Cow;
use std::ops::Range;

use crate::html::tag::Tag;

/// A tag as read, with the text that its ranges belong to.
pub(super) struct ReadTag<'a> {
    pub(super) tag: Tag,
    pub(super) text: Cow<'a, str>,
    /// Where lines of that text come from; empty if it is the body itself.
    pub(super) places: Vec<(usize, usize)>,
}

impl ReadTag<'_> {
    /// Where an offset of the tag's text stands in the body.
    pub(super) fn source(&self, offset: usize) -> usize {
        match self.places.partition_point(|&(at, _)| at <= offset).checked_sub(1) {
            Some(index) => self.places[index].1 + offset - self.places[index].0,
            None => offset,
        }
    }

    /// Where a range of the tag's text stands in the body.
    pub(super) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        start..self.source(range.end).max(start)
    }

    /// What stands in a range of the tag's text.
    pub(super) fn str(&self, range: &Range<usize>) -> &str {
        &self.text[range.clone()]
    }
}
