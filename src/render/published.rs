//! What can be published, and what it is made of: plain data, which knows no template and makes nothing.

use std::path::PathBuf;

use crate::site::{EditionId, PageId};
use crate::source::{Digest, SourcePath};

/// What is published at a path of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Of which edition it is.
    pub edition: EditionId,
    /// What kind of file it is: the name of a row of the table (`kinds.rs`).
    pub kind: &'static str,
    /// Which of its kind.
    pub which: Which,
}

/// Which of the files of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// There is but one.
    Only,
    /// The one at a place, among pages or tags, say.
    At(usize),
    /// The one of that name or address.
    Named(String),
    /// The picture at an address, at another width.
    Wide(String, u32),
    /// That card.
    Card(Box<Card>),
}

impl Which {
    /// Its place; the first, for what has none. A kind of file gets back what it listed itself.
    pub fn at(&self) -> usize {
        if let Self::At(at) = self { *at } else { 0 }
    }

    /// Its name or address; empty for what has none.
    pub fn name(&self) -> &str {
        match self {
            Self::Named(name) | Self::Wide(name, _) => name,
            Self::Only | Self::At(_) | Self::Card(_) => "",
        }
    }
}

/// The kind of a page of the content.
pub const PAGE: &str = "page";
/// The kind of a file of the theme.
pub const THEME_FILE: &str = "theme file";

impl Subject {
    /// The page of the content that it is, if it is one.
    pub fn page(&self) -> Option<PageId> {
        (self.kind == PAGE).then(|| self.which.at())
    }
}

/// What is written at a path.
pub enum Rendered {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of that file.
    CopyOf(PathBuf),
    /// This card, drawn: `crate::picture` does.
    Drawn(Box<Card>),
    /// A book of these parts, bound into one file, which takes reading its pictures.
    Bound(Box<BoundBook>),
    /// A picture made smaller, which takes reading it: `crate::picture` does.
    Smaller(Box<Recipe>),
}

impl Rendered {
    /// A text.
    pub fn text(text: String) -> Self {
        Self::Bytes(text.into_bytes())
    }
}

/// A book for e-readers: its parts, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundBook {
    /// All files in it.
    pub parts: Vec<BoundPart>,
}

/// A file in a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundPart {
    /// Its path there.
    pub path: String,
    /// What it holds.
    pub content: BoundContent,
}

/// What a file in a book holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoundContent {
    /// This text.
    Text(String),
    /// What lies in that file.
    File(PathBuf),
    /// The drawing in that file, without what runs or loads.
    Drawing(PathBuf),
    /// This card, drawn.
    Card(Box<Card>),
}

/// What one smaller picture is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// The original's path among the project's folders.
    pub path: SourcePath,
    /// Where it lies on the disk.
    pub file: PathBuf,
    /// What its bytes come to.
    pub digest: Digest,
    /// How many pixels it has.
    pub pixels: u64,
    /// The widths of all sizes of this picture, ascending: making one makes the others cheaply.
    pub widths: Vec<u32>,
    /// The width of this one.
    pub width: u32,
    /// 1 to 100.
    pub quality: u8,
}

/// The picture that stands for a page where it is shared: what is drawn on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The page's title.
    pub title: String,
    /// The section that holds it; may be empty.
    pub section: String,
    /// The site's name.
    pub site: String,
    /// The colour of marks.
    pub accent: [u8; 3],
    /// What it is written in, where that isn't the typeface that is built in.
    pub font: Option<CardFont>,
    /// What it stands for.
    pub shape: CardShape,
}

/// What a card stands for, by which it is wide or high.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardShape {
    /// A page, where it is shared.
    #[default]
    Shared,
    /// A book, on a shelf.
    Cover,
}

impl CardShape {
    /// Width and height in pixels.
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Shared => CARD_SIZE,
            Self::Cover => (1200, 1800),
        }
    }
}

/// A typeface of the project's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFont {
    /// Where it lies on the disk.
    pub file: PathBuf,
    /// What its bytes come to.
    pub digest: Digest,
}

impl Card {
    /// Its path in the output: another card, another path.
    pub fn path(&self) -> String {
        format!("{CARDS}{}.png", &self.hash().to_hex()[..16])
    }

    /// What tells it from all others.
    pub fn hash(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for part in [CARD_DRAWING, &self.title, &self.section, &self.site] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        hasher.update(&self.accent);
        if let Some(font) = &self.font {
            hasher.update(&font.digest);
        }
        if self.shape == CardShape::Cover {
            hasher.update(b"cover");
        }
        hasher.finalize()
    }
}

/// The folder that cards are published in, below the site's root.
pub const CARDS: &str = "assets/cards/";

/// How cards are drawn, with the libraries as `Cargo.lock` has them (a test compares).
pub const CARD_DRAWING: &str = "2, ab_glyph 0.2.32, png 0.18.1";

/// A card's width and height in pixels: what those who show such pictures ask for.
pub const CARD_SIZE: (u32, u32) = (1200, 630);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_libraries_are_those_that_the_names_speak_of() {
        let lock = include_str!("../../Cargo.lock");
        let (_, libraries) = CARD_DRAWING.split_once(", ").unwrap();
        for library in libraries.split(", ") {
            let (name, version) = library.split_once(' ').unwrap();
            assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")), "{library}");
        }
    }
}
