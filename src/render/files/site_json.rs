//! `site.json`: pages, tags, lists and links, as data.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::page::{Heading, LinkKind};
use crate::render::facts;
use crate::render::kind::{Listing, PublishedKind, Scope, only};
use crate::render::published::Rendered;
use crate::render::related::{self, Related};
use crate::render::renderer::Renderer;
use crate::site::link::Target;
use crate::site::{Edition, Other, PageId, Place, RelationPlace, Task};

/// The site as data.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "site.json",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| only(renderer.site.own_file("site.json")),
    key: |keys, _| Some(keys.whole()),
    make: |renderer, _, _| Ok(Rendered::Bytes(write(renderer))),
};

#[derive(Serialize)]
struct Head<'a> {
    title: &'a str,
    url: Option<String>,
    trailing_slash: bool,
    /// What the addresses of this language begin with, and of each: other languages' pages are told elsewhere.
    #[serde(skip_serializing_if = "str::is_empty")]
    prefix: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    prefixes: &'a [String],
}

#[derive(Serialize)]
struct PageModel<'a> {
    address: &'a str,
    source: &'a str,
    title: &'a str,
    description: &'a str,
    tags: Vec<&'a str>,
    headings: &'a [Heading],
    /// Other places on it that can be led to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ids: Vec<&'a str>,
    links: Vec<&'a str>,
    lists: Vec<ListModel<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationModel<'a>>,
}

#[derive(Serialize)]
struct RelationModel<'a> {
    name: &'a str,
    label: &'a str,
    to: Vec<RelatedModel<'a>>,
}

#[derive(Serialize)]
struct RelatedModel<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    /// Of an entry, the page that it has here.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct ListModel<'a> {
    component: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    pages: Vec<&'a str>,
}

#[derive(Serialize)]
struct TagModel<'a> {
    label: &'a str,
    kind: &'a str,
    address: String,
    /// The page that is about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a str>,
    pages: Vec<&'a str>,
}

/// The whole file.
fn write(renderer: &Renderer<'_>) -> Vec<u8> {
    let site = renderer.site;
    let listed: Vec<PageId> = (0..site.pages.len()).filter(|&id| site.pages[id].is_told()).collect();
    let tags = site.tags.iter().map(|tag| TagModel {
        label: &tag.label,
        kind: &tag.kind,
        address: site.tag_route(tag),
        about: tag.defining.map(|id| site.pages[id].route.as_str()),
        pages: own_routes(site, &tag.pages),
    });
    let urls = &site.config.urls;
    let head = Head {
        title: &site.config.site.title,
        url: facts::base_url(site),
        trailing_slash: urls.trailing_slash,
        prefix: &urls.prefix,
        prefixes: &urls.prefixes,
    };
    // The largest file that all pages are in: all cores write it, since a build would wait for the one that does.
    let parts = listed.par_chunks(64).map(|ids| {
        let mut pages: Vec<PageModel<'_>> = ids.iter().map(|&id| page_model(site, id)).collect();
        site.effort.time(Task::Lists, || {
            pages.iter_mut().zip(ids).for_each(|(page, &id)| page.lists = lists(renderer, id));
        });
        site.effort.time(Task::Relations, || {
            pages.iter_mut().zip(ids).for_each(|(page, &id)| page.relations = relations(site, id));
        });
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
    let others = OtherAddresses::of(site);
    out.extend_from_slice(b",\"others\":");
    out.extend(serde_json::to_vec(&others.others).unwrap_or_default());
    out.extend_from_slice(b",\"moved\":");
    out.extend(serde_json::to_vec(&others.moved).unwrap_or_default());
    out.extend_from_slice(b"}\n");
    out
}

/// What lies at addresses and is no page of its own: other books' links may lead there.
struct OtherAddresses<'a> {
    /// What is made: tags, indexes of folders, and pages that stand in.
    others: Vec<&'a str>,
    /// Old addresses, and where they lead.
    moved: BTreeMap<&'a str, String>,
}

impl<'a> OtherAddresses<'a> {
    fn of(site: &'a Edition) -> Self {
        let (mut others, mut moved) = (Vec::new(), BTreeMap::new());
        for (route, target) in site.addresses() {
            match target {
                Target::Generated => others.push(route),
                Target::Page(id) if site.pages[*id].borrowed.is_some() => others.push(route),
                Target::Redirect(to) => _ = moved.insert(route, site.resolve_from_root(to, LinkKind::Link).address),
                _ => {}
            }
        }
        Self { others, moved }
    }
}

/// The addresses of pages, without those of what stands in: its language has no data of it.
fn own_routes<'a>(site: &'a Edition, pages: &[PageId]) -> Vec<&'a str> {
    let own = pages.iter().map(|&id| &site.pages[id]).filter(|page| page.borrowed.is_none());
    own.map(|page| page.route.as_str()).collect()
}

/// A page without its lists and relations.
fn page_model(site: &Edition, id: PageId) -> PageModel<'_> {
    let published = &site.pages[id];
    let leading_somewhere = site.links(id).iter().filter(|link| !matches!(link.place, Place::Here | Place::Nowhere));
    PageModel {
        address: &published.route,
        source: published.page.path.on_disk(),
        title: &published.title,
        description: published.description(),
        tags: published.page.meta.tags.iter().map(|tag| tag.label.as_str()).collect(),
        headings: &published.page.headings,
        ids: other_ids(site, id),
        links: leading_somewhere.map(|link| link.address.as_str()).collect(),
        lists: Vec::new(),
        identity: if site.config.identities.is_empty() { None } else { site.identity_of(id) },
        relations: Vec::new(),
    }
}

/// The ids on a page that are no headings'.
fn other_ids(site: &Edition, id: PageId) -> Vec<&str> {
    let of_headings: HashSet<&str> = site.pages[id].page.headings.iter().map(|heading| heading.id.as_str()).collect();
    let ids = site.anchors(id).iter().map(String::as_str);
    ids.filter(|id| !of_headings.contains(id)).collect()
}

/// What a page has to do with others, without what stands in.
fn relations<'a>(site: &'a Edition, id: PageId) -> Vec<RelationModel<'a>> {
    let model = |related: Related<'a>| {
        let to = related.others.iter().filter_map(|other| related_model(site, *other)).collect();
        RelationModel { name: related.name, label: related.label, to }
    };
    let relations = related::of_page(site, id).into_iter().map(model);
    relations.filter(|relation| !relation.to.is_empty()).collect()
}

fn related_model<'a>(site: &'a Edition, other: Other<'a>) -> Option<RelatedModel<'a>> {
    match other.place {
        RelationPlace::Page(id) => {
            let page = &site.pages[id];
            page.borrowed.is_none().then(|| RelatedModel {
                address: Some(&page.route),
                page: None,
                catalog: None,
                id: site.identity_of(id),
                title: &page.title,
                note: other.note,
            })
        }
        RelationPlace::Entry(id) => {
            let entry = site.catalogs.entry(id)?;
            Some(RelatedModel {
                address: entry.address.as_deref(),
                page: site.entry_route(id),
                catalog: site.catalogs.at(id.catalog).map(|catalog| catalog.name.as_str()),
                id: Some(&entry.id),
                title: &entry.title,
                note: other.note,
            })
        }
        RelationPlace::Draft | RelationPlace::Nowhere => None,
    }
}

fn lists<'a>(renderer: &Renderer<'a>, id: PageId) -> Vec<ListModel<'a>> {
    let site = renderer.site;
    let page = &site.pages[id].page;
    let lists = page.components.iter().filter(|used| site.asked(used).is_some()).map(|used| {
        let found = site.list(used, id, renderer.calendar());
        ListModel {
            component: &used.name,
            tag: used.query.tag(),
            filter: used.query.filter(),
            query: used.query.query.as_ref().map(|term| term.text.as_str()),
            pages: own_routes(site, &found),
        }
    });
    lists.collect()
}
