//! The parts of the search index.

use crate::render::kind::{Listed, Listing, PublishedKind, Scope};
use crate::render::published::{Rendered, Which};
use crate::search;

/// Parts of the index, by their names. Which there are takes making the index.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "search",
    scope: Scope::Edition,
    listing: Listing::Late(|renderer, path| path.starts_with(&renderer.site.own_file(search::FOLDER))),
    list: |renderer| {
        let parts = renderer.search.files(renderer.site).into_iter();
        parts.map(|(path, name)| Listed { path, which: Which::Named(name) }).collect()
    },
    key: |keys, which| Some(keys.search_part(which.name())),
    make: |renderer, _, which| Ok(Rendered::Bytes(renderer.search.part(renderer.site, which.name()))),
};
