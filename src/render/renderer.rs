//! What everything is rendered from: the one value that all of rendering is given.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::theme::Theme;
use crate::highlight::Highlighter;
use crate::history::History;
use crate::query::Day;
use crate::search::Search;
use crate::site::assessment::Model;
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
    /// The data as templates take it.
    data: OnceLock<tera::Value>,
    /// What readers assess.
    pub(super) assessment: OnceLock<Model>,
}

impl Renderer<'_> {
    /// What stands in data files, by their names, as templates take it.
    pub fn data(&self) -> tera::Value {
        let made = || tera::Value::from_serializable(&self.site.data.value());
        self.data.get_or_init(made).clone()
    }

    /// What queries can know of days.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { today: self.today, changes: self.history }
    }
}

/// What all editions of a library are rendered from.
#[derive(Clone, Copy)]
pub struct Materials<'a> {
    /// The editions.
    pub library: &'a Library,
    /// The templates of each.
    pub themes: &'a [Arc<Theme>],
    /// The index of each.
    pub searches: &'a [Search],
    /// Colours code.
    pub highlighter: &'a Highlighter,
    /// When pages last changed.
    pub history: &'a History,
    /// The day from which queries count.
    pub today: Day,
    /// The translations whose originals have changed since, where that is to be told.
    pub outdated: &'a BTreeSet<SourcePath>,
}

impl<'a> Materials<'a> {
    /// What each edition is rendered from, the original first.
    pub fn editions(self) -> Vec<Renderer<'a>> {
        let Materials { library, themes, searches, highlighter, history, today, outdated } = self;
        let each = library.editions().zip(themes.iter().zip(searches));
        let editions = each.map(|((edition, site), (theme, search))| Renderer {
            library,
            edition,
            site,
            theme,
            highlighter,
            history,
            today,
            outdated,
            search,
            data: OnceLock::new(),
            assessment: OnceLock::new(),
        });
        editions.collect()
    }
}
