//! `.htaccess` with a rule for each old address, for Apache, which has them decoded.

use std::fmt::Write as _;

use percent_encoding::percent_decode_str;

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

/// What a rule begins with.
const RULE: &str = "RedirectMatch";

fn write(renderer: &Renderer<'_>) -> String {
    let mut out = String::new();
    for rule in rules(renderer) {
        let ending = if rule.from.ends_with(".html") { "" } else { "(?:/|\\.html)?" };
        let to = destination(&rule.to);
        let _ = writeln!(out, "{RULE} {} \"^{}{ending}$\" \"{to}\"", status(renderer), pattern(&rule.from));
    }
    out
}

/// Where a rule leads: Apache encodes the path itself, and takes a dollar sign for a part of what was found.
fn destination(to: &str) -> String {
    let (path, rest) = to.find(['?', '#']).map_or((to, ""), |at| to.split_at(at));
    let path = percent_decode_str(path).decode_utf8_lossy();
    let path = path.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\\\$");
    path + &rest.replace('$', "%24").replace('"', "%22")
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
    use super::{destination, pattern};

    #[test]
    fn a_pattern_finds_one_path() {
        assert_eq!(destination("/a%20b/%C3%BC$1?q=$1#x%20y"), "/a b/ü\\\\$1?q=%241#x%20y");
        assert_eq!(pattern("/a.b (c)/ü+\"%"), "/a\\.b \\(c\\)/ü\\+\\x22\\x25");
    }
}
