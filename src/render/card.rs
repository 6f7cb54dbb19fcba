//! The picture that stands for a page where it is shared: what is written on it and where it is
//! published, told from the page alone. Draws nothing.

use std::path::Path;

use super::facts;
use super::published::{Card, CardFont, CardShape};
use crate::site::{Edition, PageId, address};
use crate::source::Digest;
use crate::typeface::{self, Typeface, writable};

/// The theme's own accent, for a site that names none.
const ACCENT: [u8; 3] = [0x0b, 0x69, 0x70];

/// What stands for a page where it is shared.
pub enum SharedPicture {
    /// The picture that the page names, by its whole address.
    Own(String),
    /// A card that is drawn for it.
    Drawn(Card),
}

/// What stands for a page where it is shared: its own picture, or a card; nothing where the site has a picture for
/// all its pages, and where nobody could be told the card's whole address.
pub fn shared_picture(site: &Edition, id: PageId) -> Option<SharedPicture> {
    let own = facts::social_image(site, id).map(SharedPicture::Own);
    own.or_else(|| {
        let section = facts::sections(site, id).next().unwrap_or_default().to_owned();
        with(site, &site.pages[id].title, section).map(SharedPicture::Drawn)
    })
}

/// The card of a page that the site makes by itself.
pub fn of_made(site: &Edition, title: &str) -> Option<Card> {
    with(site, title, String::new())
}

/// The cover of the site as a book; nothing where no typeface has the letters of its title.
pub(super) fn of_book(site: &Edition) -> Option<Card> {
    let config = &site.config;
    let title = config.site.title.clone();
    let hand = hand_for(site, [&title, &title])?;
    let authors = config.site.authors.join(site.words.get("list_separator"));
    let below = if hand.can_write(&authors) { authors } else { String::new() };
    let accent = config.theme.accent.as_deref().and_then(colour).unwrap_or(ACCENT);
    let (section, shape) = (String::new(), CardShape::Cover);
    Some(Card { title, section, site: below, accent, font: hand.font(), shape })
}

/// The cards of all pages, indexes and tags.
pub fn all(site: &Edition) -> Vec<Card> {
    if !is_wanted(site) {
        return Vec::new();
    }
    let pages = (0..site.pages.len()).filter_map(|id| match shared_picture(site, id) {
        Some(SharedPicture::Drawn(card)) => Some(card),
        _ => None,
    });
    let indexes = site.indexes.iter().filter_map(|index| of_made(site, &index.title));
    let tags = site.tags.iter().filter_map(|tag| of_made(site, &tag.label));
    pages.chain(indexes).chain(tags).collect()
}

fn is_wanted(site: &Edition) -> bool {
    let config = &site.config;
    config.theme.cards && !config.site.url.is_empty() && config.site.social_image.is_none()
}

fn with(site: &Edition, title: &str, section: String) -> Option<Card> {
    if !is_wanted(site) {
        return None;
    }
    let config = &site.config;
    let name = config.site.title.clone();
    let title = if title.trim().is_empty() { name.clone() } else { title.to_owned() };
    let hand = hand_for(site, [&title, &name])?;
    let section = if section != title && hand.can_write(&section) { section } else { String::new() };
    let accent = config.theme.accent.as_deref().and_then(colour).unwrap_or(ACCENT);
    Some(Card { title, section, site: name, accent, font: hand.font(), shape: CardShape::Shared })
}

/// What a card is written in.
enum Hand<'a> {
    BuiltIn,
    Own(&'a Path, &'a Typeface),
}

impl Hand<'_> {
    /// Whether it has all letters of a text; of none, too.
    fn can_write(&self, text: &str) -> bool {
        let written = match self {
            Self::BuiltIn => writable(text, typeface::built_in_has),
            Self::Own(_, own) => writable(text, |letter| own.letters.has(letter)),
        };
        written.is_some() || text.is_empty()
    }

    fn font(&self) -> Option<CardFont> {
        let Self::Own(file, own) = self else { return None };
        Some(CardFont { file: file.to_path_buf(), digest: own.digest })
    }
}

/// What can write these texts: the site's own typeface before the one that is built in.
fn hand_for<'s>(site: &'s Edition, texts: [&str; 2]) -> Option<Hand<'s>> {
    let own = own_typeface(site).into_iter().chain([Hand::BuiltIn]);
    own.into_iter().find(|hand| texts.iter().all(|text| hand.can_write(text)))
}

fn own_typeface(site: &Edition) -> Option<Hand<'_>> {
    let written = site.config.theme.card_font.as_deref()?;
    let file = site.file(&address::join(&[written]))?;
    file.typeface.as_deref().map(|own| Hand::Own(&file.file, own))
}

/// What its letters come to, for pages that show a card.
pub fn typeface_digest(site: &Edition) -> Option<Digest> {
    own_typeface(site)?.font().map(|font| font.digest)
}

/// A colour as `#1f5fbf` or `#15b`; nothing for other ways in which CSS can say it.
fn colour(written: &str) -> Option<[u8; 3]> {
    let digits = written.trim().strip_prefix('#')?;
    let digit = |at: usize| u8::try_from(char::from(*digits.as_bytes().get(at)?).to_digit(16)?).ok();
    match digits.len() {
        3 | 4 => Some([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17]),
        6 | 8 => Some([digit(0)? * 16 + digit(1)?, digit(2)? * 16 + digit(3)?, digit(4)? * 16 + digit(5)?]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_css_writes_them_in_digits() {
        assert_eq!(colour("#1f5fBF"), Some([0x1f, 0x5f, 0xbf]));
        assert_eq!(colour(" #15b"), Some([0x11, 0x55, 0xbb]));
        for other in ["rebeccapurple", "#12", "#1f5fbg", "", "#ünd", "#ääää"] {
            assert_eq!(colour(other), None, "{other}");
        }
    }
}
