//! `feed.xml`: the pages that changed last, as an Atom feed. Its dates are those of the pages,
//! never that of the build, so that what didn't change stays the same to the byte.

use std::cmp::Reverse;
use std::fmt::Write as _;

use crate::html::escaped;
use crate::render::facts::{self, FEED_FILE};
use crate::render::kind::{Listing, PublishedKind, Scope, only_if};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::site::PageId;

/// The pages that changed last, for feed readers.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "feed",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| only_if(renderer.site.has_feed(), &renderer.site.own_file(FEED_FILE)),
    key: |keys, _| Some(keys.whole()),
    make: |renderer, _, _| Ok(Rendered::text(write(renderer))),
};

/// How many pages a feed tells of.
const MOST: usize = 50;

/// The whole file.
fn write(renderer: &Renderer<'_>) -> String {
    let site = renderer.site;
    let config = &site.config.site;
    let entries = newest(renderer);
    let base = facts::base_url(site).unwrap_or_default();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", text(&config.language));
    element(&mut out, "title", &config.title);
    if !config.tagline.is_empty() {
        element(&mut out, "subtitle", &config.tagline);
    }
    element(&mut out, "id", &facts::absolute_url(site, site.home()).unwrap_or_default());
    let itself = text(&format!("{base}{}", site.own_file(FEED_FILE)));
    let _ = writeln!(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{itself}\"/>");
    let home = facts::absolute_url(site, site.home()).unwrap_or_default();
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", text(&home));
    // A feed must say when it changed, also where nothing in it ever did.
    element(&mut out, "updated", &moment(entries.first().map_or("1970-01-01", |(date, _)| date)));
    let authors = if config.authors.is_empty() { std::slice::from_ref(&config.title) } else { &config.authors };
    people(&mut out, authors);
    for (date, id) in &entries {
        entry(&mut out, renderer, *id, date);
    }
    out.push_str("</feed>\n");
    out
}

/// The listed pages that have a date, the latest first; of one day, in order of address.
fn newest(renderer: &Renderer<'_>) -> Vec<(String, PageId)> {
    let site = renderer.site;
    let listed = (0..site.pages.len()).filter(|&id| site.pages[id].is_told());
    let mut dated: Vec<(String, PageId)> = listed.filter_map(|id| Some((facts::updated(renderer, id)?, id))).collect();
    dated.sort_by_key(|(date, id)| (Reverse(date.clone()), &site.pages[*id].route));
    dated.truncate(MOST);
    dated
}

fn entry(out: &mut String, renderer: &Renderer<'_>, id: PageId, date: &str) {
    let site = renderer.site;
    let published = &site.pages[id];
    let address = facts::absolute_url(site, &published.route).unwrap_or_default();
    out.push_str("<entry>\n");
    element(out, "title", if published.title.is_empty() { &published.label } else { &published.title });
    element(out, "id", &address);
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", text(&address));
    element(out, "updated", &moment(date));
    if let Some(first) = facts::first_published(site, id) {
        element(out, "published", &moment(&first));
    }
    people(out, &facts::authors(renderer, id));
    for tag in &published.page.meta.tags {
        let _ = writeln!(out, "<category term=\"{}\"/>", text(&tag.label));
    }
    if !published.description().is_empty() {
        element(out, "summary", published.description());
    }
    out.push_str("</entry>\n");
}

fn people(out: &mut String, names: &[String]) {
    for name in names {
        let _ = writeln!(out, "<author><name>{}</name></author>", text(name));
    }
}

fn element(out: &mut String, name: &str, content: &str) {
    let _ = writeln!(out, "<{name}>{}</{name}>", text(content));
}

/// A day as the moment that it begins.
fn moment(date: &str) -> String {
    format!("{date}T00:00:00Z")
}

/// Text for XML, which has no place for control characters, however they are written.
fn text(content: &str) -> String {
    let has_place = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    escaped(&content.chars().filter(has_place).collect::<String>())
}
