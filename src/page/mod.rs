//! One file turned into facts: metadata, headings, links, components and a body
//! that is HTML but for the places that other pages or the site decide.
//! It sees no configuration and no other file, so its result can be kept by path.

use crate::source::Source;

mod facts;
pub mod front_matter;
mod markdown;
mod packed;
mod query;

pub use facts::{
    Attribute, CodeBlock, Component, Heading, HtmlAttribute, Link, LinkKind, LinkSpan, OF_SIGNS, Page, Piece,
};
pub use front_matter::{Data, DataSpans, FrontMatter};
pub use markdown::plain_html;
pub use packed::{pack, unpack};
pub use query::{Query, Term};

/// Reads one file. Whatever it holds, a page comes of it, with findings for what is wrong.
pub fn parse(source: &Source) -> Page {
    parse_with(source, digest(&source.text))
}

/// The same where its digest is known.
pub fn parse_with(source: &Source, digest: blake3::Hash) -> Page {
    let split = front_matter::read(source);
    markdown::read(source, digest, split)
}

/// A sum of a file's text: another text, another sum.
pub fn digest(text: &str) -> blake3::Hash {
    blake3::hash(text.as_bytes())
}
