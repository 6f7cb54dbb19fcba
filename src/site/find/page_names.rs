//! The page that somebody means by a name.

use super::super::edition::Edition;
use super::super::published::PageId;
use crate::query::Wildcards;

/// The page that a person names: by its path with or without its extension, its address, id or title, without regard
/// to case; or by the end of its path or address, where only one page's ends so (`Roles/Lead` for `/docs/Roles/Lead`).
pub fn page_named(site: &Edition, name: &str) -> Option<PageId> {
    let name = name.trim().trim_start_matches("./");
    let wanted = bare(name);
    let exactly = site.page_named(name).or_else(|| site.page_named(&wanted));
    let places = |id: PageId| {
        let page = &site.pages[id];
        [bare(page.page.path.as_str()), bare(&page.route), bare(&page.id)]
    };
    // From the folder around the pages: `content/Roles/Lead.md`.
    let below = || (0..site.pages.len()).find(|&id| wanted.ends_with(&format!("/{}", places(id)[0])));
    let by_end = || {
        let end = format!("/{wanted}");
        let mut ending = (0..site.pages.len()).filter(|&id| places(id).iter().any(|place| place.ends_with(&end)));
        ending.next().filter(|_| ending.next().is_none())
    };
    exactly.or_else(below).or_else(by_end)
}

/// A path without what people leave out of it: its ending, slashes around it; in small letters.
pub fn bare(path: &str) -> String {
    let path = path.trim_matches('/');
    [".md", ".mdx", ".html"].iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path).to_lowercase()
}

/// Whether a page's path, address, id or title is like that.
pub(super) fn is_named_like(site: &Edition, id: PageId, pattern: &Wildcards) -> bool {
    let page = &site.pages[id];
    let pattern = pattern.in_small_letters();
    let names = [page.page.path.as_str(), page.route.trim_matches('/'), &page.id, &page.title];
    names.into_iter().any(|name| pattern.fits(&name.to_lowercase()))
}
