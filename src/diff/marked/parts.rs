//! What stands in an element, in parts that are compared one by one: its blocks, and the words between them.

use std::collections::BTreeMap;

use super::word::split;
use crate::html::tree::{TreeElement, TreeNode, text, written};

/// Elements that stand in lines of their own.
const BLOCKS: [&str; 41] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "main",
    "nav",
    "form",
];

/// Elements that are told apart by their first class, too.
const CLASSED: [&str; 7] = ["div", "section", "header", "footer", "aside", "figure", "p"];

/// How much more a link counts than a word: entries of lists are told apart by where they lead.
const LINK: usize = 4;

/// Whether a node stands in lines of its own, or something in it does.
pub(super) fn is_block(node: &TreeNode) -> bool {
    let of = |element: &TreeElement| !element.is_foreign && (is_named_block(element) || has_blocks(&element.children));
    node.element().is_some_and(of)
}

fn is_named_block(element: &TreeElement) -> bool {
    BLOCKS.contains(&element.name.as_str())
}

/// Whether some nodes are more than words.
pub(super) fn has_blocks(nodes: &[TreeNode]) -> bool {
    nodes.iter().any(is_block)
}

/// A picture with fewer letters beside it is a picture.
const FEW: usize = 40;

/// A part of what stands in an element.
pub(super) struct ArticlePart<'a> {
    /// A block alone, or words that follow on each other.
    pub nodes: &'a [TreeNode],
    /// What it is: only what is of one kind can be the same, changed.
    pub kind: String,
    /// All of it.
    pub key: String,
    /// How often it holds each word.
    words: BTreeMap<String, usize>,
    count: usize,
}

impl<'a> ArticlePart<'a> {
    fn of(nodes: &'a [TreeNode]) -> Self {
        let key = written(nodes);
        let mut words = BTreeMap::new();
        nodes.iter().for_each(|node| count_words(node, &mut words));
        let count = words.values().sum();
        Self { nodes, kind: kind(nodes), key: key.trim().to_owned(), words, count }
    }

    /// The element that it is, if it is a block.
    pub(super) fn element(&self) -> Option<&'a TreeElement> {
        match self.nodes {
            [TreeNode::Element(element)] if is_block(&self.nodes[0]) => Some(element),
            _ => None,
        }
    }

    /// How much two have in common, from 0 to 1.
    pub(super) fn alike(&self, other: &Self) -> f64 {
        if self.count + other.count == 0 {
            return 1.0;
        }
        let shared = |(word, count): (&String, &usize)| *count.min(other.words.get(word).unwrap_or(&0));
        2.0 * self.words.iter().map(shared).sum::<usize>() as f64 / (self.count + other.count) as f64
    }
}

/// Counts the words of a node: those of each element by themselves, as in the cells of a row.
fn count_words(node: &TreeNode, words: &mut BTreeMap<String, usize>) {
    let element = match node {
        TreeNode::Element(element) => element,
        TreeNode::Text(text) => {
            for word in split(text).filter(|word| word.starts_with(char::is_alphanumeric)) {
                *words.entry(word.to_lowercase()).or_default() += 1;
            }
            return;
        }
    };
    for address in ["data-to", "href", "src"].iter().filter_map(|name| element.get(name)) {
        *words.entry(format!("→{address}")).or_default() += LINK;
    }
    element.children.iter().for_each(|child| count_words(child, words));
}

fn kind(nodes: &[TreeNode]) -> String {
    match nodes {
        [TreeNode::Element(element)] if is_block(&nodes[0]) => {
            if is_of_pictures(element) {
                return format!("{} picture", element.name);
            }
            let is_classed = CLASSED.contains(&element.name.as_str());
            let class = element.get("class").filter(|_| is_classed).and_then(|own| own.split_ascii_whitespace().next());
            format!("{} {}", element.name, class.unwrap_or_default())
        }
        _ => "words".into(),
    }
}

/// Whether a block shows pictures and says next to nothing else.
pub(super) fn is_of_pictures(element: &TreeElement) -> bool {
    let is_picture = |inner: &TreeElement| matches!(inner.name.as_str(), "img" | "svg");
    let may_be = matches!(element.name.as_str(), "p" | "figure") && element.find(&is_picture).is_some();
    may_be && text(&element.children).trim().len() < FEW
}

/// The parts of what stands in an element; white space between blocks is none.
pub(super) fn parts(nodes: &[TreeNode]) -> Vec<ArticlePart<'_>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in 0..=nodes.len() {
        if nodes.get(at).is_some_and(|node| !is_block(node)) {
            continue;
        }
        if !nodes[from..at].iter().all(TreeNode::is_blank) {
            parts.push(ArticlePart::of(&nodes[from..at]));
        }
        if at < nodes.len() {
            parts.push(ArticlePart::of(&nodes[at..=at]));
        }
        from = at + 1;
    }
    parts
}
