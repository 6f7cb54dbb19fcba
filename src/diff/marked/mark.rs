//! How something is marked as new or gone: words, blocks, and what may stand in its parent only as it is (a row, an entry
//! of a list), of which the content is marked.

use super::parts::is_block;
use crate::html::tree::{TreeElement, TreeNode};

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EditMark {
    Inserted,
    Deleted,
}

/// The class of marked words.
pub(super) const WORDS: &str = "diff-words";
/// The class of marked blocks.
pub(super) const BLOCK: &str = "diff-block";
/// The class of blocks beside each other.
pub(super) const BESIDE: &str = "diff-beside";

/// Elements that stand in a parent of their own only.
const BOUND: [&str; 16] = [
    "li",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "caption",
    "colgroup",
    "col",
    "summary",
    "figcaption",
    "rt",
    "rp",
];

/// Elements in which nothing but what is bound to them may stand.
const STRICT: [&str; 8] = ["ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr"];

impl EditMark {
    fn name(self) -> &'static str {
        match self {
            Self::Inserted => "ins",
            Self::Deleted => "del",
        }
    }

    /// Of something whose content is marked.
    fn class_of_bound(self) -> &'static str {
        match self {
            Self::Inserted => "diff-new",
            Self::Deleted => "diff-gone",
        }
    }
}

/// Whether an element is a mark of ours.
pub(super) fn is_mark(element: &TreeElement) -> bool {
    matches!(element.name.as_str(), "ins" | "del") && (element.has_class(WORDS) || element.has_class(BLOCK))
}

/// Whether something is marked in a node.
pub(crate) fn is_marked(node: &TreeNode) -> bool {
    node.element().is_some_and(|element| is_mark(element) || element.children.iter().any(is_marked))
}

/// Marks words.
pub(super) fn words(mark: EditMark, nodes: Vec<TreeNode>) -> TreeNode {
    TreeNode::Element(TreeElement::new(mark.name(), nodes).with("class", WORDS))
}

/// Marks blocks.
fn block(mark: EditMark, nodes: Vec<TreeNode>) -> TreeNode {
    TreeNode::Element(TreeElement::new(mark.name(), nodes).with("class", BLOCK))
}

/// Blocks before and after, side by side.
pub(super) fn beside(old: Vec<TreeNode>, new: Vec<TreeNode>) -> TreeNode {
    let sides = vec![block(EditMark::Deleted, old), block(EditMark::Inserted, new)];
    TreeNode::Element(TreeElement::new("div", sides).with("class", BESIDE))
}

/// Whether only certain elements may stand in one of that name.
pub(super) fn is_strict(parent: &str) -> bool {
    STRICT.contains(&parent)
}

/// Whether an element can't stand in a mark.
pub(super) fn is_bound(element: &TreeElement, parent: &str) -> bool {
    !element.is_foreign && (BOUND.contains(&element.name.as_str()) || is_strict(parent))
}

/// What stands in something that is all new or all gone.
pub(super) fn wrapped_blocks(mark: EditMark, nodes: &[TreeNode]) -> Vec<TreeNode> {
    if nodes.iter().all(TreeNode::is_blank) {
        return nodes.to_vec();
    }
    let is_bound_here = |node: &TreeNode| node.element().is_some_and(|element| is_bound(element, ""));
    if nodes.iter().any(is_bound_here) {
        return nodes.iter().map(|node| wrapped_in(mark, node, "")).collect();
    }
    match nodes.iter().any(is_block) {
        true => vec![block(mark, nodes.to_vec())],
        false => vec![words(mark, nodes.to_vec())],
    }
}

/// One node, marked: as a whole, or in it.
fn wrapped_in(mark: EditMark, node: &TreeNode, parent: &str) -> TreeNode {
    match node {
        blank if blank.is_blank() => blank.clone(),
        TreeNode::Element(element) if is_bound(element, parent) => TreeNode::Element(bound(mark, element)),
        node if is_block(node) => block(mark, vec![node.clone()]),
        node => words(mark, vec![node.clone()]),
    }
}

/// Something that can't stand in a mark, with what is in it marked.
pub(super) fn bound(mark: EditMark, element: &TreeElement) -> TreeElement {
    let children = match is_strict(&element.name) {
        true => element.children.iter().map(|child| wrapped_in(mark, child, &element.name)).collect(),
        false => wrapped_blocks(mark, &element.children),
    };
    let mut marked = TreeElement { children, ..element.clone() };
    marked.add_class(mark.class_of_bound());
    marked
}

/// Gathers what comes out: what is new or gone and follows on each other stands in one mark.
#[derive(Default)]
pub(super) struct Gathered {
    out: Vec<TreeNode>,
    /// Blocks that are marked alike and not yet given out.
    waiting: Vec<TreeNode>,
    mark: Option<EditMark>,
}

impl Gathered {
    /// Something that stayed.
    pub(super) fn push(&mut self, node: TreeNode) {
        self.end();
        self.out.push(node);
    }

    /// Some nodes of a parent that are new or gone.
    pub(super) fn push_marked(&mut self, mark: EditMark, nodes: &[TreeNode], parent: &str) {
        let bound_one = match nodes {
            [TreeNode::Element(element)] if is_bound(element, parent) => Some(element),
            _ => None,
        };
        if let Some(element) = bound_one {
            return self.push(TreeNode::Element(bound(mark, element)));
        }
        if !nodes.iter().any(is_block) {
            return self.push(words(mark, nodes.to_vec()));
        }
        if self.mark != Some(mark) {
            self.end();
        }
        self.mark = Some(mark);
        self.waiting.extend_from_slice(nodes);
    }

    fn end(&mut self) {
        if let Some(mark) = self.mark.take() {
            self.out.push(block(mark, std::mem::take(&mut self.waiting)));
        }
    }

    /// All that came.
    pub(super) fn finish(mut self) -> Vec<TreeNode> {
        self.end();
        self.out
    }
}
