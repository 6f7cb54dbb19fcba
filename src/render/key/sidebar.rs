//! What stands around a page and is made of others: its sidebar, and with it the way to it from the top. A page shows
//! the levels above it and its own children; what lies in other sections it doesn't see.

use blake3::Hash;

use super::fingerprint::Fingerprint;
use crate::render::view::sidebar::{class, closed_route, language_of};
use crate::site::{Edition, LeadsTo, PageId, SidebarNode};

/// The surroundings of all that has a sidebar.
pub(super) struct Surroundings {
    nowhere: Hash,
    pages: Vec<Option<Hash>>,
    indexes: Vec<Option<Hash>>,
}

impl Surroundings {
    /// Those of a site.
    pub(super) fn of(site: &Edition) -> Self {
        let nowhere = level(site, &site.tree);
        let mut found = Self { nowhere, pages: vec![None; site.pages.len()], indexes: vec![None; site.indexes.len()] };
        found.walk(site, &site.tree, nowhere);
        found
    }

    /// Those of what has no place in the sidebar.
    pub(super) fn of_nowhere(&self) -> Hash {
        self.nowhere
    }

    /// Those of a page.
    pub(super) fn of_page(&self, id: PageId) -> Hash {
        self.pages[id].unwrap_or(self.nowhere)
    }

    /// Those of a folder's index.
    pub(super) fn of_index(&self, at: usize) -> Hash {
        self.indexes[at].unwrap_or(self.nowhere)
    }

    /// Goes through nodes to which the levels shown so far come to `above`.
    fn walk(&mut self, site: &Edition, nodes: &[SidebarNode], above: Hash) {
        for (at, node) in nodes.iter().enumerate() {
            let below = level(site, &node.children);
            let own = Fingerprint::default().hash(above).number(at).hash(below).end();
            // What the sidebar leads to twice stands where it does so first.
            match node.leads_to {
                LeadsTo::Page(id) => _ = self.pages[id].get_or_insert(own),
                LeadsTo::Index(at) => _ = self.indexes[at].get_or_insert(own),
                LeadsTo::Nothing => {}
            }
            self.walk(site, &node.children, own);
        }
    }
}

/// What a level of the sidebar shows where all its entries are closed.
fn level(site: &Edition, nodes: &[SidebarNode]) -> Hash {
    let mut level = Fingerprint::default();
    for node in nodes {
        level.text(&node.label).text(&class(site, node)).number(usize::from(node.section));
        level.maybe(language_of(site, &node.leads_to).as_deref());
        // An open section without a page leads nowhere.
        level.number(usize::from(node.leads_to == LeadsTo::Nothing)).maybe(closed_route(site, node));
    }
    level.number(nodes.len()).end()
}
