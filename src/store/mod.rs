//! What is kept from one run of the program to the next: costly to find, and the same whenever what it was made from
//! is. Losing it loses time and nothing else: what is damaged, cut off, deleted or written by another version is
//! simply not there, and a folder that can't be written keeps nothing. Knows nothing of what is kept but the table
//! in `kept.rs`, which names all of it.

pub mod bytes;
pub mod kept;
mod key;
mod place;
mod shared;
mod pack;
mod blobs;
mod cache;
mod neighbours;
mod program;

pub use blobs::Blobs;
pub use cache::Cache;
pub use key::Key;
pub use neighbours::ends_run;
pub use pack::Pack;
pub use place::{OWN, keep_out_of_git, put_first, replace};
pub use program::program;
pub use shared::{Shared, SharedStore};
