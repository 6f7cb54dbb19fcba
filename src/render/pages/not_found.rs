//! The page for addresses that don't exist.

use super::template::{Filling, fill};
use crate::diagnostic::Diagnostic;
use crate::render::context::FileContext;
use crate::render::folder_cache::FolderCache;
use crate::render::kind::{Listing, PublishedKind, Scope, only};
use crate::render::links::Linker;
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::render::view::{PageView, blank, languages};
use crate::site::LeadsTo;

/// The page for addresses that don't exist.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "not found",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| only(renderer.site.own_file("404.html")),
    key: |keys, _| Some(keys.apart()),
    make: |renderer, cache, _| render(renderer, cache).map(Rendered::text),
};

/// Writes the page.
///
/// # Errors
/// A finding for a template that can't be rendered.
fn render(renderer: &Renderer<'_>, cache: &mut FolderCache) -> Result<String, Box<Diagnostic>> {
    let site = renderer.site;
    let linker = Linker::anywhere(site, &site.own_file("404.html"));
    let context = FileContext { renderer, linker: &linker };
    let view = view(context);
    fill(context, cache, Filling { template: "404.html", view, current: &LeadsTo::Nothing })
}

/// What its template sees.
fn view(context: FileContext<'_>) -> PageView {
    let words = &context.site().words;
    let mut view = blank::page(context.site(), context.linker, "not-found", words.get("not_found"), "/404");
    languages::show(context, &mut view, languages::PageOfSeveral::Alone);
    view.noindex = true;
    view.canonical = None;
    view
}
