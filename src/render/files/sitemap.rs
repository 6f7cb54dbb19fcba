//! `sitemap.xml`: the addresses of all pages, with the days on which they changed.

use std::fmt::Write as _;

use crate::html::escaped;
use crate::render::facts;
use crate::render::kind::{Listing, PublishedKind, Scope, only_if};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::render::view::AlternateView;
use crate::render::view::languages::{self, PageOfSeveral};

/// The sitemap, which wants whole addresses.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "sitemap",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| only_if(!renderer.site.config.site.url.is_empty(), &renderer.site.own_file("sitemap.xml")),
    key: |keys, _| Some(keys.addresses()),
    make: |renderer, _, _| Ok(Rendered::text(write(renderer).unwrap_or_default())),
};

/// The most addresses that one sitemap may hold.
const SITEMAP_LIMIT: usize = 50_000;

/// The whole file; nothing where the site's address is not configured, since it wants whole addresses.
fn write(renderer: &Renderer<'_>) -> Option<String> {
    let site = renderer.site;
    facts::base_url(site)?;
    let mut listed = listed(renderer);
    listed.sort_by(|a, b| a.route.cmp(&b.route));
    listed.dedup_by(|a, b| a.route == b.route);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let names_alternates = listed.iter().any(|page| !page.alternates.is_empty());
    let alternates = if names_alternates { " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"" } else { "" };
    let _ = writeln!(out, "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{alternates}>");
    for page in listed.into_iter().take(SITEMAP_LIMIT) {
        let address = facts::absolute_url(site, &page.route).unwrap_or_default();
        let _ = write!(out, "<url><loc>{}</loc>", escaped(&address));
        if let Some(date) = page.changed {
            let _ = write!(out, "<lastmod>{}</lastmod>", escaped(&date));
        }
        for AlternateView { code, href } in &page.alternates {
            let (code, href) = (escaped(code), escaped(href));
            let _ = write!(out, "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{href}\"/>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    Some(out)
}

/// A page of the sitemap.
struct ListedPage {
    route: String,
    changed: Option<String>,
    alternates: Vec<AlternateView>,
}

/// All that search engines are to find.
fn listed(renderer: &Renderer<'_>) -> Vec<ListedPage> {
    let site = renderer.site;
    let alternates = |subject: PageOfSeveral<'_>| languages::alternates(renderer, subject);
    let mut listed = Vec::new();
    for (id, published) in site.pages.iter().enumerate().filter(|(_, page)| page.is_told()) {
        listed.push(ListedPage {
            route: published.route.clone(),
            changed: facts::updated(renderer, id),
            alternates: alternates(PageOfSeveral::Page(id)),
        });
    }
    let made = |route: String, alternates: Vec<AlternateView>| ListedPage { route, changed: None, alternates };
    for index in &site.indexes {
        let same = languages::of_index(index);
        listed.push(made(index.route.clone(), alternates(PageOfSeveral::Named(&same))));
    }
    for tag in &site.tags {
        listed.push(made(site.tag_route(tag), alternates(PageOfSeveral::Named(&languages::of_tag(tag)))));
    }
    listed.push(made(site.tags_route(), alternates(PageOfSeveral::Made(|edition| edition.tags_route()))));
    listed
}
