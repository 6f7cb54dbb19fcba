//! The copies in Markdown of pages that are made of others: tags, their index, indexes of folders and catalogues. Each is a
//! list, but for that of an entry.

use super::in_markdown::{bracketed, one_line, plain, whole_address};
use super::markdown::{entry, relations};
use crate::render::kind::{Listing, PublishedKind, Scope, in_order};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::render::view::sidebar;
use crate::render::{facts, related};
use crate::site::{Edition, EntryId, Indexed, LeadsTo, PageId};

/// The copies: of each tag, of each folder's index, and of the index of tags, in this order.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "markdown copy of a list",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        let site = renderer.site;
        let routes = if site.config.writes_markdown() { routes(site) } else { Vec::new() };
        in_order(routes.into_iter().map(|route| facts::copy_at(site, &route)))
    },
    key: |keys, which| Some(keys.copy_of_list(which.at())),
    make: |renderer, _, which| Ok(Rendered::text(copy(renderer, which.at()))),
};

fn routes(site: &Edition) -> Vec<String> {
    let tags = site.tags.iter().map(|tag| site.tag_route(tag));
    let indexes = site.indexes.iter().map(|index| index.route.clone());
    tags.chain(indexes).chain([site.tags_route()]).collect()
}

fn copy(renderer: &Renderer<'_>, at: usize) -> String {
    let site = renderer.site;
    let (title, description, list) = if let Some(tag) = site.tags.get(at) {
        let places = site.title_places();
        let mut pages: Vec<PageId> = tag.pages.clone();
        pages.sort_unstable_by_key(|&id| places[id]);
        let list = pages.into_iter().map(|id| item(site, id)).collect();
        (tag.label.as_str(), tag.description.as_str(), list)
    } else if let Some(index) = site.indexes.get(at - site.tags.len()) {
        let (list, said) = match index.of {
            Indexed::Entry(entry) => (of_entry(site, entry), ""),
            _ => (inside(site, at - site.tags.len()), index.description.as_str()),
        };
        (index.title.as_str(), said, list)
    } else {
        let list = site.tags.iter().map(|tag| link(site, &tag.label, &site.tag_route(tag))).collect();
        (site.words.get("tags"), "", list)
    };
    let mut parts = vec![format!("# {}", one_line(title))];
    parts.extend((!description.trim().is_empty()).then(|| format!("> {}", one_line(description))));
    let all = whole_address(site, &site.own_file("llms.txt"));
    parts.extend(site.config.writes_llms().then(|| format!("> [llms.txt]({all})")));
    parts.push(list.join("\n"));
    parts.join("\n\n") + "\n"
}

/// What a catalogue says of an entry, and who names it.
fn of_entry(site: &Edition, id: EntryId) -> Vec<String> {
    let (Some(catalog), Some(entry)) = (site.catalogs.at(id.catalog), site.catalogs.entry(id)) else {
        return Vec::new();
    };
    let parts = [catalog.title.as_str(), &catalog.version].into_iter().filter(|part| !part.is_empty());
    let catalog = one_line(&parts.collect::<Vec<_>>().join(", "));
    let from = match &entry.address {
        Some(address) => format!("[{}]({})", bracketed(&catalog), plain(address)),
        None => catalog,
    };
    let said = entry.text.trim().to_owned();
    let named = relations(site, related::of_entry(site, id));
    let parts = [said, from, named].into_iter().filter(|part| !part.is_empty());
    vec![parts.collect::<Vec<_>>().join("\n\n")]
}

/// What an index of a folder lists.
fn inside(site: &Edition, at: usize) -> Vec<String> {
    let nodes = sidebar::inside_index(site, at).into_iter().flat_map(|group| group.nodes);
    let listed = nodes.filter_map(|node| match node.leads_to {
        LeadsTo::Page(id) => Some(item(site, id)),
        LeadsTo::Index(other) => Some(link(site, &site.indexes[other].title, &site.indexes[other].route)),
        LeadsTo::Nothing => None,
    });
    listed.collect()
}

fn item(site: &Edition, id: PageId) -> String {
    entry(site, id, &whole_address(site, &facts::markdown_file(site, id)))
}

fn link(site: &Edition, title: &str, route: &str) -> String {
    format!("- [{}]({})", bracketed(&one_line(title)), whole_address(site, &facts::copy_at(site, route)))
}
