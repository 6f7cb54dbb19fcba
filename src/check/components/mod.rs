//! Components against what their templates ask for, and tags that are written so that they are none.

use super::context::PageRule;

mod around;
mod checklist;
mod component;
mod data;
mod ignored_body;
mod leading_on;
mod shown_component;
mod tag_slips;
mod unread_component;

/// For pages, one at a time.
pub(super) const OF_PAGES: &[PageRule] = &[
    component::check,
    unread_component::check,
    shown_component::check,
    ignored_body::check,
    leading_on::check,
    around::check,
    data::check,
    checklist::check,
];
