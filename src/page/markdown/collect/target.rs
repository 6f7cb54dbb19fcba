//! Where a link's target stands: inside `[text](target "title")`, `<target>` or a
//! definition `[label]: target`; and whether what stands there is the target and nothing else.

use std::ops::Range;

use crate::page::markdown::escape;

/// By which rules a target is written.
#[derive(Clone, Copy)]
pub(super) enum Spelling<'a> {
    /// Markdown's, with escapes and character references.
    Markdown,
    /// As it is, without its scheme.
    Address { scheme: &'a str },
    /// HTML's, in an attribute.
    Attribute,
}

impl Spelling<'_> {
    /// Whether something is written that these rules read as the target.
    pub(super) fn says(&self, written: &str, target: &str) -> bool {
        match self {
            Self::Markdown => written == target || escape::unescape(written) == target,
            Self::Address { scheme } => target.strip_prefix(scheme) == Some(written),
            Self::Attribute => written == target || escape::decode(written).trim() == target,
        }
    }
}

/// The target of an inline link or image whose text ends at or before `inner_end`.
pub(super) fn inline(text: &str, link: &Range<usize>, inner_end: usize) -> Option<Range<usize>> {
    let from = inner_end.clamp(link.start, link.end);
    let rest = text.get(from..link.end)?;
    let open = rest.find("](")? + 2;
    destination(text, from + open, link.end)
}

/// The target in a definition.
pub(super) fn definition(text: &str, definition: &Range<usize>) -> Option<Range<usize>> {
    let rest = text.get(definition.clone())?;
    let colon = rest.find("]:")? + 2;
    destination(text, definition.start + colon, definition.end)
}

/// The destination that begins at or after `from`.
fn destination(text: &str, from: usize, end: usize) -> Option<Range<usize>> {
    let rest = text.get(from..end)?;
    // A destination may stand on the next line of a quote.
    let start = from + rest.find(|c: char| !c.is_whitespace() && c != '>')?;
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let angle = bytes[start] == b'<';
    let start = start + usize::from(angle);
    let mut at = start;
    while at < end {
        match bytes[at] {
            b'\\' if at + 1 < end && bytes[at + 1].is_ascii_punctuation() => at += 1,
            b'>' if angle => break,
            b'(' if !angle => depth += 1,
            b')' if !angle && depth == 0 => break,
            b')' if !angle => depth -= 1,
            byte if !angle && (byte.is_ascii_whitespace() || byte == 0) => break,
            _ => {}
        }
        at += 1;
    }
    text.is_char_boundary(at).then_some(start..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_found_behind_its_text() {
        for (text, target) in [
            ("[a](b)", "b"),
            ("[a]( <b c> \"t\")", "b c"),
            ("[a](b(c)\\) 't')", "b(c)\\)"),
            ("[](é#x)", "é#x"),
            ("[a](\n b\n 'c')", "b"),
            ("[a]()", ""),
        ] {
            let found = inline(text, &(0..text.len()), 1).unwrap();
            assert_eq!(&text[found], target, "{text}");
        }
        let text = "x\n[a]: <b c> 't'\n";
        assert_eq!(&text[definition(text, &(2..text.len())).unwrap()], "b c");
    }
}
