//! Addresses in raw HTML that pages pass on as they are: sets of pictures, what scripts load later, styles of elements.

use super::set::{SETS, candidates};
use super::sheet;
use super::tags::tags;
use crate::source::Span;

/// An address in HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnreadAddress {
    pub(crate) span: Span,
    /// Whether a blank would end it, since no quotes of its own stand around it.
    pub(crate) is_bare: bool,
}

/// Whether a value can be nothing but a path.
pub(crate) fn is_path(value: &str) -> bool {
    ["/", "./", "../"].iter().any(|begin| value.starts_with(begin))
}

/// All such addresses of a text, from a place on.
pub(crate) fn addresses(text: &str, from: usize) -> Vec<UnreadAddress> {
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
            let one = |span: Span| UnreadAddress { span: span.shifted(start), is_bare: false };
            if SETS.contains(&name.as_str()) {
                let set = candidates(value).into_iter();
                found.extend(set.map(|span| UnreadAddress { is_bare: true, ..one(span) }));
            } else if name == "style" {
                let named = sheet::addresses(value).into_iter();
                found.extend(named.map(|named| UnreadAddress { is_bare: named.is_bare, ..one(named.span) }));
            } else if (name.starts_with("data-") && is_path(value)) || name == "poster" {
                found.push(one(Span::new(0, value.len())));
            }
        }
        if !tag.closing && html[tag.name.clone()].eq_ignore_ascii_case("style") {
            let rest = &html[tag.end..];
            let end = rest.to_ascii_lowercase().find("</style").unwrap_or(rest.len());
            let named = sheet::addresses(&rest[..end]).into_iter();
            found.extend(named.map(|one| UnreadAddress { span: one.span.shifted(tag.end), is_bare: one.is_bare }));
        }
    }
    // What is written with characters of HTML is left alone.
    found.retain(|one| !one.span.of(html).contains(['&', '{', '}']));
    found.into_iter().map(|one| UnreadAddress { span: one.span.shifted(from), ..one }).collect()
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
