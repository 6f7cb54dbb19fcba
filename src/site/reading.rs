//! The ways through the sidebar: the one down to each page, and the one from page to page.

use super::tree::{LeadsTo, SidebarNode};

/// For each page, the places to take at each level of the tree to come to it.
pub(super) fn trails(nodes: &[SidebarNode], pages: usize) -> Vec<Option<Vec<usize>>> {
    fn walk(nodes: &[SidebarNode], trail: &mut Vec<usize>, found: &mut [Option<Vec<usize>>]) {
        for (at, node) in nodes.iter().enumerate() {
            trail.push(at);
            if let LeadsTo::Page(id) = node.leads_to {
                found[id].get_or_insert_with(|| trail.clone());
            }
            walk(&node.children, trail, found);
            trail.pop();
        }
    }
    let mut found = vec![None; pages];
    walk(nodes, &mut Vec::new(), &mut found);
    found
}

/// The tree flattened: a section's own page before its children.
pub(super) fn order(nodes: &[SidebarNode]) -> Vec<LeadsTo> {
    let mut found = Vec::new();
    for node in nodes {
        if node.leads_to != LeadsTo::Nothing {
            found.push(node.leads_to.clone());
        }
        found.extend(order(&node.children));
    }
    found
}

/// For each page, its place in the reading order: the first, if it has several.
pub(super) fn places(order: &[LeadsTo], pages: usize) -> Vec<Option<usize>> {
    let mut places: Vec<Option<usize>> = vec![None; pages];
    for (at, place) in order.iter().enumerate() {
        if let LeadsTo::Page(id) = place {
            places[*id].get_or_insert(at);
        }
    }
    places
}
