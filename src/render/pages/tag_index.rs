//! The index of all tags, by first letter and by kind.

use super::template::{Filling, fill};
use crate::diagnostic::Diagnostic;
use crate::render::context::FileContext;
use crate::render::folder_cache::FolderCache;
use crate::render::kind::{Listing, PublishedKind, Scope, only};
use crate::render::links::Linker;
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::render::view::{LetterView, PageView, blank, entry, kinds, languages};
use crate::site::{IndexLetter, LeadsTo, TagPage, address};

/// The index of all tags.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "tag index",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| only(address::output_file(&renderer.site.config.urls, &renderer.site.tags_route())),
    key: |keys, _| Some(keys.tag_index()),
    make: |renderer, cache, _| render(renderer, cache).map(Rendered::text),
};

/// Writes the index of all tags.
///
/// # Errors
/// A finding for a template that can't be rendered.
fn render(renderer: &Renderer<'_>, cache: &mut FolderCache) -> Result<String, Box<Diagnostic>> {
    let site = renderer.site;
    let linker = Linker::at_route(site, &site.tags_route());
    let context = FileContext { renderer, linker: &linker };
    let view = view(context);
    fill(context, cache, Filling { template: "tags.html", view, current: &LeadsTo::Nothing })
}

/// What its template sees.
fn view(context: FileContext<'_>) -> PageView {
    let (site, linker) = (context.site(), context.linker);
    let words = &context.site().words;
    let mut view = blank::page(site, linker, "tags", words.get("tags"), &site.tags_route());
    languages::show(context, &mut view, languages::PageOfSeveral::Made(|edition| edition.tags_route()));
    view.kinds = kinds::all(site, linker);
    view.markdown = blank::copy(site, linker, &site.tags_route());
    let letters = site.order.index(site.tags.iter().collect(), |tag: &&TagPage| &tag.label);
    view.letters = letters
        .into_iter()
        .map(|IndexLetter { letter, things }| LetterView {
            letter,
            tags: things.into_iter().map(|tag| entry::tag_view(site, linker, tag)).collect(),
        })
        .collect();
    view
}
