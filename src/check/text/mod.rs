//! What stands in a text and was not meant so, or is not read as it was meant.

use super::context::{PageRule, SiteRule, TextRule};

mod credentials;
mod diagram;
mod embedded_data;
mod emoji_name;
mod foreign;
mod formula;
mod heading;
mod html;
mod invisible;
mod line_break;
mod missing_word;
mod mojibake;
mod pasted;
mod placeholder;
mod repeated_word;
mod secret;
mod table;
mod unknown_box;
mod unsafe_html;

/// For texts.
pub(super) const OF_TEXTS: &[TextRule] = &[
    unknown_box::check,
    foreign::check,
    formula::check,
    diagram::check,
    mojibake::check,
    invisible::check,
    table::check,
    heading::check,
    placeholder::check,
    repeated_word::check,
    pasted::check,
    emoji_name::check,
    embedded_data::check,
    secret::check,
    credentials::check,
    line_break::check,
    html::check,
    unsafe_html::check,
];

/// For pages, one at a time: a wiki's link names a page.
pub(super) const OF_PAGES: &[PageRule] = &[foreign::check_wiki];

/// For the whole site.
pub(super) const OF_SITE: &[SiteRule] = &[secret::check_others];
