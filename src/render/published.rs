//! What can be published, and what it is made of: plain data, which knows no template and makes nothing.

use std::path::PathBuf;

use crate::site::PageId;
use crate::source::{Digest, SourcePath};

/// What is published at a path of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A page of the content.
    Page(PageId),
    /// The index of a folder, by its place in `Site::indexes`.
    Index(usize),
    /// A tag's page, by its place in `Site::tags`.
    Tag(usize),
    /// The index of all tags.
    TagIndex,
    /// Many pages in one, by their place in `Site::long_pages`.
    Print(usize),
    /// An old address, by its place in `Site::redirects`.
    Redirect(usize),
    /// The page for addresses that don't exist.
    NotFound,
    /// The sitemap.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// The site as data.
    SiteJson,
    /// How hosts should answer.
    Headers,
    /// The copy of a page in Markdown.
    Markdown(PageId),
    /// The site in one page, for language models.
    Llms,
    /// The pages that changed last, for feed readers.
    Feed,
    /// The configured colours and typefaces.
    CustomStyle,
    /// A part of the search index, by its name.
    Search(String),
    /// A file of the theme, by its name there.
    ThemeFile(String),
    /// A file of the project, by its address.
    File(String),
    /// What is shown where a page is shared.
    Card(Box<Card>),
    /// A picture of the project at another width, by its address and the width.
    Picture(String, u32),
}

/// What is written at a path.
pub enum Rendered {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of that file.
    CopyOf(PathBuf),
    /// This card, drawn: `crate::picture` does.
    Drawn(Box<Card>),
    /// A picture made smaller, which takes reading it: `crate::picture` does.
    Smaller(Box<Recipe>),
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
        hasher.update(&self.accent).finalize()
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
