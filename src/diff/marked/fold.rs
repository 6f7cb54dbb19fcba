//! Long stretches of a page of which nothing changed, folded: who reads what an edit does wants to see where it is.

use super::mark::is_marked;
use crate::html::tree::{TreeElement, TreeNode, text};

/// A stretch with less text is shown.
const LONG: usize = 700;

/// So many blocks beside a change are shown.
const AROUND: usize = 2;

/// A page with its long unchanged stretches behind a line that opens them. They are where its text stands.
pub(crate) fn folded(nodes: Vec<TreeNode>, said: &str) -> Vec<TreeNode> {
    nodes
        .into_iter()
        .map(|node| match node {
            TreeNode::Element(element) if element.has_class("prose") => {
                let children = fold(element.children, said);
                TreeNode::Element(TreeElement { children, ..element })
            }
            TreeNode::Element(element) => {
                let children = folded(element.children, said);
                TreeNode::Element(TreeElement { children, ..element })
            }
            text @ TreeNode::Text(_) => text,
        })
        .collect()
}

fn fold(nodes: Vec<TreeNode>, said: &str) -> Vec<TreeNode> {
    let mut out: Vec<TreeNode> = Vec::with_capacity(nodes.len());
    let mut stretch: Vec<TreeNode> = Vec::new();
    let mut is_first = true;
    for node in nodes {
        if !is_marked(&node) {
            stretch.push(node);
            continue;
        }
        let before = if is_first { 0 } else { AROUND };
        out.extend(shortened(std::mem::take(&mut stretch), [before, AROUND], said));
        out.push(node);
        is_first = false;
    }
    let before = if is_first { 0 } else { AROUND };
    out.extend(shortened(stretch, [before, 0], said));
    out
}

/// A stretch with its middle folded, if that is long.
fn shortened(stretch: Vec<TreeNode>, shown: [usize; 2], said: &str) -> Vec<TreeNode> {
    let blocks: Vec<usize> = (0..stretch.len()).filter(|&at| !stretch[at].is_blank()).collect();
    let (from, to) = (shown[0], blocks.len().saturating_sub(shown[1]));
    if from + 1 >= to {
        return stretch;
    }
    let (from, to) = (blocks[from], blocks[to - 1] + 1);
    if text(&stretch[from..to]).len() < LONG {
        return stretch;
    }
    let mut before = stretch;
    let mut middle = before.split_off(from);
    let after = middle.split_off(to - from);
    let summary = TreeElement::new("summary", vec![TreeNode::Text(said.to_owned())]);
    let mut inside = vec![TreeNode::Element(summary)];
    inside.extend(middle);
    before.push(TreeNode::Element(TreeElement::new("details", inside).with("class", "diff-fold")));
    before.extend(after);
    before
}
