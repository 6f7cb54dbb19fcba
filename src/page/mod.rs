//! One file turned into facts: metadata, headings, links, components and a body
//! that is HTML but for the places that other pages or the site decide.
//! It sees no configuration and no other file, so its result can be kept by path.

pub mod datum;
mod dialect;
mod facts;
mod file;
pub mod front_matter;
mod markdown;
mod packed;
mod query;

pub use dialect::{Dialect, Extension, Known};
pub use facts::{
    Attribute, CodeBlock, Component, Formula, Heading, HtmlAttribute, Link, LinkKind, LinkSpan, OF_SIGNS, PageBody,
    Piece,
};
pub use file::{Page, digest, parse, parse_head, parse_with};
pub use front_matter::{Data, DataSpans, FrontMatter};
pub use markdown::{is_html_element, plain_html};
pub use packed::{pack, unpack};
pub use query::{Query, QueryPart};
