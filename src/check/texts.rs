//! What the rules for texts find. Two states of a site share most of their texts: each of those is looked at once, or not at
//! all where both states would tell the same of it.

use foldhash::{HashMap, HashSet};
use rayon::prelude::*;

use super::context::{ReadAs, TextContext, TextRule};
use super::ignore::{self, Ignore};
use super::prose::Prose;
use super::{links, text};
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::site::Edition;

/// The rules for texts, room by room.
const TEXT_RULES: &[&[TextRule]] = &[links::OF_TEXTS, text::OF_TEXTS];

/// What is known of a text by itself.
#[derive(Clone, Default)]
pub(super) struct CheckedText {
    /// What the rules find.
    pub(super) found: Vec<Diagnostic>,
    /// What its author asked to silence.
    pub(super) asked: Vec<Ignore>,
}

impl CheckedText {
    /// Looks at a text.
    pub(super) fn of(page: &Page, prose: &Prose<'_>, read_as: ReadAs<'_>) -> Self {
        let context = TextContext { page, prose, read_as };
        let mut found = Vec::new();
        TEXT_RULES.iter().copied().flatten().for_each(|rule| rule(&context, &mut found));
        Self { found, asked: ignore::read(prose) }
    }
}

/// A page of a site, and as what it is read there.
pub(super) type ReadPage<'a> = (&'a Page, ReadAs<'a>);

/// Texts that two states of a site have, and read as the same.
#[derive(Default)]
pub(super) struct SharedTexts {
    /// Where pages lie in memory.
    places: HashSet<usize>,
}

impl SharedTexts {
    /// Those of two states; of a page that stands in for others, where it is at home.
    pub(super) fn of(before: &[&Edition], after: &[&Edition]) -> Self {
        let known: HashMap<usize, ReadAs<'_>> = at_home(before).map(|(page, read_as)| (place(page), read_as)).collect();
        let is_known = |(page, read_as): &ReadPage<'_>| known.get(&place(page)) == Some(read_as);
        Self { places: at_home(after).filter(is_known).map(|(page, _)| place(page)).collect() }
    }

    pub(super) fn hold(&self, page: &Page) -> bool {
        !self.places.is_empty() && self.places.contains(&place(page))
    }
}

/// What is known of some of the texts that two states have.
#[derive(Default)]
pub(super) struct CheckedTexts {
    of: HashMap<usize, CheckedText>,
}

impl CheckedTexts {
    /// Looks at texts, by all cores.
    pub(super) fn of(pages: &[ReadPage<'_>]) -> Self {
        let checked =
            pages.par_iter().map(|&(page, read_as)| (place(page), CheckedText::of(page, &Prose::read(page), read_as)));
        Self { of: checked.collect::<Vec<_>>().into_iter().collect() }
    }

    /// What is known of a page.
    pub(super) fn of_page(&self, page: &Page) -> CheckedText {
        self.of.get(&place(page)).cloned().unwrap_or_default()
    }
}

fn at_home<'a>(editions: &[&'a Edition]) -> impl Iterator<Item = ReadPage<'a>> {
    editions.iter().flat_map(|edition| {
        let own = edition.pages.iter().filter(|published| published.borrowed.is_none());
        own.map(|published| (&*published.page, ReadAs::of(edition)))
    })
}

fn place(page: &Page) -> usize {
    std::ptr::from_ref(page).addr()
}
