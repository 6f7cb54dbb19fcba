//! `sitemap.xml`: the addresses of all pages, with the days on which they changed.

use std::fmt::Write as _;

use crate::html::escaped;
use crate::render::facts;
use crate::render::kind::{Listing, PublishedKind, Scope, only_if};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;

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
    let mut routes: Vec<(String, Option<String>)> = Vec::new();
    for (id, published) in site.pages.iter().enumerate().filter(|(_, page)| page.is_told()) {
        routes.push((published.route.clone(), facts::updated(renderer, id)));
    }
    let generated = site.indexes.iter().map(|index| index.route.clone());
    let tags = site.tags.iter().map(|tag| site.tag_route(tag));
    routes.extend(generated.chain(tags).chain([site.tags_route()]).map(|route| (route, None)));
    routes.sort();
    routes.dedup_by(|a, b| a.0 == b.0);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (route, changed) in routes.into_iter().take(SITEMAP_LIMIT) {
        let address = facts::absolute_url(site, &route).unwrap_or_default();
        let _ = write!(out, "<url><loc>{}</loc>", escaped(&address));
        if let Some(date) = changed {
            let _ = write!(out, "<lastmod>{}</lastmod>", escaped(&date));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    Some(out)
}
