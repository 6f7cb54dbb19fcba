//! References: what each leads to, and how that is found out from what is written.

mod candidates;
mod extension;
mod resolution;
mod resolver;
mod targets;

pub use candidates::Origin;
pub(super) use extension::names_file;
pub use resolution::{BookPlace, Place, Problem, Resolution};
pub use resolver::{Resolver, nearest};
pub use targets::{Target, Targets};
