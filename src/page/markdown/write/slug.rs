//! Heading ids: those that the author wrote, and others as github-slugger makes them, each once
//! on a page.

use foldhash::HashMap;

use crate::page::facts::OF_SIGNS;
use crate::page::markdown::nodes::HeadingDraft;

/// The ids of headings: those that the author wrote first, the others around them. A heading of signs has one that
/// no other wanted; one that says nothing has none, since there is nothing that a link to it could be called.
pub(super) fn ids(headings: &[HeadingDraft]) -> Vec<Option<String>> {
    let mut slugs = Slugs::default();
    let written = |heading: &HeadingDraft| heading.id.clone().filter(|id| !id.is_empty());
    headings.iter().filter_map(written).for_each(|id| slugs.reserve(&id));
    let says = |heading: &HeadingDraft| !heading.text.trim().is_empty();
    let mut of_text = |heading: &HeadingDraft| slugs.take(&heading.text).filter(|_| says(heading));
    let mut ids: Vec<Option<String>> =
        headings.iter().map(|heading| written(heading).or_else(|| of_text(heading))).collect();
    for (id, heading) in ids.iter_mut().zip(headings) {
        if id.is_none() && says(heading) {
            *id = slugs.take(OF_SIGNS);
        }
    }
    ids
}

/// The ids given out on one page.
#[derive(Default)]
struct Slugs {
    /// Each id with the number last added to it.
    taken: HashMap<String, usize>,
}

impl Slugs {
    /// Takes an id as the author wrote it.
    fn reserve(&mut self, id: &str) {
        self.taken.entry(id.to_owned()).or_insert(0);
    }

    /// An id for a text, numbered past those taken; none for one of which nothing stays that can be read.
    fn take(&mut self, text: &str) -> Option<String> {
        let base = slug(text);
        if base.chars().all(unicode_normalization::char::is_combining_mark) {
            return None;
        }
        let Some(&last) = self.taken.get(&base) else {
            self.taken.insert(base.clone(), 0);
            return Some(base);
        };
        let mut number = last;
        let id = loop {
            number += 1;
            let id = format!("{base}-{number}");
            if !self.taken.contains_key(&id) {
                break id;
            }
        };
        self.taken.insert(base, number);
        self.taken.insert(id.clone(), 0);
        Some(id)
    }
}

/// Lower case, without punctuation and symbols, spaces as hyphens.
fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => out.push('-'),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'a'..='z' | '0'..='9' | '-' | '_' => out.push(c),
            _ if c.is_ascii() => {}
            _ => out.extend(c.to_lowercase().filter(|&c| stays(c))),
        }
    }
    out
}

/// Whether a character beyond ASCII stays: letters, marks, digits, letter numbers
/// and connectors (`\p{Alphabetic}\p{M}\p{Nd}\p{Nl}\p{Pc}`).
fn stays(c: char) -> bool {
    if unicode_normalization::char::is_combining_mark(c) {
        return true;
    }
    match c {
        '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}' => true,
        // Digits in circles and brackets, superscripts and fractions are numbers, but neither Nd nor Nl.
        '\u{24b6}'..='\u{24e9}' => true,
        _ if c.is_alphabetic() => true,
        _ => c.is_numeric() && is_decimal_digit_or_letter_number(c),
    }
}

/// `char::is_numeric` without category No.
fn is_decimal_digit_or_letter_number(c: char) -> bool {
    !matches!(c as u32,
        0xb2 | 0xb3 | 0xb9 | 0xbc..=0xbe | 0x9f4..=0x9f9 | 0xb72..=0xb77 | 0xbf0..=0xbf2 | 0xc78..=0xc7e
        | 0xd58..=0xd5e | 0xd70..=0xd78 | 0xf2a..=0xf33 | 0x1369..=0x137c | 0x17f0..=0x17f9 | 0x19da
        | 0x2070..=0x2079 | 0x2080..=0x2089 | 0x2150..=0x215f | 0x2189 | 0x2460..=0x249b | 0x24ea..=0x24ff
        | 0x2776..=0x2793 | 0x2cfd | 0x3192..=0x3195 | 0x3220..=0x3229 | 0x3248..=0x324f | 0x3251..=0x325f
        | 0x3280..=0x3289 | 0x32b1..=0x32bf | 0xa830..=0xa835 | 0x10107..=0x10133 | 0x10175..=0x10178
        | 0x1018a..=0x1018b | 0x102e1..=0x102fb | 0x10320..=0x10323 | 0x10858..=0x1085f | 0x10879..=0x1087f
        | 0x108a7..=0x108af | 0x108fb..=0x108ff | 0x10916..=0x1091b | 0x109bc..=0x109bd | 0x109c0..=0x109cf
        | 0x109d2..=0x109ff | 0x10a40..=0x10a48 | 0x10a7d..=0x10a7e | 0x10a9d..=0x10a9f | 0x10aeb..=0x10aef
        | 0x10b58..=0x10b5f | 0x10b78..=0x10b7f | 0x10ba9..=0x10baf | 0x10cfa..=0x10cff | 0x10e60..=0x10e7e
        | 0x10f1d..=0x10f26 | 0x10f51..=0x10f54 | 0x10fc5..=0x10fcb | 0x11052..=0x11065 | 0x111e1..=0x111f4
        | 0x1173a..=0x1173b | 0x118ea..=0x118f2 | 0x11c5a..=0x11c6c | 0x11fc0..=0x11fd4 | 0x16b5b..=0x16b61
        | 0x16e80..=0x16e96 | 0x1d2c0..=0x1d2d3 | 0x1d2e0..=0x1d2f3 | 0x1d360..=0x1d378 | 0x1e8c7..=0x1e8cf
        | 0x1ec71..=0x1ecab | 0x1ecad..=0x1ecaf | 0x1ecb1..=0x1ecb4 | 0x1ed01..=0x1ed2d | 0x1ed2f..=0x1ed3d
        | 0x1f100..=0x1f10c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_github_sluggers() {
        let cases = [
            ("Development & On-boarding", "development--on-boarding"),
            ("Click to ", "click-to-"),
            ("What's new? (2024)", "whats-new-2024"),
            ("Ångström ÉTÉ", "ångström-été"),
            ("日本語 見出し", "日本語-見出し"),
            ("a_b-c  d", "a_b-c--d"),
            ("½ ² Ⅷ ①", "--ⅷ-"),
            ("🎉 party", "-party"),
            ("a\u{200b}b\u{301}", "ab\u{301}"),
        ];
        for (text, id) in cases {
            assert_eq!(slug(text), id, "{text:?}");
        }
    }

    #[test]
    fn what_nobody_could_read_is_no_id() {
        for text in ["", "!!!", "\u{1f389}", "\u{26a0}\u{fe0f}", "\u{301}", "\u{a0}"] {
            assert_eq!(Slugs::default().take(text), None, "{text:?}");
        }
    }

    #[test]
    fn duplicates_are_numbered_past_those_taken() {
        let mut slugs = Slugs::default();
        slugs.reserve("a-2");
        let ids: Vec<_> = ["a", "a", "a", "a-1", "b"].iter().filter_map(|text| slugs.take(text)).collect();
        assert_eq!(ids, ["a", "a-1", "a-3", "a-1-1", "b"]);
    }
}
