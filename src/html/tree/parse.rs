//! HTML read into a tree, by html5ever as browsers read it. That fills a flat list of nodes, since a page may be nested
//! deeper than anybody could follow; what is too deep then loses its nesting.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, ns, parse_document};

use super::{TreeElement, TreeNode};
use crate::html::text::Stretches;

/// Elements that are nested deeper become what stands in them.
const DEEPEST: usize = 200;
/// Browsers nest elements no deeper, and for each one that is open, reading the next takes longer: of HTML that is nested
/// deeper only the text is read.
pub(crate) const DEEPEST_READ: usize = 512;
/// So many nodes any HTML may come to, and so many more for each of its bytes: the shortest tag has three.
const MOST_NODES: usize = 1 << 16;
const NODES_PER_BYTE: usize = 1;
/// So many bytes are read before somebody looks what they came to.
const STEP: usize = 1 << 13;

/// Reads a document, or a part of one as if it was all of it: its `<html>`.
pub(crate) fn parse(html: &str) -> TreeElement {
    let Some(nodes) = read(html) else {
        let body = TreeElement {
            name: "body".to_owned(),
            children: vec![TreeNode::Text(text_alone(html))],
            ..TreeElement::default()
        };
        return TreeElement {
            name: "html".to_owned(),
            children: vec![TreeNode::Element(body)],
            ..TreeElement::default()
        };
    };
    let mut top = taken(&nodes, 0, 0).into_iter();
    let html = top.find_map(|node| match node {
        TreeNode::Element(element) => Some(element),
        TreeNode::Text(_) => None,
    });
    html.unwrap_or_default()
}

/// Whether elements are nested deeper than any browser nests them, or come to many times more than tags are written, as a hundred
/// that are left open do in each paragraph that follows. Who reads such HTML as a tree waits for the square of it.
pub(crate) fn is_beyond_reading(html: &str) -> bool {
    memchr::memchr_iter(b'<', html.as_bytes()).nth(DEEPEST_READ).is_some() && read(html).is_none()
}

/// The nodes of HTML; nothing if it is beyond reading.
fn read(html: &str) -> Option<Vec<RawNode>> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let mut parser = parse_document(Sink::new(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let step = (STEP.min(rest.len())..=rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        parser.process(StrTendril::from_slice(&rest[..step]));
        rest = &rest[step..];
        let sink = &parser.tokenizer.sink.sink;
        let most = MOST_NODES + NODES_PER_BYTE * (html.len() - rest.len());
        if sink.deepest.get() > DEEPEST_READ || sink.nodes.borrow().len() > most {
            return None;
        }
    }
    Some(parser.finish())
}

/// The text of HTML of which no tree is made, in words with one space between.
pub(crate) fn text_alone(html: &str) -> String {
    let mut text = String::new();
    Stretches::default().read(html, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A node as it is read.
struct RawNode {
    name: QualName,
    attributes: Vec<Attribute>,
    /// Its text, if it is one.
    text: Option<String>,
    /// Whether it is one that nobody sees: a comment, a doctype.
    is_unseen: bool,
    parent: Option<usize>,
    children: Vec<usize>,
    /// How many stand around it.
    depth: usize,
}

/// What a node of the flat list comes to.
fn taken(nodes: &[RawNode], at: usize, depth: usize) -> Vec<TreeNode> {
    let mut out: Vec<TreeNode> = Vec::new();
    let mut waiting: Vec<usize> = nodes[at].children.iter().rev().copied().collect();
    while let Some(at) = waiting.pop() {
        let node = &nodes[at];
        match &node.text {
            Some(text) => match out.last_mut() {
                Some(TreeNode::Text(before)) => before.push_str(text),
                _ => out.push(TreeNode::Text(text.clone())),
            },
            None if node.is_unseen => {}
            None if depth >= DEEPEST => waiting.extend(node.children.iter().rev()),
            None => out.push(TreeNode::Element(element(nodes, at, depth))),
        }
    }
    out
}

fn element(nodes: &[RawNode], at: usize, depth: usize) -> TreeElement {
    let node = &nodes[at];
    let name = |name: &QualName| match &name.prefix {
        Some(prefix) => format!("{prefix}:{}", name.local),
        None => name.local.to_string(),
    };
    TreeElement {
        name: node.name.local.to_string(),
        is_foreign: node.name.ns != ns!(html),
        attributes: node.attributes.iter().map(|one| (name(&one.name), one.value.to_string())).collect(),
        children: taken(nodes, at, depth + 1),
    }
}

/// What html5ever tells what it reads. It asks for a value that changes from within.
#[derive(Default)]
struct Sink {
    nodes: RefCell<Vec<RawNode>>,
    deepest: Cell<usize>,
}

impl Sink {
    fn new() -> Self {
        let sink = Self::default();
        sink.add(None, false);
        sink
    }

    fn add(&self, text: Option<String>, is_unseen: bool) -> usize {
        let name = QualName::new(None, Namespace::default(), LocalName::default());
        self.put(RawNode {
            name,
            attributes: Vec::new(),
            text,
            is_unseen,
            parent: None,
            children: Vec::new(),
            depth: 0,
        })
    }

    fn put(&self, node: RawNode) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        nodes.len() - 1
    }

    /// Puts a child at a place of its parent's.
    fn insert(&self, parent: usize, place: usize, child: NodeOrText<usize>) {
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                let before = place.checked_sub(1).map(|before| self.nodes.borrow()[parent].children[before]);
                if let Some(before) = before
                    && let Some(known) = &mut self.nodes.borrow_mut()[before].text
                {
                    known.push_str(&text);
                    return;
                }
                self.add(Some(text.to_string()), false)
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes[parent].depth + 1;
        nodes[child].parent = Some(parent);
        nodes[child].depth = depth;
        nodes[parent].children.insert(place, child);
        self.deepest.set(self.deepest.get().max(depth));
    }

    /// The parent of a node, and its place there.
    fn place(&self, node: usize) -> Option<(usize, usize)> {
        let nodes = self.nodes.borrow();
        let parent = nodes[node].parent?;
        let place = nodes[parent].children.iter().rposition(|child| *child == node)?;
        Some((parent, place))
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Vec<RawNode>;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Vec<RawNode> {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| &nodes[*target].name)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        self.put(RawNode {
            name,
            attributes,
            text: None,
            is_unseen: false,
            parent: None,
            children: Vec::new(),
            depth: 0,
        })
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(None, true)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(None, true)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        let last = self.nodes.borrow()[*parent].children.len();
        self.insert(*parent, last, child);
    }

    fn append_based_on_parent_node(&self, element: &usize, before: &usize, child: NodeOrText<usize>) {
        match self.place(*element) {
            Some(_) => self.append_before_sibling(element, child),
            None => self.append(before, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What stands in a template belongs to no document: it hangs at a node that hangs nowhere.
    fn get_template_contents(&self, _: &usize) -> usize {
        self.add(None, true)
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.remove_from_parent(child);
        }
        if let Some((parent, place)) = self.place(*sibling) {
            self.insert(parent, place, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, more: Vec<Attribute>) {
        let own = &mut self.nodes.borrow_mut()[*target].attributes;
        for one in more {
            if !own.iter().any(|known| known.name == one.name) {
                own.push(one);
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        if let Some((parent, place)) = self.place(*target) {
            let mut nodes = self.nodes.borrow_mut();
            nodes[parent].children.remove(place);
            nodes[*target].parent = None;
        }
    }

    fn reparent_children(&self, node: &usize, parent: &usize) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[*node].children);
        for &child in &children {
            nodes[child].parent = Some(*parent);
        }
        nodes[*parent].children.extend(children);
    }
}

#[cfg(test)]
mod tests {
    use super::{is_beyond_reading, parse};
    use crate::html::tree::text;

    #[test]
    fn what_is_nested_too_deep_is_told_however_it_is_written() {
        for deep in [
            "<div>",
            "<DIV class='a'>é",
            "<div></gone>",
            "<b><div></b>",
            "<p><section>",
            "<table><tr><td></div>",
            "<svg><g></div><g>",
            "<blockquote><p>a<ul><li>b",
        ] {
            assert!(is_beyond_reading(&deep.repeat(600)), "{deep}");
            assert!(is_beyond_reading(&format!("<svg><style>{}", deep.repeat(1200))), "{deep} behind a style");
            let read = parse(&format!("<p>a &amp; b</p>{}c", deep.repeat(600)));
            assert!(text(&read.children).contains("a & b"), "{deep}");
        }
        let many_left_open: String = (0..400).map(|at| format!("<b class={at}>")).collect();
        assert!(is_beyond_reading(&format!("<p>{many_left_open}{}", "<p>x".repeat(2000))));
        for shallow in [
            "<div></div>",
            "<li>a",
            "<p>a",
            "<br>",
            "<b>a</b>",
            "<table><tr><td>a</table>",
            "<dd><p>a<dt>",
            "<!-- <div> -->",
            "<option>",
        ] {
            assert!(!is_beyond_reading(&shallow.repeat(5000)), "{shallow}");
        }
    }
}
