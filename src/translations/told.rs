//! What can be told of translations: plain values.

use std::collections::BTreeSet;

use super::blocks::LineCounts;
use super::likeness::StructureDifference;
use crate::config::Language;
use crate::history::PastCommit;
use crate::page::Page;
use crate::source::SourcePath;

/// How all translations of a site stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TranslationReport {
    /// The languages but for the original's, in their order.
    pub languages: Vec<LanguageReport>,
}

impl TranslationReport {
    /// The files whose originals have changed since.
    pub fn outdated(&self) -> BTreeSet<SourcePath> {
        let is_outdated =
            |page: &&TranslationOf| page.states.iter().any(|state| matches!(state, TranslationState::OutOfDate(_)));
        let pages = self.languages.iter().flat_map(|language| &language.pages);
        pages.filter(is_outdated).map(|page| page.path.clone()).collect()
    }
}

/// How the translations into one language stand.
#[derive(Clone, Debug, PartialEq)]
pub struct LanguageReport {
    /// The language.
    pub language: Language,
    /// Its pages and those that it lacks, by path.
    pub pages: Vec<TranslationOf>,
}

/// How one translation stands.
#[derive(Clone, Debug, PartialEq)]
pub struct TranslationOf {
    /// Its file, or the one that it would have.
    pub path: SourcePath,
    /// The original's file, if there is one.
    pub original: Option<SourcePath>,
    /// What is to be told of it; nothing of one that is up to date.
    pub states: Vec<TranslationState>,
}

/// What can be told of a translation.
#[derive(Clone, Debug, PartialEq)]
pub enum TranslationState {
    /// There is none.
    Missing,
    /// The original has changed since.
    OutOfDate(OutOfDate),
    /// Nobody can know whether the original has changed since.
    Uncertain(Doubt),
    /// So many in a hundred lines are still the original's.
    Untranslated(usize),
    /// It is built otherwise than the original.
    Structure(Vec<StructureDifference>),
    /// There is no original.
    Orphan,
}

/// How the original has changed since it was translated.
#[derive(Clone, Debug, PartialEq)]
pub struct OutOfDate {
    /// The last change of the original that the translation has taken over.
    pub since: Option<PastCommit>,
    /// The beginning of the name of the commit that brought it up to date last, or that it says it is made from.
    pub base: String,
    /// How many lines have changed.
    pub lines: LineCounts,
    /// What shows the changes on a command line.
    pub command: String,
}

/// Why nobody can know whether the original has changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Git knows nothing of the folder.
    NoGit,
    /// The clone has only the last commits.
    Shallow,
    /// The translation names a commit that has no such original.
    NoSuchCommit,
}

impl TranslationState {
    /// The word that programs know it by.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::OutOfDate(_) => "out-of-date",
            Self::Uncertain(_) => "uncertain",
            Self::Untranslated(_) => "untranslated",
            Self::Structure(_) => "structure",
            Self::Orphan => "orphan",
        }
    }
}

/// A translation and its original.
pub(super) struct TranslationPair<'a> {
    pub(super) translation: &'a Page,
    pub(super) original: &'a Page,
}
