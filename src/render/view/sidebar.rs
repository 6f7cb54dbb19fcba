//! The entries of the sidebar and the ways to them: sections on the way to a page are open,
//! the others are closed and empty, so that a page doesn't grow with the site.

use serde::Serialize;

use super::{LinkView, entry};
use crate::render::links::Linker;
use crate::site::{Edition, LeadsTo, PageId, SidebarNode, StandIn};

/// An entry of the sidebar, as `sidebar` (a list of the top level): the ancestors'
/// levels and the page's own children are there, other sections are closed and empty.
#[derive(Clone, Debug, Serialize)]
pub struct SidebarView {
    /// What it says.
    pub label: String,
    /// Where it leads; nothing for a label.
    pub href: Option<String>,
    /// Whether it is the page being rendered.
    pub current: bool,
    /// Whether the page lies in it.
    pub open: bool,
    /// Whether it is a section (its children may have been left out).
    pub section: bool,
    /// The language of what it leads to, if it isn't the site's.
    pub lang: Option<String>,
    /// `sidebar_class_name`, or a category's `className`.
    pub class: String,
    /// What `theme.sidebar_entry` made of the entry, if it was made before; else empty. Where no template of the
    /// site's own names the sidebar, this is all of its entries, and there is but one.
    pub html: &'static str,
    /// What lies below it, where the page needs it.
    pub children: Vec<SidebarView>,
}

/// A node that holds the page or leads to it, without what lies below it.
pub fn open(site: &Edition, linker: &Linker<'_>, node: &SidebarNode, current: &LeadsTo) -> SidebarView {
    let href = node_href(site, linker, node);
    SidebarView { current: node.leads_to == *current, open: true, ..view(site, node, href) }
}

/// A node beside the page's way. What lies below it is left out.
pub fn closed(site: &Edition, linker: &Linker<'_>, node: &SidebarNode) -> SidebarView {
    view(site, node, closed_route(site, node).map(|route| linker.page(route)))
}

fn view(site: &Edition, node: &SidebarNode, href: Option<String>) -> SidebarView {
    SidebarView {
        label: node.label.clone(),
        href,
        current: false,
        open: false,
        section: node.section,
        lang: language_of(site, &node.leads_to),
        class: class(site, node),
        html: "",
        children: Vec::new(),
    }
}

/// The classes of an entry: its own, and the look of the tag that its page is about.
pub fn class(site: &Edition, node: &SidebarNode) -> String {
    let LeadsTo::Page(id) = node.leads_to else { return node.class.clone() };
    let look = entry::about(site, id).unwrap_or_default();
    [look, node.class.as_str()].into_iter().filter(|class| !class.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The language of what lies at a place, if it isn't the site's.
pub fn language_of(site: &Edition, place: &LeadsTo) -> Option<String> {
    let LeadsTo::Page(id) = place else { return None };
    site.language_of_borrowed(*id).map(str::to_owned)
}

/// The address that a closed node leads to: a section without a page of its own leads to the first page in it, so that
/// readers can get there without a script.
pub fn closed_route<'a>(site: &'a Edition, node: &SidebarNode) -> Option<&'a str> {
    let way_in = || node.children.iter().find_map(|child| closed_route(site, child));
    leads_to_route(site, &node.leads_to).or_else(way_in)
}

/// The node that leads to a place.
pub fn node_of<'a>(nodes: &'a [SidebarNode], wanted: &LeadsTo) -> Option<&'a SidebarNode> {
    nodes.iter().find_map(|node| if node.leads_to == *wanted { Some(node) } else { node_of(&node.children, wanted) })
}

/// What stands in an index under one heading.
pub struct IndexGroup<'a> {
    /// The heading: that of a label, which leads to nothing by itself; empty for what lies in the folder.
    pub title: &'a str,
    /// What leads somewhere.
    pub nodes: Vec<&'a SidebarNode>,
}

/// What an index shows: what lies in its folder, or at the top where it stands for the front page; and what lies below
/// labels there, which nothing else would lead to.
pub fn inside_index(site: &Edition, at: usize) -> Vec<IndexGroup<'_>> {
    let inside = match node_of(&site.tree, &LeadsTo::Index(at)) {
        _ if site.stand_in == Some(StandIn::Index(at)) => &site.tree,
        Some(node) => &node.children,
        None => return Vec::new(),
    };
    let mut groups = Vec::new();
    gather("", inside, &mut groups);
    groups.retain(|group| !group.nodes.is_empty());
    groups
}

fn gather<'a>(title: &'a str, nodes: &'a [SidebarNode], groups: &mut Vec<IndexGroup<'a>>) {
    let (labels, others): (Vec<_>, Vec<_>) = nodes.iter().partition(|node| node.leads_to == LeadsTo::Nothing);
    groups.push(IndexGroup { title, nodes: others });
    labels.into_iter().for_each(|label| gather(&label.label, &label.children, groups));
}

/// From the top section to the page; the last is the page itself.
pub fn breadcrumbs(site: &Edition, linker: &Linker<'_>, current: &LeadsTo) -> Vec<LinkView> {
    let mut crumbs = Vec::new();
    let mut level = &site.tree;
    for at in trail(site, current) {
        let node = &level[at];
        let href = if node.leads_to == *current { None } else { node_href(site, linker, node) };
        let lang = language_of(site, &node.leads_to);
        let current = node.leads_to == *current;
        crumbs.push(LinkView { label: node.label.clone(), href, external: false, current, lang });
        level = &node.children;
    }
    crumbs
}

/// Where a node leads, seen from a page. A label leads to nothing.
pub fn node_href(site: &Edition, linker: &Linker<'_>, node: &SidebarNode) -> Option<String> {
    leads_to_route(site, &node.leads_to).map(|route| linker.page(route))
}

/// The address of what a node leads to.
pub fn leads_to_route<'a>(site: &'a Edition, place: &LeadsTo) -> Option<&'a str> {
    match place {
        LeadsTo::Nothing => None,
        LeadsTo::Page(id) => Some(&site.pages[*id].route),
        LeadsTo::Index(at) => Some(&site.indexes[*at].route),
    }
}

/// The places to take at each level of the tree to come to the current page.
pub fn trail(site: &Edition, current: &LeadsTo) -> Vec<usize> {
    match current {
        LeadsTo::Nothing => Vec::new(),
        LeadsTo::Page(id) => site.trails[*id].clone().unwrap_or_default(),
        LeadsTo::Index(_) => find(&site.tree, current).unwrap_or_default(),
    }
}

fn find(nodes: &[SidebarNode], wanted: &LeadsTo) -> Option<Vec<usize>> {
    nodes.iter().enumerate().find_map(|(at, node)| {
        if node.leads_to == *wanted {
            return Some(vec![at]);
        }
        let mut below = find(&node.children, wanted)?;
        below.insert(0, at);
        Some(below)
    })
}

/// The neighbours of a page in reading order.
pub fn neighbours(site: &Edition, id: PageId) -> (Option<&LeadsTo>, Option<&LeadsTo>) {
    let Some(at) = site.reading_place[id] else { return (None, None) };
    let before = at.checked_sub(1).and_then(|at| site.reading_order.get(at));
    (before, site.reading_order.get(at + 1))
}

/// The link to the long page that holds a page.
pub fn long_page(site: &Edition, linker: &Linker<'_>, current: &LeadsTo) -> Option<LinkView> {
    if site.long_pages.is_empty() {
        return None;
    }
    let long = site.long_page_of(trail(site, current).first().copied())?;
    Some(LinkView {
        label: long.title.clone(),
        href: Some(linker.page(&long.route)),
        external: false,
        current: false,
        lang: None,
    })
}
