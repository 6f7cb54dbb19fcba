//! The frame of a page: which of the theme's elements lie directly in one another. An author's HTML that closed one
//! of them, or was never closed itself, would leave another frame.

use scraper::{ElementRef, Html, Node, Selector};

/// What a page may have or not, as its text and the site ask for it. Nothing else in a frame may be missing.
const OPTIONAL: &[&str] = &[
    "nav.toc",
    "nav.neighbours",
    "nav.breadcrumbs",
    "header.article-head",
    "details.toc-narrow",
    "footer.article-foot",
    "nav.letters",
    "nav.print-contents",
    "nav.sidebar",
    "p.edit",
];

/// What there is as often as the site asks for it, in turns: groups of a list, and the pages of a print by their depths.
fn is_repeated(name: &str) -> bool {
    ["h2.group-title", "ul.cards", "ul.rows", "section"].contains(&name) || name.starts_with("section.depth-")
}

/// What makes up the frame.
const FRAME: &[&str] =
    &["body", "body > .layout", "body > .layout > #menu", "body > .layout > main", "body > .layout > main > article"];

/// The frame of a page as one line; two pages of one kind have the same.
pub fn frame(document: &Html) -> String {
    let root = document.root_element();
    let mut out = children(root);
    for way in FRAME {
        let found: Vec<_> = document.select(&selector(way)).map(children).collect();
        out.push_str(&format!("; {way}: {}", found.join(" and ")));
    }
    let mains = document.select(&selector("main")).count();
    let body = selector("body");
    let classes: Vec<&str> = document.select(&body).filter_map(|body| body.attr("class")).collect();
    format!("{} {mains} main; {out}", classes.join(" "))
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("it is a selector")
}

/// What lies directly in an element.
fn children(element: ElementRef<'_>) -> String {
    let mut names: Vec<String> = Vec::new();
    for child in element.children() {
        let name = match child.value() {
            Node::Text(text) if text.trim().is_empty() => continue,
            Node::Text(_) => "text".to_owned(),
            Node::Element(_) => ElementRef::wrap(child).map(name).unwrap_or_default(),
            _ => "something else".to_owned(),
        };
        let mut turns = names.iter().rev().take_while(|name| is_repeated(name));
        let again = is_repeated(&name) && turns.any(|before| *before == name);
        if !OPTIONAL.contains(&name.as_str()) && !again {
            names.push(name);
        }
    }
    names.join(" ")
}

/// An element's name with its first class.
fn name(element: ElementRef<'_>) -> String {
    let value = element.value();
    match value.classes().next() {
        Some(class) => format!("{}.{class}", value.name()),
        None => value.name().to_owned(),
    }
}
