//! A data file read: values as its author wrote them, numbers and yes and no as such.

use serde_json::{Map, Number, Value};

use super::DataFile;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::datum::{self, Datum, DatumKind};
use crate::source::Source;

/// Reads a data file, and what is wrong with it: then it says nothing.
pub fn read(source: &Source) -> (DataFile, Option<Diagnostic>) {
    let name = source.path.file_name();
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name).to_owned();
    let (value, finding) = match datum::read_data(&source.path, &source.text) {
        Ok(root) => (value(&source.text, &root), None),
        Err(mut finding) => {
            finding.code = Code::InvalidData;
            finding.severity = Code::InvalidData.default_severity();
            (Value::Null, Some(*finding))
        }
    };
    (DataFile { name, value, digest: blake3::hash(source.text.as_bytes()) }, finding)
}

fn value(text: &str, datum: &Datum) -> Value {
    match &datum.kind {
        DatumKind::Nothing => Value::Null,
        DatumKind::List(items) => items.iter().map(|item| value(text, item)).collect(),
        DatumKind::Map(entries) => {
            let entries = entries.iter().map(|entry| (entry.key.clone(), value(text, &entry.value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        // What stands in quotes is text whatever it says.
        DatumKind::Text(said) if text.get(datum.span.start..datum.span.end) == Some(said) => plain(said),
        DatumKind::Text(said) => Value::String(said.clone()),
    }
}

/// A value without quotes: a number only if it would be written so again, since `1.10` may be a version.
fn plain(said: &str) -> Value {
    match said {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => match serde_json::from_str::<Number>(said) {
            Ok(number) if number.to_string() == said => Value::Number(number),
            _ => Value::String(said.to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Root, SourcePath};

    fn read_as(name: &str, text: &str) -> String {
        let source = Source { path: SourcePath::new(Root::Data, name), text: text.into() };
        let (file, finding) = read(&source);
        assert!(finding.is_none(), "{finding:?}");
        format!("{}: {}", file.name, file.value)
    }

    #[test]
    fn the_same_is_said_in_each_format() {
        let said = r#"a: [{"name":"One, two","since":2024,"old":true,"version":"1.10","code":"7","none":null}]"#;
        let yaml = "- name: One, two\n  since: 2024\n  old: true\n  version: 1.10\n  code: '7'\n  none:\n";
        assert_eq!(read_as("a.yaml", yaml), said);
        let json =
            r#"[{"name": "One, two", "since": 2024, "old": true, "version": "1.10", "code": "7", "none": null}]"#;
        assert_eq!(read_as("a.json", json), said);
        let csv = "name,since,old,version,code,none\n\"One, two\",2024,true,1.10,\"7\",\n";
        assert_eq!(read_as("a.csv", csv), said);
        let toml = "[x]\nname = \"One\"\nsince = 2024\nold = true\ncode = \"7\"\nday = 2024-01-02\n";
        let said = r#"a: {"x":{"name":"One","since":2024,"old":true,"code":"7","day":"2024-01-02"}}"#;
        assert_eq!(read_as("a.toml", toml), said);
    }
}
