//! The style sheet of a long page on paper: what stands at the head and foot of each sheet, which takes the book's own words.
//! Of engines that print, browsers know boxes in the margin and pages by name; the places of links
//! (`target-counter`) are known to others, and who doesn't know them leaves them out.

use std::fmt::Write as _;

use super::theme;
use crate::site::{Edition, LeadsTo, LongPage, SidebarNode};

/// The style sheet of a long page, by its place among them: its path and its text.
pub(crate) fn published(site: &Edition, at: usize) -> (String, String) {
    let style = style(site, &site.long_pages[at]);
    (theme::fingerprinted("book.css", style.as_bytes()), style)
}

/// The nodes of the sidebar that begin a chapter of a long page.
fn chapters<'s>(site: &'s Edition, long: &LongPage) -> &'s [SidebarNode] {
    long.section.map_or(site.tree.as_slice(), |section| &site.tree[section].children)
}

fn style(site: &Edition, long: &LongPage) -> String {
    let (start, end) = if site.direction() == "rtl" { ("right", "left") } else { ("left", "right") };
    let size = site.config.print.paper.map_or_else(String::new, |paper| format!(" size: {};", paper.name()));
    let title = quoted(&long.title);
    let mut out = format!(
        "@page {{{size} @top-{start} {{ content: {title} }} @bottom-center {{ content: counter(page) }} }}\n\
         @page :first {{ @top-{start} {{ content: none }} @bottom-center {{ content: none }} }}\n"
    );
    let chapters = chapters(site, long).iter().map(|node| title_of(site, node)).enumerate();
    for (at, title) in chapters.filter(|(_, title)| *title != long.title) {
        let (number, title) = (at + 1, quoted(title));
        let _ = writeln!(out, "@page chapter-{number} {{ @top-{end} {{ content: {title} }} }}");
        let _ = writeln!(out, ".print-chapter.at-{number} {{ page: chapter-{number} }}");
    }
    let (before, after) = site.words.get("page_number").split_once("{number}").unwrap_or_default();
    let (before, after) = (quoted(&format!(" ({before}")), quoted(&format!("{after})")));
    let _ = writeln!(
        out,
        ".print-page a[href^=\"#\"]:not([role], .cards a, .rows a, th a, svg a)::after {{ content: {before} target-counter(attr(href), page) {after} }}"
    );
    out
}

/// What a node of the sidebar is called above its text.
fn title_of<'s>(site: &'s Edition, node: &'s SidebarNode) -> &'s str {
    let title = match node.leads_to {
        LeadsTo::Page(id) => &site.pages[id].title,
        LeadsTo::Index(at) => &site.indexes[at].title,
        LeadsTo::Nothing => &node.label,
    };
    if title.is_empty() { &node.label } else { title }
}

/// A text as style sheets hold it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_title_leaves_its_quotes() {
        assert_eq!(quoted("a \"b\" \\ c\n} d"), r#""a \"b\" \\ c } d""#);
    }
}
