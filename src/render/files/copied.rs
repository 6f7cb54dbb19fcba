//! Files of the project that are published as they are: those of `static/`, and those beside pages that a page refers to.

use std::collections::BTreeSet;

use crate::render::kind::{Listed, Listing, PublishedKind, Scope};
use crate::render::published::{Rendered, Which};
use crate::render::renderer::Renderer;
use crate::site::lies_beside;
use crate::source::Root;

/// Files of `static/`, by their addresses.
pub(crate) const STATIC: PublishedKind = PublishedKind {
    name: "static file",
    scope: Scope::Site,
    listing: Listing::AtOnce,
    list: |renderer| {
        let fixed = renderer.site.files.iter().filter(|(_, file)| file.path.root() == Root::Static);
        fixed.map(|(route, _)| listed(route)).collect()
    },
    key: |keys, which| keys.file(which.name()),
    make: |renderer, _, which| Ok(copy(renderer, which)),
};

/// Files beside pages, by their addresses.
pub(crate) const BESIDE: PublishedKind = PublishedKind {
    name: "file beside a page",
    scope: Scope::Edition,
    listing: Listing::Late(|renderer, path| renderer.site.files.get(&format!("/{path}")).is_some_and(lies_beside)),
    list: |renderer| referred_to(renderer).into_iter().map(listed).collect(),
    key: |keys, which| keys.file(which.name()),
    make: |renderer, _, which| Ok(copy(renderer, which)),
};

/// Files at addresses that they had once, by those that they have: a page can't stand for a picture.
pub(crate) const MOVED: PublishedKind = PublishedKind {
    name: "moved file",
    scope: Scope::Edition,
    listing: Listing::AtOnce,
    list: |renderer| {
        let moved = renderer.site.moved_files.iter();
        moved.map(|(from, to)| Listed { which: Which::Named(to.clone()), ..listed(from) }).collect()
    },
    key: |keys, which| keys.file(which.name()),
    make: |renderer, _, which| Ok(copy(renderer, which)),
};

fn listed(route: &str) -> Listed {
    Listed { path: route.trim_start_matches('/').to_owned(), which: Which::Named(route.to_owned()) }
}

fn copy(renderer: &Renderer<'_>, which: &Which) -> Rendered {
    match renderer.site.files.get(which.name()) {
        Some(file) => Rendered::CopyOf(file.file.clone()),
        None => Rendered::Bytes(Vec::new()),
    }
}

/// The addresses of files beside pages that a page refers to: others are the authors' own.
fn referred_to<'a>(renderer: &Renderer<'a>) -> BTreeSet<&'a str> {
    let (site, referred) = (renderer.site, renderer.library.referred_to());
    let files = site.files.iter().filter(|(route, file)| lies_beside(file) && referred.contains(*route));
    files.map(|(route, _)| route.as_str()).collect()
}
