//! A step of those that follow each other, as lists show it beside a page.

use serde::Serialize;

/// A step, as lists show it beside what carries it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CarriedStep<'a> {
    /// Its name: `Level 2`.
    pub name: &'a str,
    /// The classes of its colour and its icon.
    pub look: &'a str,
}
