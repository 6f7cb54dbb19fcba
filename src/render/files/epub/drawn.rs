//! Drawings and formulas as a book takes them: none runs, loads or leads anywhere.

use std::collections::HashSet;

use crate::html::tree::{TreeElement, TreeNode, as_xml, parse, text};

/// Elements of formulas.
const FORMULAS: [&str; 30] = [
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "ms",
    "mfrac",
    "msqrt",
    "mroot",
    "mstyle",
    "merror",
    "mpadded",
    "mphantom",
    "menclose",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "none",
    "mtable",
    "mtr",
    "mtd",
    "semantics",
    "annotation",
];

/// Attributes of formulas.
const OF_FORMULAS: [&str; 40] = [
    "id",
    "class",
    "alttext",
    "display",
    "encoding",
    "mathvariant",
    "mathsize",
    "dir",
    "form",
    "fence",
    "separator",
    "lspace",
    "rspace",
    "stretchy",
    "symmetric",
    "maxsize",
    "minsize",
    "largeop",
    "movablelimits",
    "accent",
    "accentunder",
    "width",
    "height",
    "depth",
    "voffset",
    "linethickness",
    "numalign",
    "denomalign",
    "bevelled",
    "scriptlevel",
    "displaystyle",
    "notation",
    "columnalign",
    "rowalign",
    "columnspacing",
    "rowspacing",
    "columnlines",
    "rowlines",
    "frame",
    "framespacing",
];

/// Elements of drawings that are left out with all that stands in them.
const LEFT_OUT: [&str; 9] =
    ["script", "foreignObject", "image", "feImage", "animate", "animateMotion", "animateTransform", "set", "metadata"];

/// What a book takes of a drawing or a formula in a text.
pub(super) fn kept(element: TreeElement) -> Option<TreeNode> {
    match element.name.as_str() {
        "svg" => Some(drawing(element, false)),
        "math" => formula(element),
        _ => None,
    }
}

/// A picture's file as a drawing that stands alone; nothing if there is none in it.
pub(crate) fn file(bytes: &[u8]) -> Option<String> {
    let html = parse(&String::from_utf8_lossy(bytes));
    let svg = html.find(&|element| element.is_foreign && element.name == "svg")?;
    let mut drawing = drawing(svg.clone(), true);
    if let TreeNode::Element(svg) = &mut drawing {
        let mut ids = HashSet::new();
        svg.each_mut(&mut |part| {
            if part.get("id").is_some_and(|id| !ids.insert(id.to_owned())) {
                part.take("id");
            }
        });
        take_of_own(svg, &ids);
    }
    let drawing = as_xml(&[drawing]);
    Some(format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{drawing}\n"))
}

/// Has a drawing take from elsewhere only what is drawn there, by these ids.
pub(super) fn take_of_own(drawing: &mut TreeElement, ids: &HashSet<String>) {
    let is_drawn = |name: &str, value: &str| {
        let asked: Vec<&str> = match name {
            "href" | "xlink:href" => vec![value],
            _ => value.split("url(").skip(1).map(|asked| asked.split(')').next().unwrap_or_default()).collect(),
        };
        let id =
            |asked: &str| asked.trim_matches([' ', '"', '\'']).strip_prefix('#').is_some_and(|id| ids.contains(id));
        asked.into_iter().all(id)
    };
    drawing.each_mut(&mut |part| {
        part.attributes.retain(|(name, value)| is_drawn(name, value));
        if part.name == "use" && part.get("href").or_else(|| part.get("xlink:href")).is_none() {
            "g".clone_into(&mut part.name);
        }
    });
}

fn drawing(mut element: TreeElement, alone: bool) -> TreeNode {
    let name = element.name.as_str();
    let of_words = ["title", "desc", "style"].contains(&name);
    if name == "a" {
        "g".clone_into(&mut element.name);
    }
    element.attributes.retain(|(name, value)| stays(name, value));
    if element.get("role").is_some_and(|role| !["img", "presentation"].contains(&role)) {
        element.take("role");
    }
    let children = std::mem::take(&mut element.children);
    element.children = match of_words {
        true => vec![TreeNode::Text(text(&children))],
        false => children.into_iter().filter_map(|child| drawing_part(child, alone)).collect(),
    };
    TreeNode::Element(element)
}

fn drawing_part(child: TreeNode, alone: bool) -> Option<TreeNode> {
    let TreeNode::Element(element) = child else { return Some(child) };
    let name = element.name.as_str();
    let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let loads = name == "style" && (!alone || may_load(&text(&element.children)));
    if !element.is_foreign || !is_name || LEFT_OUT.contains(&name) || loads || name == "math" {
        return None;
    }
    Some(drawing(element, alone))
}

/// Whether a style sheet may ask for a file.
fn may_load(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    // Backslashes can spell either of them.
    style.contains('\\') || style.contains("@import") || !loads_own(&style)
}

/// Whether all that is asked for by `url(…)` stands in the drawing itself.
fn loads_own(value: &str) -> bool {
    let asked = value.to_ascii_lowercase();
    asked.split("url(").skip(1).all(|asked| asked.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

fn stays(name: &str, value: &str) -> bool {
    let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && !name.starts_with("data-");
    let is_known = is_name || name == "xlink:href";
    if !is_known || name.starts_with("on") || ["tabindex", "focusable", "xmlns", "href"].contains(&name) {
        return name == "href" && value.starts_with('#');
    }
    match name {
        "xlink:href" => value.starts_with('#'),
        "id" => !value.is_empty() && !value.contains(char::is_whitespace),
        "style" => !may_load(value),
        name if name.starts_with("aria-") => name == "aria-label",
        _ => loads_own(value),
    }
}

fn formula(mut element: TreeElement) -> Option<TreeNode> {
    if !element.is_foreign || !FORMULAS.contains(&element.name.as_str()) {
        return None;
    }
    element.attributes.retain(|(name, _)| OF_FORMULAS.contains(&name.as_str()));
    let children = std::mem::take(&mut element.children);
    let part = |child: TreeNode| match child {
        TreeNode::Element(inner) => formula(inner),
        words @ TreeNode::Text(_) => Some(words),
    };
    element.children = children.into_iter().filter_map(part).collect();
    Some(TreeNode::Element(element))
}
