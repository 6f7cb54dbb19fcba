//! Tags of HTML that are written as JSX, as HTML: `className`, braced values,
//! `style={{width: '100%'}}`, `<div />`.

use std::ops::Range;

use serde_json::{Map, Value};

use super::literal::{self, Values, plain};
use crate::html::elements;
use crate::html::tag::{Attribute, Value as Written};
use crate::page::markdown::tag::ReadTag;

/// JSX's names for attributes, where HTML's is more than the same in lower case.
const NAMES: &[(&str, &str)] = &[
    ("acceptCharset", "accept-charset"),
    ("className", "class"),
    ("clipPath", "clip-path"),
    ("clipRule", "clip-rule"),
    ("fillOpacity", "fill-opacity"),
    ("fillRule", "fill-rule"),
    ("fontFamily", "font-family"),
    ("fontSize", "font-size"),
    ("fontWeight", "font-weight"),
    ("htmlFor", "for"),
    ("httpEquiv", "http-equiv"),
    ("stopColor", "stop-color"),
    ("stopOpacity", "stop-opacity"),
    ("strokeDasharray", "stroke-dasharray"),
    ("strokeDashoffset", "stroke-dashoffset"),
    ("strokeLinecap", "stroke-linecap"),
    ("strokeLinejoin", "stroke-linejoin"),
    ("strokeMiterlimit", "stroke-miterlimit"),
    ("strokeOpacity", "stroke-opacity"),
    ("strokeWidth", "stroke-width"),
    ("textAnchor", "text-anchor"),
    ("xlinkHref", "xlink:href"),
    ("xmlnsXlink", "xmlns:xlink"),
];

/// Properties whose numbers have no unit.
const UNITLESS: &[&str] = &[
    "animation-iteration-count",
    "aspect-ratio",
    "column-count",
    "columns",
    "fill-opacity",
    "flex",
    "flex-grow",
    "flex-shrink",
    "flood-opacity",
    "font-weight",
    "grid-area",
    "grid-column",
    "grid-column-end",
    "grid-column-start",
    "grid-row",
    "grid-row-end",
    "grid-row-start",
    "line-clamp",
    "line-height",
    "opacity",
    "order",
    "orphans",
    "scale",
    "stop-opacity",
    "stroke-dashoffset",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "tab-size",
    "widows",
    "z-index",
    "zoom",
];

/// Whether a body may hold a tag that is written as JSX.
pub(super) fn occurs(body: &[u8]) -> bool {
    ["/>", "={", "className", "htmlFor"].iter().any(|mark| memchr::memmem::find(body, mark.as_bytes()).is_some())
}

/// What makes HTML of a tag that is written as only JSX would have it.
pub(super) struct Rewrite {
    /// Replacements in the tag's text, in order.
    pub(super) edits: Vec<(Range<usize>, String)>,
    /// The attributes whose values HTML can't hold, as they stand in the body.
    pub(super) unread: Vec<Range<usize>>,
    /// Whether a closing tag was added.
    pub(super) closed: bool,
}

/// Makes HTML of a tag, if it isn't.
pub(super) fn rewrite(read: &ReadTag<'_>, values: &mut Values<'_>) -> Option<Rewrite> {
    let tag = &read.tag;
    let name = read.str(&tag.name);
    let closed = tag.self_closing && !elements::is_void(name);
    let is_jsx = |attribute: &Attribute| {
        matches!(attribute.value, Written::Braced(_)) || html_name(read.str(&attribute.name)).is_some()
    };
    // What Markdown would not take for a tag is text.
    let is_tag = tag.attributes.iter().all(|attribute| is_attribute_name(read.str(&attribute.name)));
    if tag.closing || !is_tag || !(closed || tag.attributes.iter().any(is_jsx)) {
        return None;
    }
    let mut rewrite = Rewrite { edits: Vec::new(), unread: Vec::new(), closed };
    for attribute in &tag.attributes {
        rewrite.attribute(read, attribute, values);
    }
    if closed {
        rewrite.edits.push((tag.end - 2..tag.end, format!("></{name}>")));
    }
    Some(rewrite)
}

impl Rewrite {
    fn attribute(&mut self, read: &ReadTag<'_>, attribute: &Attribute, values: &mut Values<'_>) {
        let written = read.str(&attribute.name);
        let name = html_name(written);
        let rename = name.map(|name| (attribute.name.clone(), name.to_owned()));
        let Written::Braced(inner) = &attribute.value else {
            self.edits.extend(rename);
            return;
        };
        let braces = inner.start - 1..inner.end + 1;
        match value(name.unwrap_or(written), read.str(inner), values) {
            Some(Held::Text(text)) => {
                self.edits.extend(rename);
                let mut quoted = String::from("\"");
                crate::html::push_attribute(&mut quoted, &text.replace(['\n', '\r'], " "));
                quoted.push('"');
                self.edits.push((braces, quoted));
            }
            Some(Held::True) => {
                self.edits.extend(rename);
                self.edits.push((attribute.name.end..braces.end, String::new()));
            }
            Some(Held::Nothing) => self.edits.push((attribute.range(), String::new())),
            None => {
                self.edits.push((attribute.range(), String::new()));
                self.unread.push(read.source_range(&attribute.range()));
            }
        }
    }
}

/// What HTML makes of a braced value.
enum Held {
    Text(String),
    True,
    Nothing,
}

/// What HTML makes of a braced value, if it can hold it.
fn value(name: &str, expression: &str, values: &mut Values<'_>) -> Option<Held> {
    if name == "key" || name == "ref" {
        return Some(Held::Nothing);
    }
    match literal::read(expression, values) {
        Ok(Value::Object(style)) if name == "style" => Some(Held::Text(css(&style))),
        Ok(Value::Null | Value::Bool(false)) => Some(Held::Nothing),
        Ok(Value::Bool(true)) => Some(Held::True),
        Ok(value @ (Value::String(_) | Value::Number(_))) => Some(Held::Text(plain(&value))),
        Ok(Value::Array(_) | Value::Object(_)) | Err(_) => None,
    }
}

fn is_attribute_name(name: &str) -> bool {
    name.bytes().enumerate().all(|(at, b)| {
        b.is_ascii_alphabetic() || b"_:".contains(&b) || (at > 0 && (b.is_ascii_digit() || b".-".contains(&b)))
    })
}

fn html_name(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(jsx, _)| *jsx == name).map(|(_, html)| *html)
}

/// A style object as CSS.
fn css(style: &Map<String, Value>) -> String {
    let mut out = String::new();
    for (name, value) in style {
        let name = property(name);
        let value = match value {
            Value::Number(number) if number.as_f64() != Some(0.0) && !is_unitless(&name) => format!("{number}px"),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => continue,
            other => plain(other),
        };
        if !out.is_empty() {
            out.push_str("; ");
        }
        out.extend([&name, ": ", value.trim()]);
    }
    out
}

fn is_unitless(property: &str) -> bool {
    property.starts_with("--") || UNITLESS.contains(&property)
}

/// `backgroundColor` as `background-color`, `WebkitMask` as `-webkit-mask`.
fn property(name: &str) -> String {
    if name.starts_with("--") {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len() + 2);
    if name.starts_with("ms") && name.chars().nth(2).is_some_and(char::is_uppercase) {
        out.push('-');
    }
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_spelled_as_css_has_them() {
        assert_eq!(property("backgroundColor"), "background-color");
        assert_eq!(property("WebkitMaskImage"), "-webkit-mask-image");
        assert_eq!(property("msGridRow"), "-ms-grid-row");
        assert_eq!(property("--Own"), "--Own");
        assert_eq!(property("margin"), "margin");
    }
}
