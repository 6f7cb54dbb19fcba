//! What a query can't know of the pages themselves: which day it is, and when their files changed.

use super::super::{Edition, PageId};
use crate::query::Day;
use crate::source::SourcePath;

/// When files last changed.
pub trait Changes: Sync {
    /// The day of a file's last change, `2026-01-31`, if it is known.
    fn last_change(&self, path: &SourcePath) -> Option<&str>;
}

/// What a query can know of days.
#[derive(Clone, Copy)]
pub struct Calendar<'a> {
    /// The day on which somebody asks.
    pub today: Day,
    /// When files last changed.
    pub changes: &'a dyn Changes,
}

impl Edition {
    /// The day when a page last changed: as its front matter says, or as git knows it, if configured.
    pub fn updated<'a>(&'a self, id: PageId, changes: &'a (impl Changes + ?Sized)) -> Option<&'a str> {
        let page = &self.pages[id].page;
        let written = page.meta.last_update.as_deref().and_then(|date| date.get(..10));
        written.filter(|date| Day::read(date).is_some()).or_else(|| {
            let change = changes.last_change(&page.path)?;
            self.config.git.last_updated.then_some(change)
        })
    }
}
