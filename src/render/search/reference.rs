//! Character references (`&amp;`, `&#8212;`) read as what they stand for, as far as text comes with them.

use std::borrow::Cow;

use memchr::memchr;

/// Text with its character references read; one that isn't known becomes a space.
pub fn decoded(html: &str) -> Cow<'_, str> {
    if memchr(b'&', html.as_bytes()).is_none() {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.map(|end| (character(&rest[..end]), end)) {
            Some((read, end)) => {
                out.push(read);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> char {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        _ => match name.strip_prefix('#') {
            Some(hex) if hex.starts_with(['x', 'X']) => number(&hex[1..], 16).unwrap_or(' '),
            Some(digits) => number(digits, 10).unwrap_or(' '),
            None => ' ',
        },
    }
}
