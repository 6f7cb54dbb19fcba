//! Data files as trees in which each value knows its place: what YAML, JSON, TOML and CSV come to alike. Values are kept as
//! they are written, so that `1.10` stays what its author called it; what they mean, others know.

mod csv;
mod json;
mod toml;
pub(super) mod tree;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourcePath;

use super::front_matter;
use tree::DatumFault;
pub use tree::{Datum, DatumEntry, DatumKind};

/// Reads a data file by the ending of its name: `.json`, `.csv`, `.toml`, or YAML.
///
/// # Errors
/// What keeps it from being read; its code is to be that of whoever reads.
pub fn read_data(path: &SourcePath, text: &str) -> Result<Datum, Box<Diagnostic>> {
    let ending = path.file_name().rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase());
    let read = match ending.as_str() {
        "json" => json::read(text),
        "csv" => csv::read(text),
        "toml" => toml::read(text),
        _ => return front_matter::read_yaml_tree(path, text),
    };
    read.map_err(|DatumFault { span, message, help }| {
        Box::new(Diagnostic::new(Code::InvalidYaml, path, span, message).with_help(help))
    })
}
