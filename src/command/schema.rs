//! `bokworm schema`: the JSON schemas of `book.toml`, of results of assessments and of benchmarks.

use super::Outcome;
use crate::{assess, config, terminal};

/// Print the JSON schema of book.toml, of results of assessments, or of benchmarks
///
/// Editors complete, explain and check book.toml with it. Keep it beside the file and name it on
/// the file's first line:
///
///   bokworm schema > book.schema.json
///
///   #:schema ./book.schema.json
#[derive(clap::Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Of what
    #[arg(value_enum, default_value_t, value_name = "OF")]
    pub of: SchemaOf,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum SchemaOf {
    /// The configuration, book.toml
    #[default]
    Book,
    /// A result of an assessment, as readers export it
    Assessment,
    /// A benchmark, as `assess merge` writes it
    Benchmark,
}

/// Prints the schema.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    terminal::say(&match arguments.of {
        SchemaOf::Book => text(),
        SchemaOf::Assessment => format!("{:#}\n", assess::result_schema()),
        SchemaOf::Benchmark => format!("{:#}\n", assess::benchmark_schema()),
    })?;
    Ok(Outcome::Clean)
}

/// The schema of `book.toml` as the text of a file.
pub(super) fn text() -> String {
    format!("{:#}\n", config::schema())
}
