//! What joins two boxes of a flowchart, as it is written: `-->`, `-. text .->`, `==x`, `<-->|text|`.

use crate::graph::{LineHead, LineStroke};

#[derive(Debug, Default, PartialEq)]
pub(crate) struct WrittenLink {
    pub(crate) stroke: LineStroke,
    pub(crate) start: LineHead,
    pub(crate) end: LineHead,
    pub(crate) length: usize,
    pub(crate) label: String,
}

/// The link that a text begins with, and what follows it.
pub(crate) fn read(text: &str) -> Option<(WrittenLink, &str)> {
    let (start, rest) = match text.as_bytes() {
        [b'<', b'-' | b'=', ..] => (LineHead::Arrow, &text[1..]),
        [b'o', b'-' | b'=', ..] => (LineHead::Circle, &text[1..]),
        [b'x', b'-' | b'=', ..] => (LineHead::Cross, &text[1..]),
        _ => (LineHead::None, text),
    };
    if let Some(rest) = rest.strip_prefix("~~~") {
        return Some((
            WrittenLink { stroke: LineStroke::Hidden, length: 1, ..WrittenLink::default() },
            rest.trim_start_matches('~'),
        ));
    }
    let (stroke, open) = [("--", LineStroke::Plain), ("-.", LineStroke::Dotted), ("==", LineStroke::Thick)]
        .into_iter()
        .find_map(|(sign, stroke)| rest.starts_with(sign).then_some((stroke, sign)))?;
    let whole = run(rest, stroke);
    if let Some((length, end, after)) = whole {
        let (label, after) = barred(after);
        return Some((WrittenLink { stroke, start, end, length, label }, after));
    }
    // Its text stands within: `-- text -->`.
    let inner = &rest[open.len()..];
    let close = match stroke {
        LineStroke::Dotted => inner.find(".-")?,
        LineStroke::Thick => inner.find("==")?,
        LineStroke::Plain | LineStroke::Hidden => inner.find("--")?,
    };
    let tail = if stroke == LineStroke::Dotted { format!("-{}", &inner[close..]) } else { inner[close..].to_owned() };
    let (length, end, after) = run(&tail, stroke)?;
    let after = &rest[rest.len() - after.len()..];
    Some((WrittenLink { stroke, start, end, length, label: inner[..close].trim().to_owned() }, after))
}

/// A run of signs with what ends it: its length, its head, and what follows.
fn run(text: &str, stroke: LineStroke) -> Option<(usize, LineHead, &str)> {
    let sign = if stroke == LineStroke::Thick { '=' } else { '-' };
    let (length, rest) = if stroke == LineStroke::Dotted {
        let rest = text.strip_prefix('-')?;
        let dots = rest.len() - rest.trim_start_matches('.').len();
        (dots, rest.trim_start_matches('.').strip_prefix('-')?)
    } else {
        let rest = text.trim_start_matches(sign);
        (text.len() - rest.len() - 1, rest)
    };
    let (head, after) = match rest.as_bytes().first() {
        Some(b'>') => (LineHead::Arrow, &rest[1..]),
        Some(b'o') if ends(&rest[1..]) => (LineHead::Circle, &rest[1..]),
        Some(b'x') if ends(&rest[1..]) => (LineHead::Cross, &rest[1..]),
        // Two signs alone begin a text; three are a line without a head.
        _ if stroke == LineStroke::Dotted || length > 1 => (LineHead::None, rest),
        _ => return None,
    };
    let length = if head == LineHead::None && stroke != LineStroke::Dotted { length - 1 } else { length };
    Some((length.clamp(1, 8), head, after))
}

/// Whether a letter right before belongs to the line: what follows is none of a name.
fn ends(after: &str) -> bool {
    after.is_empty() || after.starts_with([' ', '\t', '|', '&', ';'])
}

/// `|text|`
fn barred(text: &str) -> (String, &str) {
    let trimmed = text.trim_start();
    let inner = trimmed.strip_prefix('|').and_then(|inner| inner.split_once('|'));
    inner.map_or((String::new(), text), |(label, after)| (label.trim().to_owned(), after))
}
