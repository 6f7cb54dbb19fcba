//! The smaller sizes of large pictures.

use std::collections::BTreeSet;

use crate::page::LinkKind;
use crate::render::kind::{Listed, Listing, PublishedKind, Scope};
use crate::render::picture;
use crate::render::published::{Rendered, Which};
use crate::site::{Edition, Place};

/// Smaller sizes of pictures that pages show, by the pictures' addresses and the widths.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "smaller picture",
    scope: Scope::Edition,
    listing: Listing::Late(|_, path| path.starts_with(picture::FOLDER)),
    list: |renderer| list(renderer.site),
    // Their paths name all that they are made from.
    key: |keys, _| Some(keys.program()),
    make: |renderer, _, which| match which {
        Which::Wide(route, width) => {
            let recipe = picture::recipe(renderer.site, route, *width).map(Box::new);
            Ok(recipe.map_or(Rendered::Bytes(Vec::new()), Rendered::Smaller))
        }
        _ => Ok(Rendered::Bytes(Vec::new())),
    },
};

/// The smaller sizes of pictures that pages show.
fn list(site: &Edition) -> Vec<Listed> {
    if !site.all_files().any(|file| file.digest.is_some()) {
        return Vec::new();
    }
    let is_shown = |kind: LinkKind| matches!(kind, LinkKind::Image | LinkKind::Attribute);
    let mut shown: BTreeSet<String> = BTreeSet::new();
    for (published, resolutions) in site.pages.iter().zip(site.all_links()) {
        for (_, resolution) in published.page.links.iter().zip(resolutions).filter(|(link, _)| is_shown(link.kind)) {
            if let Place::File(route) = &resolution.place
                && !shown.contains(route)
            {
                shown.insert(route.clone());
            }
        }
    }
    for (id, published) in site.pages.iter().enumerate() {
        if let Some(written) = &published.page.meta.list_image
            && let Place::File(route) = site.resolve_from(id, written, LinkKind::Image).place
        {
            shown.insert(route);
        }
    }
    let sizes = shown.iter().flat_map(|route| picture::sizes(site, route).into_iter().map(move |size| (route, size)));
    sizes.map(|(route, size)| Listed { path: size.path, which: Which::Wide(route.clone(), size.width) }).collect()
}
