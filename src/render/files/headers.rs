//! What a host should say with each answer: as `_headers`, which Netlify, Cloudflare Pages and others read, and as other
//! hosts' own configuration.

use std::fmt::Write as _;

use super::{ahead, policy};
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
    make: |renderer, _, _| Ok(Rendered::text(HostHeaders::of(renderer).written(HeaderFormat::Netlify))),
};

/// What is said of every file but the policy.
const EVERYWHERE: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

/// What is said of `assets/`: the names there hold a fingerprint of what is in the files.
const OF_ASSETS: (&str, &str) = ("Cache-Control", "public, max-age=31536000, immutable");

/// What the rules of what may be asked for ahead are; browsers take them as nothing else.
const AHEAD_TYPE: (&str, &str) = ("Content-Type", "application/speculationrules+json");

/// Who is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeaderFormat {
    /// `_headers`: Netlify, Cloudflare Pages and others.
    #[default]
    Netlify,
    /// nginx, in `server`.
    Nginx,
    /// Apache, in `VirtualHost` or `.htaccess`.
    Apache,
    /// Caddy, in the site's block.
    Caddy,
    /// The pages themselves, for a template: what a host that takes no headers can't say.
    Html,
}

/// What a host should say of a site's files.
pub struct HostHeaders {
    base: String,
    policy: String,
    /// Where the rules of what may be asked for ahead lie.
    ahead: String,
    /// The same in quotes, as their header has it.
    ahead_quoted: String,
}

impl HostHeaders {
    /// Of a site.
    pub fn of(renderer: &Renderer<'_>) -> Self {
        let base = address::encode_path(&renderer.site.config.site.base_path).into_owned();
        let ahead = format!("{base}{}", ahead::path(renderer));
        let ahead_quoted = format!("\"{ahead}\"");
        Self { base, policy: policy::policy(renderer), ahead, ahead_quoted }
    }

    /// In the words of a host.
    pub fn written(&self, format: HeaderFormat) -> String {
        match format {
            HeaderFormat::Netlify => self.netlify(),
            HeaderFormat::Nginx => self.nginx(),
            HeaderFormat::Apache => self.apache(),
            HeaderFormat::Caddy => self.caddy(),
            HeaderFormat::Html => self.html(),
        }
    }

    fn everywhere(&self) -> impl Iterator<Item = (&str, &str)> {
        let ahead = [("Speculation-Rules", self.ahead_quoted.as_str())];
        std::iter::once(("Content-Security-Policy", self.policy.as_str())).chain(EVERYWHERE).chain(ahead)
    }

    fn netlify(&self) -> String {
        let (base, (name, value)) = (&self.base, OF_ASSETS);
        let everywhere: String = self.everywhere().map(|(name, value)| format!("  {name}: {value}\n")).collect();
        let (path, (kind, rules)) = (&self.ahead, AHEAD_TYPE);
        let ahead = format!("\n{path}\n  {kind}: {rules}\n");
        format!("{base}*\n{everywhere}\n{base}assets/*\n  {name}: {value}\n{ahead}")
    }

    fn nginx(&self) -> String {
        let line = |(name, value): (&str, &str)| format!("add_header {name} \"{}\" always;\n", quoted(value));
        let everywhere: String = self.everywhere().map(line).collect();
        let mut out = format!("# In `server`.\n{everywhere}location {}assets/ {{\n", self.base);
        out.push_str("    # What is said here takes the place of what is said above, so that is said again.\n");
        everywhere.lines().for_each(|line| _ = writeln!(out, "    {line}"));
        let (name, value) = OF_ASSETS;
        let _ = write!(out, "    add_header {name} \"{value}\";\n}}\n");
        let _ = write!(out, "location = {} {{\n    types {{ }}\n    default_type {};\n", self.ahead, AHEAD_TYPE.1);
        everywhere.lines().for_each(|line| _ = writeln!(out, "    {line}"));
        out.push_str("}\n");
        out
    }

    fn apache(&self) -> String {
        let line = |(name, value): (&str, &str)| format!("Header always set {name} \"{}\"\n", quoted(value));
        let everywhere: String = self.everywhere().map(line).collect();
        let (base, (name, value)) = (&self.base, OF_ASSETS);
        let (path, (kind, rules)) = (&self.ahead, AHEAD_TYPE);
        let ahead = format!("Header set {kind} \"{rules}\" \"expr=%{{REQUEST_URI}} == '{path}'\"\n");
        format!(
            "{everywhere}Header set {name} \"{value}\" \"expr=%{{REQUEST_URI}} -strmatch '{base}assets/*'\"\n{ahead}"
        )
    }

    fn caddy(&self) -> String {
        let line = |(name, value): (&str, &str)| format!("\t{name} \"{}\"\n", quoted(value));
        let everywhere: String = self.everywhere().map(line).collect();
        let (base, (name, value)) = (&self.base, OF_ASSETS);
        let (path, (kind, rules)) = (&self.ahead, AHEAD_TYPE);
        let ahead = format!("header {path} {kind} \"{rules}\"\n");
        format!("header {{\n{everywhere}}}\nheader {base}assets/* {name} \"{value}\"\n{ahead}")
    }

    /// Browsers take who may show the site in a frame from a host only.
    fn html(&self) -> String {
        let known = self.policy.split("; ").filter(|part| !part.starts_with("frame-ancestors"));
        let policy = known.collect::<Vec<_>>().join("; ").replace('"', "&quot;");
        format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n")
    }
}

/// A value as it stands in double quotes.
fn quoted(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"")
}
