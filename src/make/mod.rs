//! A frozen state of a project turned into its published files: the one place from which build and preview get a
//! file's bytes, drawn cards and smaller pictures included; and, for a build, which of all files have to be made.

mod tools;
mod zip;
mod bound;
mod file;
mod site;
mod failing;
pub mod timings;

pub use file::{Made, Unmade, make};
pub use site::{Plan, SiteMaker};
pub use tools::Tools;
