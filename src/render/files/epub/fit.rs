//! Elements put only where books may have them. Browsers take a list in a word or a cell in a heading; the rules for books don't, and what
//! doesn't fit becomes something plain, with its text.

use crate::html::tree::{TreeElement, TreeNode};

/// Elements that stand between paragraphs.
const BLOCKS: [&str; 20] = [
    "article",
    "aside",
    "blockquote",
    "div",
    "dl",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
    "li",
];

/// Elements that have a place in others alone.
const PARTS: [&str; 12] =
    ["caption", "col", "colgroup", "dd", "dt", "figcaption", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// What is around some nodes.
#[derive(Clone, Copy)]
struct FitPlace {
    /// Whether it is in a line of text.
    in_line: bool,
    /// Whether it is in a link.
    in_link: bool,
}

/// Nodes as they may stand in a section.
pub(super) fn flow(nodes: Vec<TreeNode>) -> Vec<TreeNode> {
    let mut nodes = fitted(nodes, FitPlace { in_line: false, in_link: false });
    nodes.iter_mut().for_each(without_reading);
    nodes
}

fn fitted(nodes: Vec<TreeNode>, around: FitPlace) -> Vec<TreeNode> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            TreeNode::Element(element) => out.extend(one(element, around)),
            text @ TreeNode::Text(_) => out.push(text),
        }
    }
    out
}

fn one(mut element: TreeElement, around: FitPlace) -> Vec<TreeNode> {
    if element.is_foreign {
        return vec![TreeNode::Element(element)];
    }
    let name = element.name.clone();
    let children = std::mem::take(&mut element.children);
    if name == "a" && around.in_link {
        return fitted(children, around);
    }
    let in_link = around.in_link || name == "a";
    if around.in_line {
        if BLOCKS.contains(&name.as_str()) || PARTS.contains(&name.as_str()) {
            "span".clone_into(&mut element.name);
        }
        element.children = fitted(children, FitPlace { in_line: true, in_link });
        return closed(element);
    }
    let between = FitPlace { in_line: false, in_link };
    match name.as_str() {
        "ul" | "ol" => element.children = items(children, between),
        "dl" => return vec![TreeNode::Element(described(element, children, between))],
        "table" => return table(element, children, in_link),
        "figure" => element.children = figure(children, between),
        "p" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            element.children = fitted(children, FitPlace { in_line: true, in_link });
        }
        "article" | "aside" | "blockquote" | "div" | "section" => element.children = fitted(children, between),
        _ if BLOCKS.contains(&name.as_str()) || PARTS.contains(&name.as_str()) => {
            "div".clone_into(&mut element.name);
            element.children = fitted(children, between);
        }
        "a" | "ins" | "del" => element.children = fitted(children, between),
        _ if children.iter().any(holds_block) => {
            "div".clone_into(&mut element.name);
            element.children = fitted(children, between);
        }
        _ => element.children = fitted(children, FitPlace { in_line: true, in_link }),
    }
    closed(element)
}

/// What stands for an element whose own rules it may not keep.
fn closed(mut element: TreeElement) -> Vec<TreeNode> {
    match element.name.as_str() {
        "br" | "hr" | "wbr" | "img" | "col" => element.children.clear(),
        "span" => drop_foreign_attributes(&mut element),
        "ruby" if !is_ruby(&element) => "span".clone_into(&mut element.name),
        _ => {}
    }
    if element.name != "ruby" {
        element.children.iter_mut().for_each(without_reading);
    }
    vec![TreeNode::Element(element)]
}

/// A reading that reads nothing is a word like others.
fn without_reading(node: &mut TreeNode) {
    if let TreeNode::Element(element) = node
        && element.name == "rt"
    {
        "span".clone_into(&mut element.name);
    }
}

fn drop_foreign_attributes(element: &mut TreeElement) {
    let own = ["start", "type", "colspan", "rowspan", "scope", "span"];
    element.attributes.retain(|(name, _)| !own.contains(&name.as_str()));
}

/// Whether words and readings take turns, a word first and a reading last.
fn is_ruby(element: &TreeElement) -> bool {
    let is_reading = |node: &TreeNode| node.element().is_some_and(|inner| inner.name == "rt");
    let parts: Vec<bool> = element.children.iter().filter(|node| !node.is_blank()).map(is_reading).collect();
    let no_two_readings = parts.windows(2).all(|pair| pair != [true, true]);
    parts.first() == Some(&false) && parts.last() == Some(&true) && no_two_readings
}

/// Whether something stands there that stands between paragraphs.
pub(super) fn holds_blocks(nodes: &[TreeNode]) -> bool {
    nodes.iter().any(holds_block)
}

fn holds_block(node: &TreeNode) -> bool {
    let is_block = |name: &str| BLOCKS.contains(&name) || PARTS.contains(&name);
    node.element().is_some_and(|element| {
        !element.is_foreign && (is_block(&element.name) || element.children.iter().any(holds_block))
    })
}

/// The items of a list; what is none becomes one.
fn items(nodes: Vec<TreeNode>, around: FitPlace) -> Vec<TreeNode> {
    let item = |node: TreeNode| match node {
        TreeNode::Element(mut element) if element.name == "li" => {
            element.children = fitted(std::mem::take(&mut element.children), around);
            TreeNode::Element(element)
        }
        other => TreeNode::Element(TreeElement::new("li", fitted(vec![other], around))),
    };
    nodes.into_iter().filter(|node| !node.is_blank()).map(item).collect()
}

/// A list of terms, if it is one.
fn described(mut list: TreeElement, nodes: Vec<TreeNode>, around: FitPlace) -> TreeElement {
    let mut parts: Vec<TreeNode> = Vec::new();
    for node in nodes.into_iter().filter(|node| !node.is_blank()) {
        match node {
            TreeNode::Element(group) if group.name == "div" => {
                parts.extend(group.children.into_iter().filter(|node| !node.is_blank()));
            }
            other => parts.push(other),
        }
    }
    let names: Vec<&str> =
        parts.iter().map(|node| node.element().map_or("", |element| element.name.as_str())).collect();
    let follows = names.windows(2).all(|pair| pair != ["dt", ""]);
    let is_list = names.iter().all(|name| ["dt", "dd"].contains(name))
        && names.first() == Some(&"dt")
        && names.last() == Some(&"dd")
        && follows;
    if !is_list {
        "div".clone_into(&mut list.name);
        list.children = fitted(parts, around);
        return list;
    }
    let part = |node| match node {
        TreeNode::Element(mut element) => {
            let inside = FitPlace { in_line: element.name == "dt", ..around };
            element.children = fitted(std::mem::take(&mut element.children), inside);
            TreeNode::Element(element)
        }
        text @ TreeNode::Text(_) => text,
    };
    list.children = parts.into_iter().map(part).collect();
    list
}

/// A figure has one caption, at its end or beginning.
fn figure(nodes: Vec<TreeNode>, around: FitPlace) -> Vec<TreeNode> {
    let is_caption = |node: &TreeNode| node.element().is_some_and(|element| element.name == "figcaption");
    let nodes: Vec<TreeNode> = nodes.into_iter().filter(|node| !node.is_blank()).collect();
    let last = nodes.len().saturating_sub(1);
    let captions: Vec<usize> = (0..nodes.len()).filter(|&at| is_caption(&nodes[at])).collect();
    let chosen = captions.first().copied().filter(|at| captions.len() == 1 && (*at == 0 || *at == last));
    let mut out = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.into_iter().enumerate() {
        match node {
            TreeNode::Element(mut caption) if Some(at) == chosen => {
                caption.children = fitted(std::mem::take(&mut caption.children), around);
                out.push(TreeNode::Element(caption));
            }
            other => out.extend(fitted(vec![other], around)),
        }
    }
    out
}

/// A table with its parts in order; one without a row is none.
fn table(mut table: TreeElement, nodes: Vec<TreeNode>, in_link: bool) -> Vec<TreeNode> {
    let mut captions = Vec::new();
    let (mut columns, mut heads, mut bodies, mut feet) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for node in nodes {
        let TreeNode::Element(mut part) = node else { continue };
        match part.name.as_str() {
            "caption" => captions.push(part),
            "colgroup" => {
                part.children.retain(|node| node.element().is_some_and(|inner| inner.name == "col"));
                if !part.children.is_empty() {
                    part.take("span");
                }
                columns.push(part);
            }
            "thead" => heads.push(part),
            "tfoot" => feet.push(part),
            "tbody" => bodies.push(part),
            "tr" => bodies.push(TreeElement::new("tbody", vec![TreeNode::Element(part)])),
            _ => {}
        }
    }
    // A second head is a body like others.
    bodies.splice(0..0, heads.split_off(heads.len().min(1)));
    bodies.extend(feet.split_off(feet.len().min(1)));
    let of_rows = heads.into_iter().chain(bodies.into_iter().map(as_body)).chain(feet);
    let of_rows: Vec<TreeElement> =
        of_rows.map(|part| rows(part, in_link)).filter(|part| !part.children.is_empty()).collect();
    if of_rows.is_empty() {
        return Vec::new();
    }
    captions.truncate(1);
    let line = FitPlace { in_line: true, in_link };
    captions.iter_mut().for_each(|caption| caption.children = fitted(std::mem::take(&mut caption.children), line));
    let parts = captions.into_iter().chain(columns).chain(of_rows);
    table.children = parts.map(TreeNode::Element).collect();
    vec![TreeNode::Element(table)]
}

fn as_body(mut part: TreeElement) -> TreeElement {
    "tbody".clone_into(&mut part.name);
    part
}

fn rows(mut part: TreeElement, in_link: bool) -> TreeElement {
    let around = FitPlace { in_line: false, in_link };
    let cells = |row: &mut TreeElement| {
        let is_cell = |node: &TreeNode| node.element().is_some_and(|cell| ["td", "th"].contains(&cell.name.as_str()));
        row.children.retain(is_cell);
        for cell in &mut row.children {
            if let TreeNode::Element(cell) = cell {
                // A heading in a head would be one of the text.
                let inside = FitPlace { in_line: cell.name == "th", ..around };
                cell.children = fitted(std::mem::take(&mut cell.children), inside);
            }
        }
    };
    part.children.retain(|node| node.element().is_some_and(|row| row.name == "tr"));
    for row in &mut part.children {
        if let TreeNode::Element(row) = row {
            cells(row);
        }
    }
    part.children.retain(|row| row.element().is_some_and(|row| !row.children.is_empty()));
    part
}
