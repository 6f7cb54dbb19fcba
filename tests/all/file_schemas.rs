//! The schemas of front matter, `_category_.yaml` and `tags.yml`: an editor with them takes what the program takes, and
//! refuses what it tells of.

use std::path::Path;

use bokworm::diagnostic::Code;
use bokworm::page::front_matter;
use bokworm::source::{Source, SourcePath};
use serde_json::{Value, json};

use crate::program::{bokworm, folder};

/// Whether a value is as a schema says. Of patterns there are two: days and numbers.
fn takes(schema: &Value, value: &Value) -> bool {
    let kind = |name: &str| match name {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        other => panic!("there is no type {other}"),
    };
    let is_of_type = match &schema["type"] {
        Value::Null => true,
        Value::String(name) => kind(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(kind),
        other => panic!("no type is {other}"),
    };
    let within = value.as_f64().is_none_or(|number| {
        schema["minimum"].as_f64().is_none_or(|least| number >= least)
            && schema["maximum"].as_f64().is_none_or(|most| number <= most)
    });
    let matches = schema["pattern"].as_str().zip(value.as_str()).is_none_or(|(pattern, text)| match pattern {
        day if day.contains("{4}") => text.len() >= 10 && text[..4].bytes().all(|b| b.is_ascii_digit()),
        _ => text.trim().parse::<f64>().is_ok(),
    });
    let fields = value.as_object().into_iter().flatten().all(|(key, value)| {
        match schema["properties"].get(key).or(schema.get("additionalProperties")) {
            Some(Value::Bool(may)) => *may,
            Some(inner) => takes(inner, value),
            None => true,
        }
    });
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    is_of_type
        && within
        && matches
        && fields
        && (!value.is_object() || required.into_iter().all(|key| value.get(key).is_some()))
        && value.as_array().into_iter().flatten().all(|item| schema.get("items").is_none_or(|items| takes(items, item)))
        && schema.get("const").is_none_or(|only| only == value)
        && schema["enum"].as_array().is_none_or(|choices| choices.contains(value))
        && schema["anyOf"].as_array().is_none_or(|choices| choices.iter().any(|choice| takes(choice, value)))
}

fn schema(here: &Path, of: &str) -> Value {
    let printed = bokworm(here, &["schema", of]);
    serde_json::from_str(&printed.stdout).unwrap_or_else(|error| panic!("{error}: {}", printed.stderr))
}

fn pages(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("it is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

#[test]
fn our_own_files_are_as_the_schemas_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (of_page, of_tags) = (schema(root, "page"), schema(root, "tags"));
    let mut found = Vec::new();
    pages(&root.join("content"), &mut found);
    let mut checked = 0;
    for path in found {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let source = Source { path: SourcePath::content("a.md"), text: text.as_str().into() };
        let data = Value::Object(front_matter::read(&source).meta.data);
        checked += usize::from(data.as_object().is_some_and(|data| !data.is_empty()));
        assert!(takes(&of_page, &data), "{}: {data}", path.display());
    }
    assert!(checked > 10, "only {checked} pages have front matter");
    let vocabulary = root.join("content/tags.yml");
    if let Ok(text) = std::fs::read_to_string(vocabulary) {
        let (data, _, _) = front_matter::parse_yaml_data(&SourcePath::content("tags.yml"), &text);
        assert!(takes(&of_tags, &Value::Object(data)));
    }
}

#[test]
fn what_the_schema_refuses_the_program_tells_of() {
    let here = folder(&[]);
    let schema = schema(here.path(), "page");
    let values = [
        "a",
        "1",
        "2.5",
        "7",
        "true",
        "no",
        "null",
        "[a, b]",
        "[1]",
        "{a: b}",
        "{name: a}",
        "{date: 2026-01-02}",
        "2026-01-02",
        "'3'",
        "[[a]]",
    ];
    for (key, of_key) in schema["properties"].as_object().expect("keys") {
        assert!(of_key["description"].is_string(), "{key}");
        for value in values {
            let text = format!("---\n{key}: {value}\n---\n");
            let source = Source { path: SourcePath::content("a.md"), text: text.as_str().into() };
            let read = front_matter::read(&source);
            let is_told = read.findings.iter().any(|finding| finding.code == Code::WrongType);
            let value = read.meta.data.get(key).expect("it was read");
            assert!(is_told || takes(of_key, value), "{key} refuses {value}, which is read");
        }
    }
}

#[test]
fn a_project_brings_its_tags_relations_and_identities() {
    let here = folder(&[
        (
            "book.toml",
            "[relations.mitigates]\ninverse = \"Mitigated by\"\n\n[identities]\nRisks = \"{type}-{sequence}\"\n",
        ),
        ("content/tags.yml", "legal:\n  label: Legal Risk\n"),
        ("content/a.md", "---\ntags: [Policy]\n---\n# A\n"),
    ]);
    let schema = schema(here.path(), "page");
    assert_eq!(schema["properties"]["tags"]["anyOf"][0]["anyOf"][0]["enum"], json!(["Legal Risk", "Policy"]));
    assert!(takes(&schema, &json!({ "mitigates": ["RI-1", { "to": "RI-2", "note": "partly" }], "sequence": 7 })));
    assert!(!takes(&schema, &json!({ "mitigates": [{ "note": "partly" }] })));
    assert!(schema["properties"]["sequence"]["description"].as_str().is_some_and(|words| words.contains("{type}")));
}

#[test]
fn folders_and_vocabularies_are_taken_as_they_are_read() {
    let here = folder(&[]);
    let (category, tags) = (schema(here.path(), "category"), schema(here.path(), "tags"));
    for good in [
        json!({ "label": "Roles", "position": 2.5, "link": null, "collapsed": true }),
        json!({ "position": "3", "link": { "type": "generated-index", "title": "All" }, "customProps": { "a": 1 } }),
        json!({ "link": { "type": "doc", "id": "intro" } }),
    ] {
        assert!(takes(&category, &good), "{good}");
    }
    for wrong in [json!({ "position": "first" }), json!({ "link": { "type": "doc" } }), json!({ "collapsed": "maybe" })]
    {
        assert!(!takes(&category, &wrong), "{wrong}");
    }
    assert!(takes(
        &tags,
        &json!({ "legal": { "label": { "en": "Legal", "de": "Recht" }, "aliases": ["Law"] }, "b": null })
    ));
    assert!(!takes(&tags, &json!({ "legal": "Legal Risk" })));
    assert!(!takes(&tags, &json!({ "legal": { "aliases": "Law" } })));
}
