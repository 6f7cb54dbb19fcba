//! Addresses as a book may hold them: those that lead out of it are whole, of a kind that every e-reader can hand on, and
//! written as the rules for addresses say.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

const NOT_IN_ADDRESSES: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address elsewhere; nothing for what is none.
pub(super) fn elsewhere(written: &str) -> Option<String> {
    let written = if written.starts_with("//") { format!("https:{written}") } else { written.to_owned() };
    let (scheme, rest) = written.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" => {
            let rest = rest.strip_prefix("//")?;
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (host, below) = rest.split_at(end);
            is_host(host).then(|| format!("{scheme}://{host}{}", encoded(below)))
        }
        "mailto" | "tel" if !rest.is_empty() => Some(format!("{scheme}:{}", encoded(rest))),
        _ => None,
    }
}

/// An id as the end of an address.
pub(super) fn fragment(id: &str) -> String {
    utf8_percent_encode(&id.replace('%', "%25").replace('#', "%23"), NOT_IN_ADDRESSES).to_string()
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_label = |label: &str| {
        let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        !label.is_empty() && label.chars().all(is_letter) && !label.starts_with('-') && !label.ends_with('-')
    };
    name.split('.').all(is_label) && port.parse::<u16>().is_ok()
}

/// The same with everything encoded that may not stand in it, what is encoded already left as it is.
fn encoded(rest: &str) -> String {
    let mut out = String::with_capacity(rest.len());
    let mut hashes = 0;
    for (at, part) in rest.split('%').enumerate() {
        let is_code = part.get(..2).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        if at > 0 {
            out.push_str(if is_code { "%" } else { "%25" });
        }
        for (between, piece) in part.split('#').enumerate() {
            if between > 0 {
                hashes += 1;
                out.push_str(if hashes == 1 { "#" } else { "%23" });
            }
            out.extend(utf8_percent_encode(piece, NOT_IN_ADDRESSES));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_can_follow_is_no_address() {
        for (written, expected) in [
            ("https://a.example/b c?d=[e]#f#g", Some("https://a.example/b%20c?d=%5Be%5D#f%23g")),
            ("//a.example:8080", Some("https://a.example:8080")),
            ("HTTP://a.example/100%/%20", Some("http://a.example/100%25/%20")),
            ("mailto:a@b.example", Some("mailto:a@b.example")),
            ("https://", None),
            ("https://a b/", None),
            ("https://a..b/", None),
            ("https://a.example:x/", None),
            ("javascript:alert(1)", None),
            ("gopher://a.example", None),
            ("mailto:", None),
        ] {
            assert_eq!(elsewhere(written).as_deref(), expected, "{written}");
        }
        assert_eq!(fragment("a b#c%"), "a%20b%23c%25");
    }
}
