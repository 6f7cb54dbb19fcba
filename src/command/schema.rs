//! `bokworm schema`: the JSON schemas of `book.toml`, of the files that writers touch, of results of assessments and of
//! benchmarks.

use std::path::Path;

use super::flags::Flags;
use super::{Outcome, file_schemas, opened};
use crate::config::Config;
use crate::session::Purpose;
use crate::{assess, config, project, terminal};

/// Print a JSON schema: of book.toml, of pages' front matter, of other files that people write
///
/// Editors complete, explain and check book.toml with it. Keep it beside the file and name it on
/// the file's first line:
///
///   bokworm schema > book.schema.json
///
///   #:schema ./book.schema.json
///
/// Those of the front matter (page), of _category_.yaml (category) and of tags.yml (tags) are for editors that know
/// YAML. In a project, that of the front matter holds its tags, relations and identities as well:
///
///   bokworm schema page > page.schema.json
#[derive(clap::Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Of what
    #[arg(value_enum, default_value_t, value_name = "OF")]
    pub of: SchemaOf,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum SchemaOf {
    /// The configuration, book.toml
    #[default]
    Book,
    /// The front matter of pages
    Page,
    /// What a folder says of itself, _category_.yaml
    Category,
    /// The vocabulary of tags, tags.yml
    Tags,
    /// A result of an assessment, as readers export it
    Assessment,
    /// A benchmark, as `assess merge` writes it
    Benchmark,
}

/// Prints the schema.
///
/// # Errors
/// If the project can't be read whose tags and relations that of the front matter holds.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    terminal::say(&match arguments.of {
        SchemaOf::Book => config::SCHEMA.to_owned(),
        SchemaOf::Page => format!("{:#}\n", page(arguments, start)?),
        SchemaOf::Category => format!("{:#}\n", file_schemas::category()),
        SchemaOf::Tags => format!("{:#}\n", file_schemas::tags()),
        SchemaOf::Assessment => format!("{:#}\n", assess::result_schema()),
        SchemaOf::Benchmark => format!("{:#}\n", assess::benchmark_schema()),
    })?;
    Ok(Outcome::Clean)
}

/// The schema of the front matter, with what the project has of its own, if this is one.
fn page(arguments: &Arguments, start: &Path) -> anyhow::Result<serde_json::Value> {
    let is_named = arguments.project.config.is_some() || arguments.project.source.is_some();
    let around = std::path::absolute(start)?;
    if !is_named && !around.ancestors().any(|folder| project::configured_in(folder).is_some()) {
        return Ok(file_schemas::page(&Config::default(), &[]));
    }
    let project = opened::project(start, &arguments.project.overrides())?;
    let state = opened::session(project, Purpose::Ask)?.state();
    let site = state.original();
    let mut labels: Vec<String> = site.labels().to_vec();
    labels.extend(site.vocabulary.words().iter().map(|word| word.label.clone()));
    labels.sort_unstable();
    labels.dedup();
    Ok(file_schemas::page(&site.config, &labels))
}
