//! The schema, made from the types of the configuration.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::config::Config;

/// The schema of a whole `book.toml`, as JSON Schema 2020-12.
fn schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Config>().to_value();
    for_toml(&mut schema);
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".into(), "book.toml".into());
        // What people look at first.
        for (place, key) in ["$schema", "title", "description"].into_iter().enumerate() {
            if let Some(value) = root.shift_remove(key) {
                root.shift_insert(place, key.into(), value);
            }
        }
    }
    schema
}

/// Takes `null` out of a schema, since TOML has none and an optional key is left out, and the
/// defaults of whole tables, which only repeat those of their keys.
fn for_toml(node: &mut Value) {
    match node {
        Value::Object(fields) => {
            if let Some(Value::Array(types)) = fields.get_mut("type") {
                types.retain(|kind| kind != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    fields.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(mut choices)) = fields.remove("anyOf") {
                choices.retain(|choice| choice["type"] != "null");
                match (choices.len(), choices.pop()) {
                    (1, Some(Value::Object(only))) => fields.extend(only),
                    (_, last) => {
                        choices.extend(last);
                        fields.insert("anyOf".into(), choices.into());
                    }
                }
            }
            if matches!(fields.get("default"), Some(Value::Null | Value::Object(_))) {
                fields.shift_remove("default");
            }
            for (name, value) in fields {
                match value {
                    // Their names are keys of the file: one that is called `default` is none.
                    Value::Object(keys) if name == "properties" => keys.values_mut().for_each(for_toml),
                    value => for_toml(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(for_toml),
        _ => {}
    }
}

#[test]
fn the_schema_is_what_the_types_say() {
    let made = format!("{:#}\n", schema());
    if std::env::var_os("BOKWORM_ACCEPT").is_some() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/book.schema.json");
        std::fs::write(file, &made).unwrap();
        // What is compiled here has the old one still.
        return;
    }
    let how = "`BOKWORM_ACCEPT=1 cargo test --lib the_schema_is` writes it";
    assert!(made == super::SCHEMA, "docs/book.schema.json is not what the types of `src/config` say: {how}");
    assert_eq!(super::schema(), schema());
}
