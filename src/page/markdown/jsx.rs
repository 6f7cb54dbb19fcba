//! Tags of HTML that are written as JSX, as HTML: `className`, braced values,
//! `style={{width: '100%'}}`, `<div />`.

use std::ops::Range;

use serde_json::{Map, Value};

use super::inline::{ReadTag, plain};
use super::tag::RawValue;
use super::{escape, html, literal};
use crate::page::FrontMatter;

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

/// A tag as HTML, and the places of the values that HTML can't hold, if it is
/// written as only JSX would have it.
pub(super) fn rewrite(read: &ReadTag<'_>, meta: &FrontMatter) -> Option<(String, Vec<Range<usize>>)> {
    let tag = &read.tag;
    let name = read.str(&tag.name);
    if tag.closing {
        return None;
    }
    let is_void = html::is_void(name);
    let is_jsx = |attribute: &super::tag::RawAttribute| {
        matches!(attribute.value, RawValue::Braced(_)) || html_name(read.str(&attribute.name)).is_some()
    };
    if !(tag.self_closing && !is_void) && !tag.attributes.iter().any(is_jsx) {
        return None;
    }
    // What Markdown would not take for a tag is text.
    let is_name = |name: &str| {
        name.bytes().enumerate().all(|(at, b)| {
            b.is_ascii_alphabetic() || b"_:".contains(&b) || (at > 0 && (b.is_ascii_digit() || b".-".contains(&b)))
        })
    };
    if !tag.attributes.iter().all(|attribute| is_name(read.str(&attribute.name))) {
        return None;
    }
    let mut out = format!("<{name}");
    let mut unread = Vec::new();
    for attribute in &tag.attributes {
        let written = read.str(&attribute.name);
        let name = html_name(written).unwrap_or(written);
        match &attribute.value {
            RawValue::None => out.extend([" ", name]),
            RawValue::Quoted(range) | RawValue::Bare(range) => push_raw(&mut out, name, read.str(range)),
            RawValue::Braced(range) => {
                if !push_value(&mut out, name, read.str(range), meta) {
                    unread.push(read.source_range(&attribute.range()));
                }
            }
        }
    }
    match (tag.self_closing, is_void) {
        (true, true) => out.push_str(" />"),
        (true, false) => out.extend(["></", name, ">"]),
        _ => out.push('>'),
    }
    Some((out, unread))
}

fn html_name(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(jsx, _)| *jsx == name).map(|(_, html)| *html)
}

/// Writes a quoted value on one line; what is escaped in it stays so.
fn push_raw(out: &mut String, name: &str, value: &str) {
    out.extend([" ", name, "=\""]);
    for (index, line) in value.lines().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(&if index > 0 { line.trim_start() } else { line }.replace('"', "&quot;"));
    }
    out.push('"');
}

/// Writes a braced value; tells whether HTML can hold it.
fn push_value(out: &mut String, name: &str, expression: &str, meta: &FrontMatter) -> bool {
    if name == "key" || name == "ref" {
        return true;
    }
    let value = match literal::read(expression, meta) {
        Ok(Value::Object(style)) if name == "style" => Value::String(css(&style)),
        Ok(value) => value,
        Err(_) => return false,
    };
    match &value {
        Value::Null | Value::Bool(false) => {}
        Value::Bool(true) => out.extend([" ", name]),
        Value::Array(_) | Value::Object(_) => return false,
        Value::String(_) | Value::Number(_) => {
            out.extend([" ", name, "=\""]);
            escape::push_attribute(out, &plain(&value).replace(['\n', '\r'], " "));
            out.push('"');
        }
    }
    !name.is_empty()
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
