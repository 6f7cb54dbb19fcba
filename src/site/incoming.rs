//! The links between pages, seen from where they lead to. Found once for all pages of an edition.

use std::collections::HashMap;

use super::link::{Place, Resolution};
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
    /// The other pages whose links lead to a page.
    pub(super) fn to_page(&self, id: PageId) -> &[PageId] {
        &self.to_pages[id]
    }

    /// The pages whose links lead to an address.
    pub(super) fn to_route(&self, route: &str) -> &[PageId] {
        self.to_routes.get(route).map_or(&[], Vec::as_slice)
    }

    /// Those of some pages, by what the links of each lead to.
    pub(super) fn of<'l>(links: impl ExactSizeIterator<Item = &'l [Resolution]>) -> Self {
        let mut incoming = Self { to_pages: vec![Vec::new(); links.len()], to_routes: HashMap::new() };
        for (from, links) in links.enumerate() {
            for link in links {
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
