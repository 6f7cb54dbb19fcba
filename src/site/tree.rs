//! Folders and their pages turned into one ordered tree: the sidebar, and from it
//! breadcrumbs and reading order. Knows positions, labels and category files.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::address;
use super::catalog::EntryId;
use super::category::{Category, CategoryLink};
use super::numbering::Numbering;
use super::order::Order;
use super::published::{PageId, Published};
use super::written_order::WrittenOrder;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourcePath;

/// A section or a page in the sidebar.
#[derive(Clone, Debug)]
pub struct SidebarNode {
    /// What it is called.
    pub label: String,
    /// What it leads to.
    pub leads_to: LeadsTo,
    /// Whether it is a section.
    pub section: bool,
    /// A class of its own.
    pub class: String,
    /// What lies below it, in order.
    pub children: Vec<SidebarNode>,
}

/// What a node leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum LeadsTo {
    /// Nothing: it is a label.
    Nothing,
    /// A page.
    Page(PageId),
    /// The generated index at a place in `Edition::indexes`.
    Index(usize),
}

/// What an index is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexed {
    /// The pages of a folder.
    Folder,
    /// A catalogue, by its place among all: its entries.
    Catalog(usize),
    /// An entry of a catalogue: what it says, and who names it.
    Entry(EntryId),
}

/// A folder's index, made for it; or a catalogue's, or that of one of its entries.
#[derive(Clone, Debug)]
pub struct GeneratedIndex {
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: String,
    /// Its address.
    pub route: String,
    /// The category file that asks for it; the catalogue's.
    pub path: SourcePath,
    /// The folder that it shows, as it is called in every language; of what is none's, a name that none has.
    pub folder: String,
    /// What it is made of.
    pub of: Indexed,
}

/// The tree and what came up in making it.
#[derive(Debug, Default)]
pub struct BuiltTree {
    /// The top level, in order.
    pub nodes: Vec<SidebarNode>,
    /// Indexes made for folders.
    pub indexes: Vec<GeneratedIndex>,
    /// What is wrong with category files.
    pub findings: Vec<Diagnostic>,
}

/// A folder while the tree is made.
#[derive(Default)]
struct Folder {
    pages: Vec<PageId>,
    folders: BTreeMap<String, Folder>,
}

/// Where a sibling stands: where the configuration says, then position, then (for pages that give a weight, as Hugo's
/// do) title, then name.
struct Placed {
    written: Option<usize>,
    position: Option<f64>,
    /// The page whose title counts.
    titled: Option<PageId>,
    name: String,
    node: SidebarNode,
}

/// Makes the tree of all pages that are listed.
pub fn build(
    pages: &[Arc<Published>],
    categories: &BTreeMap<String, (SourcePath, Category)>,
    numbering: &Numbering,
    docs_route: &str,
    order: &Order,
    written: &WrittenOrder<'_>,
) -> BuiltTree {
    let mut root = Folder::default();
    for (id, published) in pages.iter().enumerate().filter(|(_, published)| is_shown(published)) {
        let mut folder = &mut root;
        for part in published.page.path.folder().split('/').filter(|part| !part.is_empty()) {
            folder = folder.folders.entry(part.to_owned()).or_default();
        }
        folder.pages.push(id);
    }
    let mut builder =
        TreeBuilder { pages, categories, numbering, docs_route, order, written, tree: BuiltTree::default() };
    let nodes = builder.level(&root, "", None);
    builder.tree.nodes = nodes;
    builder.tree
}

/// Whether the sidebar shows a page: `toc_hide` is what Hugo's themes call a page that is in lists all the same.
fn is_shown(published: &Published) -> bool {
    let (page, meta) = (&published.page, &published.page.meta);
    let data = |key: &str| meta.data.get(key);
    // Where Hugo's themes put what a search found; ours has a place of its own.
    let is_search = data("layout").and_then(serde_json::Value::as_str) == Some("search")
        && page.text[page.body_start..].trim().is_empty();
    let is_hidden = data("toc_hide").and_then(serde_json::Value::as_bool) == Some(true);
    !(meta.unlisted || is_search || is_hidden)
}

/// Whether a page gives its place as Hugo's do.
fn is_weighted(published: &Published) -> bool {
    let data = &published.page.meta.data;
    data.contains_key("weight") && !data.contains_key("sidebar_position")
}

/// Whether a folder has its place among others by the title of its page, as with Hugo: elsewhere it is by its name.
fn goes_by_title(own: &Published) -> bool {
    is_weighted(own) || own.page.path.stem() == "_index"
}

struct TreeBuilder<'a> {
    pages: &'a [Arc<Published>],
    categories: &'a BTreeMap<String, (SourcePath, Category)>,
    numbering: &'a Numbering,
    docs_route: &'a str,
    order: &'a Order,
    written: &'a WrittenOrder<'a>,
    tree: BuiltTree,
}

impl TreeBuilder<'_> {
    /// The nodes of one folder in order, without the page that stands for the folder itself.
    fn level(&mut self, folder: &Folder, path: &str, without: Option<PageId>) -> Vec<SidebarNode> {
        let mut placed: Vec<Placed> = Vec::new();
        for &id in folder.pages.iter().filter(|&&id| Some(id) != without) {
            let mut page = self.page(id);
            if path.is_empty() && self.pages[id].is_folder_page {
                // The front page stands for no section: it comes before them unless it says otherwise.
                page.position = page.position.or(Some(f64::NEG_INFINITY));
                page.written = page.written.or(Some(0));
            }
            placed.push(page);
        }
        for (name, below) in &folder.folders {
            let below_path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            placed.extend(self.section(below, name, &below_path));
        }
        placed.sort_by(|a, b| {
            let written = |of: &Placed| of.written.unwrap_or(usize::MAX);
            let position = |of: &Placed| of.position.unwrap_or(f64::INFINITY);
            let by_position = || position(a).total_cmp(&position(b));
            let by_title = || self.compare_titles(a.titled, b.titled);
            let by_name = || a.name.cmp(&b.name);
            written(a).cmp(&written(b)).then_with(by_position).then_with(by_title).then_with(by_name)
        });
        placed.into_iter().map(|placed| placed.node).collect()
    }

    /// Those without a title that counts come first.
    fn compare_titles(&self, one: Option<PageId>, other: Option<PageId>) -> Ordering {
        match (one, other) {
            (Some(one), Some(other)) => self.order.compare(&self.pages[one].title, &self.pages[other].title),
            _ => one.is_some().cmp(&other.is_some()),
        }
    }

    fn page(&self, id: PageId) -> Placed {
        let published = &self.pages[id];
        let meta = &published.page.meta;
        Placed {
            written: self.written.place(published.page.path.as_str()),
            position: published.position,
            titled: is_weighted(published).then_some(id),
            name: published.page.path.file_name().to_owned(),
            node: SidebarNode {
                label: published.label.clone(),
                leads_to: LeadsTo::Page(id),
                section: false,
                class: meta.sidebar_class_name.clone().unwrap_or_default(),
                children: Vec::new(),
            },
        }
    }

    /// A folder as a node; nothing if no page lies below it.
    fn section(&mut self, folder: &Folder, name: &str, path: &str) -> Option<Placed> {
        let categories = self.categories;
        let declared = categories.get(path);
        let default = Category::default();
        let category = declared.map_or(&default, |(_, category)| category);
        let above = path.rsplit_once('/').map_or("", |(above, _)| above);
        let (bare, number) = self.numbering.split(above, name);
        let own = self.own_page(folder, path, declared);
        let children = self.level(folder, path, own);
        if children.is_empty() && own.is_none() {
            return None;
        }
        let fallback = || own.map_or_else(|| bare.replace(['-', '_'], " "), |id| self.pages[id].label.clone());
        // What the original calls a folder is not what a translation calls it that has a page for it.
        let is_translated = own.is_some_and(|id| self.pages[id].borrowed.is_none());
        let written = category.label.clone().filter(|label| !label.trim().is_empty());
        let label = written.filter(|_| !(category.borrowed && is_translated)).unwrap_or_else(fallback);
        let leads_to = match (&category.link, own) {
            (_, Some(id)) => LeadsTo::Page(id),
            (CategoryLink::Generated { title, description, slug }, None) => {
                let route = slug.as_ref().map_or_else(
                    || address::join(&[self.docs_route, &self.numbering.folder(path)]),
                    |slug| address::resolve(self.docs_route, slug.trim_start_matches('/')),
                );
                self.tree.indexes.push(GeneratedIndex {
                    title: title.clone().unwrap_or_else(|| label.clone()),
                    description: description.clone().unwrap_or_default(),
                    route,
                    path: declared.map_or_else(|| SourcePath::content(path), |(path, _)| path.clone()),
                    folder: path.to_owned(),
                    of: Indexed::Folder,
                });
                LeadsTo::Index(self.tree.indexes.len() - 1)
            }
            _ => LeadsTo::Nothing,
        };
        let own_class = || own.and_then(|id| self.pages[id].page.meta.sidebar_class_name.clone());
        let own_position = || own.and_then(|id| self.pages[id].position);
        Some(Placed {
            written: self.written.place(path),
            position: category.position.or_else(own_position).or(number),
            titled: own.filter(|&id| declared.is_none() && goes_by_title(&self.pages[id])),
            name: name.to_owned(),
            node: SidebarNode {
                label,
                leads_to,
                section: true,
                class: category.class_name.clone().or_else(own_class).unwrap_or_default(),
                children,
            },
        })
    }

    /// The page that stands for a folder: the one that its category names, or its index.
    fn own_page(&mut self, folder: &Folder, path: &str, declared: Option<&(SourcePath, Category)>) -> Option<PageId> {
        let index = folder.pages.iter().copied().find(|&id| self.pages[id].is_folder_page);
        let Some((file, category)) = declared else { return index };
        match &category.link {
            CategoryLink::Automatic => index,
            CategoryLink::Nothing | CategoryLink::Generated { .. } => None,
            CategoryLink::Page { id, span } => {
                let below = format!("{}/{id}", self.numbering.folder(path));
                let named = folder.pages.iter().copied().find(|&page| self.pages[page].id == below);
                let anywhere = || self.pages.iter().position(|page| page.id == *id);
                let found = named.or_else(anywhere);
                if found.is_none() {
                    let message = format!("this folder's link names the page `{id}`, which does not exist");
                    let help = "Write the file's name without its extension, or the `id` of its front matter.";
                    let finding = Diagnostic::new(Code::BrokenLink, file, *span, message).with_help(help);
                    self.tree.findings.push(finding.with_target(address::join(&[self.docs_route, &below])));
                }
                found.or(index)
            }
        }
    }
}
