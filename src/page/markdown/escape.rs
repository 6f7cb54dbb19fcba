//! Text into HTML and back: whole texts and addresses, and character references read as
//! the characters they stand for.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

use crate::html::push_text;

/// Text as HTML.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out
}

/// Appends an address for an attribute's double quotes: what may not stand in
/// an address is percent-encoded, what is encoded already stays.
pub(super) fn push_address(out: &mut String, address: &str) {
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'+' | b'!' | b'*' | b'(' | b')' | b',' | b'%' | b'#' | b'@' | b'?' | b'=' | b';'
            | b':' | b'/' | b'$' | b'~' => out.push(char::from(byte)),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

/// Reads character references (`&amp;`, `&#233;`, `&eacute;`) as characters.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = rest.bytes().skip(1).take(40).position(|b| !(b.is_ascii_alphanumeric() || b == b'#'));
        let end = match length {
            Some(length) if rest.as_bytes()[length + 1] == b';' => length + 2,
            _ => 1,
        };
        push_reference(&mut out, &rest[..end]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads the escapes of Markdown (`\\(`) and character references as characters.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', text.as_bytes()).is_none() {
        return decode(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&decode(&rest[..at]));
        let escaped = rest[at + 1..].chars().next().filter(char::is_ascii_punctuation);
        out.push(escaped.unwrap_or('\\'));
        rest = &rest[at + 1 + escaped.map_or(0, char::len_utf8)..];
    }
    out.push_str(&decode(rest));
    Cow::Owned(out)
}

/// Appends what one reference stands for. The table of names is the Markdown library's.
fn push_reference(out: &mut String, reference: &str) {
    match reference {
        "&" => out.push('&'),
        "&amp;" => out.push('&'),
        "&lt;" => out.push('<'),
        "&gt;" => out.push('>'),
        "&quot;" => out.push('"'),
        "&#39;" => out.push('\''),
        _ => Parser::new(reference).for_each(|event| {
            if let Event::Text(text) = event {
                out.push_str(&text);
            }
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_and_what_only_looks_like_one_stays() {
        assert_eq!(decode("a &amp; b &eacute; &#x41; &#0; &nope; &"), "a & b é A \u{fffd} &nope; &");
        assert_eq!(decode("?a=1&b=2"), "?a=1&b=2");
    }

    #[test]
    fn escapes_are_read_before_signs_and_stay_before_letters() {
        assert_eq!(unescape("a\\(b\\)\\c\\\\ \\&amp; &amp;\\"), "a(b)\\c\\ &amp; &\\");
    }

    #[test]
    fn an_address_keeps_what_is_encoded_and_encodes_the_rest() {
        let mut out = String::new();
        push_address(&mut out, "/a b/ä%20?x=1&y=[2]\"<");
        assert_eq!(out, "/a%20b/%C3%A4%20?x=1&amp;y=%5B2%5D%22%3C");
    }
}
