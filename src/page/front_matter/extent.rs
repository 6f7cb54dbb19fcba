//! Where a YAML scalar ends, told from the text and the place where it starts:
//! the YAML parser counts characters and says nothing about ends.

use crate::source::Span;

/// From the index of a character to its byte.
pub(super) enum ByteOffsets {
    /// Each character is one byte.
    Ascii(usize),
    /// The byte of each character, and the length of the text.
    Table(Vec<usize>),
}

impl ByteOffsets {
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Ascii(text.len());
        }
        Self::Table(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    pub(super) fn offset(&self, index: usize) -> usize {
        match self {
            Self::Ascii(len) => index.min(*len),
            Self::Table(bytes) => bytes[index.min(bytes.len() - 1)],
        }
    }
}

/// The place after `count` characters.
pub(super) fn after(text: &str, at: usize, count: usize) -> usize {
    text[at..].char_indices().nth(count).map_or(text.len(), |(found, _)| at + found)
}

/// The end of an alias's name.
pub(super) fn word_end(text: &str, at: usize) -> usize {
    at + text[at..].find(|c: char| c.is_whitespace() || ",[]{}".contains(c)).unwrap_or(text.len() - at)
}

/// The end of an unquoted scalar: in one line as it is, over several with its spaces folded.
pub(super) fn plain_end(text: &str, at: usize, value: &str) -> usize {
    if text[at..].starts_with(value) {
        return at + value.len();
    }
    let mut wanted = value.chars().filter(|c| !c.is_whitespace()).peekable();
    let mut end = at;
    for (found, c) in text[at..].char_indices() {
        if c.is_whitespace() {
            continue;
        }
        if wanted.next_if_eq(&c).is_none() {
            break;
        }
        end = at + found + c.len_utf8();
    }
    end
}

/// The byte after the closing quote.
pub(super) fn quoted_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let Some(&quote) = bytes.get(at).filter(|b| matches!(b, b'"' | b'\'')) else { return at };
    let mut end = at + 1;
    while end < bytes.len() {
        match bytes[end] {
            b'\\' if quote == b'"' => end += 1,
            b'\'' if quote == b'\'' && bytes.get(end + 1) == Some(&b'\'') => end += 1,
            found if found == quote => return end + 1,
            _ => {}
        }
        end += 1;
    }
    text.len()
}

/// The end of a `|` or `>` block whose first character stands at `at`, in `column`.
pub(super) fn block_end(text: &str, at: usize, column: usize) -> usize {
    let mut end = at;
    let mut start = at;
    for line in text[at..].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let blank = line.trim().is_empty();
        if start > at && !blank && indent < column {
            break;
        }
        if !blank {
            end = start + line.trim_end().len();
        }
        start += line.len();
    }
    end
}

/// What stands behind a value as a comment although it hardly is one: `#1`, or any
/// `#word` that leaves the value empty, or stands in a line of prose.
pub(super) fn hash_text(text: &str, value: Span, is_prose: bool) -> Option<Span> {
    let rest = &text[value.end..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let first = rest[gap..].strip_prefix('#').filter(|_| gap > 0)?.chars().next()?;
    let is_text = first.is_ascii_digit() || ((value.start == value.end || is_prose) && first.is_alphanumeric());
    let line = rest.find('\n').unwrap_or(rest.len());
    is_text.then(|| Span::new(value.end + gap, value.end + rest[..line].trim_end().len()))
}
