//! Pages that the site makes by itself: a page for each tag, the index of all
//! tags, indexes of folders, the page for addresses that don't exist, redirects.

use std::collections::HashSet;

use tera::Value;

use crate::page::LinkKind;
use crate::render::folder_cache::FolderCache;
use crate::render::links::Linker;
use crate::render::renderer::Renderer;
use crate::render::view::{GroupView, LetterView, PageView, blank, entry, kinds, sidebar};
use crate::render::{card, facts};
use crate::site::{LeadsTo, PageId, Place, Redirect, Site, Tag, query};

/// The page of a tag.
pub fn tag(cache: &mut FolderCache, renderer: &Renderer<'_>, linker: &Linker<'_>, tag: &Tag) -> PageView {
    let site = renderer.site;
    let mut view = blank::page(site, linker, "tag", &tag.label, &site.tag_route(tag));
    blank::show_card(site, &mut view, card::of_made(site, &tag.label));
    view.description.clone_from(&tag.description);
    view.tags = Value::from(vec![Value::from_serializable(&entry::tag_view(site, linker, tag))]);
    view.groups = groups(cache, site, linker, tag);
    view
}

/// The pages of a tag under the configured groups, by title; what fits none comes last.
fn groups(cache: &mut FolderCache, site: &Site, linker: &Linker<'_>, tag: &Tag) -> Vec<GroupView> {
    let configured = &site.config.tags.groups;
    let mut left: Vec<PageId> = tag.pages.clone();
    left.sort_by_cached_key(|&id| (site.pages[id].title.to_lowercase(), id));
    let mut groups = Vec::new();
    let mut take = |title: &str, left: &mut Vec<PageId>, fits: &dyn Fn(PageId) -> bool| {
        let (inside, outside): (Vec<PageId>, Vec<PageId>) = left.iter().partition(|&&id| fits(id));
        *left = outside;
        if !inside.is_empty() {
            groups.push(group(title, inside.iter().map(|&id| cache.entry(site, linker, id, None)).collect()));
        }
    };
    if configured.is_empty() {
        let section_of = |id: PageId| facts::sections(site, id).next();
        let mut sections: Vec<&str> = left.iter().filter_map(|&id| section_of(id)).collect();
        // In the order of the sidebar; each once, so that few places have to be found.
        let mut seen = HashSet::new();
        sections.retain(|section| seen.insert(*section));
        sections.sort_by_key(|label| site.tree.iter().position(|node| node.label == *label));
        for section in &sections {
            take(section, &mut left, &|id| section_of(id) == Some(*section));
        }
    } else {
        for name in configured {
            take(name, &mut left, &|id| query::has_folder(&site.pages[id].route, name));
        }
    }
    let others = if groups_is_empty(&left, tag) { "" } else { "Other pages" };
    if !left.is_empty() {
        groups.push(group(others, left.iter().map(|&id| cache.entry(site, linker, id, None)).collect()));
    }
    groups
}

/// Whether no page fitted a group: then the rest needs no heading of its own.
fn groups_is_empty(left: &[PageId], tag: &Tag) -> bool {
    left.len() == tag.pages.len()
}

fn group(title: &str, entries: Vec<Value>) -> GroupView {
    GroupView {
        title: title.to_owned(),
        id: crate::site::heading_anchor(title),
        href: None,
        description: String::new(),
        image: None,
        entries,
    }
}

/// The index of all tags, by first letter.
pub fn tag_index(renderer: &Renderer<'_>, linker: &Linker<'_>) -> PageView {
    let site = renderer.site;
    let mut view = blank::page(site, linker, "tags", "Tags", &site.tags_route());
    view.kinds = kinds::all(site, linker);
    let mut tags: Vec<&Tag> = site.tags.iter().collect();
    tags.sort_by(|a, b| a.label.to_lowercase().cmp(&b.label.to_lowercase()).then_with(|| a.slug.cmp(&b.slug)));
    for tag in tags {
        let letter = tag.label.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        let tag = entry::tag_view(site, linker, tag);
        match view.letters.last_mut() {
            Some(last) if last.letter == letter => last.tags.push(tag),
            _ => view.letters.push(LetterView { letter, tags: vec![tag] }),
        }
    }
    view
}

/// The index of a folder, made for it.
pub fn generated_index(cache: &mut FolderCache, renderer: &Renderer<'_>, linker: &Linker<'_>, at: usize) -> PageView {
    let site = renderer.site;
    let index = &site.indexes[at];
    let current = LeadsTo::Index(at);
    let mut view = blank::page(site, linker, "category", &index.title, &index.route);
    blank::show_card(site, &mut view, card::of_made(site, &index.title));
    view.description.clone_from(&index.description);
    view.breadcrumbs = sidebar::breadcrumbs(site, linker, &current);
    view.print = sidebar::long_page(site, linker, &current);
    let inside = node_of(&site.tree, &current).map(|node| node.children.as_slice()).unwrap_or_default();
    let entries = inside.iter().filter_map(|child| cache.of_node(site, linker, child));
    view.groups = vec![group("", entries.collect())];
    view
}

fn node_of<'a>(nodes: &'a [crate::site::Node], wanted: &LeadsTo) -> Option<&'a crate::site::Node> {
    nodes.iter().find_map(|node| if node.leads_to == *wanted { Some(node) } else { node_of(&node.children, wanted) })
}

/// The page for addresses that don't exist.
pub fn not_found(renderer: &Renderer<'_>, linker: &Linker<'_>) -> PageView {
    let mut view = blank::page(renderer.site, linker, "not-found", "Page not found", "/404");
    view.noindex = true;
    view.canonical = None;
    view
}

/// An old address that leads elsewhere.
pub fn redirect(renderer: &Renderer<'_>, linker: &Linker<'_>, redirect: &Redirect) -> PageView {
    let site = renderer.site;
    let resolution = site.resolve_from_root(&redirect.to, LinkKind::Link);
    let href = linker.link(&resolution, &redirect.to);
    let (title, canonical) = match &resolution.place {
        Place::Page(id) => (site.pages[*id].title.clone(), facts::absolute_url(site, &site.pages[*id].route)),
        Place::Route(route) => (String::new(), facts::absolute_url(site, route)),
        Place::Elsewhere => (String::new(), Some(redirect.to.clone())),
        _ => (String::new(), None),
    };
    let mut view = blank::page(site, linker, "redirect", &title, &redirect.from);
    let arrives = !site.comes_back(&redirect.from);
    view.canonical = canonical.filter(|_| arrives);
    view.noindex = true;
    // Who followed one that comes back would load it again for ever.
    view.redirect = Some(href).filter(|_| arrives);
    view
}
