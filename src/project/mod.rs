//! A project: where it lies and what its `book.toml` says. That one file is read here; the pages are `read`'s.
//!
//! ```text
//! title, seen ← located ← open ← like, opener
//! ```

mod title;
mod seen;
mod located;
mod open;
mod like;
mod opener;

pub use like::open_committed_like;
pub use located::Project;
pub use open::{CONFIG_FILE, OTHER_CONFIG_FILE, Overrides, configured_in, open};
pub use opener::Opener;
pub use seen::{seen_from, seen_from_here};
pub use title::readable;
