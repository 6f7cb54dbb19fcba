//! A file's path and front matter turned into its address, title, label and
//! position. Knows one page and the docs' route.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::address;
use super::languages::{self, PlaceKeys};
use super::numbering::Numbering;
use super::published::{Borrowed, Published};
use crate::config::{Fallback, Urls};
use crate::page::Page;
use crate::source::SourcePath;

/// Names of files that stand for their folder.
const FOLDER_PAGES: [&str; 3] = ["index", "readme", "_index"];

/// The page for addresses that don't exist, by its place in its language.
const NOT_FOUND: [&str; 2] = ["404.md", "404.mdx"];

/// What there is to publish.
pub(super) struct Choice {
    /// The pages of the edition.
    pub pages: Vec<Arc<Page>>,
    /// Those of the original that stand in for what it lacks.
    pub borrowed: Vec<Borrowed>,
    /// The keys that pages have by their places.
    pub place_keys: PlaceKeys,
    /// Whether drafts are published too.
    pub drafts: bool,
}

/// All pages that are published, ordered by id without regard to case, and the addresses of those that are not.
pub(super) fn all(
    choice: Choice,
    numbering: &Numbering,
    urls: &Urls,
) -> (Vec<Arc<Published>>, BTreeMap<String, SourcePath>) {
    let Choice { pages, borrowed, place_keys, drafts } = choice;
    let mut published = Vec::with_capacity(pages.len());
    let mut left_out = BTreeMap::new();
    let of_page = |page| {
        let mut entry = one(page, numbering, urls);
        if let Some(key) = place_keys.of_place(&entry.page) {
            entry.key.clone_from(key);
        }
        entry
    };
    let entries: Vec<Published> = pages.into_par_iter().map(of_page).collect();
    let borrowed: Vec<Published> = borrowed.into_iter().map(|borrowed| stand_in(borrowed, numbering, urls)).collect();
    let borrowed = making_room(borrowed, entries.iter().filter(|entry| drafts || !entry.page.meta.draft));
    for entry in entries.into_iter().chain(borrowed) {
        if entry.page.meta.draft && !drafts {
            let path = entry.page.path.clone();
            for other in other_addresses(&entry, numbering, &urls.docs_route) {
                left_out.insert(other, path.clone());
            }
            left_out.insert(entry.route, path);
        } else {
            published.push((entry.id.to_lowercase(), Arc::new(entry)));
        }
    }
    published.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.page.path.cmp(&other.page.path)));
    (published.into_iter().map(|(_, entry)| entry).collect(), left_out)
}

/// What stands in, but for what would lie where the language has a page of its own.
fn making_room<'p>(borrowed: Vec<Published>, own: impl Iterator<Item = &'p Published>) -> Vec<Published> {
    if borrowed.is_empty() {
        return borrowed;
    }
    let own: HashSet<&str> = own.map(|entry| entry.route.as_str()).collect();
    borrowed.into_iter().filter(|borrowed| !own.contains(borrowed.route.as_str())).collect()
}

/// A page of the original at an address of this edition, or at its own.
fn stand_in(borrowed: Borrowed, numbering: &Numbering, urls: &Urls) -> Published {
    let own = one(borrowed.page, numbering, urls);
    let route = if borrowed.by == Fallback::Link { borrowed.route.clone() } else { own.route };
    Published { borrowed: Some(borrowed.by), original_route: Some(borrowed.route), route, ..own }
}

/// One page with what its path, its front matter and the configuration make of it.
pub(super) fn one(page: Arc<Page>, numbering: &Numbering, urls: &Urls) -> Published {
    let docs_route = urls.docs_route.as_str();
    let meta = &page.meta;
    let (name, number) = numbering.split(page.path.folder(), page.path.stem());
    let folder = numbering.folder(page.path.folder());
    let is_folder_page = stands_for_folder(name, &folder);
    let id_name = meta.id.as_deref().unwrap_or(name);
    let id = if folder.is_empty() { id_name.to_owned() } else { format!("{folder}/{id_name}") };
    let by_path = address_by_path(&page.path, numbering);
    let route = match meta.slug.as_deref().map(str::trim) {
        // Hosts look for it at the top, wherever pages lie.
        _ if NOT_FOUND.contains(&page.path.as_str()) => address::join(&[&urls.prefix, address::NOT_FOUND]),
        None | Some("") => address::join(&[docs_route, &by_path]),
        Some(slug) if slug.starts_with('/') => address::join(&[docs_route, &address::resolve("", slug)]),
        Some(slug) => address::join(&[docs_route, &address::resolve(&format!("/{folder}"), slug)]),
    };
    let route = address::publishable(&route);
    // Where the front matter says it, nobody has to read the body.
    let title = meta.title.clone().or_else(|| page.content_title.clone());
    let title = title.unwrap_or_else(|| title_of_file(&page, name));
    Published {
        label: meta.sidebar_label.clone().unwrap_or_else(|| title.clone()),
        key: languages::key(&page),
        borrowed: None,
        original_route: None,
        position: meta.sidebar_position.or(number),
        is_folder_page,
        id,
        title,
        // Nobody looks for it.
        page: if address::is_not_found(urls, &route) { unlisted(&page) } else { page },
        route,
    }
}

/// What the path of a page makes of its address, below the route of the pages.
pub fn address_by_path(path: &SourcePath, numbering: &Numbering) -> String {
    let name = numbering.split(path.folder(), path.stem()).0;
    let folder = numbering.folder(path.folder());
    if stands_for_folder(name, &folder) { folder } else { format!("{folder}/{name}") }
}

/// Whether a page of that name stands for the folder that it lies in.
fn stands_for_folder(name: &str, folder: &str) -> bool {
    let folder_name = folder.rsplit('/').next().unwrap_or("");
    let lower = name.to_lowercase();
    FOLDER_PAGES.contains(&lower.as_str()) || (!folder_name.is_empty() && lower == folder_name.to_lowercase())
}

/// A page as if its front matter said that it is shown nowhere.
fn unlisted(page: &Page) -> Arc<Page> {
    let mut page = page.clone();
    page.meta.unlisted = true;
    Arc::new(page)
}

/// The title of a page that gives none: its file's name, or its folder's if it stands for it.
fn title_of_file(page: &Page, name: &str) -> String {
    if FOLDER_PAGES.contains(&name.to_lowercase().as_str()) {
        let folder = page.path.folder().rsplit('/').next().unwrap_or("");
        let folder = address::split_number(folder).0;
        if !folder.is_empty() {
            return folder.replace(['-', '_'], " ");
        }
    }
    name.to_owned()
}

/// Addresses under which a page might be looked for besides its own: by its path and by its id.
pub(super) fn other_addresses(published: &Published, numbering: &Numbering, docs_route: &str) -> Vec<String> {
    let path = &published.page.path;
    let folder = numbering.folder(path.folder());
    let stem = numbering.split(path.folder(), path.stem()).0;
    let mut out = vec![
        address::join(&[docs_route, &folder, stem]),
        address::join(&[docs_route, path.folder(), path.stem()]),
        address::join(&[docs_route, &published.id]),
    ];
    out.retain(|alias| *alias != published.route);
    out.dedup();
    out
}
