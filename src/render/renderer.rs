//! What everything is rendered from: the one value that all of rendering is given.

use std::collections::BTreeSet;

use super::theme::Theme;
use crate::highlight::Highlighter;
use crate::history::History;
use crate::query::Day;
use crate::search::Search;
use crate::site::find::Calendar;
use crate::site::{Edition, EditionId, Library};
use crate::source::SourcePath;

/// Everything that the pages of an edition are rendered from.
pub struct Renderer<'a> {
    /// All editions.
    pub library: &'a Library,
    /// Which of them is rendered.
    pub edition: EditionId,
    /// It itself.
    pub site: &'a Edition,
    /// Its templates.
    pub theme: &'a Theme,
    /// Colours code.
    pub highlighter: &'a Highlighter,
    /// When pages last changed.
    pub history: &'a History,
    /// The day from which queries count.
    pub today: Day,
    /// The translations whose originals have changed since, where that is to be told.
    pub outdated: &'a BTreeSet<SourcePath>,
    /// The index that readers search.
    pub search: &'a Search,
}

impl Renderer<'_> {
    /// What queries can know of days.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { today: self.today, changes: self.history }
    }
}
