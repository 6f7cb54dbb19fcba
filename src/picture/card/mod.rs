//! A card drawn as a PNG: title, section and the site's name on white, with the site's colour. Letters
//! come from one typeface that is built in (Latin, Greek and Cyrillic); a text that it can't write is left
//! out, since boxes in its place would say less than nothing. Then the site's name takes the title's place.

use ab_glyph::{Font, FontRef, point};

use crate::render::published::{Card, CardShape};
use crate::typeface::writable;

mod paper;
mod text;

use paper::{Ink, Paper, Rectangle};
use text::CardLine;

const FONT: &[u8] = include_bytes!("InterDisplay-SemiBold.otf");

/// Space at the left and at the right of the text.
const MARGIN: u32 = 96;
/// The sizes that a title is tried in, each with the most lines that it may take.
const TITLES: [(f32, usize); 3] = [(88.0, 2), (72.0, 3), (60.0, 4)];
/// The size of what stands above and below it.
const SMALL: f32 = 36.0;

/// The card as a PNG; nothing if the typeface can't be loaded, which a test rules out.
/// `own` is the typeface of the project's that it is written in, where there is one.
pub(super) fn draw(card: &Card, own: Option<&[u8]>) -> Option<Vec<u8>> {
    let font = FontRef::try_from_slice(own.unwrap_or(FONT)).ok()?;
    let (width, height) = card.shape.size();
    let mut paper = Paper::new(width, height, card.accent);
    paper.fill(Rectangle { left: 0, top: 0, width, height: 20 }, Ink::Accent);
    let room = (width - 2 * MARGIN) as f32;
    let small = |text: &str| {
        let text = writable(text, |letter| font.glyph_id(letter).0 != 0)?;
        text::wrapped(&font, &text, SMALL, room - 56.0).into_cut(&font, SMALL, room - 56.0, 1).pop()
    };
    if let Some(section) = small(&card.section) {
        paper.write(&font, &section, point(MARGIN as f32, 130.0), SMALL, Ink::Accent);
    }
    if let Some((lines, size)) = title(&font, &card.title, room).or_else(|| title(&font, &card.site, room)) {
        let step = size * 1.16;
        // Between what is above and what is below, a little above the middle.
        let middle = match card.shape {
            CardShape::Shared => (160.0 + 510.0) / 2.0,
            CardShape::Cover => height as f32 * 0.38,
        };
        let first = middle - step * (lines.len() as f32 - 1.0) / 2.0 + size * 0.36;
        for (at, line) in lines.iter().enumerate() {
            paper.write(&font, line, point(MARGIN as f32, first + step * at as f32), size, Ink::Text);
        }
    }
    paper.fill(Rectangle { left: MARGIN, top: height - 96, width: 28, height: 28 }, Ink::Accent);
    if let Some(site) = small(&card.site) {
        paper.write(&font, &site, point(MARGIN as f32 + 48.0, height as f32 - 69.0), SMALL, Ink::Quiet);
    }
    paper.png()
}

/// A title in the largest size that has room for it; cut where none has.
fn title(font: &FontRef<'_>, title: &str, room: f32) -> Option<(Vec<CardLine>, f32)> {
    let title = writable(title, |letter| font.glyph_id(letter).0 != 0)?;
    let fits = TITLES.into_iter().find_map(|(size, most)| {
        let lines = text::wrapped(font, &title, size, room);
        (lines.len() <= most && !lines.breaks_words()).then(|| (lines.into_cut(font, size, room, most), size))
    });
    let (size, most) = TITLES[TITLES.len() - 1];
    Some(fits.unwrap_or_else(|| (text::wrapped(font, &title, size, room).into_cut(font, size, room, most), size)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::published::CARD_SIZE;
    use crate::typeface::{self, Letters};
    use proptest::prelude::*;
    use std::time::Instant;

    fn card(title: &str, section: &str, site: &str) -> Card {
        Card {
            title: title.into(),
            section: section.into(),
            site: site.into(),
            accent: [0x0b, 0x69, 0x70],
            font: None,
            shape: CardShape::Shared,
        }
    }

    #[test]
    fn a_card_is_a_small_png_of_the_size_that_pages_say() {
        let start = Instant::now();
        let bytes = draw(&card("What a maintainer does all day", "Roles", "Body of knowledge"), None).unwrap();
        eprintln!("{} bytes in {:?}", bytes.len(), start.elapsed());
        assert!(bytes.len() < 25_000, "{} bytes", bytes.len());
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), CARD_SIZE);
    }

    #[test]
    fn what_cannot_be_written_is_left_out_and_not_drawn_as_boxes() {
        let without = draw(&card("", "", "Book"), None).unwrap();
        for title in ["オープンソース", "مصدر مفتوح", "דף", "हिन्दी", "Mixed 中文 title"]
        {
            assert_eq!(draw(&card(title, "", "Book"), None).unwrap(), without, "{title}");
        }
        for title in ["Größe", "Öffentlich", "Ελληνικά", "Русский", "Tiếng Việt", "Łódź"] {
            assert_ne!(draw(&card(title, "", "Book"), None).unwrap(), without, "{title}");
        }
        assert_eq!(draw(&card("Go! 🚀", "", "Book"), None), draw(&card("Go!", "", "Book"), None));
    }

    #[test]
    fn which_letters_are_built_in_is_known_to_all_rooms() {
        let font = FontRef::try_from_slice(FONT).unwrap();
        let every = (0..=0x10_ffff).filter_map(char::from_u32);
        let letters = Letters::of(every.filter(|&letter| font.glyph_id(letter).0 != 0));
        let known: Vec<String> =
            letters.ranges().iter().map(|(first, last)| format!("({first:#x}, {last:#x})")).collect();
        let all = (0..=0x10_ffff).filter_map(char::from_u32);
        let other = all.filter(|&letter| letters.has(letter) != typeface::built_in_has(letter)).count();
        assert_eq!(other, 0, "`BUILT_IN` in `typeface.rs` should be: {}", known.join(", "));
    }

    /// `BOKWORM_CARDS=DIR cargo test draws_cards_to_look_at` writes some.
    #[test]
    fn draws_cards_to_look_at() {
        let Ok(dir) = std::env::var("BOKWORM_CARDS") else { return };
        let long = "How to contribute to an open source project at a bank without asking for permission \
                    twelve times and waiting for the answer of a committee that never meets in person";
        let cards = [
            card("License", "Artifacts", "Body of knowledge"),
            card("What a maintainer does all day, and AV To We kerning", "Roles", "Body of knowledge"),
            card(long, "A section whose name is long enough to have to be cut somewhere near its end", "Site"),
            card(&"Donaudampfschifffahrtsgesellschaft".repeat(3), "Lange Wörter", "Ein Handbuch"),
            card("オープンソース", "مصدر", "Body of knowledge"),
            Card {
                accent: [0xb0, 0x20, 0x50], ..card("Tiếng Việt, Łódź, Ελλάδα, Україна", "Sprachen", "Σώμα")
            },
        ];
        for (at, card) in cards.iter().enumerate() {
            std::fs::write(format!("{dir}/{at}.png"), draw(card, None).unwrap()).unwrap();
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn no_text_whatever_does_harm(title in ".{0,300}", section in "\\PC{0,80}", site: String) {
            prop_assert!(draw(&card(&title, &section, &site), None).is_some());
        }
    }
}
