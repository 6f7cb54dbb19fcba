//! What pages are called by others: by an identity that the configuration makes of front matter, by `id`, path, address
//! or title. Each way of writing it leads to one page; capitals make no difference.

use std::sync::Arc;

use foldhash::{HashMap, HashSet};
use serde_json::Value;

use super::numbering::Numbering;
use super::published::{PageId, Published};
use crate::config::Config;
use crate::page::Page;

/// The pages of an edition by all their names.
#[derive(Debug, Default)]
pub struct PageNames {
    /// For each page, its identity, if it has one.
    pub identities: Vec<Option<String>>,
    /// In small letters; of two pages that share a name, the one that has it in the likelier way, or the first.
    by_name: HashMap<String, PageId>,
    /// Identities of pages that are still drafts, in small letters.
    drafts: HashSet<String>,
}

/// A way in which a page is called: hands on each name.
type Way = fn(&Published, &mut dyn FnMut(&str));

/// What names are made from.
pub(super) struct Named<'a> {
    pub config: &'a Config,
    pub numbering: &'a Numbering,
    pub pages: &'a [Arc<Published>],
    pub drafts: &'a [Arc<Page>],
    /// The identity of the original of each page, by its key.
    pub originals: &'a dyn Fn(&str) -> Option<String>,
}

impl PageNames {
    /// Those of some pages.
    pub(super) fn of(named: &Named<'_>) -> Self {
        let pages = named.pages;
        let patterns = Patterns::of(named.config, named.numbering);
        let identity = |published: &Arc<Published>| {
            patterns.identity(&published.page).or_else(|| (named.originals)(&published.key))
        };
        let identities: Vec<Option<String>> = pages.iter().map(identity).collect();
        let drafts = named.drafts.iter().filter_map(|page| patterns.identity(page)).map(|it| it.to_lowercase());
        let mut names = Self { identities, by_name: HashMap::default(), drafts: drafts.collect() };
        for (id, identity) in names.identities.iter().enumerate() {
            if let Some(identity) = identity {
                names.by_name.entry(identity.to_lowercase()).or_insert(id);
            }
        }
        let ways: [Way; 4] = [ids, paths, addresses, titles];
        names.by_name.reserve(6 * pages.len());
        for way in ways {
            for (id, published) in pages.iter().enumerate() {
                way(published, &mut |name| names.enter(name, id));
            }
        }
        names
    }

    fn enter(&mut self, name: &str, id: PageId) {
        if !name.is_empty() {
            self.by_name.entry(name.to_lowercase()).or_insert(id);
        }
    }

    /// The page of that name, however it is written.
    pub fn page(&self, name: &str) -> Option<PageId> {
        self.by_name.get(&name.trim().to_lowercase()).copied()
    }

    /// The page of that identity.
    pub fn identified(&self, name: &str) -> Option<PageId> {
        let is_so = |id: &PageId| {
            self.identities[*id].as_ref().is_some_and(|identity| identity.to_lowercase() == name.to_lowercase())
        };
        self.page(name).filter(is_so)
    }

    /// Whether that is the identity of a draft.
    pub fn is_draft(&self, name: &str) -> bool {
        self.drafts.contains(&name.trim().to_lowercase())
    }
}

fn ids(published: &Published, enter: &mut dyn FnMut(&str)) {
    published.page.meta.id.iter().for_each(|id| enter(id));
    enter(&published.id);
}

fn paths(published: &Published, enter: &mut dyn FnMut(&str)) {
    let path = &published.page.path;
    let ending = path.file_name().len() - path.stem().len();
    enter(path.as_str());
    enter(&path.as_str()[..path.as_str().len() - ending]);
}

fn addresses(published: &Published, enter: &mut dyn FnMut(&str)) {
    enter(&published.route);
    enter(published.route.trim_matches('/'));
}

fn titles(published: &Published, enter: &mut dyn FnMut(&str)) {
    enter(&published.title);
}

/// The patterns that identities are made by.
struct Patterns<'a> {
    numbering: &'a Numbering,
    /// The folder of each, by name or path; the longest first.
    by_folder: Vec<(&'a str, &'a str)>,
}

impl<'a> Patterns<'a> {
    fn of(config: &'a Config, numbering: &'a Numbering) -> Self {
        let mut by_folder: Vec<(&str, &str)> =
            config.identities.iter().map(|(folder, pattern)| (folder.trim_matches('/'), pattern.as_str())).collect();
        by_folder.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
        Self { numbering, by_folder }
    }

    /// What others call a page; nothing where it lacks a key of the pattern, or lies in no folder that has one.
    fn identity(&self, page: &Page) -> Option<String> {
        if self.by_folder.is_empty() {
            return None;
        }
        let written = page.path.folder();
        let plain = self.numbering.folder(written);
        let lies_in = |folder: &str| is_inside(written, folder) || is_inside(&plain, folder);
        let (_, pattern) = self.by_folder.iter().find(|(folder, _)| lies_in(folder))?;
        filled(pattern, page)
    }
}

/// Whether a folder of that name or path stands in a path of folders.
fn is_inside(path: &str, folder: &str) -> bool {
    let (path, folder) = (format!("/{path}/"), format!("/{folder}/"));
    path.contains(&folder)
}

/// A pattern with what stands in the front matter for what stands in braces.
fn filled(pattern: &str, page: &Page) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (key, after) = after.split_once('}')?;
        out.push_str(before);
        out.push_str(scalar(page, key.trim())?.trim());
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// A value of the front matter as it is written: `05` and not `5`. Nothing for lists, groups of keys and what is empty.
fn scalar(page: &Page, path: &str) -> Option<String> {
    scalar_of(page, path, page.meta.at(path)?)
}

/// The same of a value that was looked up already.
pub(super) fn scalar_of(page: &Page, path: &str, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        value @ (Value::Number(_) | Value::Bool(_)) => {
            let written = page.meta.spans.get(path).and_then(|span| page.text.get(span.start..span.end));
            let exact = written
                .filter(|text| !text.is_empty() && !text.starts_with('*') && !text.contains(char::is_whitespace));
            Some(exact.map_or_else(|| value.to_string(), str::to_owned))
        }
        _ => None,
    }
}
