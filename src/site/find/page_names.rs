//! The page that somebody means by a name.

use super::super::edition::Edition;
use super::super::published::PageId;

/// The page that a person names: by its path with or without its extension, its address, id or title, without regard
/// to case.
pub fn page_named(site: &Edition, name: &str) -> Option<PageId> {
    let name = name.trim().trim_start_matches("./");
    let wanted = bare(name);
    let names = |id: PageId| {
        let page = &site.pages[id];
        [bare(page.page.path.as_str()), bare(&page.route), bare(&page.id), page.title.to_lowercase()]
    };
    let exactly = (0..site.pages.len()).find(|&id| names(id).contains(&wanted));
    // From the folder around the pages: `content/Roles/Lead.md`.
    exactly.or_else(|| (0..site.pages.len()).find(|&id| wanted.ends_with(&format!("/{}", names(id)[0]))))
}

/// A path without what people leave out of it: its ending, slashes around it; in small letters.
pub fn bare(path: &str) -> String {
    let path = path.trim_matches('/');
    [".md", ".mdx", ".html"].iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path).to_lowercase()
}
