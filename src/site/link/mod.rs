//! References: what each leads to, and how that is found out from what is written.

mod candidates;
mod resolution;
mod resolver;
mod targets;

pub use candidates::Origin;
pub use resolution::{Place, Problem, Resolution};
pub use resolver::{Resolver, nearest};
pub use targets::{Target, Targets};
