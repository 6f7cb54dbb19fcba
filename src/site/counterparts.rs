//! What an edition makes that others make, too: the page of a tag, the index of a folder. Finds each by what it is in every
//! language.

use std::collections::HashMap;

use super::tag::TagPage;
use super::tree::GeneratedIndex;

/// The places of tag pages and of indexes among those of an edition.
#[derive(Debug, Default)]
pub(super) struct CounterpartPlaces {
    tags: HashMap<String, usize>,
    indexes: HashMap<String, usize>,
}

impl CounterpartPlaces {
    /// Those of an edition's tags and indexes; of two that are the same, the first.
    pub(super) fn of(tags: &[TagPage], indexes: &[GeneratedIndex]) -> Self {
        let mut places = Self::default();
        for (at, tag) in tags.iter().enumerate() {
            places.tags.entry(tag.key.clone()).or_insert(at);
        }
        for (at, index) in indexes.iter().enumerate() {
            places.indexes.entry(index.folder.clone()).or_insert(at);
        }
        places
    }

    /// The place of the tag of a key.
    pub(super) fn tag(&self, key: &str) -> Option<usize> {
        self.tags.get(key).copied()
    }

    /// The place of a folder's index.
    pub(super) fn index(&self, folder: &str) -> Option<usize> {
        self.indexes.get(folder).copied()
    }
}
