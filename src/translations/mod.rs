//! How translations stand beside their originals: which are missing, out of date, not translated, built otherwise or
//! without an original. Git is asked once for all of them; what it says is compared as text.
//!
//! ```text
//! report ──► asked (git) ──► base ◄── blocks
//!    └─────► likeness
//! po ──────► asked, pairs
//! ```

use std::path::Path;

use rayon::prelude::*;

use crate::config::Language;
use crate::history::{PastCommit, Standpoint};
use crate::site::{EditionId, Library, PageOf, Published};
use crate::source::SourcePath;

mod asked;
mod base;
mod blocks;
mod likeness;
mod mark;
mod pairs;
pub mod po;
mod told;

pub use blocks::LineCounts;
pub use likeness::StructureDifference;
pub use told::{Doubt, LanguageReport, OutOfDate, TranslationOf, TranslationReport, TranslationState};

use asked::PastOfAll;
use base::is_same;
use mark::marked;
use pairs::{in_folder, lacking, original_of, own_pages};
use told::TranslationPair;

/// How all translations of a library stand. Git is asked of the folder that its pages lie below.
pub fn report(library: &Library, from: &Standpoint) -> TranslationReport {
    let mut languages: Vec<LanguageReport> = Vec::new();
    let mut pairs: Vec<TranslationPair<'_>> = Vec::new();
    // Where the state of each pair goes.
    let mut places: Vec<PlaceInReport> = Vec::new();
    for (id, edition) in library.editions().skip(1) {
        let Some(language) = &edition.language else { continue };
        let mut pages = missing(library, id, language);
        for (page, published) in own_pages(edition) {
            let path = published.page.path.clone();
            let Some(original) = original_of(library, PageOf { edition: id, page }) else {
                pages.push(TranslationOf { path, original: None, states: vec![TranslationState::Orphan] });
                continue;
            };
            places.push(PlaceInReport { language: languages.len(), page: pages.len() });
            pairs.push(TranslationPair { translation: &published.page, original });
            pages.push(TranslationOf { path, original: Some(original.path.clone()), states: Vec::new() });
        }
        languages.push(LanguageReport { language: language.clone(), pages });
    }
    let past = PastOfAll::ask(from, &pairs);
    let states: Vec<Vec<TranslationState>> = pairs.par_iter().map(|pair| states(pair, past.as_ref())).collect();
    for (place, states) in places.into_iter().zip(states) {
        languages[place.language].pages[place.page].states = states;
    }
    for language in &mut languages {
        language.pages.sort_by(|a, b| a.path.cmp(&b.path));
    }
    TranslationReport { languages }
}

/// A page's place in a report.
struct PlaceInReport {
    language: usize,
    page: usize,
}

/// The pages of the original that a language lacks.
fn missing(library: &Library, id: EditionId, language: &Language) -> Vec<TranslationOf> {
    let told = lacking(library, id).map(|original| TranslationOf {
        path: in_folder(language, original),
        original: Some(original.path.clone()),
        states: vec![TranslationState::Missing],
    });
    told.collect()
}

/// What marking a translation changes in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct TranslationMark {
    /// The translation's file.
    pub path: SourcePath,
    /// What it is to hold.
    pub text: String,
    /// The last commit that changed the original.
    pub commit: PastCommit,
}

/// Says in a translation's front matter that it is made from the original as it stands now.
///
/// # Errors
/// Why that can't be said, in a sentence.
pub fn mark(library: &Library, folder: &Path, path: &SourcePath) -> Result<TranslationMark, String> {
    let own = library.editions().skip(1).find_map(|(edition, pages)| {
        let is_own = |page: &Published| page.borrowed.is_none() && page.page.path == *path;
        Some(PageOf { edition, page: pages.pages.iter().position(|page| is_own(page))? })
    });
    let own = own.ok_or_else(|| format!("`{path}` is no translation"))?;
    let original = original_of(library, own).ok_or_else(|| format!("`{path}` has no original"))?;
    let commit = asked::last_commit(folder, original).map_err(|why| format!("`{}` {why}", original.path))?;
    let page = &library.edition(own.edition).pages[own.page].page;
    let text = marked(&page.text, commit.short());
    Ok(TranslationMark { path: path.clone(), text, commit })
}

/// What is to be told of a translation that has an original.
fn states(pair: &TranslationPair<'_>, past: Option<&PastOfAll>) -> Vec<TranslationState> {
    let mut states = Vec::new();
    let base = past.ok_or(Doubt::NoGit).and_then(|past| Ok((past, past.base(pair)?)));
    match base {
        Ok((past, Some(base))) if !is_same(&base.original, &pair.original.text) => {
            states.push(TranslationState::OutOfDate(past.out_of_date(pair, &base)));
        }
        Ok(_) => {}
        Err(doubt) => states.push(TranslationState::Uncertain(doubt)),
    }
    let untranslated = likeness::untranslated(pair.original, pair.translation);
    states.extend(untranslated.map(TranslationState::Untranslated));
    let structure = likeness::structure(pair.original, pair.translation);
    if !structure.is_empty() {
        states.push(TranslationState::Structure(structure));
    }
    states
}
