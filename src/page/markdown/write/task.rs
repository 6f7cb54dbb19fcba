//! What a task's box is called by: the words after it, as far as they can stand in a label.

use super::super::nodes::{Element, Node};

/// Elements of raw HTML that mark words within a line.
const MARKS: &[&str] = &[
    "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strong", "sub", "sup", "u", "var",
];

/// How many of the nodes after a task's box are its name: up to what begins another block, or what may be anything at
/// all (other raw HTML, a component), and never half of what is marked.
pub(super) fn name_length(after: &[Node<'_>]) -> usize {
    let (mut inside, mut length) = (0_usize, 0);
    for (at, node) in after.iter().enumerate() {
        match step(node) {
            Some(NameStep::Into) => inside += 1,
            Some(NameStep::OutOf) if inside > 0 => inside -= 1,
            Some(NameStep::Along) => {}
            Some(NameStep::OutOf) | None => break,
        }
        if inside == 0 {
            length = at + 1;
        }
    }
    length
}

/// What a node does within a line.
enum NameStep {
    Into,
    Along,
    OutOf,
}

fn step(node: &Node<'_>) -> Option<NameStep> {
    match node {
        Node::Nothing | Node::Text(_) | Node::CodeSpan(_) | Node::SoftBreak | Node::HardBreak => Some(NameStep::Along),
        Node::Image(_) | Node::FootnoteReference(_) => Some(NameStep::Along),
        Node::Link(_) | Node::Open(Element::Emphasis | Element::Strong | Element::Strikethrough) => {
            Some(NameStep::Into)
        }
        Node::LinkEnd(_) | Node::Close(Element::Emphasis | Element::Strong | Element::Strikethrough) => {
            Some(NameStep::OutOf)
        }
        Node::Html(tag) => mark(tag),
        _ => None,
    }
}

/// A tag of raw HTML, if it marks words.
fn mark(tag: &str) -> Option<NameStep> {
    let inside = tag.strip_prefix('<')?.strip_suffix('>')?;
    if inside.contains(['<', '>']) || inside.ends_with('/') {
        return None;
    }
    let (name, step) = match inside.strip_prefix('/') {
        Some(name) => (name.trim_end(), NameStep::OutOf),
        None => (inside.split_whitespace().next()?, NameStep::Into),
    };
    MARKS.iter().any(|known| known.eq_ignore_ascii_case(name)).then_some(step)
}
