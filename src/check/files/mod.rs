//! Files as such: their names, their bytes, and whether anybody reads them.

use super::context::SiteRule;

mod byte_order_mark;
mod leftover;
mod line_ending;
pub(super) mod merge_conflict;
mod same_name;
mod unused_file;

/// For the whole site.
pub(super) const OF_SITE: &[SiteRule] =
    &[byte_order_mark::check, line_ending::check, unused_file::check, leftover::check, same_name::check];
