//! The sidebar of one page: the levels of its ancestors and its own children.
//! Other sections are closed and empty, so that a page doesn't grow with the site.

use super::href::Desk;
use super::view::{LinkView, SidebarView};
use crate::site::{LeadsTo, Node, PageId, Site};

/// The sidebar as the page that `desk` stands for shows it.
pub fn sidebar(site: &Site, desk: &Desk<'_>, current: &LeadsTo) -> Vec<SidebarView> {
    let trail = trail(site, current);
    level(site, desk, &site.tree, Some(&trail), current)
}

fn level(site: &Site, desk: &Desk<'_>, nodes: &[Node], trail: Option<&[usize]>, current: &LeadsTo) -> Vec<SidebarView> {
    let views = nodes.iter().enumerate().map(|(at, node)| {
        let on_trail = trail.is_some_and(|trail| trail.first() == Some(&at));
        let children = match trail {
            Some(trail) if on_trail => level(site, desk, &node.children, Some(&trail[1..]), current),
            _ => Vec::new(),
        };
        SidebarView {
            label: node.label.clone(),
            href: node_href(site, desk, node).or_else(|| if on_trail { None } else { way_in(site, desk, node) }),
            current: on_trail && node.leads_to == *current,
            open: on_trail,
            section: node.section,
            class: node.class.clone(),
            children,
        }
    });
    views.collect()
}

/// Where a closed section without a page of its own leads: to the first page in it, so that
/// readers can get there without a script.
fn way_in(site: &Site, desk: &Desk<'_>, node: &Node) -> Option<String> {
    node.children.iter().find_map(|child| node_href(site, desk, child).or_else(|| way_in(site, desk, child)))
}

/// From the top section to the page; the last is the page itself.
pub fn breadcrumbs(site: &Site, desk: &Desk<'_>, current: &LeadsTo) -> Vec<LinkView> {
    let mut crumbs = Vec::new();
    let mut level = &site.tree;
    for at in trail(site, current) {
        let node = &level[at];
        let href = if node.leads_to == *current { None } else { node_href(site, desk, node) };
        crumbs.push(LinkView { label: node.label.clone(), href, external: false, current: node.leads_to == *current });
        level = &node.children;
    }
    crumbs
}

/// Where a node leads, seen from a page. A label leads to nothing.
pub fn node_href(site: &Site, desk: &Desk<'_>, node: &Node) -> Option<String> {
    leads_to_route(site, &node.leads_to).map(|route| desk.page(route))
}

/// The address of what a node leads to.
pub fn leads_to_route<'a>(site: &'a Site, place: &LeadsTo) -> Option<&'a str> {
    match place {
        LeadsTo::Nothing => None,
        LeadsTo::Page(id) => Some(&site.pages[*id].route),
        LeadsTo::Index(at) => Some(&site.indexes[*at].route),
    }
}

/// The places to take at each level of the tree to come to the current page.
fn trail(site: &Site, current: &LeadsTo) -> Vec<usize> {
    match current {
        LeadsTo::Nothing => Vec::new(),
        LeadsTo::Page(id) => site.trails[*id].clone().unwrap_or_default(),
        LeadsTo::Index(_) => find(&site.tree, current).unwrap_or_default(),
    }
}

fn find(nodes: &[Node], wanted: &LeadsTo) -> Option<Vec<usize>> {
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
pub fn neighbours(site: &Site, id: PageId) -> (Option<&LeadsTo>, Option<&LeadsTo>) {
    let Some(&at) = site.reading_place.get(&id) else { return (None, None) };
    let before = at.checked_sub(1).and_then(|at| site.reading_order.get(at));
    (before, site.reading_order.get(at + 1))
}
