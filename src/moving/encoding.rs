//! The letters of a reference: what must be encoded where it is written, and what its author encoded there.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::page::LinkKind;
use crate::site::address;

/// A reference as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenReference<'t> {
    /// What stands in the file.
    pub(super) raw: &'t str,
    /// What that is read as.
    pub(super) target: &'t str,
    /// What it is for.
    pub(super) kind: LinkKind,
    /// By which rules it is written.
    pub(super) script: WrittenIn,
}

/// By which rules a reference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrittenIn {
    /// Markdown's, without spaces.
    Markdown,
    /// Markdown's between `<` and `>`.
    Angle,
    /// HTML's, in an attribute.
    Html,
    /// In a value that is quoted where it has to be.
    Value,
}

impl WrittenIn {
    /// Of an address in HTML or a style sheet, with quotes around it or without.
    pub(super) fn of_bare(is_bare: bool) -> Self {
        if is_bare { Self::Markdown } else { Self::Html }
    }
}

/// What is encoded everywhere, since it means something in one of the languages around, or in an address.
const ODD: &AsciiSet = &CONTROLS
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

const ODD_AND_SPACE: &AsciiSet = &ODD.add(b' ');

const ODD_IN_MARKDOWN: &AsciiSet = &ODD_AND_SPACE.add(b'(').add(b')').add(b'[').add(b']');

/// What is encoded in a fragment whose author encodes what isn't ASCII.
const FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A path, with what must be encoded, or was.
pub(super) fn path(written: WrittenReference<'_>, path: &str) -> String {
    let raw = written.raw;
    if raw.contains('%') && raw.is_ascii() {
        let encoded = address::encode_path(path).into_owned();
        return utf8_percent_encode_more(&encoded);
    }
    let set = match written.script {
        WrittenIn::Markdown if raw.contains('(') || raw.contains('[') => ODD_AND_SPACE,
        WrittenIn::Markdown => ODD_IN_MARKDOWN,
        WrittenIn::Angle | WrittenIn::Html | WrittenIn::Value if raw.contains("%20") => ODD_AND_SPACE,
        WrittenIn::Angle | WrittenIn::Html | WrittenIn::Value => ODD,
    };
    encoded(path, set)
}

/// Letters that addresses may have, and that mean something in the languages around.
fn utf8_percent_encode_more(path: &str) -> String {
    path.replace('&', "%26").replace('\'', "%27").replace('(', "%28").replace(')', "%29")
}

/// What follows the path: as it is, but for a fragment that is another.
pub(super) fn rest(written: WrittenReference<'_>, rest: &str, fragment: Option<&str>) -> String {
    let (query, old) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    let is_raw = written.raw.trim() == written.target.trim();
    let shown = |text: &str| match written.script {
        _ if is_raw => text.to_owned(),
        // What was written with characters of HTML needs them again.
        WrittenIn::Html | WrittenIn::Markdown | WrittenIn::Angle => {
            text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace(' ', "%20")
        }
        WrittenIn::Value => text.to_owned(),
    };
    match fragment {
        Some(fragment) if written.raw.contains('%') && written.raw.is_ascii() => {
            format!("{}#{}", shown(query), utf8_percent_encode(fragment, FRAGMENT))
        }
        Some(fragment) => format!("{}#{}", shown(query), encoded(fragment, ODD_IN_MARKDOWN)),
        None => format!("{}{}", shown(query), shown(old)),
    }
}

/// Only ASCII is encoded: letters of all languages stay as they are.
fn encoded(text: &str, set: &'static AsciiSet) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_ascii() {
            true => out.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), set)),
            false => out.push(c),
        }
    }
    out
}
