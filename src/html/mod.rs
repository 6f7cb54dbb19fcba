//! What every room needs to know of HTML itself, and the one place where it is read. Knows no Markdown, no pages and no
//! templates.

pub mod elements;
mod escape;
mod reference;
pub mod tag;
pub mod tags;
pub mod text;

pub use escape::{escaped, push_attribute, push_text};
