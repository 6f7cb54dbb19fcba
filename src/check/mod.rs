//! The frozen site turned into findings: what pages, assembling and each rule have
//! to say, silenced where the author asked for it, weighed as the project wants.
//! Nothing here reads a disk or can fail.

use crate::diagnostic::Diagnostic;

mod begun;
mod components;
mod context;
mod difference;
mod edition;
pub mod explain;
mod files;
pub mod fix;
mod follows;
mod ignore;
mod input;
mod ledger;
mod links;
mod lists;
mod pages;
mod pairs;
pub mod prose;
mod relations;
mod settings;
mod severity;
mod swallowed;
mod tags;
mod text;
mod texts;
pub mod why;

pub use difference::run_for_difference;
pub use input::Input;
pub use pages::translation;
pub use settings::configuration;
pub use severity::{severities, weigh};
pub use tags::{alike, rename};

use begun::BegunSite;
use texts::{CheckedTexts, SharedTexts};

/// Checks the whole site. Findings come in order of file and place.
pub fn run(input: Input<'_>) -> Vec<Diagnostic> {
    BegunSite::of(input, &SharedTexts::default()).told(&CheckedTexts::default())
}
