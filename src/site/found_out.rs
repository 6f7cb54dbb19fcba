//! What is found out of an edition's pages when somebody first asks for it: what links lead to, which ids there are,
//! what queries find. Where some pages are edited and the frame is as before, it is kept, but for what these have a
//! part in: a preview would find it all out again after each save.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::edition::Edition;
use super::incoming::Incoming;
use super::link::{Place, Resolution};
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
    answers: Mutex<HashMap<String, Arc<Answer>>>,
    /// What the lists of pages hold, by page and place on it.
    lists: Mutex<HashMap<ListPlace, Arc<[PageId]>>>,
}

/// What a query finds: who asks while somebody finds it out, waits.
#[derive(Debug)]
struct Answer {
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
        let unanswered = || Arc::new(Answer { pages: OnceLock::new(), reads_bodies });
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
    fn without(&self, edited: &[PageId]) -> Self {
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

impl Edition {
    /// Takes over what was found out of an edition that differs in nothing but what these pages say of their own.
    pub(super) fn take_over(&mut self, from: &Self, edited: &[PageId]) {
        self.siblings = from.siblings.clone();
        self.found_out = from.found_out.without(edited);
        let has_other_ids = |id: &PageId| {
            let before = from.found_out.anchors[*id].get();
            before.is_some_and(|before| **before != *self.anchors(*id))
        };
        let other_ids: Vec<PageId> = edited.iter().copied().filter(has_other_ids).collect();
        if !other_ids.is_empty() {
            self.forget_links_into(&other_ids);
        }
        let leads_elsewhere = |id: &PageId| !places(from.links(*id)).eq(places(self.links(*id)));
        if let Some(incoming) = from.found_out.incoming.get()
            && !edited.iter().any(leads_elsewhere)
        {
            self.found_out.incoming = Arc::clone(incoming).into();
        }
    }

    /// Links to headings of pages that have others now are to be looked for again.
    fn forget_links_into(&mut self, pages: &[PageId]) {
        for links in &mut self.found_out.links {
            let leads_into = |link: &Resolution| {
                !link.fragment.is_empty() && matches!(link.place, Place::Page(id) if pages.contains(&id))
            };
            if links.get().is_some_and(|links| links.iter().any(leads_into)) {
                links.take();
            }
        }
    }
}

fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

fn places(links: &[Resolution]) -> impl Iterator<Item = &Place> {
    links.iter().map(|link| &link.place)
}
