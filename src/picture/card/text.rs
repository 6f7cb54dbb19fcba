//! Text set in lines: which letters a typeface has, how wide they are, and where a line ends. Knows no picture.

use ab_glyph::{Font, FontRef, ScaleFont};

const ELLIPSIS: char = '…';

/// The text of one line.
pub(super) type CardLine = String;

/// A text cut into lines.
pub(super) struct Lines {
    lines: Vec<CardLine>,
    breaks_words: bool,
}

/// The text in lines of that room.
pub(super) fn wrapped(font: &FontRef<'_>, text: &str, size: f32, room: f32) -> Lines {
    let mut lines = Lines { lines: Vec::new(), breaks_words: false };
    let mut line = String::new();
    for TextPart { space, text: word } in parts(text) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line}{space}{word}") };
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

/// What stands together in a line.
struct TextPart<'t> {
    /// What is between it and the part before it, where both stand in one line.
    space: &'static str,
    text: &'t str,
}

/// The parts of a text that a line may end after: words, and each character of Chinese and Japanese.
fn parts(text: &str) -> Vec<TextPart<'_>> {
    let mut parts = Vec::new();
    for word in text.split(' ') {
        let (mut start, mut before, mut space) = (0, None, " ");
        for (at, c) in word.char_indices() {
            if before.is_some_and(|before| may_end_between(before, c)) {
                parts.push(TextPart { space, text: &word[start..at] });
                (start, space) = (at, "");
            }
            before = Some(c);
        }
        parts.push(TextPart { space, text: &word[start..] });
    }
    parts
}

/// Whether a line may end between two characters of one word.
fn may_end_between(before: char, after: char) -> bool {
    const BEGIN_NO_LINE: &str =
        "、。，．：；？！）」』】〉》〕］｝”’…‥・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}";
    const END_NO_LINE: &str = "（「『【〈《〔［｛“‘([{";
    (is_wide(before) || is_wide(after)) && !BEGIN_NO_LINE.contains(after) && !END_NO_LINE.contains(before)
}

/// Whether it is of a script that is written without spaces between words.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0x30ff | 0x31f0..=0x9fff | 0xf900..=0xfaff | 0xff01..=0xff60 | 0x2_0000..=0x3_ffff)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_after_words_and_between_characters_that_need_none() {
        let of = |text| -> Vec<&str> { parts(text).into_iter().map(|part| part.text).collect() };
        assert_eq!(of("An open source"), ["An", "open", "source"]);
        assert_eq!(of("开源（基础）。"), ["开", "源", "（基", "础）。"]);
        assert_eq!(of("GitHub で 始める"), ["GitHub", "で", "始", "め", "る"]);
        assert_eq!(of("サーバー"), ["サー", "バー"]);
    }
}
