//! What `book.toml` asks for, against what there is.

use super::context::SiteRule;

mod assessment;
mod book;
mod catalogs;
pub mod configuration;
mod configured_redirect;
mod order;
mod words;

/// For the whole site.
pub(super) const OF_SITE: &[SiteRule] = &[
    configured_redirect::check,
    book::check,
    catalogs::check,
    configuration::check,
    assessment::check,
    order::check,
    words::check,
];
