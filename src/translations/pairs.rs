//! Which page is the translation of which, and which originals a language lacks.

use crate::config::Language;
use crate::page::Page;
use crate::site::{Edition, EditionId, Library, PageOf, Published};
use crate::source::SourcePath;

/// The original of a page, if it has one.
pub(super) fn original_of(library: &Library, page: PageOf) -> Option<&Page> {
    let counterparts = library.counterparts(page).iter();
    let original = counterparts.copied().find(|counterpart| counterpart.edition == EditionId::ORIGINAL)?;
    Some(&library.original().pages[original.page].page)
}

/// The pages of the original that a language lacks. A draft is a translation, too.
pub(super) fn lacking(library: &Library, id: EditionId) -> impl Iterator<Item = &Page> {
    let (original, edition) = (library.original(), library.edition(id));
    let is_there = move |page: usize| {
        let counterparts = library.counterparts(PageOf { edition: EditionId::ORIGINAL, page });
        counterparts.iter().any(|counterpart| counterpart.edition == id) || is_drafted(edition, original, page)
    };
    let lacking = original.pages.iter().enumerate().filter(move |(page, _)| !is_there(*page));
    lacking.map(|(_, published)| &*published.page)
}

fn is_drafted(edition: &Edition, original: &Edition, page: usize) -> bool {
    edition.drafts.values().any(|draft| draft.as_str() == original.pages[page].page.path.as_str())
}

/// The pages that a language has itself.
pub(super) fn own_pages(edition: &Edition) -> impl Iterator<Item = (usize, &Published)> {
    edition.pages.iter().map(|page| &**page).enumerate().filter(|(_, page)| page.borrowed.is_none())
}

/// The file in a language's own folder that would be the translation of an original.
pub(super) fn in_folder(language: &Language, original: &Page) -> SourcePath {
    let (place, folder) = (original.path.as_str(), language.folder.as_str());
    let path = if folder.is_empty() { place.to_owned() } else { format!("{folder}/{place}") };
    SourcePath::content(path).placed_at(place)
}
