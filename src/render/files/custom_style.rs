//! The style sheet of the configured colours and typefaces, where there are any.

use crate::render::kind::{Listing, PublishedKind, Scope, only};
use crate::render::published::Rendered;
use crate::render::{style, theme};

/// The style sheet, whose name tells it from others.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "custom style",
    scope: Scope::Site,
    listing: Listing::AtOnce,
    list: |renderer| match style::custom(renderer.site) {
        Some(style) => only(theme::fingerprinted("custom.css", style.as_bytes())),
        None => Vec::new(),
    },
    key: |keys, _| Some(keys.frame()),
    make: |renderer, _, _| Ok(Rendered::text(style::custom(renderer.site).unwrap_or_default())),
};
