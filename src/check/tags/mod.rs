//! Tags against each other and against the vocabulary, and one tag under another name.

use super::context::SiteRule;

pub(super) mod add_value;
pub mod alike;
mod misspelt_key;
pub mod rename;
mod tag_names;
mod vocabulary;

/// For the whole site.
pub(super) const OF_SITE: &[SiteRule] = &[tag_names::check, vocabulary::check, misspelt_key::check];
