//! Text set in lines: which letters a typeface has, how wide they are, and where a line ends. Knows no picture.

use ab_glyph::{Font, FontRef, ScaleFont};
use unicode_normalization::UnicodeNormalization;

/// Longer texts are cut before they are looked at: no card has room for so much.
const LONGEST: usize = 400;
const ELLIPSIS: char = '…';

/// The text of one line.
pub(super) type CardLine = String;

/// A text cut into lines.
pub(super) struct Lines {
    lines: Vec<CardLine>,
    breaks_words: bool,
}

/// The text without pictograms, if the typeface has all its letters.
pub(super) fn writable(font: &FontRef<'_>, text: &str) -> Option<String> {
    let mut out = String::new();
    for c in text.nfc().take(LONGEST) {
        if c.is_whitespace() || c.is_control() {
            out.push(' ');
        } else if font.glyph_id(c).0 != 0 {
            out.push(c);
        } else if !is_pictogram(c) {
            return None;
        }
    }
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    (!out.is_empty()).then_some(out)
}

/// Whether a text says the same without it: emoji, arrows, marks that only change how others look.
fn is_pictogram(c: char) -> bool {
    matches!(u32::from(c), 0xad | 0x200b..=0x200d | 0x2060 | 0x2190..=0x2bff | 0xfe00..=0xfe0f | 0xfeff | 0x1f000..=0x1faff)
}

/// The text in lines of that room.
pub(super) fn wrapped(font: &FontRef<'_>, text: &str, size: f32, room: f32) -> Lines {
    let mut lines = Lines { lines: Vec::new(), breaks_words: false };
    let mut line = String::new();
    for word in text.split(' ') {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(font, &longer, size) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.lines.push(std::mem::take(&mut line));
        }
        let mut rest = word;
        while width(font, rest, size) > room {
            let end = fitting(font, rest, size, room);
            lines.breaks_words = true;
            lines.lines.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        rest.clone_into(&mut line);
    }
    if !line.is_empty() {
        lines.lines.push(line);
    }
    lines
}

impl Lines {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether a word was too long for a line.
    pub(super) fn breaks_words(&self) -> bool {
        self.breaks_words
    }

    /// So many of them at most; the last ends in an ellipsis if there were more.
    pub(super) fn into_cut(mut self, font: &FontRef<'_>, size: f32, room: f32, most: usize) -> Vec<CardLine> {
        if self.lines.len() > most {
            self.lines.truncate(most);
            if let Some(last) = self.lines.last_mut() {
                while width(font, &format!("{last}{ELLIPSIS}"), size) > room && last.pop().is_some() {}
                last.truncate(last.trim_end_matches([' ', ',', '.', ':', ';', '-', '–', '—']).len());
                last.push(ELLIPSIS);
            }
        }
        self.lines
    }
}

/// Where the longest beginning of a word ends that has room; at least one letter.
fn fitting(font: &FontRef<'_>, word: &str, size: f32, room: f32) -> usize {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let first = word.chars().next().map_or(0, char::len_utf8);
    ends.take_while(|&end| width(font, &word[..end], size) <= room).last().unwrap_or(first)
}

fn width(font: &FontRef<'_>, text: &str, size: f32) -> f32 {
    let scaled = font.as_scaled(size);
    let mut before = None;
    let mut width = 0.0;
    for c in text.chars() {
        let glyph = scaled.glyph_id(c);
        width += before.map_or(0.0, |before| scaled.kern(before, glyph)) + scaled.h_advance(glyph);
        before = Some(glyph);
    }
    width
}
