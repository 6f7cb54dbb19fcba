//! The kinds of findings as the schema of `book.toml` has them.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use crate::diagnostic::{Code, Severity};

/// `[findings]`: each kind of finding by name, so that editors know them all.
pub(in crate::config) fn schema(generator: &mut SchemaGenerator) -> Schema {
    let severity = generator.subschema_for::<Severity>().to_value();
    let kinds: Map<String, Value> = Code::ALL
        .iter()
        .map(|code| {
            let mut kind = severity.clone();
            if let Some(fields) = kind.as_object_mut() {
                fields.insert("description".into(), format!("When {}.", code.summary()).into());
                fields.insert("default".into(), code.default_severity().as_str().into());
            }
            (code.as_str().to_owned(), kind)
        })
        .collect();
    json_schema!({ "type": "object", "properties": kinds, "additionalProperties": false })
}
