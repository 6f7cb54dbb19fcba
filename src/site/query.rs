//! Tag queries: which pages a list holds, and in which order. Pages that carry
//! the tag, ordered by id without regard to case, then by position (pages without
//! one first), kept if their address has a folder of the filter's name.

use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;

use super::{PageId, Published, Site};
use crate::page::Query;

/// What queries ask of pages, side by side: a site of many pages has many lists, each looks at hundreds of pages, and
/// these lie far from each other in memory.
#[derive(Debug, Default)]
pub struct Columns {
    positions: Vec<f64>,
    /// For each folder that was asked for, whether pages lie in it.
    folders: Mutex<HashMap<String, Arc<[bool]>>>,
}

impl Columns {
    /// Those of a site's pages.
    pub fn of(pages: &[Arc<Published>]) -> Self {
        // A page without a position counts as 0 here, unlike in the sidebar.
        let positions = pages.iter().map(|page| page.position.unwrap_or(0.0)).collect();
        Self { positions, folders: Mutex::default() }
    }

    fn folder(&self, pages: &[Arc<Published>], name: &str) -> Arc<[bool]> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = folders.get(name) {
            return Arc::clone(known);
        }
        let inside: Arc<[bool]> = pages.iter().map(|page| has_folder(&page.route, name)).collect();
        folders.insert(name.to_owned(), Arc::clone(&inside));
        inside
    }
}

/// Whether a page lies in a folder of that name.
pub fn is_folder(site: &Site, name: &str) -> bool {
    site.columns.folder(&site.pages, name).contains(&true)
}

/// The pages that a query finds, never the one that asks.
pub fn run(site: &Site, query: &Query, asking: Option<PageId>) -> Vec<PageId> {
    let mut found: Vec<PageId> = match query.tag() {
        Some(label) => site.carrying(label).to_vec(),
        None => every_tagged_page(site),
    };
    let inside = query.filter().map(|filter| site.columns.folder(&site.pages, filter));
    found.retain(|&id| Some(id) != asking && inside.as_ref().is_none_or(|inside| inside[id]));
    found.sort_by(|&a, &b| site.columns.positions[a].total_cmp(&site.columns.positions[b]));
    found
}

/// All pages that carry a tag, in the order in which labels first occur, each once.
fn every_tagged_page(site: &Site) -> Vec<PageId> {
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

/// Whether a folder of that name stands in an address: `/docs/Risks/a` has `Risks` and `docs/Risks`, not `a`.
pub fn has_folder(route: &str, name: &str) -> bool {
    let name = name.trim_matches('/');
    !name.is_empty()
        && memchr::memchr_iter(b'/', route.as_bytes())
            .any(|slash| route[slash + 1..].strip_prefix(name).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::has_folder;

    #[test]
    fn a_filter_is_a_whole_folder_name() {
        assert!(has_folder("/docs/Risks/Legal", "Risks"));
        assert!(!has_folder("/docs/Risks", "Risks"));
        assert!(!has_folder("/docs/My-Risks/Legal", "Risks"));
        assert!(has_folder("/docs/a/b/c", "a/b"));
    }
}
