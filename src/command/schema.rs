//! `bokworm schema`: the JSON schema of `book.toml`.

use super::Outcome;
use crate::config;
use crate::terminal;

/// Print the JSON schema of book.toml
///
/// Editors complete, explain and check book.toml with it. Keep it beside the file and name it on
/// the file's first line:
///
///   bokworm schema > book.schema.json
///
///   #:schema ./book.schema.json
#[derive(clap::Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Arguments {}

/// Prints the schema.
pub fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    terminal::say(&text())?;
    Ok(Outcome::Clean)
}

/// The schema as the text of a file.
pub(super) fn text() -> String {
    format!("{:#}\n", config::schema())
}
