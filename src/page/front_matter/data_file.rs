//! A whole YAML or JSON file (`_category_.yaml`, `tags.yml`) turned into data,
//! with the protections that front matter has.

use serde_json::Value;

use super::block::MatterBlock;
use super::choose::read_yaml;
use super::meta::{Data, DataSpans};
use super::split::Notation;
use super::{explain, split, tree};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourcePath, Span};

/// The bytes that a file may have.
const MAX_FILE: usize = 1 << 20;

/// Reads a file that holds one YAML map, or the same as JSON: its values, the
/// place of each, and what is wrong with it.
pub fn parse_yaml_data(path: &SourcePath, text: &str) -> (Data, DataSpans, Vec<Diagnostic>) {
    // A first line of `---` is usual, and says nothing.
    let start = split::fences(text).filter(|fences| fences.notation == Notation::Yaml);
    let start = start.map_or_else(|| split::text_start(text), |fences| fences.block.start);
    let whole = Span::new(start, text.len());
    if text.len() > MAX_FILE {
        let finding =
            Diagnostic::new(Code::OversizedFile, path, Span::at(0), format!("`{path}` is too large to be read"));
        return (Data::new(), DataSpans::new(), vec![finding.with_help("Keep it below one megabyte.")]);
    }
    let block = MatterBlock::of(text, whole);
    let tree = tree::read(&block.text);
    if tree.is_err() && path.file_name().ends_with(".json") {
        return json(path, text, whole);
    }
    if let Ok(tree::Document { root: Some(root), .. }) = &tree
        && !matches!(root.kind, tree::YamlKind::Map(_))
    {
        let message = format!("`{path}` must hold keys and values, such as `label: Roles`");
        let finding = Diagnostic::new(Code::InvalidYaml, path, block.span(root.span), message);
        return (Data::new(), DataSpans::new(), vec![finding.with_help("Write `key: value`, one a line.")]);
    }
    let mut reading = read_yaml(path, &block, tree);
    for finding in &mut reading.findings {
        if finding.code == Code::InvalidFrontMatter {
            finding.code = Code::InvalidYaml;
            finding.severity = Code::InvalidYaml.default_severity();
        }
    }
    (reading.data, reading.spans, reading.findings)
}

/// JSON that is no YAML: indented with tabs, say, or with escapes of its own.
fn json(path: &SourcePath, text: &str, whole: Span) -> (Data, DataSpans, Vec<Diagnostic>) {
    match serde_json::from_str(whole.of(text)) {
        Ok(Value::Object(data)) => {
            let spans = data.keys().map(|key| (key.clone(), key_line(text, key, whole))).collect();
            (data, spans, Vec::new())
        }
        Ok(_) => {
            let message = format!("`{path}` must hold an object, `{{ \"key\": \"value\" }}`");
            (Data::new(), DataSpans::new(), vec![Diagnostic::new(Code::InvalidYaml, path, whole, message)])
        }
        Err(error) => {
            let rows: Vec<&str> = whole.of(text).split_inclusive('\n').collect();
            let before: usize = rows.iter().take(error.line().saturating_sub(1)).map(|row| row.len()).sum();
            let row = rows.get(error.line().saturating_sub(1)).copied().unwrap_or_default();
            let start = whole.start + before + (row.len() - row.trim_start().len());
            let span = Span::new(start, start + row.trim().len());
            let message = format!("`{}` cannot be read as JSON", explain::brief(row.trim()));
            let finding = Diagnostic::new(Code::InvalidYaml, path, span, message);
            (
                Data::new(),
                DataSpans::new(),
                vec![finding.with_help("Check quotes, commas and brackets here and just before.")],
            )
        }
    }
}

/// Where a key of the file stands, as near as can be told without a parser of places.
fn key_line(text: &str, key: &str, whole: Span) -> Span {
    let quoted = format!("\"{key}\"");
    text.find(&quoted).map_or(whole, |at| Span::new(at, at + quoted.len()))
}
