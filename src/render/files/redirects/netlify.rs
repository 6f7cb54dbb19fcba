//! `_redirects`, which Netlify, Cloudflare Pages and others read. It finds an address with and without a slash at its end.

use std::fmt::Write as _;

use super::rules::{rules, status, writes};
use crate::config::RedirectFormat;
use crate::render::kind::{Listing, PublishedKind, Scope, only_if};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::site::address;

pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "_redirects",
    scope: Scope::Site,
    listing: Listing::AtOnce,
    list: |renderer| only_if(writes(renderer, RedirectFormat::Netlify), "_redirects"),
    key: |keys, _| Some(keys.whole()),
    make: |renderer, _, _| Ok(Rendered::text(write(renderer))),
};

fn write(renderer: &Renderer<'_>) -> String {
    let mut out = String::new();
    for rule in rules(renderer) {
        // A star or a colon would stand for any name.
        let from = address::encode_path(&rule.from).replace('*', "%2A").replace(':', "%3A");
        let _ = writeln!(out, "{from} {} {}", rule.to, status(renderer));
    }
    out
}
