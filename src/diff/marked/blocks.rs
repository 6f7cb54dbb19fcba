//! Blocks before and after as one.

use super::code;
use super::inline;
use super::mark::{EditMark, Gathered, beside, is_bound, is_strict};
use super::pairs::{PartStep, steps};
use super::parts::{ArticlePart, has_blocks, is_block, is_of_pictures, parts};
use super::table;
use crate::html::tree::{TreeElement, TreeNode};

/// Blocks of which a reader sees more than words: changed, they stand beside what they were.
const BUILT: [&str; 7] = ["table", "pre", "figure", "ul", "ol", "dl", "svg"];

/// What stands in an element, before and after.
pub(super) fn content(old: &TreeElement, new: &TreeElement) -> Vec<TreeNode> {
    if old.children == new.children {
        return new.children.clone();
    }
    if !has_blocks(&old.children) && !has_blocks(&new.children) {
        return inline::marked(&old.children, &new.children);
    }
    let (before, after) = (parts(&old.children), parts(&new.children));
    let mut out = Gathered::default();
    for step in steps(&before, &after) {
        match step {
            PartStep::Same(at) => after[at].nodes.iter().for_each(|node| out.push(node.clone())),
            PartStep::Changed(from, to) => {
                changed(&before[from], &after[to]).into_iter().for_each(|node| out.push(node));
            }
            PartStep::Replaced(gone, come) => {
                let of = |parts: &[ArticlePart<'_>], places: &[usize]| -> Vec<Vec<TreeNode>> {
                    places.iter().map(|&at| parts[at].nodes.to_vec()).collect()
                };
                replaced(&mut out, &of(&before, &gone), &of(&after, &come), &new.name);
            }
        }
    }
    lines(out.finish())
}

/// A line for each, as Markdown writes blocks.
fn lines(nodes: Vec<TreeNode>) -> Vec<TreeNode> {
    let mut out = Vec::with_capacity(nodes.len() * 2);
    for (at, node) in nodes.into_iter().enumerate() {
        let between_blocks = at > 0 && (is_block(&node) || out.last().is_some_and(is_block));
        if between_blocks {
            out.push(TreeNode::Text("\n".into()));
        }
        out.push(node);
    }
    out
}

/// A part that is the same, changed.
fn changed(old: &ArticlePart<'_>, new: &ArticlePart<'_>) -> Vec<TreeNode> {
    match (old.element(), new.element()) {
        (Some(before), Some(after)) => vec![match merged(before, after) {
            Some(element) => TreeNode::Element(element),
            None => beside_code(before, after),
        }],
        _ => inline::marked(old.nodes, new.nodes),
    }
}

/// Two elements of one kind as one; nothing if they are built otherwise, so that both have to be seen.
fn merged(old: &TreeElement, new: &TreeElement) -> Option<TreeElement> {
    let children = match new.name.as_str() {
        "pre" => return None,
        "figure" if code::of(new).is_some() => return None,
        "table" => table::content(old, new, &content)?,
        "p" | "figure" if shows_another_picture(old, new) => return None,
        _ => content(old, new),
    };
    Some(TreeElement { children, ..new.clone() })
}

/// Whether two blocks of pictures show others.
fn shows_another_picture(old: &TreeElement, new: &TreeElement) -> bool {
    let pictures = |of: &TreeElement| {
        let mut all = Vec::new();
        of.each(&mut |inner| {
            if matches!(inner.name.as_str(), "img" | "svg") {
                all.push(inner.clone());
            }
        });
        all
    };
    is_of_pictures(old) && is_of_pictures(new) && pictures(old) != pictures(new)
}

fn beside_code(old: &TreeElement, new: &TreeElement) -> TreeNode {
    let (old, new) = code::compared(old, new);
    beside(vec![TreeNode::Element(old)], vec![TreeNode::Element(new)])
}

/// What is gone and what is new at one place.
fn replaced(out: &mut Gathered, gone: &[Vec<TreeNode>], come: &[Vec<TreeNode>], parent: &str) {
    let may_stand = !is_strict(parent) && gone.iter().chain(come).flatten().all(may_stand_beside);
    let is_built = |parts: &[Vec<TreeNode>]| parts.iter().flatten().any(holds_built);
    if !may_stand || gone.is_empty() || come.is_empty() || !(is_built(gone) || is_built(come)) {
        push_replaced(out, [gone, come], parent);
        return;
    }
    let ([gone_before, gone, gone_after], [come_before, come, come_after]) = (around_built(gone), around_built(come));
    push_replaced(out, [gone_before, come_before], parent);
    out.push(beside(gone.concat(), come.concat()));
    push_replaced(out, [gone_after, come_after], parent);
}

fn push_replaced(out: &mut Gathered, parts: [&[Vec<TreeNode>]; 2], parent: &str) {
    for (mark, parts) in [EditMark::Deleted, EditMark::Inserted].into_iter().zip(parts) {
        parts.iter().for_each(|nodes| out.push_marked(mark, nodes, parent));
    }
}

/// What stands before the first and after the last of what is built, and these with all between them; all of it where
/// nothing is.
fn around_built(parts: &[Vec<TreeNode>]) -> [&[Vec<TreeNode>]; 3] {
    let is_built = |nodes: &Vec<TreeNode>| nodes.iter().any(holds_built);
    let (Some(first), Some(last)) = (parts.iter().position(is_built), parts.iter().rposition(is_built)) else {
        return [&[], parts, &[]];
    };
    [&parts[..first], &parts[first..=last], &parts[last + 1..]]
}

fn holds_built(node: &TreeNode) -> bool {
    node.element().is_some_and(|element| BUILT.contains(&element.name.as_str()) || element.elements().any(is_built))
}

fn is_built(element: &TreeElement) -> bool {
    BUILT.contains(&element.name.as_str())
}

/// Whether a part need not stay where it stands.
fn may_stand_beside(node: &TreeNode) -> bool {
    node.element().is_none_or(|element| !is_bound(element, ""))
}
