//! A difference, told: as lines for a terminal, and as a comment for a pull request.

mod human;
mod markdown;
pub(super) mod sentence;

pub use human::human;
pub use markdown::{Commented, escaped, markdown};
