//! Texts that somebody has, by what git calls them: where a commit has the same, git needn't be asked for it.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::history::{self, TextName};
use crate::source::Source;

/// Texts that are known. The same name is the same text to the byte, wherever either lies.
#[derive(Debug, Default)]
pub struct KnownTexts(HashMap<TextName, Arc<str>>);

impl KnownTexts {
    /// The texts of these files.
    pub fn of<'a>(sources: impl ParallelIterator<Item = &'a Source>) -> Self {
        Self(sources.map(|source| (history::name_of(&source.text), Arc::clone(&source.text))).collect())
    }

    /// The text of a name.
    pub(super) fn text(&self, name: &TextName) -> Option<&Arc<str>> {
        self.0.get(name)
    }
}
