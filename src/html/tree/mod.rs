//! HTML as a tree, for whoever has to compare or change finished HTML by its structure: what a browser makes of it, and back.

mod harmless;
mod parse;
mod write;
mod xml;

pub(crate) use harmless::harmless;
pub(crate) use parse::{DEEPEST_READ, is_beyond_reading, parse, text_alone};
pub(crate) use write::written;
pub(crate) use xml::{as_xml, xml_text};

/// Something in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TreeNode {
    /// Text, as it is read.
    Text(String),
    /// An element.
    Element(TreeElement),
}

/// An element with what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TreeElement {
    /// Its name; in lower case, but for some of drawings.
    pub name: String,
    /// Whether it is of a drawing or a formula.
    pub is_foreign: bool,
    /// Its attributes, each once.
    pub attributes: Vec<(String, String)>,
    /// What stands in it.
    pub children: Vec<TreeNode>,
}

impl TreeElement {
    /// An element without attributes.
    pub(crate) fn new(name: &str, children: Vec<TreeNode>) -> Self {
        Self { name: name.to_owned(), children, ..Self::default() }
    }

    /// The same with an attribute.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// What an attribute says.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Has an attribute say something.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(own, _)| own == name) {
            Some((_, own)) => value.clone_into(own),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Takes an attribute away, and gives it back.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.attributes.iter().position(|(own, _)| own == name)?;
        Some(self.attributes.remove(at).1)
    }

    /// Whether it is of a class.
    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|own| own == class))
    }

    /// Adds a class.
    pub(crate) fn add_class(&mut self, class: &str) {
        let classes = self.get("class").map(|own| format!("{own} {class}"));
        self.set("class", classes.as_deref().unwrap_or(class));
    }

    /// The first element below it, in reading order, that fits.
    pub(crate) fn find(&self, fits: &dyn Fn(&TreeElement) -> bool) -> Option<&TreeElement> {
        self.elements().find_map(|child| if fits(child) { Some(child) } else { child.find(fits) })
    }

    /// The elements right below it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &TreeElement> {
        self.children.iter().filter_map(TreeNode::element)
    }

    /// Goes through all elements, from the outer to the inner ones, and lets each be changed.
    pub(crate) fn each_mut(&mut self, change: &mut dyn FnMut(&mut TreeElement)) {
        change(self);
        for child in &mut self.children {
            if let TreeNode::Element(element) = child {
                element.each_mut(change);
            }
        }
    }

    /// Goes through all elements, from the outer to the inner ones.
    pub(crate) fn each(&self, see: &mut dyn FnMut(&TreeElement)) {
        see(self);
        self.elements().for_each(|child| child.each(see));
    }
}

impl TreeNode {
    /// The element that it is, if it is one.
    pub(crate) fn element(&self) -> Option<&TreeElement> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }

    /// Whether it is nothing but white space.
    pub(crate) fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.chars().all(|c| c.is_ascii_whitespace()))
    }
}

/// The text of some nodes, without any markup.
pub(crate) fn text(nodes: &[TreeNode]) -> String {
    let mut out = String::new();
    push_text(nodes, &mut out);
    out
}

fn push_text(nodes: &[TreeNode], out: &mut String) {
    for node in nodes {
        match node {
            TreeNode::Text(text) => out.push_str(text),
            TreeNode::Element(element) => push_text(&element.children, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(html: &str) -> String {
        let tree = parse(html);
        written(&tree.find(&|element| element.name == "body").unwrap().children)
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        for html in [
            "<p class=\"a &amp; &quot;b&quot;\">x &lt;y&gt;<br>z</p>",
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"></path></svg>",
            "<pre>\n\na\n</pre>",
            "<table><tbody><tr><td>1</td></tr></tbody></table>",
        ] {
            assert_eq!(again(html), html);
        }
    }

    #[test]
    fn it_is_read_as_a_browser_reads_it() {
        assert_eq!(again("<p>a<p>b"), "<p>a</p><p>b</p>");
        assert_eq!(again("<table><tr><td>1"), "<table><tbody><tr><td>1</td></tr></tbody></table>");
        assert_eq!(again("<table><b>x<tr><td>1"), "<b>x</b><table><tbody><tr><td>1</td></tr></tbody></table>");
        assert_eq!(again("<b><p>x</b>y</p>"), "<b></b><p><b>x</b>y</p>");
        assert_eq!(again("a<!-- <b> -->c<template><i>d</i></template>"), "ac<template></template>");
    }

    #[test]
    fn what_is_nested_too_deeply_loses_its_nesting_and_no_text() {
        let html = format!("{}x<i>y</i>", "<div>".repeat(2_000));
        let tree = parse(&html);
        assert_eq!(text(&tree.children), "xy");
        assert!(again(&html).matches("<div>").count() < 300);
    }
}
