//! The parts of the search index.

use crate::render::kind::{Listed, Listing, PublishedKind};
use crate::render::published::{Rendered, Which};
use crate::search;

/// Parts of the index, by their names. Which there are takes making the index.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "search",
    listing: Listing::Late(|_, path| path.starts_with(search::FOLDER)),
    list: |renderer| {
        let parts = renderer.search.files(renderer.site).into_iter();
        parts.map(|(path, name)| Listed { path, which: Which::Named(name) }).collect()
    },
    key: |keys, which| Some(keys.search_part(which.name())),
    make: |renderer, _, which| Ok(Rendered::Bytes(renderer.search.part(renderer.site, which.name()))),
};
