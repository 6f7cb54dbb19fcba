//! `robots.txt`: all is welcome, and here is the map.

use std::fmt::Write as _;

use crate::render::facts;
use crate::render::kind::{Listing, PublishedKind, only};
use crate::render::published::Rendered;
use crate::site::Edition;

/// The whole file.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "robots.txt",
    listing: Listing::AtOnce,
    list: |_| only("robots.txt"),
    key: |keys, _| Some(keys.frame()),
    make: |renderer, _, _| Ok(Rendered::text(write(renderer.site))),
};

/// The whole file.
fn write(site: &Edition) -> String {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = facts::base_url(site) {
        let _ = writeln!(out, "\nSitemap: {base}sitemap.xml");
    }
    out
}
