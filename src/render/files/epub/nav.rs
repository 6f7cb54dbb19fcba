//! The contents of a book, for its readers and for e-readers.

use std::fmt::Write as _;

use super::collect::{BookPages, NavEntry};
use super::document::document;
use crate::html::tree::xml_text;
use crate::site::Edition;

/// The contents, and the ways to its parts.
pub(super) fn nav(site: &Edition, pages: &BookPages) -> String {
    let word = |name: &str| xml_text(site.words.get(name));
    let contents = word("contents");
    let mut out = format!("<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n<h1>{contents}</h1>\n");
    match pages.contents.is_empty() {
        true => {
            let _ =
                writeln!(out, "<ol><li><a href=\"title.xhtml\">{}</a></li></ol>", xml_text(&site.config.site.title));
        }
        false => list(pages, &pages.contents, &mut out),
    }
    out.push_str("</nav>\n<nav epub:type=\"landmarks\" hidden=\"hidden\">\n<ol>\n");
    let _ = writeln!(out, "<li><a epub:type=\"titlepage\" href=\"title.xhtml\">{}</a></li>", word("cover"));
    let _ = writeln!(out, "<li><a epub:type=\"toc\" href=\"nav.xhtml#toc\">{contents}</a></li>");
    if let Some(first) = pages.pages.first() {
        let title = xml_text(&site.config.site.title);
        let _ = writeln!(out, "<li><a epub:type=\"bodymatter\" href=\"{}\">{title}</a></li>", first.file);
    }
    out.push_str("</ol>\n</nav>\n");
    document(site, site.words.get("contents"), &out)
}

fn list(pages: &BookPages, entries: &[NavEntry], out: &mut String) {
    out.push_str("<ol>\n");
    for entry in entries {
        let said = if entry.title.trim().is_empty() { "…" } else { &entry.title };
        let title = xml_text(said);
        let _ = match entry.page.and_then(|at| pages.pages.get(at)) {
            Some(page) => write!(out, "<li><a href=\"{}\">{title}</a>", page.file),
            None => write!(out, "<li><span>{title}</span>"),
        };
        if !entry.children.is_empty() {
            out.push('\n');
            list(pages, &entry.children, out);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}
