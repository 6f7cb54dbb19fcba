//! What is found out of an edition's pages when somebody first asks for it: what links lead to, which ids there are,
//! what queries find. Where some pages are edited and the frame is as before, it is kept, but for what these have a
//! part in: a preview would find it all out again after each save.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::edition::Edition;
use super::incoming::Incoming;
use super::link::{Place, Resolution};
use super::published::PageId;

/// What was found out so far.
#[derive(Debug, Default)]
pub(super) struct FoundOut {
    /// For each page, what its references lead to.
    pub(super) links: Vec<OnceLock<Arc<[Resolution]>>>,
    /// For each page, the ids on it.
    pub(super) anchors: Vec<OnceLock<Arc<[String]>>>,
    /// The links seen from where they lead to.
    pub(super) incoming: OnceLock<Arc<Incoming>>,
    /// What queries found, by what they ask and on which day: lists are asked by checks, keys, pages and data alike.
    answers: Mutex<HashMap<String, Answer>>,
}

/// What a query found.
#[derive(Clone, Debug)]
struct Answer {
    pages: Arc<[PageId]>,
    /// Whether it asks for what bodies say.
    reads_bodies: bool,
}

impl FoundOut {
    /// Nothing yet, of so many pages.
    pub(super) fn nothing(pages: usize) -> Self {
        let links = (0..pages).map(|_| OnceLock::new()).collect();
        let anchors = (0..pages).map(|_| OnceLock::new()).collect();
        Self { links, anchors, ..Self::default() }
    }

    /// What a query found that was asked before.
    pub(super) fn answer(&self, query: &str) -> Option<Arc<[PageId]>> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get(query).map(|answer| Arc::clone(&answer.pages))
    }

    /// Keeps what a query found.
    pub(super) fn keep_answer(&self, query: String, pages: &[PageId], reads_bodies: bool) {
        let answer = Answer { pages: pages.into(), reads_bodies };
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).insert(query, answer);
    }

    /// All that is found of others than the edited pages alone.
    fn without(&self, edited: &[PageId]) -> Self {
        let mut kept = Self { links: self.links.clone(), anchors: self.anchors.clone(), ..Self::default() };
        for &id in edited {
            kept.links[id].take();
            kept.anchors[id].take();
        }
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let of_frame = answers.iter().filter(|(_, answer)| !answer.reads_bodies);
        kept.answers = Mutex::new(of_frame.map(|(query, answer)| (query.clone(), answer.clone())).collect());
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

fn places(links: &[Resolution]) -> impl Iterator<Item = &Place> {
    links.iter().map(|link| &link.place)
}
