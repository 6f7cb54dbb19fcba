//! The site's pages turned into a search index: small scripts, of which a browser loads those that
//! a query needs. Knows nothing of queries; the scripts in `templates/search/` do.
//!
//! Each part calls `bokwormSearch(name, data)`, because a page opened from a folder may load a
//! script but not fetch data. The parts, and what is in them, `docs/search.md` tells.

use std::sync::{Arc, OnceLock};

mod answering;
mod called;
mod entry;
mod function_words;
mod index;
mod irregular;
mod kept;
mod related;
mod run;
mod script;
mod shape;
mod shown;
mod spelling;
mod standing;
mod stems;
mod table;
mod tags;
mod text;
mod title;
mod token;
mod variants;
mod vocabulary;
mod words;

use crate::site::Edition;
pub use entry::Entry;
use index::Index;
pub use kept::KeptRuns;

/// The folder of the parts, below the site's root.
pub const FOLDER: &str = "search/";

/// The index of one state of a site, made when it is first asked for.
#[derive(Debug, Default)]
pub struct Search {
    index: OnceLock<Index>,
    kept: Option<Arc<KeptRuns>>,
}

impl Search {
    /// An index of one of several states, which share what did not change.
    pub fn sharing(kept: &Arc<KeptRuns>) -> Self {
        Self { index: OnceLock::new(), kept: Some(Arc::clone(kept)) }
    }

    /// A part by its name; empty if there is none. Whoever asks first makes the index on all cores, so
    /// the first call must not come from one of rayon's own threads.
    pub fn part(&self, site: &Edition, name: &str) -> Vec<u8> {
        self.index(site).part(site, name)
    }

    /// Where the parts are published, with their names.
    pub fn files(&self, site: &Edition) -> Vec<(String, String)> {
        let enabled = site.config.search.enabled;
        let names = if enabled { self.index(site).names() } else { Vec::new() };
        names.into_iter().map(|name| (site.own_file(&format!("{FOLDER}{name}.js")), name)).collect()
    }

    /// The entries of which a part shows something, if that is all it holds.
    pub fn shown_in(&self, site: &Edition, name: &str) -> Option<&[Entry]> {
        self.index(site).shown_in(name)
    }

    /// Makes the index, if it isn't made yet.
    pub fn prepare(&self, site: &Edition) {
        self.index(site);
    }

    fn index(&self, site: &Edition) -> &Index {
        self.index.get_or_init(|| Index::of(site, self.kept.as_deref()))
    }
}
