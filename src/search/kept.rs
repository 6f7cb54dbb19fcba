//! Runs of one state of a site that serve the next: those whose pages and their titles, tags and
//! addresses are as they were. States of one preview share them in memory, builds in the cache.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::entry::About;
use super::run::EntryRun;
use crate::store::{self, Cache, Pack, kept};

/// So much may be out of date however small the site is.
const SPARE: usize = 1 << 20;

/// What the last index was made of.
#[derive(Debug, Default)]
pub struct KeptRuns {
    runs: Mutex<HashMap<RunKey, Arc<EntryRun>>>,
    pack: Option<Pack>,
}

/// What a run was made from.
pub(super) type RunKey = store::Key;

/// The key of a run of entries in a language, each with its number.
pub(super) fn key<'a>(language: &str, entries: impl Iterator<Item = (usize, About<'a>)>) -> RunKey {
    let mut facts = language.as_bytes().to_vec();
    for (number, about) in entries {
        facts.extend_from_slice(&number.to_le_bytes());
        let nothing = blake3::Hash::from_bytes([0; 32]);
        facts.extend_from_slice(about.page.map_or(nothing, |page| page.digest).as_bytes());
        for count in [about.defines.len(), about.tags.len()] {
            facts.extend_from_slice(&count.to_le_bytes());
        }
        let called = about.called.iter().map(String::as_str);
        let texts = [about.title, about.description, &about.route].into_iter();
        for text in texts.chain(about.defines).chain(about.tags).chain(called) {
            facts.extend_from_slice(&text.len().to_le_bytes());
            facts.extend_from_slice(text.as_bytes());
        }
    }
    RunKey::of(&[&facts])
}

impl KeptRuns {
    /// Those that earlier builds left in the cache; `program` names what made them.
    pub fn stored(cache: &Cache, program: &str) -> Self {
        Self { runs: Mutex::default(), pack: Some(cache.pack(&kept::SEARCH, program)) }
    }

    /// The run of a key.
    pub fn get(&self, key: &RunKey) -> Option<Arc<EntryRun>> {
        match &self.pack {
            Some(pack) => pack.get(key).and_then(|bytes| EntryRun::decode(&bytes)).map(Arc::new),
            None => self.runs.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned(),
        }
    }

    /// Keeps these runs; in memory, only these. Each comes with whether it was kept already.
    pub fn replace(&self, runs: impl Iterator<Item = (RunKey, Arc<EntryRun>, bool)>) {
        match &self.pack {
            Some(pack) => {
                let mut live = 0;
                for (key, run, is_known) in runs {
                    live += run.size();
                    if !is_known {
                        pack.put(key, run.encode());
                    }
                }
                // All of it is read by every build, so there is not much in it that no build needs any more.
                pack.save_within(2 * live + SPARE);
            }
            None => {
                let runs = runs.map(|(key, run, _)| (key, run)).collect();
                *self.runs.lock().unwrap_or_else(PoisonError::into_inner) = runs;
            }
        }
    }
}
