//! Where links lead, and how they are written.

use super::context::{PageRule, TextRule};

mod address;
pub(super) mod anchor;
mod bare_address;
mod book_link;
pub(super) mod called;
mod detour;
pub(super) mod link;
mod link_text;
mod own_computer;
mod picture;
pub(super) mod reference;
pub(super) mod remembered_names;
mod source_address;
mod tracking;
mod unread_link;
mod unread_target;

/// For pages, one at a time.
pub(super) const OF_PAGES: &[PageRule] = &[link::check, anchor::check, link_text::check];

/// For texts.
pub(super) const OF_TEXTS: &[TextRule] =
    &[picture::check, unread_link::check, bare_address::check, tracking::check, detour::check];
