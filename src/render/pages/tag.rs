//! The page of a tag: the pages that carry it, in groups.

use std::collections::HashSet;

use tera::Value;

use super::template::{Filling, fill};
use crate::diagnostic::Diagnostic;
use crate::render::context::FileContext;
use crate::render::folder_cache::FolderCache;
use crate::render::kind::{Listing, PublishedKind, Scope, in_order};
use crate::render::links::Linker;
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::render::view::{GroupView, PageView, blank, entry, languages};
use crate::render::{card, facts};
use crate::site::{Edition, LeadsTo, PageId, TagPage, address, query};

/// Pages of tags, by their places in `Edition::tags`.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "tag",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        let site = renderer.site;
        in_order(site.tags.iter().map(|tag| address::output_file(&site.config.urls, &site.tag_route(tag))))
    },
    key: |keys, which| Some(keys.tag(which.at())),
    make: |renderer, cache, which| render(renderer, cache, which.at()).map(Rendered::text),
};

/// Writes the page of a tag, by its place in `Edition::tags`.
///
/// # Errors
/// A finding for a template that can't be rendered.
fn render(renderer: &Renderer<'_>, cache: &mut FolderCache, at: usize) -> Result<String, Box<Diagnostic>> {
    let site = renderer.site;
    let tag = &site.tags[at];
    let linker = Linker::at_route(site, &site.tag_route(tag));
    let context = FileContext { renderer, linker: &linker };
    let view = view(context, cache, tag);
    fill(context, cache, Filling { template: "tag.html", view, current: &LeadsTo::Nothing })
}

/// What its template sees.
fn view(context: FileContext<'_>, cache: &mut FolderCache, tag: &TagPage) -> PageView {
    let (site, linker) = (context.site(), context.linker);
    let mut view = blank::page(site, linker, "tag", &tag.label, &site.tag_route(tag));
    blank::show_card(site, &mut view, card::of_made(site, &tag.label));
    view.description.clone_from(&tag.description);
    view.markdown = blank::copy(site, linker, &site.tag_route(tag));
    view.tags = Value::from(vec![Value::from_serializable(&entry::tag_view(site, linker, tag))]);
    languages::show(context, &mut view, languages::PageOfSeveral::Named(&languages::of_tag(tag)));
    if let Some(about) = tag.defining {
        view.about = cache.entry(site, linker, about, None);
    }
    view.groups = groups(cache, site, linker, tag);
    view
}

/// The pages of a tag under the configured groups, by title; what fits none comes last.
fn groups(cache: &mut FolderCache, site: &Edition, linker: &Linker<'_>, tag: &TagPage) -> Vec<GroupView> {
    let configured = &site.config.tags.groups;
    let mut left: Vec<PageId> = tag.pages.clone();
    let places = site.title_places();
    left.sort_unstable_by_key(|&id| places[id]);
    let mut groups = Vec::new();
    let mut take = |title: &str, left: &mut Vec<PageId>, fits: &dyn Fn(PageId) -> bool| {
        let (inside, outside): (Vec<PageId>, Vec<PageId>) = left.iter().partition(|&&id| fits(id));
        *left = outside;
        if !inside.is_empty() {
            groups.push(GroupView::of(title, inside.iter().map(|&id| cache.entry(site, linker, id, None)).collect()));
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
    let others = if groups_is_empty(&left, tag) { "" } else { site.words.get("other_pages") };
    if !left.is_empty() {
        groups.push(GroupView::of(others, left.iter().map(|&id| cache.entry(site, linker, id, None)).collect()));
    }
    groups
}

/// Whether no page fitted a group: then the rest needs no heading of its own.
fn groups_is_empty(left: &[PageId], tag: &TagPage) -> bool {
    left.len() == tag.pages.len()
}
