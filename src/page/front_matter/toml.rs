//! A `+++` block of TOML, as Hugo has it, turned into the same data and places as YAML.

use serde_json::{Map, Number, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::block::MatterBlock;
use super::meta::{Data, DataSpans};
use super::yaml::{BlockReading, MAX_PATH};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourcePath, Span};

/// Lists and tables within each other.
const MAX_DEPTH: usize = 32;

/// Reads a block of TOML.
pub(super) fn read(path: &SourcePath, block: &MatterBlock) -> BlockReading {
    let mut reading = BlockReading::default();
    let table = match DeTable::parse(&block.text) {
        Ok(table) => table,
        Err(error) => {
            let span = error.span().map_or(Span::at(0), |span| Span::new(span.start, span.end.max(span.start)));
            let span = block.span(span);
            let message =
                format!("the front matter in `+++` cannot be read as TOML: {}", error.message().replace('\n', " "));
            let finding = Diagnostic::new(Code::InvalidFrontMatter, path, span, message);
            reading
                .findings
                .push(finding.with_help("Write `key = \"value\"`, one a line; or use `---` and `key: value`."));
            return reading;
        }
    };
    let mut walk = TomlWalk { block, spans: DataSpans::new(), path: String::new() };
    let mut keys: Vec<_> = table.get_ref().keys().collect();
    keys.sort_by_key(|key| key.span().start);
    reading.keys = keys.iter().map(|key| (key.get_ref().to_string(), block.span(key.span().into()))).collect();
    reading.data = walk.table(table.get_ref(), 0);
    reading.spans = walk.spans;
    reading
}

struct TomlWalk<'a> {
    block: &'a MatterBlock,
    spans: DataSpans,
    path: String,
}

impl TomlWalk<'_> {
    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Data {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut data = Map::with_capacity(entries.len());
        for (key, value) in entries {
            let dot = if self.path.is_empty() { "" } else { "." };
            let value = self.below(&format!("{dot}{}", key.get_ref()), value, depth);
            data.insert(key.get_ref().to_string(), value);
        }
        data
    }

    fn below(&mut self, step: &str, value: &Spanned<DeValue<'_>>, depth: usize) -> Value {
        let length = self.path.len();
        self.path.push_str(step);
        if self.path.len() <= MAX_PATH {
            self.spans.insert(self.path.clone(), self.block.span(value.span().into()));
        }
        let value = self.value(value.get_ref(), depth + 1);
        self.path.truncate(length);
        value
    }

    fn value(&mut self, value: &DeValue<'_>, depth: usize) -> Value {
        if depth > MAX_DEPTH {
            return Value::Null;
        }
        match value {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(value) => (*value).into(),
            DeValue::Datetime(date) => Value::String(date.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| Value::String(number.to_string()), Value::from),
            DeValue::Float(number) => {
                let parsed = number.as_str().parse().ok().and_then(Number::from_f64);
                parsed.map_or_else(|| Value::String(number.to_string()), Value::Number)
            }
            DeValue::Array(items) => {
                items.iter().enumerate().map(|(index, item)| self.below(&format!("[{index}]"), item, depth)).collect()
            }
            DeValue::Table(table) => Value::Object(self.table(table, depth)),
        }
    }
}
