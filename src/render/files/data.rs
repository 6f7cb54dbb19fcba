//! What machines read: the sitemap, `robots.txt`, the site as data (`site.json`),
//! and the style sheet of the configured colours and typefaces.

use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;

use crate::component::Components;
use crate::html::escaped;
use crate::page::{Heading, Page};
use crate::render::facts;
use crate::render::renderer::Renderer;
use crate::site::{PageId, Place, Query, Site};

/// The most addresses that one sitemap may hold.
const SITEMAP_LIMIT: usize = 50_000;

/// `sitemap.xml`; nothing where the site's address is not configured, since it wants whole addresses.
pub fn sitemap(renderer: &Renderer<'_>) -> Option<String> {
    let site = renderer.site;
    facts::base_url(site)?;
    let mut routes: Vec<(String, Option<String>)> = Vec::new();
    for (id, published) in site.pages.iter().enumerate().filter(|(_, page)| !page.page.meta.unlisted) {
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

/// `robots.txt`: all is welcome, and here is the map.
pub fn robots(site: &Site) -> String {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = facts::base_url(site) {
        let _ = writeln!(out, "\nSitemap: {base}sitemap.xml");
    }
    out
}

#[derive(Serialize)]
struct Head<'a> {
    title: &'a str,
    url: Option<String>,
}

#[derive(Serialize)]
struct PageModel<'a> {
    address: &'a str,
    source: &'a str,
    title: &'a str,
    description: &'a str,
    tags: Vec<&'a str>,
    headings: &'a [Heading],
    links: Vec<&'a str>,
    lists: Vec<ListModel<'a>>,
}

#[derive(Serialize)]
struct ListModel<'a> {
    component: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
    pages: Vec<&'a str>,
}

#[derive(Serialize)]
struct TagModel<'a> {
    label: &'a str,
    kind: &'a str,
    address: String,
    pages: Vec<&'a str>,
}

/// `site.json`: pages, tags, lists and links, as data.
pub fn site_json(site: &Site) -> Vec<u8> {
    let listed: Vec<PageId> = (0..site.pages.len()).filter(|&id| !site.pages[id].page.meta.unlisted).collect();
    let tags = site.tags.iter().map(|tag| TagModel {
        label: &tag.label,
        kind: &tag.kind,
        address: site.tag_route(tag),
        pages: tag.pages.iter().map(|&id| site.pages[id].route.as_str()).collect(),
    });
    let head = Head { title: &site.config.site.title, url: facts::base_url(site) };
    // The largest file that all pages are in: all cores write it, since a build would wait for the one that does.
    let parts = listed.par_chunks(64).map(|ids| {
        let pages: Vec<PageModel<'_>> = ids.iter().map(|&id| page_model(site, id)).collect();
        serde_json::to_vec(&pages).unwrap_or_default()
    });
    let mut out = serde_json::to_vec(&head).unwrap_or_default();
    out.pop();
    out.extend_from_slice(b",\"pages\":[");
    for (at, part) in parts.collect::<Vec<_>>().iter().enumerate() {
        out.extend_from_slice(if at > 0 { b"," } else { b"" });
        out.extend_from_slice(part.strip_prefix(b"[").and_then(|part| part.strip_suffix(b"]")).unwrap_or_default());
    }
    out.extend_from_slice(b"],\"tags\":");
    out.extend(serde_json::to_vec(&tags.collect::<Vec<_>>()).unwrap_or_default());
    out.extend_from_slice(b"}\n");
    out
}

fn page_model(site: &Site, id: PageId) -> PageModel<'_> {
    let published = &site.pages[id];
    let leading_somewhere = site.links(id).iter().filter(|link| !matches!(link.place, Place::Here | Place::Nowhere));
    PageModel {
        address: &published.route,
        source: published.page.path.as_str(),
        title: &published.title,
        description: &published.description,
        tags: published.page.meta.tags.iter().map(|tag| tag.label.as_str()).collect(),
        headings: &published.page.headings,
        links: leading_somewhere.map(|link| link.address.as_str()).collect(),
        lists: lists(site, id, &published.page, &site.components),
    }
}

fn lists<'a>(site: &'a Site, id: PageId, page: &'a Page, components: &Components) -> Vec<ListModel<'a>> {
    let queries = page.components.iter().filter(|used| components.get(&used.name).is_some_and(|known| known.query));
    let lists = queries.map(|used| {
        let query = Query { tag: used.string("tag"), filter: used.string("filter") };
        let found = site.query(query, Some(id));
        ListModel {
            component: &used.name,
            tag: query.tag,
            filter: query.filter,
            pages: found.into_iter().map(|id| site.pages[id].route.as_str()).collect(),
        }
    });
    lists.collect()
}
