//! Which pages browsers may ask for before a reader follows a link: rules for those that a host's header sends here.

use serde_json::json;

use crate::render::kind::{Listing, PublishedKind, Scope, only};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;
use crate::render::theme;
use crate::site::address;

/// The rules, under a name that follows from them.
pub(crate) const KIND: PublishedKind = PublishedKind {
    name: "speculation rules",
    scope: Scope::Site,
    listing: Listing::AtOnce,
    list: |renderer| only(path(renderer)),
    key: |keys, _| Some(keys.frame()),
    make: |renderer, _, _| Ok(Rendered::text(rules(renderer))),
};

/// Where they are published.
pub(super) fn path(renderer: &Renderer<'_>) -> String {
    theme::fingerprinted("speculation.json", rules(renderer).as_bytes())
}

/// Pages of the site whose links are pointed at: no files, which have a dot in their names, and no ways from old addresses.
fn rules(renderer: &Renderer<'_>) -> String {
    let base = as_pattern(&address::encode_path(&renderer.site.config.site.base_path));
    let conditions = json!([
        { "href_matches": format!("{base}*") },
        { "not": { "href_matches": format!("{base}*.*") } },
        { "not": { "selector_matches": "[download], [data-redirect], [rel~=nofollow], [href*='?']" } },
    ]);
    json!({ "prefetch": [{ "where": { "and": conditions }, "eagerness": "moderate" }] }).to_string() + "\n"
}

/// A path as a pattern that only itself is of.
fn as_pattern(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for c in path.chars() {
        if "\\:*+?(){}".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_pattern_of_nothing_else() {
        assert_eq!(as_pattern("/a-b/c(1)*/"), "/a-b/c\\(1\\)\\*/");
    }
}
