//! What can be asked of a body of knowledge: one language for lists in pages, the command line and the configuration.
//! A text is read to a tree here; which pages it finds is found out where pages are known (`site/find/`), and so is
//! which names, tags and folders there are.

mod day;
mod expression;
mod fault;
mod order;
mod pattern;
mod read;
mod scan;
#[cfg(test)]
mod tests;

pub use day::Day;
pub use expression::{AskedValue, Comparison, Expression, Name, Operand, Shift, Term, Test};
pub use fault::QueryFault;
pub use order::{Grouping, SortBy};
pub use pattern::Wildcards;
