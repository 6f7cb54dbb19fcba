//! A site in which pages say something else of their own: what is made of all pages
//! together is kept if none of them shows the others anything new, and the result is
//! the one that assembling it all would bring.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::edition::Edition;
use super::link::{Place, Resolution};
use super::publish;
use super::published::PageId;
use crate::config::Fallback;
use crate::page::Page;
use crate::source::SourcePath;

impl Edition {
    /// The site with other pages in the places of those at their paths. `None` where that takes
    /// more than putting them in: the site is to be assembled anew.
    pub fn with(&self, mut edited: BTreeMap<SourcePath, Arc<Page>>) -> Option<Self> {
        let mut pages = self.pages.clone();
        let mut places = Vec::with_capacity(edited.len());
        for (id, published) in pages.iter_mut().enumerate() {
            let Some(page) = edited.remove(&published.page.path) else { continue };
            if !shows_the_same(&published.page, &page) {
                return None;
            }
            let route = (published.borrowed == Some(Fallback::Link)).then(|| published.route.clone());
            let mut other = publish::one(page, &self.numbering, &self.config.urls);
            other.borrowed = published.borrowed;
            other.original_route.clone_from(&published.original_route);
            other.key.clone_from(&published.key);
            other.route = route.unwrap_or(other.route);
            *published = Arc::new(other);
            places.push(id);
        }
        // A page that isn't published may be from now on.
        edited.is_empty().then(|| {
            let mut edition = Self::new(pages, Arc::clone(&self.frame), self.findings.clone());
            edition.take_over(self, &places);
            edition
        })
    }

    /// Whether the two differ in nothing but what pages say of their own.
    pub fn has_frame_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.frame, &other.frame)
    }
}

impl Edition {
    /// Takes over what was found out of an edition that differs in nothing but what these pages say of their own.
    fn take_over(&mut self, from: &Self, edited: &[PageId]) {
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

/// Whether all that the frame is made from is the same in both: address, title, label, position,
/// tags and aliases come from nothing else. (The description may come from the first words, and
/// is the page's own affair.)
fn shows_the_same(one: &Page, other: &Page) -> bool {
    one.path == other.path && one.content_title == other.content_title && one.meta == other.meta
}

fn places(links: &[Resolution]) -> impl Iterator<Item = &Place> {
    links.iter().map(|link| &link.place)
}
