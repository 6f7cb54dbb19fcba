//! Raw HTML taken apart where the site has a say in it: links, images, addresses
//! in other tags, and the tokens of components. Tolerant as browsers are: what is
//! no tag is passed on as it stands.

use std::ops::Range;

use crate::html::tag::{Syntax, Tag};
use crate::html::tags::{self, Token, tokens};
use crate::page::facts::{HtmlAttribute, named_by};
use crate::page::markdown::escape;
use crate::source::Span;

/// A stretch of raw HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Part {
    /// Passed on as it is.
    Html(Range<usize>),
    /// A component's token: which mark, and where it stands.
    Token(usize, Range<usize>),
    /// `<a href>`.
    Link(Reference),
    /// `</a>`
    LinkEnd(Range<usize>),
    /// `<img src>`.
    Image(Reference),
    /// An address in another tag.
    Address(Reference),
    /// Where a value with addresses begins or ends that doesn't stand between double quotes.
    Quote,
    /// Before a `<table>`.
    Table,
    /// After a `</table>`.
    TableEnd,
}

/// Raw HTML taken apart.
pub(super) struct Taken {
    pub(super) parts: Vec<Part>,
    /// Where comments stand, which are passed on with what is around them.
    pub(super) comments: Vec<Range<usize>>,
    /// The ids that its tags bring.
    pub(super) ids: Vec<String>,
}

/// An address in raw HTML.
#[derive(Debug, PartialEq)]
pub(super) struct Reference {
    /// The address, decoded.
    pub(super) target: String,
    /// An image's alternative text.
    pub(super) text: String,
    /// The tag's other attributes, with their values as they are written.
    pub(super) attributes: Vec<HtmlAttribute>,
    /// Where the tag stands.
    pub(super) tag: Range<usize>,
    /// Where the address stands.
    pub(super) place: Range<usize>,
    /// Where the values of those attributes stand that name files, too: with the attributes' places among the others.
    pub(super) named: Vec<(usize, Range<usize>)>,
}

impl Reference {
    /// A tag's, of which nothing else is known.
    fn of(tag: &Tag) -> Self {
        let (target, text, attributes, named) = Default::default();
        Self { target, text, attributes, tag: tag.start..tag.end, place: 0..0, named }
    }
}

/// Elements with an address, and the attribute that is it.
const ADDRESSES: &[(&str, &str)] = &[
    ("area", "href"),
    ("audio", "src"),
    ("embed", "src"),
    ("iframe", "src"),
    ("input", "src"),
    ("link", "href"),
    ("object", "data"),
    ("script", "src"),
    ("source", "src"),
    ("track", "src"),
    ("video", "poster"),
    ("video", "src"),
];

/// Where addresses stand in the value of an element's attribute.
fn addresses_in(element: &str, attribute: &str, value: &str) -> Vec<Span> {
    let is_named = ADDRESSES.iter().any(|(of, address)| *of == element && *address == attribute);
    match attribute {
        _ if is_named && !value.trim().is_empty() => vec![Span::new(0, value.len())],
        _ if ["img", "source", "link"].contains(&element) || attribute == "data-src" || attribute == "data-poster" => {
            named_by(attribute, value)
        }
        _ => Vec::new(),
    }
}

/// Takes raw HTML apart; `token` tells which token begins at an offset, and its length.
pub(super) fn parts(text: &str, token: impl Fn(usize) -> Option<(usize, usize)>) -> Taken {
    let mut parts = Parts { parts: Vec::new(), done: 0 };
    let (mut comments, mut ids, mut has_sign) = (Vec::new(), Vec::new(), false);
    for found in tokens(text, Syntax::Jsx) {
        let at = match &found {
            Token::Tag(tag) => tag.start,
            Token::Comment(range) => range.start,
            Token::Sign(at) => *at,
        };
        if let Some((length, mark)) = token(at) {
            parts.push(at, at + length, Part::Token(mark, at..at + length));
            continue;
        }
        match found {
            Token::Tag(tag) => {
                ids.extend(tags::ids_of(text, &tag).map(str::to_owned));
                parts.tag(text, &tag);
            }
            Token::Comment(range) => comments.push(range),
            Token::Sign(_) => has_sign = true,
        }
    }
    parts.push_html(text.len());
    // What is no tag to Markdown may be one to a browser.
    let ids = if has_sign { tags::ids(text).map(str::to_owned).collect() } else { ids };
    Taken { parts: parts.parts, comments, ids }
}

/// The text of raw HTML, without its tags; nothing where something is no tag, since no prose comes of that.
pub(super) fn text(text: &str) -> String {
    let mut out = String::new();
    let mut tokens = tokens(text, Syntax::Jsx);
    let mut done = 0;
    while let Some(found) = tokens.next() {
        let start = match found {
            Token::Tag(tag) => tag.start,
            Token::Comment(range) => range.start,
            Token::Sign(_) => return String::new(),
        };
        out.push_str(&text[done..start]);
        done = tokens.place();
    }
    out.push_str(&text[done..]);
    escape::decode(&out).into_owned()
}

struct Parts {
    parts: Vec<Part>,
    done: usize,
}

impl Parts {
    fn push(&mut self, start: usize, end: usize, part: Part) {
        self.push_html(start);
        self.parts.push(part);
        self.done = end;
    }

    fn push_html(&mut self, end: usize) {
        if self.done < end {
            self.parts.push(Part::Html(self.done..end));
            self.done = end;
        }
    }

    fn tag(&mut self, text: &str, tag: &Tag) {
        let (at, name) = (tag.start, text[tag.name.clone()].to_ascii_lowercase());
        if tag.closing {
            match name.as_str() {
                "a" => self.push(at, tag.end, Part::LinkEnd(at..tag.end)),
                "table" => self.push(tag.end, tag.end, Part::TableEnd),
                _ => {}
            }
            return;
        }
        match name.as_str() {
            "table" => self.push(at, at, Part::Table),
            "a" => {
                if let Some(reference) = reference(text, tag, "href", &["href"]) {
                    self.push(at, tag.end, Part::Link(reference));
                }
            }
            "img" => match reference(text, tag, "src", &["src", "alt"]) {
                Some(reference) => self.push(at, tag.end, Part::Image(reference)),
                None => self.addresses(text, tag, &name),
            },
            _ => self.addresses(text, tag, &name),
        }
    }

    /// The addresses of a tag, in the order in which they stand.
    fn addresses(&mut self, text: &str, tag: &Tag, element: &str) {
        for attribute in &tag.attributes {
            let name = text[attribute.name.clone()].to_ascii_lowercase();
            let Some(range) = attribute.value.plain().filter(|range| range.start >= self.done) else { continue };
            let value = &text[range.clone()];
            let found = addresses_in(element, &name, value);
            if found.is_empty() {
                continue;
            }
            let quote = text.as_bytes()[range.start - 1];
            let (single, is_doubly) = (usize::from(quote == b'\''), quote == b'"');
            if !is_doubly {
                self.push(range.start - single, range.start, Part::Quote);
            }
            for span in found {
                let place = range.start + span.start..range.start + span.end;
                let target = escape::decode(span.of(value)).trim().to_owned();
                let reference = Reference { target, place: place.clone(), ..Reference::of(tag) };
                self.push(place.start, place.end, Part::Address(reference));
            }
            if !is_doubly {
                self.push(range.end, range.end + single, Part::Quote);
            }
        }
    }
}

/// The reference that a tag makes with one attribute; the others are kept, but for those left out.
fn reference(text: &str, tag: &Tag, address: &str, left_out: &[&str]) -> Option<Reference> {
    let mut reference = Reference::of(tag);
    let mut found = false;
    let mut seen: Vec<String> = Vec::new();
    for attribute in &tag.attributes {
        let name = text[attribute.name.clone()].to_ascii_lowercase();
        // Of several of one name, the first counts.
        if name.is_empty() || seen.contains(&name) {
            continue;
        }
        let value = attribute.value.plain();
        match value {
            Some(range) if name == address => {
                reference.target = escape::decode(&text[range.clone()]).trim().to_owned();
                reference.place = range.clone();
                found = true;
            }
            Some(range) if name == "alt" => reference.text = escape::decode(&text[range.clone()]).into_owned(),
            _ => {}
        }
        if !left_out.contains(&name.as_str()) {
            reference.named.extend(value.map(|range| (reference.attributes.len(), range.clone())));
            let value = value.map_or("", |range| &text[range.clone()]).replace('"', "&quot;");
            reference.attributes.push(HtmlAttribute { name: name.clone(), value });
        }
        if seen.len() < 100 {
            seen.push(name);
        }
    }
    found.then_some(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let listed = |reference: &Reference| {
            let listed =
                reference.attributes.iter().map(|attribute| format!(" {}=\"{}\"", attribute.name, attribute.value));
            listed.collect::<String>()
        };
        let show = |part: &Part| match part {
            Part::Html(range) => text[range.clone()].to_owned(),
            Part::Token(mark, _) => format!("token {mark}"),
            Part::Link(reference) => format!("link {} [{}]", reference.target, listed(reference)),
            Part::LinkEnd(_) => "end".to_owned(),
            Part::Image(reference) => {
                format!("image {} {} [{}]", reference.target, reference.text, listed(reference))
            }
            Part::Address(reference) => format!("address {}", reference.target),
            Part::Quote => "quote".to_owned(),
            Part::Table => "table".into(),
            Part::TableEnd => "table end".into(),
        };
        parts(text, |_| None).parts.iter().map(show).collect()
    }

    #[test]
    fn links_images_and_addresses_are_taken_out() {
        assert_eq!(
            shown(
                "<p><A class='x' HREF=a&amp;b target>t</A><img alt=\"A &lt;\" src='i.png' src=\"j.png\" width=1></p>"
            ),
            ["<p>", "link a&b [ class=\"x\" target=\"\"]", "t", "end", "image i.png A < [ width=\"1\"]", "</p>"]
        );
        assert_eq!(
            shown("<video poster=\"p.png\" src=\"v.mp4\" controls>"),
            ["<video poster=\"", "address p.png", "\" src=\"", "address v.mp4", "\" controls>"]
        );
    }

    #[test]
    fn sets_of_pictures_and_what_is_loaded_late_are_taken_out() {
        assert_eq!(
            shown("<source srcset='a.png 1x, b.png 2x' media=x>"),
            ["<source srcset=", "quote", "address a.png", " 1x, ", "address b.png", " 2x", "quote", " media=x>"]
        );
        assert_eq!(
            shown("<img data-src=./a.png data-id=/x/y><video data-poster=\"../p.png\" data-src=\"film\">"),
            [
                "<img data-src=",
                "quote",
                "address ./a.png",
                "quote",
                " data-id=/x/y><video data-poster=\"",
                "address ../p.png",
                "\" data-src=\"film\">"
            ]
        );
    }

    #[test]
    fn a_further_attribute_that_holds_double_quotes_is_passed_on() {
        for html in [
            "<source srcset='a.png 1x\" onload=alert(1) x=\"'>",
            "<source srcset='a.png 1x, b.png 2x\" onload=alert(1) x=\"'>",
            "<video data-poster='./a.png\" onclick=alert(1) x=\"'>",
        ] {
            assert_eq!(shown(html), [html]);
        }
    }

    #[test]
    fn comments_scripts_and_broken_tags_are_passed_on() {
        for text in [
            "<!-- <a href=x> -->",
            "<script>'<a href=x>'</script>",
            "<a href=",
            "<img alt=x>",
            "a < b",
            "<a name=x>",
            "<!-- <a href=x>",
        ] {
            assert_eq!(shown(text), [text], "{text}");
        }
    }
}
