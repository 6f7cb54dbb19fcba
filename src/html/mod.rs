//! What every room needs to know of HTML itself, and the one place where it is read. Knows no Markdown, no pages and no
//! templates.

mod address;
pub(crate) mod elements;
mod escape;
mod reference;
pub(crate) mod set;
pub(crate) mod sheet;
pub(crate) mod tag;
pub(crate) mod tags;
pub(crate) mod text;
pub(crate) mod tree;
pub(crate) mod unread;

pub(crate) use address::{SCHEMES, is_harmless};
pub(crate) use escape::{escaped, push_attribute, push_text};
