//! Tag queries: which pages a list holds, and in which order. Pages that carry
//! the tag, ordered by id without regard to case, then by position (pages without
//! one first), kept if their address has a folder of the filter's name.

use super::{PageId, Site};

/// What a list asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query<'a> {
    /// The label that pages must carry.
    pub tag: Option<&'a str>,
    /// The folder that must stand in their address.
    pub filter: Option<&'a str>,
}

/// The pages that a query finds, never the one that asks.
pub fn run(site: &Site, query: Query<'_>, asking: Option<PageId>) -> Vec<PageId> {
    let mut found: Vec<PageId> = match query.tag {
        Some(label) => site.carrying(label).to_vec(),
        None => every_tagged_page(site),
    };
    found.retain(|&id| {
        Some(id) != asking && query.filter.is_none_or(|filter| has_folder(&site.pages[id].route, filter))
    });
    // A page without a position counts as 0 here, unlike in the sidebar.
    found.sort_by(|&a, &b| {
        let position = |id: PageId| site.pages[id].position.unwrap_or(0.0);
        position(a).total_cmp(&position(b))
    });
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
