//! `robots.txt`: all is welcome, and here is the map.

use std::fmt::Write as _;

use crate::render::facts;
use crate::render::kind::{Listing, PublishedKind, Scope, only};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;

/// The whole file.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "robots.txt",
    scope: Scope::Site,
    listing: Listing::AtOnce,
    list: |_| only("robots.txt"),
    key: |keys, _| Some(keys.frame()),
    make: |renderer, _, _| Ok(Rendered::text(write(renderer))),
};

/// The whole file.
fn write(renderer: &Renderer<'_>) -> String {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = facts::base_url(renderer.site) {
        out.push('\n');
        for (_, edition) in renderer.library.editions() {
            let _ = writeln!(out, "Sitemap: {base}{}", edition.own_file("sitemap.xml"));
        }
    }
    out
}
