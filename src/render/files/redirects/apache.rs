//! `.htaccess` with a rule for each old address, for Apache, which has them decoded.

use std::fmt::Write as _;

use super::rules::{rules, status, writes};
use crate::config::RedirectFormat;
use crate::render::kind::{Listing, PublishedKind, Scope, only_if};
use crate::render::published::Rendered;
use crate::render::renderer::Renderer;

pub(crate) const KIND: PublishedKind = PublishedKind {
    name: ".htaccess",
    scope: Scope::Site,
    listing: Listing::AtOnce,
    list: |renderer| only_if(writes(renderer, RedirectFormat::Apache), ".htaccess"),
    key: |keys, _| Some(keys.whole()),
    make: |renderer, _, _| Ok(Rendered::text(write(renderer))),
};

fn write(renderer: &Renderer<'_>) -> String {
    let mut out = String::new();
    for rule in rules(renderer) {
        let ending = if rule.from.ends_with(".html") { "" } else { "(?:/|\\.html)?" };
        // A dollar sign would stand for a part of what was found.
        let to = rule.to.replace('$', "%24").replace('"', "%22");
        let _ = writeln!(out, "RedirectMatch {} \"^{}{ending}$\" \"{to}\"", status(renderer), pattern(&rule.from));
    }
    out
}

/// A path as a pattern that finds nothing else, in quotes.
fn pattern(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len() + 8);
    for sign in path.chars() {
        match sign {
            '"' | '\\' => pattern.push_str(if sign == '"' { "\\x22" } else { "\\x5c" }),
            '.' | '+' | '*' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => {
                pattern.push('\\');
                pattern.push(sign);
            }
            '%' => pattern.push_str("\\x25"),
            sign => pattern.push(sign),
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn a_pattern_finds_one_path() {
        assert_eq!(pattern("/a.b (c)/ü+\"%"), "/a\\.b \\(c\\)/ü\\+\\x22\\x25");
    }
}
