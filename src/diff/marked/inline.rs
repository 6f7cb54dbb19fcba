//! Words before and after as one text: each word with the elements that it stands in, so that a word that became bold, or
//! leads elsewhere, is another.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use similar::DiffOp;

use super::mark::{EditMark, words};
use super::pairs::operations;
use super::word::split;
use crate::html::tree::{TreeElement, TreeNode, written};

/// A word, or something that stands like one between words.
struct WordToken {
    /// The elements around it, from the outer to the inner one, by their places in `WordSide::elements`.
    around: Vec<usize>,
    /// What it is, with what it stands in.
    key: (u64, String),
    node: TreeNode,
    is_word: bool,
}

/// One side of a text.
#[derive(Default)]
struct WordSide {
    tokens: Vec<WordToken>,
    /// The elements that stand around words, without what is in them, each with the key of all that it stands in.
    elements: Vec<(TreeElement, u64)>,
}

impl WordSide {
    fn of(nodes: &[TreeNode]) -> Self {
        let mut side = Self::default();
        side.read(nodes, &mut Vec::new());
        side
    }

    fn read(&mut self, nodes: &[TreeNode], around: &mut Vec<usize>) {
        for node in nodes {
            match node {
                TreeNode::Text(text) => split(text).for_each(|word| self.push(TreeNode::Text(word.into()), around)),
                TreeNode::Element(element) if element.children.is_empty() || element.is_foreign => {
                    self.push(node.clone(), around);
                }
                TreeNode::Element(element) => {
                    let shell = TreeElement { children: Vec::new(), ..element.clone() };
                    let mut hasher = DefaultHasher::new();
                    (self.context(around), alike_key(&shell)).hash(&mut hasher);
                    self.elements.push((shell, hasher.finish()));
                    around.push(self.elements.len() - 1);
                    self.read(&element.children, around);
                    around.pop();
                }
            }
        }
    }

    fn context(&self, around: &[usize]) -> u64 {
        around.last().map_or(0, |&at| self.elements[at].1)
    }

    fn push(&mut self, node: TreeNode, around: &[usize]) {
        let (text, is_word) = match &node {
            TreeNode::Text(text) if text.starts_with(|c: char| c.is_ascii_whitespace()) => (" ".to_owned(), false),
            TreeNode::Text(text) => (text.clone(), text.starts_with(char::is_alphanumeric)),
            TreeNode::Element(element) => (alike_key(element), true),
        };
        self.tokens.push(WordToken { around: around.to_vec(), key: (self.context(around), text), node, is_word });
    }
}

/// What two elements have alike that show the same; an id is nothing to see.
fn alike_key(element: &TreeElement) -> String {
    let mut shown = element.clone();
    shown.take("id");
    written(&[TreeNode::Element(shown)])
}

/// A word of what comes out.
struct PlacedWord {
    mark: Option<EditMark>,
    node: TreeNode,
    /// The elements around it; those of both sides have places of their own.
    around: Vec<usize>,
}

/// Two texts as one.
pub(super) fn marked(old: &[TreeNode], new: &[TreeNode]) -> Vec<TreeNode> {
    let (old, new) = (WordSide::of(old), WordSide::of(new));
    let keys = |side: &WordSide| side.tokens.iter().map(|token| token.key.clone()).collect::<Vec<_>>();
    let operations = readable(operations(&keys(&old), &keys(&new)), &new);
    let joint = Joint::of(&old, &new, &operations);
    let mut placed: Vec<PlacedWord> = Vec::with_capacity(old.tokens.len().max(new.tokens.len()));
    for op in &operations {
        if !matches!(op, DiffOp::Equal { .. }) {
            placed.extend(old.tokens[op.old_range()].iter().map(|token| joint.gone(token)));
        }
        let mark = (!matches!(op, DiffOp::Equal { .. })).then_some(EditMark::Inserted);
        let of = |token: &WordToken| PlacedWord { mark, node: token.node.clone(), around: token.around.clone() };
        placed.extend(new.tokens[op.new_range()].iter().map(of));
    }
    told(grown(&joint, &placed, 0))
}

/// What stays between two changes and is no word is taken for changed, too: who reads a mark a word can't follow.
fn readable(operations: Vec<DiffOp>, new: &WordSide) -> Vec<DiffOp> {
    let mut out: Vec<DiffOp> = Vec::with_capacity(operations.len());
    let last = operations.len().saturating_sub(1);
    for (at, op) in operations.into_iter().enumerate() {
        let is_equal = matches!(op, DiffOp::Equal { .. });
        let is_gap = is_equal && at > 0 && at < last && !new.tokens[op.new_range()].iter().any(|token| token.is_word);
        match out.last_mut() {
            Some(before) if (is_gap || !is_equal) && !matches!(before, DiffOp::Equal { .. }) => {
                let (old, new) = (before.old_range(), before.new_range());
                *before = DiffOp::Replace {
                    old_index: old.start,
                    old_len: op.old_range().end - old.start,
                    new_index: new.start,
                    new_len: op.new_range().end - new.start,
                };
            }
            _ => out.push(op),
        }
    }
    out
}

/// The elements of both sides together: those of the new one, then those of the old one.
struct Joint<'s> {
    old: &'s WordSide,
    new: &'s WordSide,
    /// Elements of the old side that still stand there, by what they are on the new one.
    kept: HashMap<usize, usize>,
}

impl<'s> Joint<'s> {
    fn of(old: &'s WordSide, new: &'s WordSide, operations: &[DiffOp]) -> Self {
        let mut kept = HashMap::new();
        for op in operations.iter().filter(|op| matches!(op, DiffOp::Equal { .. })) {
            for (before, after) in old.tokens[op.old_range()].iter().zip(&new.tokens[op.new_range()]) {
                for (&before, &after) in before.around.iter().zip(&after.around) {
                    kept.entry(before).or_insert(after);
                }
            }
        }
        Self { old, new, kept }
    }

    fn element(&self, at: usize) -> &TreeElement {
        match at.checked_sub(self.new.elements.len()) {
            None => &self.new.elements[at].0,
            Some(at) => &self.old.elements[at].0,
        }
    }

    fn gone(&self, token: &WordToken) -> PlacedWord {
        let mut is_kept = true;
        let mut around = Vec::with_capacity(token.around.len());
        for at in &token.around {
            let kept = self.kept.get(at).filter(|_| is_kept);
            is_kept &= kept.is_some();
            around.push(kept.map_or(self.new.elements.len() + at, |&kept| kept));
        }
        PlacedWord { mark: Some(EditMark::Deleted), node: token.node.clone(), around }
    }
}

/// Words put into the elements that they stand in, each with its mark; an element has one if all in it have the same.
fn grown(joint: &Joint<'_>, placed: &[PlacedWord], depth: usize) -> Vec<(Option<EditMark>, TreeNode)> {
    let mut out: Vec<(Option<EditMark>, TreeNode)> = Vec::new();
    let mut at = 0;
    while at < placed.len() {
        let one = &placed[at];
        let Some(&around) = one.around.get(depth) else {
            match (out.last_mut(), &one.node) {
                (Some((mark, TreeNode::Text(before))), TreeNode::Text(text)) if *mark == one.mark => {
                    before.push_str(text);
                }
                _ => out.push((one.mark, one.node.clone())),
            }
            at += 1;
            continue;
        };
        let length = placed[at..].iter().take_while(|other| other.around.get(depth) == Some(&around)).count();
        let inside = grown(joint, &placed[at..at + length], depth + 1);
        let mark = inside.first().and_then(|(mark, _)| *mark);
        let is_whole = inside.iter().all(|(own, _)| *own == mark);
        let children = if is_whole { inside.into_iter().map(|(_, node)| node).collect() } else { told(inside) };
        let element = TreeElement { children, ..joint.element(around).clone() };
        out.push((mark.filter(|_| is_whole), TreeNode::Element(element)));
        at += length;
    }
    out
}

/// Nodes with their marks around them.
fn told(nodes: Vec<(Option<EditMark>, TreeNode)>) -> Vec<TreeNode> {
    let mut out = Vec::with_capacity(nodes.len());
    let mut waiting: (Option<EditMark>, Vec<TreeNode>) = (None, Vec::new());
    for (mark, node) in nodes.into_iter().map(|(mark, node)| (mark, Some(node))).chain([(None, None)]) {
        if waiting.0 != mark || node.is_none() {
            let (before, nodes) = std::mem::replace(&mut waiting, (mark, Vec::new()));
            match before {
                Some(mark) => out.push(words(mark, nodes)),
                None => out.extend(nodes),
            }
        }
        waiting.1.extend(node);
    }
    out
}
