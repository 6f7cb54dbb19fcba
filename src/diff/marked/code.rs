//! Code before and after, of which whole lines are told apart. It stands beside each other, since code is read in lines.

use similar::DiffOp;

use super::pairs::operations;
use crate::html::tree::{TreeElement, TreeNode, text};

/// The class of a line that the other side hasn't.
const LINE: &str = "diff-line";

/// The code of a block, if it is one.
pub(super) fn of(block: &TreeElement) -> Option<&TreeElement> {
    let pre = if block.name == "pre" { Some(block) } else { block.find(&|inner| inner.name == "pre") };
    pre.and_then(|pre| pre.find(&|inner| inner.name == "code"))
}

/// Two blocks, in which the lines are marked that the other hasn't; as they are if they aren't of code.
pub(super) fn compared(old: &TreeElement, new: &TreeElement) -> (TreeElement, TreeElement) {
    let (Some(before), Some(after)) = (of(old), of(new)) else { return (old.clone(), new.clone()) };
    let (before, after) = (lines(&before.children), lines(&after.children));
    let said = |lines: &[Vec<TreeNode>]| lines.iter().map(|line| text(line)).collect::<Vec<String>>();
    let (mut gone, mut come) = (vec![false; before.len()], vec![false; after.len()]);
    for op in operations(&said(&before), &said(&after)) {
        if !matches!(op, DiffOp::Equal { .. }) {
            gone[op.old_range()].fill(true);
            come[op.new_range()].fill(true);
        }
    }
    (with_lines(old, before, &gone), with_lines(new, after, &come))
}

fn with_lines(block: &TreeElement, lines: Vec<Vec<TreeNode>>, differs: &[bool]) -> TreeElement {
    let mut code: Vec<TreeNode> = Vec::new();
    for (at, (line, differs)) in lines.into_iter().zip(differs).enumerate() {
        if at > 0 {
            code.push(TreeNode::Text("\n".into()));
        }
        match *differs && !line.iter().all(TreeNode::is_blank) {
            true => code.push(TreeNode::Element(TreeElement::new("span", line).with("class", LINE))),
            false => code.extend(line),
        }
    }
    let mut block = block.clone();
    let mut code = Some(code);
    block.each_mut(&mut |inner| {
        if inner.name == "code"
            && let Some(code) = code.take()
        {
            inner.children = code;
        }
    });
    block
}

/// Code in lines. An element that goes over several stands in each of them.
fn lines(nodes: &[TreeNode]) -> Vec<Vec<TreeNode>> {
    let mut lines = vec![Vec::new()];
    for node in nodes {
        let mut parts = match node {
            TreeNode::Text(text) => text.split('\n').map(|line| vec![TreeNode::Text(line.to_owned())]).collect(),
            TreeNode::Element(element) => {
                let inside = self::lines(&element.children).into_iter();
                let shell =
                    |children: Vec<TreeNode>| vec![TreeNode::Element(TreeElement { children, ..element.clone() })];
                inside.map(shell).collect::<Vec<_>>()
            }
        }
        .into_iter();
        let first = parts.next().unwrap_or_default();
        if let Some(line) = lines.last_mut() {
            line.extend(first.into_iter().filter(|node| *node != TreeNode::Text(String::new())));
        }
        lines.extend(parts);
    }
    lines
}
