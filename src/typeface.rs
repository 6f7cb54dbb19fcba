//! Which letters a typeface has, and which texts can be written with it as they are. Reads no typeface and draws nothing.

use unicode_normalization::UnicodeNormalization;

/// Longer texts are cut before they are looked at: no card has room for so much.
const LONGEST: usize = 400;

/// A typeface that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typeface {
    /// What its bytes come to.
    pub digest: [u8; 16],
    /// The letters that it has.
    pub letters: Letters,
}

/// The letters of a typeface, as ranges in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    ranges: Vec<(u32, u32)>,
}

impl Letters {
    /// These letters.
    pub fn of(letters: impl Iterator<Item = char>) -> Self {
        let mut letters: Vec<u32> = letters.map(u32::from).collect();
        letters.sort_unstable();
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for letter in letters {
            match ranges.last_mut() {
                Some((_, last)) if letter <= *last + 1 => *last = letter,
                _ => ranges.push((letter, letter)),
            }
        }
        Self { ranges }
    }

    /// Whether it has a letter.
    pub fn has(&self, letter: char) -> bool {
        lies_in(&self.ranges, letter)
    }

    /// The ranges, in order.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }
}

/// Whether the typeface that is built in has a letter.
pub fn built_in_has(letter: char) -> bool {
    lies_in(BUILT_IN, letter)
}

/// The text without pictograms, if all its letters are there and stand one after the other as they are written: those
/// that join, change places or run to the left take more than a typeface.
pub fn writable(text: &str, has: impl Fn(char) -> bool) -> Option<String> {
    let mut out = String::new();
    for c in text.nfc().take(LONGEST) {
        if c.is_whitespace() || c.is_control() {
            out.push(' ');
        } else if has(c) && !takes_shaping(c) {
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

/// Whether a letter belongs to a script that is written from right to left, or whose letters join or change places.
fn takes_shaping(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0590..=0x0dff | 0x0f00..=0x109f | 0x1700..=0x18af | 0x1900..=0x1cff | 0xa800..=0xabff
            | 0xfb1d..=0xfdff | 0xfe70..=0xfefc | 0x1_0800..=0x1_1fff | 0x1_e800..=0x1_efff
    )
}

fn lies_in(ranges: &[(u32, u32)], letter: char) -> bool {
    let letter = u32::from(letter);
    let after = ranges.partition_point(|(first, _)| *first <= letter);
    after > 0 && letter <= ranges[after - 1].1
}

/// The letters of the typeface that is built in, as `picture` draws with it (a test there compares).
#[rustfmt::skip]
const BUILT_IN: &[(u32, u32)] = &[
    (0x20, 0x7e), (0xa0, 0x148), (0x14a, 0x17f), (0x18f, 0x18f), (0x192, 0x192),
    (0x218, 0x21b), (0x2bb, 0x2bc), (0x2c6, 0x2c7), (0x2d8, 0x2dd), (0x370, 0x377),
    (0x37a, 0x37f), (0x384, 0x38a), (0x38c, 0x38c), (0x38e, 0x3a1), (0x3a3, 0x3e1),
    (0x3f0, 0x49d), (0x4a0, 0x4ff), (0x52f, 0x52f), (0x1e00, 0x1eff), (0x2010, 0x2027),
    (0x2030, 0x2043), (0x20ac, 0x20ac), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193),
    (0x2212, 0x2212), (0x221e, 0x221e), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265),
    (0x2713, 0x2713),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_kept_as_ranges() {
        let letters = Letters::of("cabxä".chars());
        assert_eq!(letters.ranges(), [(0x61, 0x63), (0x78, 0x78), (0xe4, 0xe4)]);
        assert!("abcxä".chars().all(|c| letters.has(c)));
        assert!("`dwyz ã".chars().all(|c| !letters.has(c)));
        assert!(!Letters::default().has('a'));
    }

    #[test]
    fn a_text_is_writable_with_all_its_letters_only() {
        assert_eq!(writable(" Go!  🚀\n", built_in_has).as_deref(), Some("Go!"));
        assert_eq!(writable("a\u{308}", |c| c == 'ä').as_deref(), Some("ä"));
        assert_eq!(writable("源", built_in_has), None);
        assert_eq!(writable("源", |c| c == '源').as_deref(), Some("源"));
        for joined in ["مصدر", "דף", "हिन्दी"] {
            assert_eq!(writable(joined, |_| true), None, "{joined}");
        }
    }
}
