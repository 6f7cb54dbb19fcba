//! A tree written as HTML.

use super::{TreeElement, TreeNode};
use crate::html::elements::is_void;
use crate::html::{push_attribute, push_text};

/// Some nodes as HTML.
pub(crate) fn written(nodes: &[TreeNode]) -> String {
    let mut out = String::new();
    nodes.iter().for_each(|node| push(node, &mut out));
    out
}

/// Appends a node as HTML.
fn push(node: &TreeNode, out: &mut String) {
    match node {
        TreeNode::Text(text) => push_text(out, text),
        TreeNode::Element(element) => push_element(element, out),
    }
}

fn push_element(element: &TreeElement, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    for (name, value) in &element.attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        push_attribute(out, value);
        out.push('"');
    }
    out.push('>');
    if !element.is_foreign && is_void(&element.name) {
        return;
    }
    // The first break of a line there counts for nothing.
    let begins_with_break = matches!(element.children.first(), Some(TreeNode::Text(text)) if text.starts_with('\n'));
    if element.name == "pre" && begins_with_break {
        out.push('\n');
    }
    element.children.iter().for_each(|child| push(child, out));
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}
