//! Which pages may stand at an end of a relation.

use crate::query::Expression;
use crate::site::find::{self, Calendar, Question};
use crate::site::{Edition, PageId};

/// The pages that may stand at one end.
pub(super) struct Allowed {
    /// For each page, whether the query finds it; nothing where all may stand there.
    found: Option<Vec<bool>>,
}

impl Allowed {
    /// Those that a query finds.
    pub(super) fn of(site: &Edition, calendar: Calendar<'_>, query: Option<&Expression>) -> Self {
        // A query that names what there isn't is told, and says nothing of pages.
        let query = query.filter(|query| find::doubts(site, query).is_empty());
        let found = query.map(|query| {
            // Queries find no page that is unlisted, and nobody can say of what kind it is.
            let mut found: Vec<bool> = site.pages.iter().map(|published| published.page.meta.unlisted).collect();
            Question::to(site, calendar).find(Some(query)).into_iter().for_each(|id| found[id] = true);
            found
        });
        Self { found }
    }

    /// Whether a page may stand there.
    pub(super) fn admits(&self, id: PageId) -> bool {
        self.found.as_ref().is_none_or(|found| found[id])
    }

    /// Whether it is said which pages these are.
    pub(super) fn is_said(&self) -> bool {
        self.found.is_some()
    }
}
