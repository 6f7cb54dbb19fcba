//! Translations for those who work with gettext, in Weblate and its like: a catalogue (a PO file) a page and language,
//! made from the pages, and taken over into them again. Texts come in and go out; nothing is read or written here.
//!
//! ```text
//! segments ──► align ──► messages ──► export (catalogue, header)
//!                            └──────► import ──► rebuild ──► front
//! ```

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::asked::{self, PastOfAll};
use super::base::is_same;
use super::mark::marked;
use super::pairs::{in_folder, lacking, original_of, own_pages};
use super::told::{Doubt, TranslationPair};
use crate::config::Language;
use crate::history::{PastCommit, Standpoint};
use crate::page::Page;
use crate::site::{Edition, Library, PageOf};
use crate::source::SourcePath;

mod align;
mod catalogue;
mod export;
mod front;
mod header;
mod import;
mod messages;
#[cfg(test)]
mod pages_for_tests;
mod rebuild;
mod segments;

pub use catalogue::{Catalogue, CatalogueError};
pub use export::CatalogueText;
pub use import::{CatalogueImport, CatalogueRemark};

use header::HeaderFacts;
use messages::{PageMessages, PageTexts};

/// A page of the original in another language.
pub struct CataloguePage<'a> {
    /// The language.
    pub language: &'a Language,
    /// The original.
    pub original: &'a Page,
    /// The translation's file, or the one that it will have.
    pub path: SourcePath,
    /// The translation, if there is one.
    pub translation: Option<&'a Page>,
    /// Why it can't be known what the original said when it was translated.
    pub doubt: Option<Doubt>,
    base: Option<Arc<str>>,
}

/// All pages of all languages but the original's, by the names of their catalogues: `ja/guide.po`. Drafts are left out.
pub fn pages<'a>(library: &'a Library, folder: &Path) -> BTreeMap<String, CataloguePage<'a>> {
    let mut pages: Vec<CataloguePage<'a>> = Vec::new();
    for (id, edition) in library.editions().skip(1) {
        let Some(language) = &edition.language else { continue };
        let page = |original: &'a Page, path, translation| CataloguePage {
            language,
            original,
            path,
            translation,
            doubt: None,
            base: None,
        };
        for (at, own) in own_pages(edition) {
            if let Some(original) = original_of(library, PageOf { edition: id, page: at }) {
                pages.push(page(original, own.page.path.clone(), Some(&own.page)));
            }
        }
        let is_beside = stands_beside(edition, language);
        let new = |original| if is_beside { beside(language, original) } else { in_folder(language, original) };
        pages.extend(lacking(library, id).map(|original| page(original, new(original), None)));
    }
    ask(&mut pages, folder);
    pages.into_iter().map(|page| (page.name(), page)).collect()
}

/// Asks git what the originals said.
fn ask(pages: &mut [CataloguePage<'_>], folder: &Path) {
    let mut pairs: Vec<TranslationPair<'_>> = Vec::with_capacity(pages.len());
    for page in pages.iter() {
        pairs.extend(page.translation.map(|translation| TranslationPair { translation, original: page.original }));
    }
    let past = PastOfAll::ask(&Standpoint::now(folder), &pairs);
    pages.par_iter_mut().for_each(|page| {
        let Some(translation) = page.translation else { return };
        let pair = TranslationPair { translation, original: page.original };
        match past.as_ref().ok_or(Doubt::NoGit).and_then(|past| past.base(&pair)) {
            Ok(base) => page.base = base.map(|base| base.original).filter(|base| !is_same(base, &page.original.text)),
            Err(doubt) => page.doubt = Some(doubt),
        }
    });
}

/// Whether a language's pages stand beside the originals, as `guide.ja.md`: all that it has do.
fn stands_beside(edition: &Edition, language: &Language) -> bool {
    let folder = format!("{}/", language.folder);
    let mut own = own_pages(edition).peekable();
    let is_below = |path: &str| language.folder.is_empty() || path.starts_with(&folder);
    let is_named = |path: &str| path.contains(&format!(".{}.", language.code));
    own.peek().is_some() && own.all(|(_, own)| is_named(own.page.path.on_disk()) || !is_below(own.page.path.on_disk()))
}

/// The file beside the original that would be its translation.
fn beside(language: &Language, original: &Page) -> SourcePath {
    let path = original.path.on_disk();
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, "md"));
    SourcePath::content(format!("{stem}.{}.{extension}", language.code)).placed_at(original.path.as_str())
}

impl CataloguePage<'_> {
    /// The name of its catalogue.
    pub fn name(&self) -> String {
        let place = self.original.path.as_str();
        format!("{}/{}.po", self.language.code, place.strip_suffix(".md").unwrap_or(place))
    }

    fn texts(&self) -> PageTexts<'_> {
        PageTexts { original: self.original, translation: self.translation, base: self.base.clone() }
    }

    fn messages(&self, file: &str) -> PageMessages {
        messages::of(&self.texts(), file)
    }

    /// Its catalogue, with what an older one holds that the page doesn't: comments, and texts that are to be looked at.
    /// The original's file is told to translators by a path.
    pub fn export(&self, project: &str, file: &str, older: Option<&Catalogue>) -> CatalogueText {
        let facts = HeaderFacts { project, code: &self.language.code, label: &self.language.label };
        let is_known = self.base.is_none() && self.doubt.is_none();
        let is_marked = is_known && self.translation.is_some_and(|page| page.meta.translated_from.is_some());
        export::text(self.messages(file), &facts, older, is_marked)
    }

    /// What a catalogue comes to on the page.
    pub fn import(&self, catalogue: &Catalogue) -> CatalogueImport {
        import::take_over(&self.texts(), &self.messages(""), catalogue)
    }

    /// A text of the translation that says it is made from the original as it was committed last.
    ///
    /// # Errors
    /// Why it can't say that, as the end of a sentence that begins with the original's file.
    pub fn marked(&self, text: &str, folder: &Path) -> Result<(String, PastCommit), &'static str> {
        let commit = asked::last_commit(folder, self.original)?;
        Ok((marked(text, commit.short()), commit))
    }
}

/// Reads a PO file.
///
/// # Errors
/// Where it can't be understood.
pub fn read(text: &str) -> Result<Catalogue, CatalogueError> {
    catalogue::read(text)
}
