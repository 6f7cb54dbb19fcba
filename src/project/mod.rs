//! A project: where it lies and what its `book.toml` says. That one file is read here; the pages are `read`'s.
//!
//! ```text
//! title, seen ← located ← open ← opener
//! ```

mod title;
mod seen;
mod located;
mod open;
mod opener;

pub use located::Project;
pub use open::{CONFIG_FILE, OTHER_CONFIG_FILE, Overrides, configured_in, open, open_committed};
pub use opener::Opener;
pub use seen::{seen_from, seen_from_here};
pub use title::readable;
