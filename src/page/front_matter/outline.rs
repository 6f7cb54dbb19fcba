//! A whole YAML file of any shape as a tree of places and of texts as they are written.

use super::block::MatterBlock;
use super::split::Notation;
use super::tree::{self, YamlKind, YamlNode};
use super::{explain, split};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::datum::tree::{Datum, DatumEntry, DatumKind};
use crate::source::{SourcePath, Span};

/// Reads a file; one without a value comes to nothing.
///
/// # Errors
/// What keeps it from being read.
pub(in crate::page) fn read_yaml_tree(path: &SourcePath, text: &str) -> Result<Datum, Box<Diagnostic>> {
    let start = split::fences(text).filter(|fences| fences.notation == Notation::Yaml);
    let start = start.map_or_else(|| split::text_start(text), |fences| fences.block.start);
    let block = MatterBlock::of(text, Span::new(start, text.len()));
    let document = tree::read(&block.text).map_err(|fault| {
        let mut finding = explain::fault(path, &block, &fault);
        finding.code = Code::InvalidYaml;
        finding.severity = Code::InvalidYaml.default_severity();
        Box::new(finding)
    })?;
    Ok(document
        .root
        .map_or_else(|| Datum { span: Span::at(start), kind: DatumKind::Nothing }, |root| datum(&block, root)))
}

fn datum(block: &MatterBlock, node: YamlNode) -> Datum {
    let span = block.span(node.span);
    let kind = match node.kind {
        YamlKind::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL") => {
            DatumKind::Nothing
        }
        YamlKind::Scalar { text, .. } => DatumKind::Text(text),
        // What an alias stands for is a matter of values, which are not made here.
        YamlKind::Alias => DatumKind::Nothing,
        YamlKind::List(items) => DatumKind::List(items.into_iter().map(|item| datum(block, item)).collect()),
        YamlKind::Map(entries) => {
            let entry = |entry: tree::YamlEntry| {
                let key_span = block.span(entry.key_span);
                Some(DatumEntry { key: entry.key?, key_span, value: datum(block, entry.value) })
            };
            DatumKind::Map(entries.into_iter().filter_map(entry).collect())
        }
    };
    Datum { span, kind }
}
