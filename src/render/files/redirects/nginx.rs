//! `redirects.nginx.conf`: a map from addresses to where they lead, for nginx, which has them decoded.

use std::fmt::Write as _;

use super::rules::{rules, spellings, status, writes};
use crate::config::RedirectFormat;
use crate::render::kind::{Listing, PublishedKind, Scope, only_if};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;

pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "redirects.nginx.conf",
    scope: Scope::Site,
    listing: Listing::AtOnce,
    list: |renderer| only_if(writes(renderer, RedirectFormat::Nginx), "redirects.nginx.conf"),
    key: |keys, _| Some(keys.whole()),
    make: |renderer, _, _| Ok(Rendered::text(write(renderer))),
};

fn write(renderer: &Renderer<'_>) -> String {
    let mut out = format!(
        "# In `http`: include this file. In `server`: if ($moved_to) {{ return {} $moved_to; }}\nmap $uri $moved_to {{\n    default \"\";\n",
        status(renderer)
    );
    for rule in rules(renderer) {
        for from in spellings(&rule.from) {
            let _ = writeln!(out, "    \"{}\" \"{}\";", quoted(&from), quoted(&rule.to.replace('$', "%24")));
        }
    }
    out.push_str("}\n");
    out
}

fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
