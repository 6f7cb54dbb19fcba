//! A page's body as a book takes it: of its tree what is known to be of books, each in the form that stands still. What runs,
//! loads or asks is left out, what is folded is unfolded, and fields become signs.

use super::drawn;
use super::fit;
use crate::html::tree::{TreeElement, TreeNode, text};

/// Elements that stay as they are.
const KEPT: [&str; 53] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
];

/// More of them.
const ALSO_KEPT: [&str; 7] = ["tr", "u", "ul", "var", "wbr", "rt", "ruby"];

/// Elements that become others.
const RENAMED: [(&str, &str); 29] = [
    ("address", "div"),
    ("big", "span"),
    ("center", "div"),
    ("data", "span"),
    ("details", "div"),
    ("dfn", "em"),
    ("dir", "ul"),
    ("fieldset", "div"),
    ("font", "span"),
    ("footer", "div"),
    ("form", "div"),
    ("header", "div"),
    ("hgroup", "div"),
    ("label", "span"),
    ("legend", "div"),
    ("listing", "pre"),
    ("main", "div"),
    ("menu", "ul"),
    ("meter", "span"),
    ("nav", "div"),
    ("output", "span"),
    ("picture", "span"),
    ("plaintext", "pre"),
    ("progress", "span"),
    ("strike", "s"),
    ("summary", "div"),
    ("time", "span"),
    ("tt", "code"),
    ("xmp", "pre"),
];

/// Elements that are left out with all that stands in them.
const LEFT_OUT: [&str; 18] = [
    "script", "style", "template", "head", "button", "select", "textarea", "datalist", "noembed", "noframes", "dialog",
    "canvas", "map", "rp", "source", "track", "title", "object",
];

/// Elements that show what lies elsewhere: a link stands for each.
const SHOWING: [&str; 4] = ["iframe", "video", "audio", "embed"];

/// Attributes of any element.
const ATTRIBUTES: [&str; 5] = ["id", "class", "title", "lang", "dir"];

/// Attributes of one element.
const OWN_ATTRIBUTES: [(&str, &[&str]); 7] = [
    ("a", &["href"]),
    ("img", &["src", "alt", "width", "height"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("ol", &["start", "type"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
];

/// What a book takes of the HTML of a page.
pub(super) fn cleaned(html: TreeElement) -> Vec<TreeNode> {
    let body = html.children.into_iter().find_map(|node| match node {
        TreeNode::Element(element) if element.name == "body" => Some(element.children),
        _ => None,
    });
    fit::flow(kept(body.unwrap_or_default()))
}

fn kept(nodes: Vec<TreeNode>) -> Vec<TreeNode> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            TreeNode::Element(element) => out.extend(element_kept(element)),
            text @ TreeNode::Text(_) => out.push(text),
        }
    }
    out
}

fn element_kept(mut element: TreeElement) -> Vec<TreeNode> {
    if element.is_foreign {
        return drawn::kept(element).into_iter().collect();
    }
    let is_for_script = ["hidden", "data-print"].iter().any(|name| element.get(name).is_some());
    if LEFT_OUT.contains(&element.name.as_str()) || is_for_script {
        return Vec::new();
    }
    if element.name == "input" {
        return field(&element);
    }
    if SHOWING.contains(&element.name.as_str()) {
        return vec![TreeNode::Element(link_to_shown(&element))];
    }
    if let Some((from, to)) = RENAMED.iter().find(|(from, _)| *from == element.name) {
        element.add_class(from);
        (*to).clone_into(&mut element.name);
    }
    if element.name == "section" && element.has_class("footnotes") {
        return vec![TreeNode::Element(footnotes(element))];
    }
    let children = kept(std::mem::take(&mut element.children));
    let name = element.name.as_str();
    if !KEPT.contains(&name) && !ALSO_KEPT.contains(&name) {
        return children;
    }
    element.children = children;
    attributes_kept(&mut element);
    vec![TreeNode::Element(element)]
}

fn attributes_kept(element: &mut TreeElement) {
    let is_noteref = element.get("role") == Some("doc-noteref");
    let named = if element.name == "a" { element.take("name") } else { None };
    let own = OWN_ATTRIBUTES.iter().find(|(name, _)| *name == element.name).map_or(&[][..], |(_, own)| own);
    let name = element.name.clone();
    element.attributes.retain(|(attribute, value)| {
        (ATTRIBUTES.contains(&attribute.as_str()) || own.contains(&attribute.as_str()))
            && holds(&name, attribute, value)
    });
    if let Some(named) = named.filter(|named| element.get("id").is_none() && is_id(named)) {
        element.set("id", &named);
    }
    if let Some(language) = element.get("lang").map(str::to_owned) {
        element.set("xml:lang", &language);
    }
    // Code runs from left to right in every language; style sheets of books may not say so.
    if ["code", "kbd", "pre", "samp"].contains(&element.name.as_str()) && element.get("dir").is_none() {
        element.set("dir", "ltr");
    }
    if element.name == "img" && element.get("alt").is_none() {
        element.set("alt", "");
    }
    if element.name == "bdo" && element.get("dir").is_none() {
        "bdi".clone_into(&mut element.name);
    }
    if is_noteref {
        element.set("epub:type", "noteref");
        element.set("role", "doc-noteref");
    }
}

/// Whether an attribute may have such a value.
fn holds(element: &str, attribute: &str, value: &str) -> bool {
    match attribute {
        "id" => is_id(value),
        "lang" => {
            let mut parts = value.split('-');
            let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
            let is_first = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic());
            parts.next().is_some_and(is_first) && parts.all(|part| is_part(part) && part.len() > 1)
        }
        "dir" => ["ltr", "rtl", "auto"].contains(&value),
        "scope" => ["row", "col", "rowgroup", "colgroup"].contains(&value),
        "type" => ["1", "a", "A", "i", "I"].contains(&value),
        "start" => value.parse::<i32>().is_ok() && !value.starts_with('+'),
        "colspan" | "rowspan" | "span" | "width" | "height" => {
            value.bytes().all(|b| b.is_ascii_digit())
                && value.parse::<u16>().is_ok_and(|number| (1..=9999).contains(&number))
        }
        "class" => !value.trim().is_empty(),
        "title" => element != "img",
        _ => true,
    }
}

fn is_id(value: &str) -> bool {
    !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// A box to tick as a sign; other fields ask for something.
fn field(element: &TreeElement) -> Vec<TreeNode> {
    if !element.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox")) {
        return Vec::new();
    }
    vec![TreeNode::Text(if element.get("checked").is_some() { "☑" } else { "☐" }.to_owned())]
}

fn link_to_shown(element: &TreeElement) -> TreeElement {
    let first_source = element.find(&|inner| inner.name == "source");
    let address = element.get("src").or_else(|| first_source.and_then(|source| source.get("src"))).unwrap_or_default();
    let named = ["title", "aria-label"].iter().find_map(|name| element.get(name)).filter(|name| !name.is_empty());
    TreeElement::new("a", vec![TreeNode::Text(named.unwrap_or(address).to_owned())]).with("href", address)
}

/// Footnotes as e-readers know them, to be opened where they are referred to.
fn footnotes(mut section: TreeElement) -> TreeElement {
    let lists = std::mem::take(&mut section.children);
    let items = lists.into_iter().flat_map(|list| match list {
        TreeNode::Element(list) if list.name == "ol" => list.children,
        other => vec![other],
    });
    let items = items.filter_map(|item| match item {
        TreeNode::Element(item) if item.name == "li" => Some(item),
        _ => None,
    });
    let note = |(at, mut item): (usize, TreeElement)| {
        "aside".clone_into(&mut item.name);
        item.children = kept(std::mem::take(&mut item.children));
        let number = format!("{}. ", at + 1);
        match item.children.iter_mut().find_map(|child| match child {
            TreeNode::Element(first) if first.name == "p" => Some(first),
            _ => None,
        }) {
            Some(first) => first.children.insert(0, TreeNode::Text(number)),
            None => item.children.insert(0, TreeNode::Text(number)),
        }
        attributes_kept(&mut item);
        TreeNode::Element(item.with("epub:type", "footnote").with("role", "doc-footnote"))
    };
    let notes = items.enumerate().map(note).collect();
    TreeElement::new("section", notes).with("class", "footnotes").with("epub:type", "footnotes")
}

/// What a tree says, on one line.
pub(super) fn words(nodes: &[TreeNode]) -> String {
    text(nodes).split_whitespace().collect::<Vec<_>>().join(" ")
}
