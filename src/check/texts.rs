//! What the rules for texts find, kept for another state of the site that has some of the same texts.

use std::collections::HashMap;

use rayon::prelude::*;

use super::context::{Marks, ReadAs, TextContext, TextRule};
use super::ignore::{self, Ignore};
use super::prose::Prose;
use super::{links, text};
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::site::{Edition, Library};

/// The rules for texts, room by room.
const TEXT_RULES: &[&[TextRule]] = &[links::OF_TEXTS, text::OF_TEXTS];

/// What was found in texts, and what their authors asked to silence.
#[derive(Default)]
pub struct CheckedTexts<'a> {
    /// By where pages lie in memory.
    of: HashMap<usize, CheckedText<'a>>,
}

/// A text of which that is known.
pub(super) struct CheckedText<'a> {
    /// It is there as long as anything is told of it.
    page: &'a Page,
    read_as: ReadAs<'a>,
    /// What was found.
    pub(super) found: Vec<Diagnostic>,
    /// What its author asked to silence.
    pub(super) asked: Vec<Ignore>,
    /// What may stand in it.
    pub(super) marks: Marks,
}

impl<'a> CheckedTexts<'a> {
    /// The texts of a site; of a page that stands in for others, where it is at home.
    pub fn of(library: &'a Library) -> Self {
        let editions: Vec<&'a Edition> = library.editions().map(|(_, edition)| &**edition).collect();
        let pages = editions.par_iter().flat_map(|edition| {
            let own = edition.pages.par_iter().filter(|published| published.borrowed.is_none());
            own.map(|published| CheckedText::of(&published.page, ReadAs::of(edition)))
        });
        let checked: Vec<CheckedText<'a>> = pages.collect();
        Self { of: checked.into_iter().map(|text| (place(text.page), text)).collect() }
    }

    /// What is known of a page that is read so.
    pub(super) fn of_page(&self, page: &Page, read_as: ReadAs<'_>) -> Option<&CheckedText<'a>> {
        let known = self.of.get(&place(page)).filter(|known| std::ptr::eq(known.page, page))?;
        (known.read_as == read_as).then_some(known)
    }
}

impl<'a> CheckedText<'a> {
    fn of(page: &'a Page, read_as: ReadAs<'a>) -> Self {
        let prose = Prose::read(page);
        let (found, asked) = check(page, &prose, read_as);
        Self { page, read_as, found, asked, marks: Marks::of(&prose) }
    }
}

/// What the rules find in a text, and what its author asked to silence.
pub(super) fn check(page: &Page, prose: &Prose<'_>, read_as: ReadAs<'_>) -> (Vec<Diagnostic>, Vec<Ignore>) {
    let context = TextContext { page, prose, read_as };
    let mut found = Vec::new();
    TEXT_RULES.iter().copied().flatten().for_each(|rule| rule(&context, &mut found));
    (found, ignore::read(prose))
}

fn place(page: &Page) -> usize {
    std::ptr::from_ref(page).addr()
}
