//! What files are made with, and what outlives a state of the site: colours for code, smaller pictures, and what search
//! indexes share.

use std::sync::Arc;

use crate::highlight::Highlighter;
use crate::picture::Pictures;
use crate::render::{Materials, SiteRenderer};
use crate::search::{KeptRuns, Search};
use crate::session::State;
use crate::store::Cache;

/// What files are made with. Threads and states share one.
pub struct Tools {
    /// Colours code.
    pub highlighter: Highlighter,
    /// Makes smaller pictures and draws cards.
    pub pictures: Pictures,
    /// What the search indexes of all states share.
    runs: Arc<KeptRuns>,
}

impl Tools {
    /// Those of a build: whatever they find is kept for the next. `program` names what this program is.
    pub fn of_build(cache: &Cache, program: &str) -> Self {
        Self {
            highlighter: Highlighter::new(cache),
            pictures: Pictures::new(cache),
            runs: Arc::new(KeptRuns::stored(cache, program)),
        }
    }

    /// Those of a preview: only pictures, which take long, are kept longer than it runs.
    pub fn of_preview(cache: &Cache) -> Self {
        Self { highlighter: Highlighter::new(&Cache::none()), pictures: Pictures::new(cache), runs: Arc::default() }
    }

    /// The search indexes of one state, one an edition, each made when it is first asked for.
    pub fn search(&self, state: &State) -> Vec<Search> {
        state.library.editions().map(|_| Search::sharing(&self.runs)).collect()
    }

    /// What a state is rendered with; `search` are its indexes.
    pub fn renderer<'a>(&'a self, state: &'a State, search: &'a [Search]) -> SiteRenderer<'a> {
        let State { project, library, themes, history, outdated, .. } = state;
        let (searches, highlighter, today) = (search, &self.highlighter, project.today);
        SiteRenderer::of(Materials { library, themes, searches, highlighter, history, today, outdated })
    }

    /// Keeps what was found for later runs. To be called once, at the end.
    pub fn save(&self) {
        self.highlighter.save();
        self.pictures.tidy();
    }
}
