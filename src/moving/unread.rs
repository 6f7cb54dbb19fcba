//! Addresses in raw HTML that pages pass on as they are: sets of pictures, what scripts load later, styles of elements.

use super::encoding::WrittenIn;
use super::sheets;
use crate::html::tags::tags;
use crate::source::Span;

/// An address in HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnreadAddress {
    pub(super) span: Span,
    pub(super) script: WrittenIn,
}

/// Attributes that name several pictures, each with what it is for.
const SETS: [&str; 3] = ["srcset", "imagesrcset", "data-srcset"];

/// All such addresses of a text, from a place on.
pub(super) fn addresses(text: &str, from: usize) -> Vec<UnreadAddress> {
    let html = &text[from..];
    // Nearly no page holds one.
    if !["srcset", "srcSet", "SRCSET", "data-", "style", "STYLE", "poster"].iter().any(|name| html.contains(name)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for tag in tags(html) {
        for attribute in &tag.attributes {
            let name = html[attribute.name.clone()].to_ascii_lowercase();
            let Some(range) = attribute.value.plain() else { continue };
            let (value, start) = (&html[range.clone()], range.start);
            let one = |span: Span| UnreadAddress { span: span.shifted(start), script: WrittenIn::Html };
            let is_path = || ["/", "./", "../"].iter().any(|begin| value.starts_with(begin));
            if SETS.contains(&name.as_str()) {
                let set = candidates(value).into_iter();
                found.extend(set.map(|span| UnreadAddress { script: WrittenIn::Markdown, ..one(span) }));
            } else if name == "style" {
                let named = sheets::addresses(value).into_iter();
                found.extend(named.map(|named| UnreadAddress { script: named.script(), ..one(named.span) }));
            } else if (name.starts_with("data-") && is_path()) || name == "poster" {
                found.push(one(Span::new(0, value.len())));
            }
        }
        if !tag.closing && html[tag.name.clone()].eq_ignore_ascii_case("style") {
            let rest = &html[tag.end..];
            let end = rest.to_ascii_lowercase().find("</style").unwrap_or(rest.len());
            let named = sheets::addresses(&rest[..end]).into_iter();
            found.extend(named.map(|one| UnreadAddress { span: one.span.shifted(tag.end), script: one.script() }));
        }
    }
    // What is written with characters of HTML is left alone.
    found.retain(|one| !one.span.of(html).contains(['&', '{', '}']));
    found.into_iter().map(|one| UnreadAddress { span: one.span.shifted(from), ..one }).collect()
}

/// The addresses of a set: each up to a blank, with what it is for up to a comma.
fn candidates(set: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = set[at..].find(|c: char| !c.is_ascii_whitespace() && c != ',') {
        let start = at + begin;
        let rest = &set[start..];
        let word = &rest[..rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len())];
        let address = word.trim_end_matches(',');
        found.push(Span::new(start, start + address.len()));
        at = start + word.len();
        if address.len() == word.len() {
            at += set[at..].find(',').unwrap_or(set.len() - at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_in_sets_styles_and_what_scripts_load() {
        let html = "--- srcset\n<img srcset=\"/a.png 1x, b.png 2x,c.png\" data-src=\"../d.png\" data-id=\"x/y\"> `style`\n\
                    <p style=\"background: url('e.png')\"><STYLE>p { background: url(f.png) }</STYLE><x-film poster=g.png>\
                    <img srcset=\"{{ x }} 1x\">";
        let found: Vec<&str> = addresses(html, 4).into_iter().map(|one| one.span.of(html)).collect();
        assert_eq!(found, ["/a.png", "b.png", "c.png", "../d.png", "e.png", "f.png", "g.png"]);
        assert!(addresses("<img src=a.png>", 0).is_empty());
    }
}
