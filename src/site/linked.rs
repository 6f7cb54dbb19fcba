//! What references of pages lead to, and which pages link to one: found once for all pages, when somebody first asks for it.

use std::sync::Arc;

use rayon::prelude::*;

use super::edition::Edition;
use super::incoming::Incoming;
use super::link::{Place, Resolution, Resolver};
use super::published::PageId;
use super::relation::{Other, RelationPlace, RelationSide};
use crate::page::LinkKind;

impl Edition {
    /// What the references of a page lead to, in their order.
    pub fn links(&self, id: PageId) -> &[Resolution] {
        self.found_out.links[id].get_or_init(|| self.resolved(id, &self.resolver()).collect())
    }

    fn resolved<'r>(&'r self, id: PageId, resolver: &'r Resolver<'_>) -> impl Iterator<Item = Resolution> + 'r {
        let origin = self.origin(id);
        self.pages[id].page.links.iter().map(move |link| match link.kind {
            LinkKind::Named | LinkKind::Code => self.resolve_name(id, link),
            _ => resolver.resolve(&origin, link),
        })
    }

    /// Whether a page links to another that is meant. What nobody has asked yet is found out without looking for headings.
    pub(super) fn links_to_any(&self, id: PageId, is_meant: &[bool]) -> bool {
        let leads = |link: &Resolution| matches!(link.place, Place::Page(to) if to != id && is_meant[to]);
        match self.found_out.links[id].get() {
            Some(known) => known.iter().any(leads),
            None => {
                let resolver = Resolver { seeks_headings: false, ..self.resolver() };
                self.resolved(id, &resolver).any(|link| leads(&link))
            }
        }
    }

    /// What the references of each page lead to, in order of page.
    pub fn all_links(&self) -> impl Iterator<Item = &[Resolution]> {
        (0..self.pages.len()).into_par_iter().for_each(|id| _ = self.links(id));
        (0..self.pages.len()).map(|id| self.links(id))
    }

    /// Whether nobody has read some bodies yet.
    pub(super) fn has_unread_bodies(&self) -> bool {
        self.pages.iter().any(|published| !published.page.is_read())
    }

    /// Reads the bodies of some pages: on all cores, for somebody who is about to ask each of them.
    pub(super) fn read_bodies(&self, pages: &[PageId]) {
        pages.par_iter().for_each(|&id| self.pages[id].page.read_body());
    }

    fn incoming(&self) -> &Incoming {
        let incoming = &self.found_out.incoming;
        if incoming.get().is_none() && self.has_unread_bodies() {
            self.read_bodies(&(0..self.pages.len()).collect::<Vec<_>>());
        }
        // One page after the other: who asks may be one of many threads, and the others wait for this.
        incoming.get_or_init(|| Arc::new(Incoming::of((0..self.pages.len()).map(|id| self.links(id)))))
    }

    /// The other pages whose links lead to a page, in order of id, each once.
    pub fn linking_to(&self, id: PageId) -> &[PageId] {
        self.incoming().to_page(id)
    }

    /// The pages whose links lead to what lies at an address and is no page of this edition, in the same way.
    pub fn linking_to_route(&self, route: &str) -> &[PageId] {
        self.incoming().to_route(route)
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

    /// The other pages that a page is brought together with, seen from one end of each relation: for each relation those
    /// that it leads to, each once.
    pub fn at_relations(&self, id: PageId, side: RelationSide) -> Vec<Vec<PageId>> {
        let pages = |others: Vec<Other<'_>>| -> Vec<PageId> {
            let page = |other: Other<'_>| match other.place {
                RelationPlace::Page(page) if page != id => Some(page),
                _ => None,
            };
            others.into_iter().filter_map(page).collect()
        };
        self.relations().declared.iter().map(|relation| pages(relation.others(id, side))).collect()
    }

    /// Of some pages those that lists may show, in the order of their titles.
    pub fn by_title(&self, mut pages: Vec<PageId>) -> Vec<PageId> {
        let places = self.title_places();
        pages.retain(|&id| !self.pages[id].page.meta.unlisted);
        pages.sort_by_key(|&id| (places[id], id));
        pages
    }
}
