//! Bare addresses in text, by the rules of GitHub's Markdown: `www.example.org`,
//! `https://example.org/a_(b)`, `ftp://…`, `mailto:…`, `me@example.org`.
//! Sees one stretch of text at a time and knows nothing of what surrounds it.

use std::ops::Range;

/// An address found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What goes before it to make it a whole address.
    pub(super) scheme: &'static str,
}

/// The same as `may_hold`, faster for a whole page.
pub(super) fn may_hold_somewhere(text: &str) -> bool {
    let holds = |mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    memchr::memchr(b'@', text.as_bytes()).is_some() || holds("://") || holds("www.")
}

/// Whether a text may hold an address; much faster than looking for one.
pub(super) fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b':', b'@', b'.', bytes).any(|at| match bytes[at] {
        b':' => bytes[at..].starts_with(b"://"),
        b'.' => bytes[..at].ends_with(b"www"),
        _ => true,
    })
}

/// The addresses in a text, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found: Vec<Found> = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while at < bytes.len() {
        let hit = match bytes[at] {
            b'w' => www(text, at),
            b':' => with_scheme(text, at, done),
            b'@' => email(text, at, done),
            _ => None,
        };
        match hit {
            Some(hit) => {
                done = hit.range.end;
                at = done.max(at + 1);
                found.push(hit);
            }
            None => at += 1,
        }
    }
    found
}

fn www(text: &str, start: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    let before = start.checked_sub(1).map(|at| bytes[at]);
    let may_stand = before.is_none_or(|b| b.is_ascii_whitespace() || b"*_~([]".contains(&b));
    if !may_stand || !bytes[start..].starts_with(b"www.") {
        return None;
    }
    let domain = domain_length(&text[start..], false)?;
    Some(Found { range: start..extent(text, start, start + domain), scheme: "http://" })
}

fn with_scheme(text: &str, colon: usize, done: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    if !bytes[colon..].starts_with(b"://") {
        return None;
    }
    let start = colon - bytes[done..colon].iter().rev().take(6).take_while(|b| b.is_ascii_alphabetic()).count();
    let scheme = &bytes[start..colon];
    if ![&b"http"[..], b"https", b"ftp"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    if start > done && bytes[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    let domain = domain_length(&text[colon + 3..], true)?;
    Some(Found { range: start..extent(text, start, colon + 3 + domain), scheme: "" })
}

fn email(text: &str, at: usize, done: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    let is_local = |b: &u8| b.is_ascii_alphanumeric() || b"._+-".contains(b);
    let mut start = at - bytes[done..at].iter().rev().take(256).take_while(|b| is_local(b)).count();
    if start == at {
        return None;
    }
    let tail = &bytes[at + 1..];
    let mut length = tail.iter().take(256).take_while(|b| b.is_ascii_alphanumeric() || b"._-".contains(b)).count();
    while length > 0 && tail[length - 1] == b'.' {
        length -= 1;
    }
    if length == 0 || !tail[..length].contains(&b'.') || b"-_".contains(&tail[length - 1]) || tail[0] == b'.' {
        return None;
    }
    if tail.get(length) == Some(&b'@') {
        return None;
    }
    let mut scheme = "mailto:";
    for written in ["mailto:", "xmpp:"] {
        if text[done..start].to_ascii_lowercase().ends_with(written) {
            let before = start - written.len();
            if before == done || !bytes[before - 1].is_ascii_alphanumeric() {
                start = before;
                scheme = "";
            }
            break;
        }
    }
    Some(Found { range: start..at + 1 + length, scheme })
}

/// The length of a domain: parts of letters, digits, `-` and `_`, parted by periods, with no
/// underscore in the last two; at least one period unless a short name will do.
fn domain_length(text: &str, short: bool) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    // No domain is longer than 253 characters; without an end to it hostile text would be read again and again.
    let end = text.char_indices().take(260).find(|&(_, c)| !is_part(c) && c != '.').map(|(at, _)| at);
    let end = end.or((text.len() < 260).then_some(text.len()))?;
    let domain = &text[..end];
    let mut parts = domain.trim_end_matches('.').rsplit('.');
    let (last, before) = (parts.next()?, parts.next());
    let holds_underscore = last.contains('_') || before.is_some_and(|part| part.contains('_'));
    let enough = !last.is_empty() && (short || before.is_some());
    (enough && !holds_underscore && domain.starts_with(is_part)).then_some(end)
}

/// Where an address ends: at white space or `<`, without punctuation at its end,
/// without a closing parenthesis that nothing in it opens.
fn extent(text: &str, start: usize, from: usize) -> usize {
    let bytes = text.as_bytes();
    let stop = text[from..].find(|c: char| c.is_whitespace() || c == '<').map_or(text.len(), |at| from + at);
    let mut end = stop;
    let count = |byte: u8| bytes[start..stop].iter().filter(|&&b| b == byte).count();
    let mut surplus = count(b')').saturating_sub(count(b'('));
    while end > from {
        match bytes[end - 1] {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => end -= 1,
            b')' if surplus > 0 => {
                surplus -= 1;
                end -= 1;
            }
            b';' => {
                let name = bytes[from..end - 1].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
                let amp = end - 1 - name;
                if name > 0 && amp > from && bytes[amp - 1] == b'&' {
                    end = amp - 1;
                } else {
                    end -= 1;
                }
            }
            _ => break,
        }
    }
    // A domain may end in a period that belongs to the sentence.
    while end > start && bytes[end - 1] == b'.' {
        end -= 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let all = find(text);
        assert!(all.is_empty() || may_hold(text), "{text:?}");
        all.iter().map(|hit| format!("{}{}", hit.scheme, &text[hit.range.clone()])).collect()
    }

    #[test]
    fn an_address_ends_before_the_punctuation_of_its_sentence() {
        assert_eq!(
            found("See www.example.org/a, or (https://x.y/a_(b))."),
            ["http://www.example.org/a", "https://x.y/a_(b)"]
        );
        assert_eq!(found("www.x.y/?q=a&hl; www.x.y/?q=a&hl=en"), ["http://www.x.y/?q=a", "http://www.x.y/?q=a&hl=en"]);
        assert_eq!(found("“https://x.y”"), ["https://x.y”"]);
        assert_eq!(found("FTP://x.y https://localhost:80/a"), ["FTP://x.y", "https://localhost:80/a"]);
    }

    #[test]
    fn what_only_looks_like_an_address_is_left_alone() {
        for text in ["awww.x.y", "xhttps://x.y", "http://", "www.", "https://a_b.c_d", "a@b", "a@b.c_", "@a.b", "://x"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn mail_addresses_are_found_with_and_without_their_scheme() {
        assert_eq!(found("a.b-c_d@a.b. and mailto:x@y.z"), ["mailto:a.b-c_d@a.b", "mailto:x@y.z"]);
        assert_eq!(found("ä@b.c é+x@b.c"), ["mailto:+x@b.c"]);
    }
}
