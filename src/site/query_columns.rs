//! What queries ask of all pages, kept beside them so that it is found fast.

use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;

use super::published::Published;

/// What queries ask of pages, side by side: a site of many pages has many lists, each looks at hundreds of pages, and
/// these lie far from each other in memory.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The position of each page.
    pub positions: Vec<f64>,
    /// For each folder that was asked for, whether pages lie in it.
    folders: Mutex<HashMap<String, Arc<[bool]>>>,
}

impl Columns {
    /// Those of a site's pages.
    pub(super) fn of(pages: &[Arc<Published>]) -> Self {
        // A page without a position counts as 0 here, unlike in the sidebar.
        let positions = pages.iter().map(|page| page.position.unwrap_or(0.0)).collect();
        Self { positions, folders: Mutex::default() }
    }

    /// For each page, whether it lies in a folder of that name.
    pub(super) fn folder(&self, pages: &[Arc<Published>], name: &str) -> Arc<[bool]> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = folders.get(name) {
            return Arc::clone(known);
        }
        let inside: Arc<[bool]> = pages.iter().map(|page| has_folder(&page.route, name)).collect();
        folders.insert(name.to_owned(), Arc::clone(&inside));
        inside
    }
}

/// Whether a folder of that name stands in an address: `/docs/Risks/a` has `Risks` and `docs/Risks`, not `a`.
pub fn has_folder(route: &str, name: &str) -> bool {
    let name = name.trim_matches('/');
    !name.is_empty()
        && memchr::memchr_iter(b'/', route.as_bytes())
            .any(|slash| route[slash + 1..].strip_prefix(name).is_some_and(|rest| rest.starts_with('/')))
}

/// The folders that a page's address stands in, by all of their names: of `/docs/Risks/a` they are `docs`, `Risks` and
/// `docs/Risks`.
pub(super) fn folders_of(published: &Published) -> impl Iterator<Item = &str> {
    let folder = super::address::parent(&published.route).trim_matches('/');
    let begins = std::iter::once(0).chain(memchr::memchr_iter(b'/', folder.as_bytes()).map(|at| at + 1));
    begins.flat_map(move |begin| {
        let below = &folder[begin..];
        let ends = memchr::memchr_iter(b'/', below.as_bytes()).chain(std::iter::once(below.len()));
        ends.map(move |end| &below[..end]).filter(|name| !name.is_empty())
    })
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
