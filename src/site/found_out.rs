//! What is found out of an edition's pages when somebody first asks for it: what links lead to, which ids there are,
//! what queries find. Where some pages are edited and the frame is as before, it is kept, but for what these have a
//! part in: a preview would find it all out again after each save.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::incoming::Incoming;
use super::link::Resolution;
use super::published::PageId;
use crate::query::Day;

/// What was found out so far.
#[derive(Debug, Default)]
pub(super) struct FoundOut {
    /// For each page, what its references lead to.
    pub(super) links: Vec<OnceLock<Arc<[Resolution]>>>,
    /// For each page, the ids on it.
    pub(super) anchors: Vec<OnceLock<Arc<[String]>>>,
    /// The links seen from where they lead to.
    pub(super) incoming: OnceLock<Arc<Incoming>>,
    /// For each page, the words that readers see of it, once a query looks for some.
    pub(super) words: Vec<OnceLock<Arc<str>>>,
    /// What queries found, by what they ask and on which day: checks, keys, pages and data ask the same.
    answers: Mutex<HashMap<String, Arc<QueryAnswer>>>,
    /// What the lists of pages hold, by page and place on it.
    lists: Mutex<HashMap<ListPlace, Arc<[PageId]>>>,
}

/// What a query finds: who asks while somebody finds it out, waits.
#[derive(Debug)]
struct QueryAnswer {
    pages: OnceLock<Arc<[PageId]>>,
    /// Whether it asks for what bodies say.
    reads_bodies: bool,
}

/// Where a list stands, and the day on which it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ListPlace {
    pub(super) page: PageId,
    /// Where its component begins in the page's file.
    pub(super) start: usize,
    pub(super) today: Day,
}

impl FoundOut {
    /// Nothing yet, of so many pages.
    pub(super) fn nothing(pages: usize) -> Self {
        let links = (0..pages).map(|_| OnceLock::new()).collect();
        let anchors = (0..pages).map(|_| OnceLock::new()).collect();
        let words = (0..pages).map(|_| OnceLock::new()).collect();
        Self { links, anchors, words, ..Self::default() }
    }

    /// What a query finds, found out where nobody has asked it before.
    pub(super) fn answer(
        &self,
        query: String,
        reads_bodies: bool,
        find: impl FnOnce() -> Vec<PageId>,
    ) -> Arc<[PageId]> {
        let unanswered = || Arc::new(QueryAnswer { pages: OnceLock::new(), reads_bodies });
        let answer = Arc::clone(locked(&self.answers).entry(query).or_insert_with(unanswered));
        Arc::clone(answer.pages.get_or_init(|| find().into()))
    }

    /// What a list holds, found out where nobody has asked for it before.
    pub(super) fn list(&self, place: ListPlace, find: impl FnOnce() -> Vec<PageId>) -> Arc<[PageId]> {
        let known = locked(&self.lists).get(&place).cloned();
        known.unwrap_or_else(|| {
            let found: Arc<[PageId]> = find().into();
            locked(&self.lists).insert(place, Arc::clone(&found));
            found
        })
    }

    /// All that is found of others than the edited pages alone.
    pub(super) fn without(&self, edited: &[PageId]) -> Self {
        let (links, anchors, words) = (self.links.clone(), self.anchors.clone(), self.words.clone());
        let mut kept = Self { links, anchors, words, ..Self::default() };
        for &id in edited {
            kept.links[id].take();
            kept.anchors[id].take();
            kept.words[id].take();
        }
        let answers = locked(&self.answers);
        let of_frame = answers.iter().filter(|(_, answer)| !answer.reads_bodies);
        kept.answers = Mutex::new(of_frame.map(|(query, answer)| (query.clone(), Arc::clone(answer))).collect());
        kept
    }
}

fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
