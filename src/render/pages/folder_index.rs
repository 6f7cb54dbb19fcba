//! The index of a folder that has no page of its own; that of a catalogue, and the page of each of its entries.

use super::template::{Filling, fill};
use crate::diagnostic::Diagnostic;
use crate::render::context::FileContext;
use crate::render::folder_cache::FolderCache;
use crate::render::kind::{Listing, PublishedKind, Scope, in_order};
use crate::render::links::Linker;
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::render::view::relations::own_entry;
use crate::render::view::{GroupView, PageView, blank, languages, sidebar};
use crate::render::{card, related, relations};
use crate::site::{Indexed, LeadsTo, address};

/// Indexes of folders, by their places in `Edition::indexes`.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "folder index",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        in_order(
            renderer.site.indexes.iter().map(|index| address::output_file(&renderer.site.config.urls, &index.route)),
        )
    },
    key: |keys, which| Some(keys.folder_index(which.at())),
    make: |renderer, cache, which| render(renderer, cache, which.at()).map(Rendered::text),
};

/// Writes the index of a folder, by its place in `Edition::indexes`.
///
/// # Errors
/// A finding for a template that can't be rendered.
fn render(renderer: &Renderer<'_>, cache: &mut FolderCache, at: usize) -> Result<String, Box<Diagnostic>> {
    let site = renderer.site;
    let linker = Linker::at_route(site, &site.indexes[at].route);
    let context = FileContext { renderer, linker: &linker };
    let view = view(context, cache, at);
    let template = if view.entry.is_some() { "entry.html" } else { "category.html" };
    fill(context, cache, Filling { template, view, current: &LeadsTo::Index(at) })
}

/// What its template sees.
fn view(context: FileContext<'_>, cache: &mut FolderCache, at: usize) -> PageView {
    let (site, linker) = (context.site(), context.linker);
    let index = &site.indexes[at];
    let current = LeadsTo::Index(at);
    let kind = match index.of {
        Indexed::Folder => "category",
        Indexed::Catalog(_) => "catalog",
        Indexed::Entry(_) => "entry",
    };
    let mut view = blank::page(site, linker, kind, &index.title, &index.route);
    blank::show_card(site, &mut view, card::of_made(site, &index.title));
    view.description.clone_from(&index.description);
    view.markdown = blank::copy(site, linker, &index.route);
    view.breadcrumbs = sidebar::breadcrumbs(site, linker, &current);
    languages::show(context, &mut view, languages::PageOfSeveral::Named(&languages::of_index(index)));
    view.print = sidebar::long_page(site, linker, &current);
    if let Indexed::Entry(entry) = index.of {
        view.entry = own_entry(site, entry);
        view.relations = relations::views(context, cache, &related::of_entry(site, entry));
    }
    let group = |group: sidebar::IndexGroup<'_>| {
        let entries = group.nodes.into_iter().filter_map(|node| cache.of_node(site, linker, node)).collect();
        GroupView::of(group.title, entries)
    };
    view.groups = sidebar::inside_index(site, at).into_iter().map(group).collect();
    view
}
