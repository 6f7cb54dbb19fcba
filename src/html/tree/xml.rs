//! A tree written as XML, as books for e-readers want it: every element closed, names of other languages declared, and no
//! character that XML forbids.

use super::{TreeElement, TreeNode};
use crate::html::elements::is_void;
use crate::html::{push_attribute, push_text};

const SVG: &str = "http://www.w3.org/2000/svg";
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Some nodes as XML. Whoever made them saw to it that names are names.
pub(crate) fn as_xml(nodes: &[TreeNode]) -> String {
    let mut out = String::new();
    nodes.iter().for_each(|node| push(node, &mut out));
    out
}

/// A text as XML reads it, in an element or in double quotes.
pub(crate) fn xml_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_attribute(&mut out, &allowed(text));
    out
}

fn push(node: &TreeNode, out: &mut String) {
    match node {
        TreeNode::Text(text) => push_text(out, &allowed(text)),
        TreeNode::Element(element) => push_element(element, out),
    }
}

fn push_element(element: &TreeElement, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    match element.name.as_str() {
        "svg" => push_one(out, "xmlns", SVG),
        "math" => push_one(out, "xmlns", MATHML),
        _ => {}
    }
    if element.name == "svg" && element.holds_attribute("xlink:href") {
        push_one(out, "xmlns:xlink", XLINK);
    }
    element.attributes.iter().for_each(|(name, value)| push_one(out, name, &allowed(value)));
    if element.children.is_empty() && (element.is_foreign || is_void(&element.name)) {
        out.push_str("/>");
        return;
    }
    out.push('>');
    element.children.iter().for_each(|child| push(child, out));
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}

fn push_one(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_attribute(out, value);
    out.push('"');
}

/// A text without the characters that no XML holds.
fn allowed(text: &str) -> std::borrow::Cow<'_, str> {
    let is_allowed = |letter: char| match letter {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    };
    if text.chars().all(is_allowed) { text.into() } else { text.chars().filter(|&letter| is_allowed(letter)).collect() }
}

impl TreeElement {
    /// Whether it or an element below it has an attribute.
    fn holds_attribute(&self, name: &str) -> bool {
        self.get(name).is_some() || self.elements().any(|child| child.holds_attribute(name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn what_browsers_forgive_is_written_out() {
        let body = |html: &str| as_xml(&parse(html).find(&|one| one.name == "body").unwrap().children);
        assert_eq!(body("<p>a<br>b &amp; c<p class=x>d"), "<p>a<br/>b &amp; c</p><p class=\"x\">d</p>");
        assert_eq!(body("a\u{1}\u{fffe}<b title='\u{2}\"'></b>"), "a<b title=\"&quot;\"></b>");
        assert_eq!(
            body("<svg><use xlink:href='#a'></svg><math><mi>x"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\
             <use xlink:href=\"#a\"/></svg><math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>x</mi></math>"
        );
    }
}
