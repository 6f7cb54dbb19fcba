//! What is checked.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::history::History;
use crate::query::Day;
use crate::site::Edition;
use crate::source::Source;

/// Everything that is checked.
#[derive(Clone)]
pub struct Input<'a> {
    /// The frozen site: the original, where it has several languages.
    pub site: &'a Edition,
    /// Its other languages.
    pub translations: Vec<&'a Edition>,
    /// The texts of pages, category files and the vocabulary.
    pub sources: &'a [Source],
    /// `book.toml`, if there is one.
    pub configuration: Option<&'a Source>,
    /// When pages last changed; empty if nobody asked.
    pub history: &'a History,
    /// The day from which a page's age is counted.
    pub today: Day,
    /// What reading the project and its configuration had to say.
    pub earlier: Vec<Diagnostic>,
    /// How much kinds of findings matter, where that isn't as usual.
    pub severities: &'a BTreeMap<Code, Severity>,
}

impl<'a> Input<'a> {
    /// All editions of the site.
    pub(super) fn editions(&self) -> Vec<&'a Edition> {
        std::iter::once(self.site).chain(self.translations.iter().copied()).collect()
    }
}
