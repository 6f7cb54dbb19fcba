//! Lists: which pages a component that asks for some holds, in which order and in which groups. Asked by tag and folder
//! alone, these are pages that carry the tag, ordered by id without regard to case, then by position (pages without
//! one first), kept if their address has a folder of the filter's name. What is asked in the language of queries, `find`
//! knows.

use std::sync::Arc;

use super::Edition;
use super::find::{self, Axes, Calendar, Group, Matrix, Question};
use super::found_out::ListPlace;
use super::published::PageId;
pub use super::query_columns::has_folder;
use crate::page::{Component, Query, QueryPart};
use crate::query::{Expression, Grouping, QueryFault, SortBy};

/// Whether a page lies in a folder of that name.
pub fn is_folder(site: &Edition, name: &str) -> bool {
    site.columns.folder(&site.pages, name).contains(&true)
}

/// How many entries a list may have.
///
/// # Errors
/// If that is no number.
pub fn limit(term: &QueryPart) -> Result<usize, QueryFault> {
    let text = term.text.trim();
    text.parse().map_err(|_| {
        let span = crate::source::Span::new(0, term.text.len());
        QueryFault::new(span, format!("`{text}` is no number of pages"), "Write a whole number: `limit={5}`.")
    })
}

/// What one side of a table is, if the component says so.
pub fn axis(used: &Component, name: &str) -> Option<Result<Grouping, QueryFault>> {
    used.string(name).map(Grouping::read)
}

/// How much of a table must be filled, in percent.
///
/// # Errors
/// If that isn't said so that it can be read.
pub fn least(text: &str) -> Result<usize, QueryFault> {
    let number = text.trim().trim_end_matches('%').trim_end();
    number.parse().ok().filter(|percent| (0..=100).contains(percent)).ok_or_else(|| {
        let span = crate::source::Span::new(0, text.len());
        QueryFault::new(span, format!("`{text}` is no share of a whole"), "Write a number of percent: `min=\"80%\"`.")
    })
}

impl Edition {
    /// What a component asks for; nothing if it is no list.
    pub fn asked<'c>(&self, used: &'c Component) -> Option<std::borrow::Cow<'c, Query>> {
        let declared = self.components.get(&used.name).filter(|declared| declared.query)?;
        let speaks = declared.parameters.iter().any(|takes| takes.name == Query::LANGUAGE);
        let query = &used.query;
        Some(match speaks {
            true => std::borrow::Cow::Borrowed(query),
            false => std::borrow::Cow::Owned(query.without_language()),
        })
    }

    /// Whether no list holds a page.
    pub fn is_unlisted(&self, id: PageId) -> bool {
        self.columns.unlisted[id]
    }

    /// The pages that a list of a page holds, in order.
    pub fn list(&self, used: &Component, asking: PageId, calendar: Calendar<'_>) -> Arc<[PageId]> {
        let Some(query) = self.asked(used) else { return Arc::default() };
        let find = || self.query(&query, Some(asking), calendar);
        if !may_be_kept(&query) {
            return find().into();
        }
        let place = ListPlace { page: asking, start: used.span.start, today: calendar.today };
        self.found_out.list(place, find)
    }

    /// The same in groups, if it is to be grouped.
    pub fn groups(&self, used: &Component, found: &[PageId], calendar: Calendar<'_>) -> Option<Vec<Group>> {
        let asked = self.asked(used)?;
        let by = Grouping::read(&asked.group.as_ref()?.text).ok()?;
        Some(Question::to(self, calendar).group(found, &by))
    }

    /// What a component crosses, if it asks for that and says what in a way that can be read.
    pub fn matrix(&self, used: &Component, found: &[PageId], calendar: Calendar<'_>) -> Option<Matrix> {
        let axes = Axes { rows: axis(used, "rows")?.ok()?, columns: axis(used, "columns")?.ok()? };
        self.crosses(used).then(|| Question::to(self, calendar).matrix(found, &axes))
    }

    /// Whether a component shows a table of what it asks for.
    pub fn crosses(&self, used: &Component) -> bool {
        self.components.get(&used.name).is_some_and(|declared| declared.crosses)
    }

    /// The pages that a query finds, never the one that asks. What can't be understood finds nothing; how it is to be
    /// sorted or cut off is then as if it weren't said.
    pub fn query(&self, query: &Query, asking: Option<PageId>, calendar: Calendar<'_>) -> Vec<PageId> {
        let mut found: Vec<PageId> = match (query.tag(), &query.query) {
            (Some(label), _) => self.carrying(label).to_vec(),
            (None, None) => every_tagged_page(self),
            (None, Some(_)) => Vec::new(),
        };
        let inside = query.filter().map(|filter| self.columns.folder(&self.pages, filter));
        let is_in = |id: PageId| Some(id) != asking && inside.as_ref().is_none_or(|inside| inside[id]);
        let question = Question::to(self, calendar);
        if let Some(term) = &query.query {
            found = match Expression::read(&term.text) {
                Err(_) => Vec::new(),
                Ok(asked) if query.tag().is_none() => question.find(asked.as_ref()),
                Ok(None) => found,
                Ok(Some(asked)) => {
                    let as_asked = question.find(Some(&asked));
                    found.into_iter().filter(|id| as_asked.binary_search(id).is_ok()).collect()
                }
            };
        }
        found.retain(|&id| is_in(id));
        let by = query.sort.as_ref().and_then(|term| SortBy::read_all(&term.text).ok()).unwrap_or_default();
        question.sort(&mut found, &by);
        if let Some(limit) = query.limit.as_ref().and_then(|term| limit(term).ok()) {
            found.truncate(limit);
        }
        found
    }
}

/// Whether a list holds the same whenever it is asked for.
fn may_be_kept(query: &Query) -> bool {
    let asked = query.query.as_ref().and_then(|term| Expression::read(&term.text).ok().flatten());
    let by = query.sort.as_ref().and_then(|term| SortBy::read_all(&term.text).ok()).unwrap_or_default();
    asked.is_none_or(|asked| find::may_be_kept(&asked)) && !by.iter().any(SortBy::is_by_change)
}

/// All pages that carry a tag, in the order in which labels first occur, each once.
fn every_tagged_page(site: &Edition) -> Vec<PageId> {
    let mut seen = vec![false; site.pages.len()];
    let mut found = Vec::new();
    for label in &site.label_order {
        for &id in site.carrying(label) {
            if !std::mem::replace(&mut seen[id], true) {
                found.push(id);
            }
        }
    }
    found
}
