//! One file turned into facts: metadata, headings, links, components and a body
//! that is HTML but for the places that other pages or the site decide.
//! It sees no configuration and no other file, so its result can be kept by path.

use crate::source::Source;

pub mod datum;
mod dialect;
mod facts;
pub mod front_matter;
mod markdown;
mod packed;
mod query;

pub use dialect::{Dialect, Extension, Known};
pub use facts::{
    Attribute, CodeBlock, Component, Heading, HtmlAttribute, Link, LinkKind, LinkSpan, OF_SIGNS, Page, Piece,
};
pub use front_matter::{Data, DataSpans, FrontMatter};
pub use markdown::plain_html;
pub use packed::{pack, unpack};
pub use query::{Query, QueryPart};

/// Reads one file. Whatever it holds, a page comes of it, with findings for what is wrong.
pub fn parse(source: &Source, dialect: Dialect) -> Page {
    parse_with(source, Known { dialect, digest: digest(&source.text, dialect) })
}

/// The same where its digest is known.
pub fn parse_with(source: &Source, known: Known) -> Page {
    let split = front_matter::read(source);
    markdown::read(source, known, split)
}

/// A sum of what a page is read from: another text or another dialect, another sum.
pub fn digest(text: &str, dialect: Dialect) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(text.as_bytes());
    if dialect != Dialect::OWN {
        // No text holds this byte.
        hasher.update(&[0xff, dialect.number()]);
    }
    hasher.finalize()
}
