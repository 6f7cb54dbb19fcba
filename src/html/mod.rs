//! What every room needs to know of HTML itself. Knows no Markdown, no pages and no templates.

mod escape;
pub mod tags;

pub use escape::{escaped, push_attribute, push_text};
