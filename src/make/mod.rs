//! What is published at a path turned into its bytes, drawn cards and smaller pictures included: the one place from
//! which build and preview get a file.

mod file;

pub use file::{Made, Unmade, make};
