//! Pages as such: what they are called, how old they are, what leads to them, and in which languages they exist.

use super::context::{PageRule, SiteRule};

mod empty_page;
mod front_page;
mod orphan;
mod stale;
mod title;
pub mod translation;
mod unread_front_matter;

/// For pages, one at a time.
pub(super) const OF_PAGES: &[PageRule] = &[title::check, empty_page::check, unread_front_matter::check, stale::check];

/// For the whole site.
pub(super) const OF_SITE: &[SiteRule] = &[front_page::check, orphan::check];
