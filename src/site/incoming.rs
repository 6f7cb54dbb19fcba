//! The links between pages, seen from where they lead to. Found once for all pages of an edition, when somebody first
//! asks for it.

use std::collections::HashMap;

use super::edition::Edition;
use super::link::Place;
use super::published::PageId;

/// Which pages link where.
#[derive(Debug)]
pub(super) struct Incoming {
    /// For each page, the others that link to it, in order.
    to_pages: Vec<Vec<PageId>>,
    /// The same for addresses that are none of this edition's pages: tags, indexes, pages of other languages.
    to_routes: HashMap<String, Vec<PageId>>,
}

impl Incoming {
    fn of(site: &Edition) -> Self {
        let mut incoming = Self { to_pages: vec![Vec::new(); site.pages.len()], to_routes: HashMap::new() };
        // One page after the other: who asks may be one of many threads, and the others wait for this.
        for from in 0..site.pages.len() {
            for link in site.links(from) {
                let linking = match &link.place {
                    Place::Page(to) if *to != from => &mut incoming.to_pages[*to],
                    Place::Route(route) => match incoming.to_routes.get_mut(route) {
                        Some(linking) => linking,
                        None => incoming.to_routes.entry(route.clone()).or_default(),
                    },
                    _ => continue,
                };
                // Pages come in order, so that a second link of one page comes right after its first.
                if linking.last() != Some(&from) {
                    linking.push(from);
                }
            }
        }
        incoming
    }
}

impl Edition {
    fn incoming(&self) -> &Incoming {
        self.incoming.get_or_init(|| Incoming::of(self))
    }

    /// The other pages whose links lead to a page, in order of id, each once.
    pub fn linking_to(&self, id: PageId) -> &[PageId] {
        &self.incoming().to_pages[id]
    }

    /// The pages whose links lead to what lies at an address and is no page of this edition, in the same way.
    pub fn linking_to_route(&self, route: &str) -> &[PageId] {
        self.incoming().to_routes.get(route).map_or(&[], Vec::as_slice)
    }

    /// The other pages that a page links to, in order of id, each once.
    pub fn linked_from(&self, id: PageId) -> Vec<PageId> {
        let to = self.links(id).iter().filter_map(|link| match link.place {
            Place::Page(to) if to != id => Some(to),
            _ => None,
        });
        let mut to: Vec<PageId> = to.collect();
        to.sort_unstable();
        to.dedup();
        to
    }

    /// Of some pages those that lists may show, in the order of their titles.
    pub fn by_title(&self, mut pages: Vec<PageId>) -> Vec<PageId> {
        let places = self.title_places();
        pages.retain(|&id| !self.pages[id].page.meta.unlisted);
        pages.sort_by_key(|&id| (places[id], id));
        pages
    }
}
