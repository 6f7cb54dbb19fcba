//! The files of the theme: style sheets, scripts, pictures.

use crate::render::kind::{Listed, Listing, PublishedKind, Scope};
use crate::render::published::{Rendered, THEME_FILE, Which};

/// Files of the theme, by their names there.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: THEME_FILE,
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        let assets = renderer.theme.assets.iter();
        assets.map(|(name, asset)| Listed { path: asset.path.clone(), which: Which::Named(name.clone()) }).collect()
    },
    key: |keys, _| Some(keys.frame()),
    make: |renderer, _, which| {
        let bytes = renderer.theme.assets.get(which.name()).map(|asset| asset.bytes.to_vec());
        Ok(Rendered::Bytes(bytes.unwrap_or_default()))
    },
};
