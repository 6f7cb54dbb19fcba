//! What each term finds.

use std::sync::Arc;

use super::super::query_columns::folders_of;
use super::super::{Edition, PageId};
use super::keys::{self, Comparand};
use super::page_names::{is_named_like, page_named};
use super::related::SeenRelation;
use super::sets::Ready;
use super::{Question, words};
use crate::query::{Comparison, Operand, Term, Test, Wildcards};

/// Terms that don't speak of the front matter, in the order in which they are told.
pub(super) const NAMES: [&str; 10] =
    ["tag", "kind", "in", "title", "word", "has", "links-to", "linked-from", "position", "updated"];

/// An end of a link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The page that it leads to.
    Target,
    /// The page that it stands on.
    Origin,
}

impl<'a> Question<'a> {
    /// One term made ready to be put to pages.
    pub(super) fn term(&self, term: &Term) -> Ready<'a> {
        match term.name.text.to_lowercase().as_str() {
            "tag" => named(term, |pattern| tagged(self.site, pattern), || any_tag(self.site)),
            "kind" => named(term, |pattern| of_kind(self.site, pattern), || any_kind(self.site)),
            "in" => named(term, |pattern| inside(self.site, pattern), || Ready::always(true)),
            "title" => self.title(term),
            "word" => named(term, |pattern| words::holding(self.site, pattern), || Ready::always(true)),
            "has" => named(term, |pattern| having(self.site, pattern), || Ready::always(true)),
            "links-to" => self.link(term, End::Target),
            "linked-from" => self.link(term, End::Origin),
            "position" => self.position(term),
            "updated" => {
                let (site, changes) = (self.site, self.calendar.changes);
                self.compared(term, move |id| site.updated(id, changes).map(str::to_owned))
            }
            name => match SeenRelation::named(self.site, name) {
                Some(seen) => self.related(term, seen),
                None => self.key(term),
            },
        }
    }

    /// Words in the title, or (compared) all of it.
    fn title(&self, term: &Term) -> Ready<'a> {
        let site = self.site;
        if let Test::Is(value) = &term.test {
            return words::in_title(site, &value.pattern);
        }
        self.compared(term, move |id| Some(site.pages[id].title.clone()).filter(|title| !title.is_empty()))
    }

    /// The place that a page says it has. As numbers where a number is asked for, since they needn't be written first.
    fn position(&self, term: &Term) -> Ready<'a> {
        let site = self.site;
        if let Test::Compares(comparison, operand) = &term.test
            && let Comparand::Number(asked) = Comparand::of(operand, self.calendar.today)
        {
            let comparison = *comparison;
            return Ready::Each(Box::new(move |id| {
                let position = site.pages[id].position.filter(|position| position.is_finite());
                position.map_or(comparison == Comparison::NotEqual, |position| {
                    comparison.admits(position.total_cmp(&asked))
                })
            }));
        }
        self.compared(term, move |id| site.pages[id].position.map(|position| position.to_string()))
    }

    /// What a key of the front matter says.
    fn key(&self, term: &Term) -> Ready<'a> {
        let (site, name) = (self.site, term.name.text.clone());
        let written = move |id: PageId| site.pages[id].page.meta.at(&name);
        let order = &site.order;
        match &term.test {
            Test::Is(value) => {
                let asked = keys::AskedText::of(&value.pattern);
                Ready::Each(Box::new(move |id| written(id).is_some_and(|written| asked.is(written))))
            }
            Test::Something => Ready::Each(Box::new(move |id| written(id).is_some_and(keys::says_something))),
            Test::Nothing => Ready::Each(Box::new(move |id| !written(id).is_some_and(keys::says_something))),
            Test::Leads(_) => Ready::always(false),
            Test::Compares(comparison, operand) => {
                let operand = Comparand::of(operand, self.calendar.today);
                let comparison = *comparison;
                Ready::Each(Box::new(move |id| match (comparison, written(id)) {
                    (Comparison::NotEqual, None) => true,
                    (_, None) => false,
                    (_, Some(written)) => operand.admits(written, comparison, order),
                }))
            }
        }
    }

    /// What can be told of a page in one text, as if that stood in its front matter.
    fn compared(&self, term: &Term, told: impl Fn(PageId) -> Option<String> + Send + Sync + 'a) -> Ready<'a> {
        let order = &self.site.order;
        let told = move |id| told(id).map(serde_json::Value::String);
        match &term.test {
            Test::Is(value) => {
                let asked = keys::AskedText::of(&value.pattern);
                Ready::Each(Box::new(move |id| told(id).is_some_and(|told| asked.is(&told))))
            }
            Test::Something => Ready::Each(Box::new(move |id| told(id).is_some())),
            Test::Nothing => Ready::Each(Box::new(move |id| told(id).is_none())),
            Test::Leads(_) => Ready::always(false),
            Test::Compares(comparison, operand) => {
                let operand = Comparand::of(operand, self.calendar.today);
                let comparison = *comparison;
                Ready::Each(Box::new(move |id| match told(id) {
                    None => comparison == Comparison::NotEqual,
                    Some(told) => operand.admits(&told, comparison, order),
                }))
            }
        }
    }

    /// Pages by what is at the other end of their links.
    fn link(&self, term: &Term, end: End) -> Ready<'a> {
        let site = self.site;
        let others = match &term.test {
            Test::Is(value) => match value.pattern.text() {
                Some(name) => page_named(site, name).into_iter().collect(),
                None => (0..site.pages.len()).filter(|&id| is_named_like(site, id, &value.pattern)).collect(),
            },
            Test::Leads(to) => self.find(Some(to)),
            Test::Something | Test::Nothing => (0..site.pages.len()).collect(),
            Test::Compares(..) => return Ready::always(false),
        };
        let found = match end {
            End::Origin => {
                if site.has_unread_bodies() {
                    site.read_bodies(&others);
                }
                Ready::of_pages(others.into_iter().flat_map(|id| site.linked_from(id)).collect())
            }
            End::Target => self.linking_to(&others),
        };
        if term.test == Test::Nothing { Ready::Not(Box::new(found)) } else { found }
    }

    /// The pages with links to any of these.
    fn linking_to(&self, others: &[PageId]) -> Ready<'a> {
        let site = self.site;
        if !site.has_unread_bodies() {
            return Ready::of_pages(others.iter().flat_map(|&id| site.linking_to(id)).copied().collect());
        }
        // All bodies had to be read to know it of all pages; others may say that few are meant.
        let mut is_meant = vec![false; site.pages.len()];
        others.iter().for_each(|&id| is_meant[id] = true);
        Ready::Costly(Box::new(move |id| site.links_to_any(id, &is_meant)))
    }
}

/// A term about names alone: which pages have one like that, and which have any. `=` is as good as `:`.
fn named<'a>(term: &Term, like: impl Fn(&Wildcards) -> Ready<'a>, any: impl Fn() -> Ready<'a>) -> Ready<'a> {
    match &term.test {
        Test::Is(value) | Test::Compares(Comparison::Equal, Operand::Value(value)) => like(&value.pattern),
        Test::Compares(Comparison::NotEqual, Operand::Value(value)) => Ready::Not(Box::new(like(&value.pattern))),
        Test::Something => any(),
        Test::Nothing => Ready::Not(Box::new(any())),
        Test::Leads(_) | Test::Compares(..) => Ready::always(false),
    }
}

fn tagged<'a>(site: &'a Edition, pattern: &Wildcards) -> Ready<'a> {
    match pattern.text() {
        Some(label) => Ready::Pages(site.carrying(label).to_vec()),
        None => with_label(site, |label| pattern.fits(label)),
    }
}

fn any_tag(site: &Edition) -> Ready<'_> {
    Ready::Each(Box::new(|id| !site.pages[id].page.meta.tags.is_empty()))
}

fn of_kind<'a>(site: &'a Edition, pattern: &Wildcards) -> Ready<'a> {
    let pattern = pattern.in_small_letters();
    with_label(site, |label| {
        site.tag(label).is_some_and(|tag| tag.kinds_of(label).iter().any(|kind| pattern.fits(kind)))
    })
}

fn any_kind(site: &Edition) -> Ready<'_> {
    with_label(site, |label| site.tag(label).is_some_and(|tag| !tag.kind_of(label).is_empty()))
}

/// The pages that carry a label that is as it should be.
fn with_label(site: &Edition, is: impl Fn(&str) -> bool) -> Ready<'_> {
    let labels = site.labels().iter().filter(|label| is(label));
    Ready::of_pages(labels.flat_map(|label| site.carrying(label)).copied().collect())
}

fn inside<'a>(site: &'a Edition, pattern: &Wildcards) -> Ready<'a> {
    match pattern.text() {
        Some(name) => Ready::Marked(site.columns.place(&site.pages, name)),
        None => {
            let is_inside = |page: &Arc<_>| folders_of(page).any(|folder| pattern.fits(folder));
            Ready::Marked(site.pages.iter().map(is_inside).collect())
        }
    }
}

/// Pages whose front matter says something of a key.
fn having<'a>(site: &'a Edition, pattern: &Wildcards) -> Ready<'a> {
    let pattern = pattern.clone();
    Ready::Each(Box::new(move |id| {
        let meta = &site.pages[id].page.meta;
        match pattern.text() {
            Some(name) => meta.at(name).is_some_and(keys::says_something),
            None => meta.data.iter().any(|(name, value)| pattern.fits(name) && keys::says_something(value)),
        }
    }))
}
