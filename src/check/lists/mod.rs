//! Lists of pages and the queries that they ask.

use super::context::SiteRule;

mod empty_list;
pub(super) mod list;
mod query;

/// For the whole site.
pub(super) const OF_SITE: &[SiteRule] = &[empty_list::check, query::check];
