//! `_headers`: what a host should say with each answer, in the format that Netlify, Cloudflare
//! Pages and others read. `docs/publishing.md` tells the same for servers that don't.

use std::fmt::Write as _;

use super::policy;
use crate::render::kind::{Listing, PublishedKind, Scope, only_if};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::site::address;

/// What hosts should say.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "_headers",
    scope: Scope::Site,
    listing: Listing::AtOnce,
    list: |renderer| only_if(renderer.site.config.writes_headers(), "_headers"),
    key: |keys, _| Some(keys.whole()),
    make: |renderer, _, _| Ok(Rendered::text(write(renderer))),
};

/// What is said of every file but the policy.
const EVERYWHERE: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

/// The whole file.
fn write(renderer: &Renderer<'_>) -> String {
    let base = address::encode_path(&renderer.site.config.site.base_path);
    let mut out = format!("{base}*\n  Content-Security-Policy: {}\n", policy::policy(renderer));
    for (name, value) in EVERYWHERE {
        let _ = writeln!(out, "  {name}: {value}");
    }
    // Their names hold a fingerprint of what is in them.
    let _ = write!(out, "\n{base}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n");
    out
}
