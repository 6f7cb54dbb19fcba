//! Runs of one state of a site that serve the next: those whose pages and their titles, tags and
//! addresses are as they were.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::entry::About;
use super::run::Run;
use crate::page::Page;

/// What the last index was made of. States of a site share one.
#[derive(Debug, Default)]
pub struct Kept(Mutex<HashMap<Key, Record>>);

/// What a run was made from.
pub type Key = blake3::Hash;

/// A run, and the pages that its key names by where they are: as long as they are held, no other page is there.
#[derive(Debug)]
struct Record {
    run: Arc<Run>,
    _pages: Vec<Arc<Page>>,
}

/// The key of a run of entries, each with its number.
pub fn key<'a>(entries: impl Iterator<Item = (usize, About<'a>)>) -> Key {
    let mut hasher = blake3::Hasher::new();
    let mut facts = Vec::new();
    for (number, about) in entries {
        facts.clear();
        facts.extend_from_slice(&number.to_le_bytes());
        let page = about.page.map_or(0, |page| Arc::as_ptr(page).addr());
        facts.extend_from_slice(&page.to_le_bytes());
        for text in [about.title, about.description, &about.route].into_iter().chain(about.tags) {
            facts.extend_from_slice(&text.len().to_le_bytes());
            facts.extend_from_slice(text.as_bytes());
        }
        hasher.update(&facts);
    }
    hasher.finalize()
}

impl Kept {
    /// The run of a key.
    pub fn get(&self, key: &Key) -> Option<Arc<Run>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).map(|record| Arc::clone(&record.run))
    }

    /// Keeps these runs, and only these.
    pub fn replace(&self, runs: impl Iterator<Item = (Key, Arc<Run>, Vec<Arc<Page>>)>) {
        let runs = runs.map(|(key, run, pages)| (key, Record { run, _pages: pages })).collect();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = runs;
    }
}
