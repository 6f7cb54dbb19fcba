//! Which pages a book has, in which order, and what each says: its body as rendered, read as a tree.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use rayon::prelude::*;
use tera::Value;

use super::clean;
use crate::config::Fallback;
use crate::html::escaped;
use crate::html::tree::{TreeElement, TreeNode, parse};
use crate::render::body::{self, Beginning, Views};
use crate::render::context::FileContext;
use crate::render::folder_cache::FolderCache;
use crate::render::links::Linker;
use crate::render::pages::article;
use crate::render::renderer::Renderer;
use crate::render::view::sidebar;
use crate::site::{Edition, LeadsTo, PageId, SidebarNode, address};

/// A page of a book.
pub(super) struct BoundPage {
    /// Its file.
    pub(super) file: String,
    /// Its address on the site.
    pub(super) route: String,
    /// Its title.
    pub(super) title: String,
    /// The id of its title; may be empty.
    pub(super) anchor: String,
    /// Its language, if it isn't the book's.
    pub(super) language: Option<String>,
    /// What stands below its title.
    pub(super) content: Vec<TreeNode>,
    /// The ids of its text.
    pub(super) ids: HashSet<String>,
    /// The ids of its drawings, which what is drawn may be taken from.
    pub(super) drawn_ids: HashSet<String>,
}

/// An entry of the contents.
pub(super) struct NavEntry {
    pub(super) title: String,
    /// The place of the page that it leads to.
    pub(super) page: Option<usize>,
    pub(super) children: Vec<NavEntry>,
}

/// All pages of a book.
pub(super) struct BookPages {
    pub(super) pages: Vec<BoundPage>,
    pub(super) contents: Vec<NavEntry>,
    /// The places of pages by their addresses as links have them, without the slashes around.
    by_path: HashMap<String, usize>,
}

/// What a page is made of.
struct Planned<'s> {
    title: &'s str,
    route: &'s str,
    leads_to: &'s LeadsTo,
    children: &'s [SidebarNode],
}

impl BookPages {
    pub(super) fn of(renderer: &Renderer<'_>) -> Self {
        let site = renderer.site;
        let mut planned = Vec::new();
        let contents = plan(site, &site.tree, &mut planned);
        let made = planned.par_iter().enumerate();
        // What is to be told of a page is told where it is published by itself.
        let pages = made.map_init(|| FolderCache::new(renderer), |cache, (at, one)| page(renderer, cache, at, one));
        let pages: Vec<BoundPage> = pages.collect();
        let by_path = pages.iter().enumerate().map(|(at, page)| (path(site, &page.route), at)).collect();
        Self { pages, contents, by_path }
    }

    /// The page at an address as a link has it, from the site's root.
    pub(super) fn at_path(&self, path: &str) -> Option<usize> {
        self.by_path.get(path.trim_matches('/')).copied()
    }
}

fn path(site: &Edition, route: &str) -> String {
    address::encode_page(&site.config.urls, route).trim_matches('/').to_owned()
}

/// The contents of some nodes of the sidebar. What leads to another edition is no part of this one.
fn plan<'s>(site: &'s Edition, nodes: &'s [SidebarNode], planned: &mut Vec<Planned<'s>>) -> Vec<NavEntry> {
    let mut entries = Vec::new();
    for node in nodes {
        let is_in = match node.leads_to {
            LeadsTo::Page(id) => site.pages[id].borrowed != Some(Fallback::Link) && !site.is_not_found(id),
            LeadsTo::Index(_) => true,
            LeadsTo::Nothing => false,
        };
        let title = match node.leads_to {
            LeadsTo::Page(id) if !site.pages[id].title.is_empty() => &site.pages[id].title,
            LeadsTo::Index(at) => &site.indexes[at].title,
            _ => &node.label,
        };
        let route = sidebar::leads_to_route(site, &node.leads_to).filter(|_| is_in);
        let place = planned.len();
        if let Some(route) = route {
            planned.push(Planned { title, route, leads_to: &node.leads_to, children: &node.children });
        }
        let children = plan(site, &node.children, planned);
        // An index of what isn't there, or a label for nothing.
        let is_empty = children.is_empty() && !matches!(node.leads_to, LeadsTo::Page(_));
        if is_empty {
            planned.truncate(place);
        }
        if !is_empty && (route.is_some() || !children.is_empty()) {
            entries.push(NavEntry { title: title.clone(), page: route.map(|_| place), children });
        }
    }
    entries
}

fn page(renderer: &Renderer<'_>, cache: &mut FolderCache, at: usize, planned: &Planned<'_>) -> BoundPage {
    let site = renderer.site;
    let linker = Linker::at_route(site, planned.route);
    let context = FileContext { renderer, linker: &linker };
    let (html, anchor, language) = match *planned.leads_to {
        LeadsTo::Page(id) => {
            let own = site.pages[id].page.content_title.as_ref().and_then(|_| site.pages[id].page.headings.first());
            let anchor = own.map(|heading| heading.id.clone()).unwrap_or_default();
            let beginning = if own.is_some() { Beginning::BelowTitle } else { Beginning::Page };
            (body_of(context, cache, id, beginning), anchor, site.language_of_borrowed(id).map(str::to_owned))
        }
        LeadsTo::Index(index) => (listed(context, index, planned.children), String::new(), None),
        LeadsTo::Nothing => (String::new(), String::new(), None),
    };
    let mut content = clean::cleaned(parse(&html));
    let mut ids = HashSet::new();
    let mut drawn_ids = HashSet::new();
    if !anchor.is_empty() {
        ids.insert(anchor.clone());
    }
    keep_first_ids(&mut content, &mut ids, &mut drawn_ids);
    BoundPage {
        file: format!("page-{}.xhtml", at + 1),
        route: planned.route.to_owned(),
        title: planned.title.to_owned(),
        anchor,
        language,
        content,
        ids,
        drawn_ids,
    }
}

fn body_of(context: FileContext<'_>, cache: &mut FolderCache, id: PageId, beginning: Beginning) -> String {
    let published = &context.site().pages[id];
    let frame = cache.site(context, &published.route);
    let seen = body::shows_page(context.site(), &published.page);
    let view = if seen { article::view(context, cache, id).into_value() } else { Value::none() };
    body::write(context, cache, id, Views { site: &frame, page: &view }, beginning)
}

/// An index of a folder: what lies in it.
fn listed(context: FileContext<'_>, index: usize, children: &[SidebarNode]) -> String {
    let description = &context.site().indexes[index].description;
    let mut out = String::new();
    if !description.is_empty() {
        let _ = write!(out, "<p>{}</p>", escaped(description));
    }
    out.push_str("<ul>");
    for child in children {
        let label = escaped(&child.label);
        let _ = match sidebar::node_href(context.site(), context.linker, child) {
            Some(href) => write!(out, "<li><a href=\"{}\">{label}</a></li>", escaped(&href)),
            None => write!(out, "<li>{label}</li>"),
        };
    }
    out.push_str("</ul>");
    out
}

/// Of several things of one id the first has it.
fn keep_first_ids(nodes: &mut [TreeNode], ids: &mut HashSet<String>, drawn_ids: &mut HashSet<String>) {
    let mut first = |element: &mut TreeElement| {
        let Some(id) = element.get("id").map(str::to_owned) else { return };
        let is_taken = ids.contains(&id) || drawn_ids.contains(&id);
        match element.is_foreign {
            _ if is_taken => _ = element.take("id"),
            true => _ = drawn_ids.insert(id),
            false => _ = ids.insert(id),
        }
    };
    for node in nodes {
        if let TreeNode::Element(element) = node {
            element.each_mut(&mut first);
        }
    }
}
