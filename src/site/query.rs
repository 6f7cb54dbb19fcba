//! Tag queries: which pages a list holds, and in which order. Pages that carry
//! the tag, ordered by id without regard to case, then by position (pages without
//! one first), kept if their address has a folder of the filter's name.

use super::Edition;
use super::published::PageId;
pub use super::query_columns::has_folder;
use crate::page::Query;

/// Whether a page lies in a folder of that name.
pub fn is_folder(site: &Edition, name: &str) -> bool {
    site.columns.folder(&site.pages, name).contains(&true)
}

impl Edition {
    /// The pages that a query finds, never the one that asks.
    pub fn query(&self, query: &Query, asking: Option<PageId>) -> Vec<PageId> {
        let mut found: Vec<PageId> = match query.tag() {
            Some(label) => self.carrying(label).to_vec(),
            None => every_tagged_page(self),
        };
        let inside = query.filter().map(|filter| self.columns.folder(&self.pages, filter));
        found.retain(|&id| Some(id) != asking && inside.as_ref().is_none_or(|inside| inside[id]));
        found.sort_by(|&a, &b| self.columns.positions[a].total_cmp(&self.columns.positions[b]));
        found
    }
}

/// All pages that carry a tag, in the order in which labels first occur, each once.
fn every_tagged_page(site: &Edition) -> Vec<PageId> {
    let mut seen = vec![false; site.pages.len()];
    let mut found = Vec::new();
    for label in &site.label_order {
        for &id in site.carrying(label) {
            if !std::mem::replace(&mut seen[id], true) {
                found.push(id);
            }
        }
    }
    found
}
