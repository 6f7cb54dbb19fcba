//! A stretch of a file made ready for a parser: one kind of line end, no NUL, a
//! few characters mended, and from each byte a way back to the file. Knows
//! nothing of YAML.

use crate::source::Span;

/// Normalised text and where each part of it came from.
#[derive(Clone, Debug, Default)]
pub(super) struct MatterBlock {
    /// The text that a parser sees: lines end with `\n`, NUL is U+FFFD.
    pub text: String,
    pieces: Vec<BlockPiece>,
}

/// A stretch of the text, and the bytes of the file that it stands for.
#[derive(Clone, Copy, Debug)]
struct BlockPiece {
    at: usize,
    from: usize,
    len: usize,
}

impl MatterBlock {
    /// Normalises a part of a file.
    pub(super) fn of(file: &str, part: Span) -> Self {
        let mut block = Self { text: String::with_capacity(part.end - part.start), pieces: Vec::with_capacity(1) };
        let bytes = file.as_bytes();
        let mut at = part.start;
        while let Some(found) = memchr::memchr2(b'\r', 0, &bytes[at..part.end]) {
            let odd = at + found;
            block.push(&file[at..odd], odd - found, found);
            let crlf = bytes[odd] == b'\r' && odd + 1 < part.end && bytes[odd + 1] == b'\n';
            block.push(if bytes[odd] == 0 { "\u{fffd}" } else { "\n" }, odd, 1);
            at = odd + 1 + usize::from(crlf);
        }
        block.push(&file[at..part.end], at, part.end - at);
        if block.pieces.is_empty() {
            block.pieces.push(BlockPiece { at: 0, from: part.start, len: 0 });
        }
        block
    }

    /// Adds text that stands for `len` bytes of the file from `from` on.
    fn push(&mut self, text: &str, from: usize, len: usize) {
        if text.is_empty() {
            return;
        }
        self.pieces.push(BlockPiece { at: self.text.len(), from, len });
        self.text.push_str(text);
    }

    /// Adds text that the file does not have, at the place where `other` has `at`.
    pub(super) fn push_new(&mut self, text: &str, other: &Self, at: usize) {
        self.push(text, other.offset(at), 0);
    }

    /// Adds a part of another block of the same file.
    pub(super) fn push_part(&mut self, other: &Self, part: Span) {
        let first = other.pieces.partition_point(|piece| piece.at <= part.start).saturating_sub(1);
        for (index, piece) in other.pieces.iter().enumerate().skip(first) {
            let piece_end = other.pieces.get(index + 1).map_or(other.text.len(), |next| next.at);
            let (start, end) = (part.start.max(piece.at), part.end.min(piece_end));
            if piece.at >= part.end {
                break;
            }
            if start < end {
                let skipped = (start - piece.at).min(piece.len);
                let len = (end - start).min(piece.len - skipped);
                self.push(&other.text[start..end], piece.from + skipped, len);
            }
        }
    }

    /// The place in the file of a byte of the text.
    pub(super) fn offset(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
        self.pieces.get(index).map_or(0, |piece| piece.from + (at - piece.at).min(piece.len))
    }

    /// The bytes of the file that a part of the text stands for.
    pub(super) fn span(&self, part: Span) -> Span {
        let start = self.offset(part.start);
        Span::new(start, self.offset(part.end).max(start))
    }
}

/// The lines of a normalised text as spans, without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found);
        let line = Span::new(at, end);
        at = end + 1;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_finds_its_way_back() {
        let file = "x\u{e9}\r\na\rb\0c\n";
        let block = MatterBlock::of(file, Span::new(1, file.len()));
        assert_eq!(block.text, "\u{e9}\na\nb\u{fffd}c\n");
        let place = |needle: &str| {
            let at = block.text.find(needle).unwrap();
            block.span(Span::new(at, at + needle.len())).of(file)
        };
        assert_eq!((place("\u{e9}"), place("a"), place("b"), place("c")), ("\u{e9}", "a", "b", "c"));
        assert_eq!(place("\u{fffd}"), "\0");
    }

    #[test]
    fn inserted_text_stands_for_nothing() {
        let file = "t: a: b\r\nu: c";
        let base = MatterBlock::of(file, Span::new(0, file.len()));
        let mut mended = MatterBlock::default();
        mended.push_part(&base, Span::new(0, 3));
        mended.push_new("\"", &base, 3);
        mended.push_part(&base, Span::new(3, 7));
        mended.push_new("\"", &base, 7);
        mended.push_part(&base, Span::new(7, base.text.len()));
        assert_eq!(mended.text, "t: \"a: b\"\nu: c");
        assert_eq!(mended.span(Span::new(3, 9)).of(file), "a: b");
        assert_eq!(mended.span(Span::new(13, 14)).of(file), "c");
    }
}
