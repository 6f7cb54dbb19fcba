//! A page's Markdown as it is published beside the page: what its author wrote, without front
//! matter, under its title, with the way to all pages; links lead to the other copies by whole addresses, since a copy is read
//! elsewhere, and lists of pages are written out.

use std::fmt::Write as _;

use super::in_markdown::{bracketed, entry_target, link_to, one_line, plain, target, whole_address};
use super::{markdown_checklist, markdown_table, markdown_values};
use crate::page::{Component, Link, LinkKind, Page};
use crate::render::around;
use crate::render::facts;
use crate::render::kind::{Listed, Listing, PublishedKind, Scope};
use crate::render::published::{Rendered, Which};
use crate::render::related::{self, Related};
use crate::render::renderer::Renderer;
use crate::site::{Edition, EntryId, Other, PageId, Place, RelationPlace};
use crate::source::Span;

/// The copies of pages in Markdown, by the pages' places.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "markdown copy",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        let site = renderer.site;
        let count = if site.config.writes_markdown() { site.pages.len() } else { 0 };
        let own = (0..count).filter(|&id| facts::has_copy(site, id));
        own.map(|id| Listed { path: facts::markdown_file(site, id), which: Which::At(id) }).collect()
    },
    key: |keys, which| Some(keys.markdown(which.at())),
    make: |renderer, _, which| Ok(Rendered::text(copy(renderer, which.at()))),
};

/// The copy of a page.
fn copy(renderer: &Renderer<'_>, id: PageId) -> String {
    let site = renderer.site;
    let published = &site.pages[id];
    let page = &published.page;
    let mut out = String::with_capacity(page.text.len());
    if page.content_title.is_none() && !published.title.is_empty() {
        let _ = write!(out, "# {}\n\n", one_line(&published.title));
    }
    if let Some(description) = page.meta.description.as_deref().filter(|text| !text.trim().is_empty()) {
        let _ = write!(out, "> {}\n\n", one_line(description));
    }
    if site.config.writes_llms() {
        let all = whole_address(site, &site.own_file("llms.txt"));
        let _ = write!(out, "> [llms.txt]({all})\n\n");
    }
    let body = &page.text[page.body_start..];
    let mut written = page.body_start + body.len() - body.trim_start_matches(['\r', '\n']).len();
    for (span, text) in changes(renderer, id) {
        // What lies in something that was replaced is gone with it.
        if span.start >= written {
            out.push_str(&page.text[written..span.start]);
            out.push_str(&text);
            written = span.end;
        }
    }
    out.push_str(&page.text[written..]);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    let below = related::left_over(site, page, related::of_page(site, id));
    if !below.is_empty() {
        let _ = writeln!(out, "\n{}", relations(site, below));
    }
    out
}

/// What a page has to do with others, as headings with lists.
pub(super) fn relations(site: &Edition, related: Vec<Related<'_>>) -> String {
    let one = |related: Related<'_>| {
        let items = related.others.iter().filter_map(|other| related_item(site, other));
        format!("## {}\n\n{}", one_line(related.label), items.collect::<Vec<_>>().join("\n"))
    };
    related.into_iter().map(one).collect::<Vec<_>>().join("\n\n")
}

fn related_item(site: &Edition, other: &Other<'_>) -> Option<String> {
    let mut out = match other.place {
        RelationPlace::Page(id) => {
            let page = &site.pages[id];
            let title = if page.title.is_empty() { &page.label } else { &page.title };
            format!("- [{}]({})", bracketed(&one_line(title)), link_to(site, id))
        }
        RelationPlace::Entry(id) => {
            let entry = site.catalogs.entry(id)?;
            let title = bracketed(&one_line(&entry.called()));
            match entry_target(site, id) {
                Some(address) => format!("- [{title}]({address})"),
                None => format!("- {title}"),
            }
        }
        RelationPlace::Draft | RelationPlace::Nowhere => return None,
    };
    if let Some(note) = other.note {
        let _ = write!(out, ": {}", one_line(note));
    }
    Some(out)
}

/// What is written otherwise than in the source, in order of place; of two things at one place, the longer first.
fn changes(renderer: &Renderer<'_>, id: PageId) -> Vec<(Span, String)> {
    let site = renderer.site;
    let page = &site.pages[id].page;
    let mut changes = Vec::new();
    for (link, to) in page.links.iter().zip(site.links(id)) {
        if let (LinkKind::Named | LinkKind::Code, Place::Page(named)) = (link.kind, &to.place) {
            let title = if link.text.is_empty() { &site.pages[*named].title } else { &link.text };
            let title = if link.kind == LinkKind::Code { format!("`{title}`") } else { bracketed(title) };
            let address = target(site, to).unwrap_or_default();
            changes.push((link.span.whole, format!("[{title}]({address})")));
            continue;
        }
        if matches!(link.kind, LinkKind::Named | LinkKind::Code)
            && let Some(entry) = site.entry_named(&link.target)
        {
            changes.push((link.span.whole, named_entry(site, link, entry)));
            continue;
        }
        if let Some(place) = to.book.filter(|_| link.is_wordless(&page.text)) {
            let words = site.books.words(place).unwrap_or(&to.address);
            changes.push((link.span.whole, format!("[{}]({})", bracketed(&one_line(words)), plain(&to.address))));
            continue;
        }
        // Where a target has escapes in it, or can't be told from its whole link, it stays as it is.
        let written = link.span.target().filter(|span| span.start >= page.body_start);
        if let Some(span) = written.filter(|span| span.of(&page.text) == link.target) {
            changes.extend(target(site, to).map(|text| (span, text)));
        }
    }
    for used in &page.components {
        if used.inline || used.span.start < page.body_start || !stands_alone(page, used) {
            continue;
        }
        if related::shows(site, &used.name) {
            let asked = related::asked(related::of_page(site, id), used.string(related::OF));
            changes.push((used.span, relations(site, asked)));
        }
        if let Some(statements) =
            markdown_checklist::of_component(renderer, id, used, |id| entry(site, id, &link_to(site, id)))
        {
            changes.push((used.span, statements));
            continue;
        }
        if let Some(table) = markdown_table::of_component(renderer, id, used) {
            changes.push((used.span, table));
            continue;
        }
        let listed = site.asked(used).map(|_| site.list(used, id, renderer.calendar()).to_vec());
        if let Some(found) = listed.or_else(|| around::all_pages(site, id, used)) {
            let entries = found.into_iter().map(|found| entry(site, found, &link_to(site, found)));
            changes.push((used.span, entries.collect::<Vec<_>>().join("\n")));
            continue;
        }
        changes.extend(markdown_values::of_component(used).map(|values| (used.span, values)));
    }
    changes.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    changes.dedup_by_key(|(span, _)| *span);
    changes
}

/// An entry of a catalogue that a text names.
fn named_entry(site: &Edition, link: &Link, entry: EntryId) -> String {
    let own = if link.text.is_empty() { site.entry_title(entry).unwrap_or_default() } else { link.text.as_str() };
    let words = if link.kind == LinkKind::Code { format!("`{own}`") } else { bracketed(&one_line(own)) };
    match entry_target(site, entry) {
        Some(address) => format!("[{words}]({address})"),
        None => words,
    }
}

/// Whether nothing can stand inside a component.
fn stands_alone(page: &Page, used: &Component) -> bool {
    used.span.of(&page.text).ends_with("/>")
}

/// A page as an entry of a list in Markdown.
pub(crate) fn entry(site: &Edition, id: PageId, to: &str) -> String {
    described(site, id, to, &one_line(site.pages[id].description()))
}

/// The same, with what is said of the page.
pub(crate) fn described(site: &Edition, id: PageId, to: &str, description: &str) -> String {
    let published = &site.pages[id];
    let heading = published.page.content_title.as_deref().unwrap_or_default();
    let titles = [published.title.as_str(), &published.label, heading, &published.route];
    let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default();
    let mut out = format!("- [{}]({to})", bracketed(&one_line(title)));
    if !description.is_empty() {
        let _ = write!(out, ": {description}");
    }
    out
}
