//! The last touches to marked trees: words that say what a mark means to whoever can't see it, and ids that are there but
//! once, though old and new stand together.

use std::collections::BTreeSet;

use super::mark::{BESIDE, BLOCK, is_mark, is_marked};
use crate::html::tree::{TreeElement, TreeNode};

/// What is said of marks, in the language of the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MarkWords<'a> {
    /// Of what is new.
    pub inserted: &'a str,
    /// Of what is gone.
    pub deleted: &'a str,
    /// Of what was there, beside what is there now.
    pub before: &'a str,
    /// Of what is there now.
    pub after: &'a str,
    /// Of what is folded.
    pub unchanged: &'a str,
}

/// Says in each mark what it is: of blocks for all to read, of words for those who listen.
pub(crate) fn labelled(nodes: &mut [TreeNode], words: MarkWords<'_>) {
    nodes.iter_mut().for_each(|node| label(node, words, false));
}

fn label(node: &mut TreeNode, words: MarkWords<'_>, is_beside: bool) {
    let TreeNode::Element(element) = node else { return };
    let holds_sides = element.has_class(BESIDE);
    element.children.iter_mut().for_each(|child| label(child, words, holds_sides));
    // What is marked is to be seen.
    if element.name == "details" && element.children.iter().any(is_marked) {
        element.set("open", "");
    }
    if !is_mark(element) {
        return;
    }
    let is_new = element.name == "ins";
    let said = match (is_new, is_beside) {
        (true, false) => words.inserted,
        (false, false) => words.deleted,
        (true, true) => words.after,
        (false, true) => words.before,
    };
    let class = if element.has_class(BLOCK) { "diff-label" } else { "diff-label hidden" };
    let label = TreeElement::new("span", vec![TreeNode::Text(format!("{said} "))]).with("class", class);
    element.children.insert(0, TreeNode::Element(label));
}

/// The ids in some nodes.
pub(crate) fn ids(nodes: &[TreeNode]) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for element in nodes.iter().filter_map(TreeNode::element) {
        element.each(&mut |inner| ids.extend(inner.get("id").map(str::to_owned)));
    }
    ids
}

/// Takes away ids that are there before: what is new keeps its own, what is gone those that are left. `taken` has those
/// of the page around.
pub(crate) fn unique_ids(nodes: &mut [TreeNode], taken: &[&str]) {
    let mut known: BTreeSet<String> = taken.iter().map(|id| (*id).to_owned()).collect();
    for of_gone in [false, true] {
        nodes.iter_mut().for_each(|node| keep_first(node, &mut known, Turn { of_gone, is_gone: false }));
    }
}

/// Whose turn it is to have ids, and whether one stands in what is gone.
#[derive(Clone, Copy)]
struct Turn {
    of_gone: bool,
    is_gone: bool,
}

fn keep_first(node: &mut TreeNode, known: &mut BTreeSet<String>, turn: Turn) {
    let TreeNode::Element(element) = node else { return };
    let is_gone = turn.is_gone || (is_mark(element) && element.name == "del");
    if is_gone == turn.of_gone
        && let Some(id) = element.get("id").map(str::to_owned)
        && !known.insert(id)
    {
        element.take("id");
    }
    element.children.iter_mut().for_each(|child| keep_first(child, known, Turn { is_gone, ..turn }));
}
