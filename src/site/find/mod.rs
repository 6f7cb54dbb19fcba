//! Which pages a query finds. Terms are made ready once for a query (`terms.rs`), so that pages are only compared with
//! what they are asked; what can't be meant as it is written, `doubts.rs` tells.

mod arrange;
mod calendar;
mod continued;
mod doubts;
mod keys;
mod matrix;
mod page_names;
mod related;
mod sets;
mod terms;
mod words;

pub use arrange::{Common, Group};
pub use calendar::{Calendar, Changes};
pub use continued::{continued, front_matter_keys, kinds};
pub use doubts::{doubts, doubts_of_grouping, doubts_of_order};
pub use matrix::{Axes, Gap, Matrix, Totals};

pub use page_names::{bare, page_named};

use super::edition::Edition;
use super::published::PageId;
use crate::query::{Expression, Term};
use sets::Ready;

/// One term and whether a page is as it says.
pub struct TermAnswer {
    /// The term as written.
    pub term: String,
    /// Whether it stands below a `not`, so that it should not hold.
    pub is_denied: bool,
    /// Whether it holds for the page.
    pub holds: bool,
}

/// A question put to an edition.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The edition.
    pub site: &'a Edition,
    /// What can be known of days.
    pub calendar: Calendar<'a>,
}

impl<'a> Question<'a> {
    /// One that is put to this edition on this day.
    pub fn to(site: &'a Edition, calendar: Calendar<'a>) -> Self {
        Self { site, calendar }
    }

    /// The pages that a query finds, in order of id, all where nothing is asked; what is unlisted is found by none.
    pub fn find(&self, expression: Option<&Expression>) -> Vec<PageId> {
        let all = 0..self.site.pages.len();
        let listed = |pages: Vec<PageId>| pages.into_iter().filter(|&id| self.is_listed(id)).collect();
        let Some(asked) = expression else { return listed(all.collect()) };
        if !may_be_kept(asked) {
            return listed(self.ready(asked).pages(all.len()));
        }
        let reads_bodies = asked.terms().into_iter().any(reads_bodies);
        // Made ready before others wait for the answer: bodies are read on all cores, and none of them may have to wait, too.
        let ready = (reads_bodies && self.site.has_unread_bodies()).then(|| self.ready_with_bodies(asked));
        let find = || listed(ready.unwrap_or_else(|| self.ready(asked)).pages(all.len()));
        self.site.found_out.answer(format!("{} {asked}", self.calendar.today), reads_bodies, find).to_vec()
    }

    /// A query made ready, with the bodies read of all pages whose words it may ask for.
    fn ready_with_bodies(&self, asked: &Expression) -> Ready<'a> {
        let ready = self.ready(asked);
        if ready.is_costly() {
            let asked: Vec<PageId> = (0..self.site.pages.len()).filter(|&id| ready.may_hold(id)).collect();
            self.site.read_bodies(&asked);
        }
        ready
    }

    /// Whether a query finds a page.
    pub fn finds(&self, expression: &Expression, id: PageId) -> bool {
        self.is_listed(id) && self.ready(expression).holds(id)
    }

    /// For each term of a query, whether it holds for a page.
    pub fn answers(&self, expression: &Expression, id: PageId) -> Vec<TermAnswer> {
        let mut answers = Vec::new();
        self.answer(expression, PageAsked { id, is_denied: false }, &mut answers);
        answers
    }

    fn answer(&self, expression: &Expression, asked: PageAsked, answers: &mut Vec<TermAnswer>) {
        match expression {
            Expression::Term(term) => answers.push(TermAnswer {
                term: term.to_string(),
                is_denied: asked.is_denied,
                holds: self.term(term).holds(asked.id),
            }),
            Expression::Not(of) => self.answer(of, PageAsked { is_denied: !asked.is_denied, ..asked }, answers),
            Expression::All(parts) | Expression::Any(parts) => {
                parts.iter().for_each(|part| self.answer(part, asked, answers));
            }
        }
    }

    /// Whether lists may hold a page.
    fn is_listed(&self, id: PageId) -> bool {
        !self.site.is_unlisted(id)
    }

    fn ready(&self, expression: &Expression) -> Ready<'a> {
        let all = |parts: &[Expression]| parts.iter().map(|part| self.ready(part)).collect();
        match expression {
            Expression::Term(term) => self.term(term),
            Expression::Not(of) => Ready::Not(Box::new(self.ready(of))),
            Expression::All(parts) => Ready::all(all(parts)),
            Expression::Any(parts) => Ready::Any(all(parts)),
        }
    }
}

/// Whether a query finds the same whenever it is put to an edition: when files changed, git may know tomorrow; all else is
/// frozen with the edition.
pub(super) fn may_be_kept(asked: &Expression) -> bool {
    !asked.terms().iter().any(|term| term.name.text.eq_ignore_ascii_case("updated"))
}

/// Whether a term speaks of what stands in the bodies of pages, and not in front matter alone.
fn reads_bodies(term: &Term) -> bool {
    ["word", "links-to", "linked-from"].iter().any(|name| term.name.text.eq_ignore_ascii_case(name))
}

/// A page that is asked about.
#[derive(Clone, Copy)]
struct PageAsked {
    id: PageId,
    is_denied: bool,
}
