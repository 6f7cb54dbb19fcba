//! What a page shows of its other languages: the switch that leads to itself in each, and its alternates for search
//! engines. What stands in for what a language lacks is no alternate, nor is what search engines are asked to leave out.

use std::sync::Arc;

use super::{AlternateView, BorrowedView, LanguageView, PageView};
use crate::render::context::FileContext;
use crate::render::facts;
use crate::render::renderer::Renderer;
use crate::site::{Edition, EditionId, GeneratedIndex, Library, PageId, PageOf, TagPage};

/// The page of a tag in each edition where a page carries it.
pub fn of_tag<'t>(tag: &'t TagPage) -> impl Fn(&Edition) -> Option<String> + 't {
    |edition| {
        let other = edition.tag_of_key(&tag.key)?;
        Some(edition.tag_route(other))
    }
}

/// The index of a folder in each edition that makes one.
pub fn of_index<'t>(index: &'t GeneratedIndex) -> impl Fn(&Edition) -> Option<String> + 't {
    |edition| {
        let other = edition.index_of_folder(&index.folder)?;
        Some(other.route.clone())
    }
}

/// A page that may be in several languages.
#[derive(Clone, Copy)]
pub enum PageOfSeveral<'a> {
    /// A page of the content.
    Page(PageId),
    /// A page that each edition makes at the same place below its prefix: the index of all tags, say.
    Made(fn(&Edition) -> String),
    /// A page that each edition may have, by a name that it finds it by.
    Named(&'a dyn Fn(&Edition) -> Option<String>),
    /// A page that belongs to no language's counterparts.
    Alone,
}

/// Shows a page's languages on it, if the site has several.
pub fn show(context: FileContext<'_>, view: &mut PageView, subject: PageOfSeveral<'_>) {
    let (renderer, site) = (context.renderer, context.site());
    if site.language.is_none() {
        return;
    }
    view.languages = switch(context, &addresses(renderer, subject));
    if let PageOfSeveral::Page(id) = subject
        && site.pages[id].borrowed.is_some()
    {
        stand_in(context, view, id);
        return;
    }
    view.alternates = alternates(renderer, subject);
    if let PageOfSeveral::Page(id) = subject
        && is_outdated(renderer, id)
    {
        view.out_of_date = original_of(context, id).map(|original| original.view);
    }
}

/// Whether a page is to say that its original has changed since.
pub fn is_outdated(renderer: &Renderer<'_>, id: PageId) -> bool {
    renderer.outdated.contains(&renderer.site.pages[id].page.path)
}

/// The whole addresses of a page in all languages that have it, for search engines; none where only one has.
pub fn alternates(renderer: &Renderer<'_>, subject: PageOfSeveral<'_>) -> Vec<AlternateView> {
    let library = renderer.library;
    let at = told_addresses(renderer, subject);
    if renderer.site.language.is_none() || at.iter().flatten().count() < 2 {
        return Vec::new();
    }
    let of_language = |((_, edition), route): ((EditionId, &Arc<Edition>), &Option<String>)| {
        let (language, route) = (edition.language.as_ref()?, route.as_deref()?);
        Some(AlternateView { code: language.code.clone(), href: facts::canonical_url(edition, route)? })
    };
    let mut alternates: Vec<AlternateView> = library.editions().zip(&at).filter_map(of_language).collect();
    // For everybody else is the original's page, or that of the first language that has one: each page of a group has
    // to name one, and all of them the same.
    if let Some(first) = alternates.first() {
        alternates.push(AlternateView { code: "x-default".to_owned(), href: first.href.clone() });
    }
    alternates
}

/// The address of a page in each edition that has it of its own.
pub fn addresses(renderer: &Renderer<'_>, subject: PageOfSeveral<'_>) -> Vec<Option<String>> {
    let library = renderer.library;
    library.editions().map(|(id, _)| address_in(library, renderer.edition, id, subject)).collect()
}

/// The same without what search engines are asked to leave out, in all languages where it asks for itself.
pub fn told_addresses(renderer: &Renderer<'_>, subject: PageOfSeveral<'_>) -> Vec<Option<String>> {
    let mut at = addresses(renderer, subject);
    let PageOfSeveral::Page(id) = subject else { return at };
    if !renderer.site.pages[id].is_told() {
        return Vec::new();
    }
    let library = renderer.library;
    for other in library.counterparts(PageOf { edition: renderer.edition, page: id }) {
        if !library.edition(other.edition).pages[other.page].is_told() {
            at[other.edition.place()] = None;
        }
    }
    at
}

/// The languages in the order of the switch; none where there is nothing to switch to.
fn switch(context: FileContext<'_>, at: &[Option<String>]) -> Vec<LanguageView> {
    let order = context.site().config.switch_order();
    let mut shown: Vec<(Option<usize>, LanguageView)> = Vec::new();
    for ((id, edition), route) in context.renderer.library.editions().zip(at) {
        let Some(language) = &edition.language else { continue };
        let view = LanguageView {
            code: language.code.clone(),
            label: language.label.clone(),
            direction: edition.direction(),
            href: context.linker.page(route.as_deref().unwrap_or(&edition.entrance())),
            current: id == context.renderer.edition,
            has_page: route.is_some(),
        };
        shown.push((order.iter().position(|code| *code == language.code), view));
    }
    if shown.len() < 2 {
        return Vec::new();
    }
    shown.sort_by_key(|(place, _)| *place);
    shown.into_iter().map(|(_, view)| view).collect()
}

/// A page of the original that stands in: it says whose it is, and asks to be found there.
fn stand_in(context: FileContext<'_>, view: &mut PageView, id: PageId) {
    let Some(OriginalPage { route, view: original }) = original_of(context, id) else { return };
    view.canonical = facts::canonical_url(context.renderer.library.original(), route);
    view.borrowed = Some(original);
}

/// The original of a page, and how a page of another language leads to it.
struct OriginalPage<'a> {
    route: &'a str,
    view: BorrowedView,
}

fn original_of<'a>(context: FileContext<'a>, id: PageId) -> Option<OriginalPage<'a>> {
    let library = context.renderer.library;
    let original = library.original();
    let page = PageOf { edition: context.renderer.edition, page: id };
    let own = library.counterparts(page).iter().find(|found| found.edition == EditionId::ORIGINAL)?;
    let language = original.language.as_ref()?;
    let route = original.pages[own.page].route.as_str();
    let view = BorrowedView {
        code: language.code.clone(),
        label: language.label.clone(),
        direction: original.direction(),
        href: context.linker.page(route),
    };
    Some(OriginalPage { route, view })
}

/// The address of a page in an edition, if that has it of its own.
fn address_in(library: &Library, own: EditionId, other: EditionId, subject: PageOfSeveral<'_>) -> Option<String> {
    let edition = library.edition(other);
    match subject {
        PageOfSeveral::Page(id) => {
            let page = PageOf { edition: own, page: id };
            let found = library.counterparts(page).iter().find(|found| found.edition == other)?;
            Some(edition.pages[found.page].route.clone())
        }
        PageOfSeveral::Made(route) => Some(route(edition)),
        PageOfSeveral::Named(find) => find(edition),
        PageOfSeveral::Alone => None,
    }
}
