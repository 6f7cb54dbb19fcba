//! Lines of Markdown by themselves: where they end, and which blocks they begin or end.

use crate::page::markdown::html;

/// Where the line around `at` ends, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length)
}

/// Where the line after the one that ends at `end` begins.
pub(super) fn next_line(text: &str, end: usize) -> usize {
    let bytes = text.as_bytes();
    match bytes.get(end) {
        Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => end + 2,
        Some(_) => end + 1,
        None => end,
    }
}

/// Whether a line, without its containers, begins a block of Markdown's own that ends a paragraph before it.
pub(super) fn begins_block(content: &[u8]) -> bool {
    fence(content).is_some()
        || is_heading(content)
        || is_rule(content)
        || (content.first() == Some(&b'<') && (html::verbatim(content).is_some() || html::begins_block(content)))
}

pub(super) fn fence(content: &[u8]) -> Option<(u8, usize)> {
    let mark = *content.first().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = content.iter().take_while(|&&b| b == mark).count();
    let is_fence = length >= 3 && !(mark == b'`' && memchr::memchr(b'`', &content[length..]).is_some());
    is_fence.then_some((mark, length))
}

pub(super) fn closes_fence(content: &[u8], mark: u8, length: usize) -> bool {
    let run = content.iter().take_while(|&&b| b == mark).count();
    run >= length && content[run..].iter().all(|b| matches!(b, b' ' | b'\t'))
}

pub(super) fn is_heading(content: &[u8]) -> bool {
    let level = content.iter().take_while(|&&b| b == b'#').count();
    (1..=6).contains(&level) && content.get(level).is_none_or(|b| matches!(b, b' ' | b'\t'))
}

pub(super) fn is_rule(content: &[u8]) -> bool {
    let Some(&mark) = content.first().filter(|b| matches!(b, b'*' | b'-' | b'_')) else { return false };
    let mut count = 0;
    let all = content.iter().all(|&b| {
        count += usize::from(b == mark);
        b == mark || matches!(b, b' ' | b'\t')
    });
    all && count >= 3
}

pub(super) fn is_underline(content: &[u8]) -> bool {
    let mark = content[0];
    let length = content.iter().take_while(|&&b| b == mark).count();
    matches!(mark, b'=' | b'-') && content[length..].iter().all(|b| matches!(b, b' ' | b'\t'))
}
