//! What queries ask of all pages, kept beside them so that it is found fast.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use foldhash::HashMap;

use super::published::{PageId, Published};

/// What queries ask of pages, side by side: a site of many pages has many lists, each looks at hundreds of pages, and
/// these lie far from each other in memory.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The position of each page.
    pub positions: Vec<f64>,
    /// Whether no list holds it, for each page.
    pub unlisted: Vec<bool>,
    /// For each folder that was asked for, whether pages lie in it.
    folders: Mutex<HashMap<String, Arc<[bool]>>>,
    /// The same, where a page also lies where its file does.
    places: Mutex<HashMap<String, Arc<[bool]>>>,
    /// By each part of a folder's path, the pages in whose address or place it stands.
    parts: OnceLock<HashMap<Box<str>, Vec<PageId>>>,
}

impl Columns {
    /// Those of a site's pages.
    pub(super) fn of(pages: &[Arc<Published>]) -> Self {
        // A page without a position counts as 0 here, unlike in the sidebar.
        let positions = pages.iter().map(|page| page.position.unwrap_or(0.0)).collect();
        let unlisted = pages.iter().map(|page| page.page.meta.unlisted).collect();
        Self { positions, unlisted, ..Self::default() }
    }

    /// For each page, whether a folder of that name stands in its address.
    pub(super) fn folder(&self, pages: &[Arc<Published>], name: &str) -> Arc<[bool]> {
        kept(&self.folders, name, || self.marked(pages, name, |page| has_folder(&page.route, name)))
    }

    /// For each page, whether a folder of that name stands in its address, or its file lies in one.
    pub(super) fn place(&self, pages: &[Arc<Published>], name: &str) -> Arc<[bool]> {
        let is_inside = |page: &Published| has_folder(&page.route, name) || has_folder(&place(page), name);
        kept(&self.places, name, || self.marked(pages, name, is_inside))
    }

    /// For each page, whether something holds that can only hold where the first part of a folder's name stands: as many
    /// folders are asked for as a site has, and most pages lie in another.
    fn marked(&self, pages: &[Arc<Published>], name: &str, holds: impl Fn(&Published) -> bool) -> Arc<[bool]> {
        let mut marked = vec![false; pages.len()];
        let first = name.trim_matches('/').split('/').next().unwrap_or_default();
        let parts = self.parts.get_or_init(|| by_parts(pages));
        for &id in parts.get(first).into_iter().flatten() {
            marked[id] = holds(&pages[id]);
        }
        marked.into()
    }
}

/// By each part of a folder's path, the pages in whose address or place it stands.
fn by_parts(pages: &[Arc<Published>]) -> HashMap<Box<str>, Vec<PageId>> {
    let mut parts: HashMap<Box<str>, Vec<PageId>> = HashMap::default();
    for (id, page) in pages.iter().enumerate() {
        for part in page.route.split('/').chain(page.page.path.folder().split('/')) {
            match parts.get_mut(part) {
                Some(known) if known.last() == Some(&id) => {}
                Some(known) => known.push(id),
                None => _ = parts.insert(part.into(), vec![id]),
            }
        }
    }
    parts
}

/// What was found before, or is found now.
fn kept(known: &Mutex<HashMap<String, Arc<[bool]>>>, name: &str, find: impl FnOnce() -> Arc<[bool]>) -> Arc<[bool]> {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.get(name) {
        return Arc::clone(found);
    }
    let found = find();
    known.insert(name.to_owned(), Arc::clone(&found));
    found
}

/// Where a page's file lies, as an address: the page of a folder beside it, since it stands for it.
fn place(published: &Published) -> String {
    let path = &published.page.path;
    if published.is_folder_page { format!("/{}", path.folder()) } else { format!("/{}", path.as_str()) }
}

/// Whether a folder of that name stands in an address: `/docs/Risks/a` has `Risks` and `docs/Risks`, not `a`.
pub fn has_folder(route: &str, name: &str) -> bool {
    let name = name.trim_matches('/');
    !name.is_empty()
        && memchr::memchr_iter(b'/', route.as_bytes())
            .any(|slash| route[slash + 1..].strip_prefix(name).is_some_and(|rest| rest.starts_with('/')))
}

/// The folders that a page lies in, by its address and by its file, and by all of their names: of `/docs/Risks/a` they
/// are `docs`, `Risks` and `docs/Risks`.
pub(super) fn folders_of(published: &Published) -> impl Iterator<Item = &str> {
    let folder = published.page.path.folder();
    let above = if published.is_folder_page { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
    [super::address::parent(&published.route), above].into_iter().flat_map(names_of)
}

/// All names of a folder.
fn names_of(folder: &str) -> impl Iterator<Item = &str> {
    let folder = folder.trim_matches('/');
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
