//! A project: where it lies and what its `book.toml` says. That one file is read here; the pages are `read`'s.
//!
//! ```text
//! title ← project ← open ← opener
//! ```

mod title;
mod project;
mod open;
mod opener;

pub use open::{CONFIG_FILE, Overrides, open};
pub use opener::Opener;
pub use project::Project;
pub use title::readable;
