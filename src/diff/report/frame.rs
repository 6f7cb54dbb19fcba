//! What a report itself says, in the language of the site. What the command line tells of changes in its own language is
//! said to be of that.

use crate::site::{Edition, Library};
use crate::words::Words;

/// The language of the command line.
pub(super) const TOLD_IN: &str = "en";

/// The language in which a report speaks.
#[derive(Clone, Copy)]
pub(super) struct ReportFrame<'a> {
    words: &'a Words,
    edition: &'a Edition,
}

impl<'a> ReportFrame<'a> {
    /// That of a site.
    pub(super) fn of(library: &'a Library) -> Self {
        let edition = library.original();
        Self { words: &edition.words, edition }
    }

    /// A word by its name.
    pub(super) fn word(self, name: &'a str) -> &'a str {
        self.words.get(name)
    }

    /// The code of the language.
    pub(super) fn language(self) -> &'a str {
        &self.edition.config.site.language
    }

    /// How it is written.
    pub(super) fn direction(self) -> &'static str {
        self.edition.direction()
    }

    /// Whether the command line speaks the same.
    pub(super) fn is_of_commands(self) -> bool {
        self.language().split('-').next() == Some(TOLD_IN)
    }
}
