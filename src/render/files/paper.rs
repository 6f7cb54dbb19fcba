//! The style sheets of long pages on paper.

use crate::render::kind::{Listing, PublishedKind, Scope, in_order};
use crate::render::paper;
use crate::render::published::Rendered;

/// One for each long page, by the long pages' places.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "paper style",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        let site = renderer.site;
        in_order((0..site.long_pages.len()).map(|at| paper::published(site, at).0))
    },
    // Its path tells it from all others.
    key: |keys, _| Some(keys.program()),
    make: |renderer, _, which| Ok(Rendered::text(paper::published(renderer.site, which.at()).1)),
};
