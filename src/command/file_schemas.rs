//! JSON schemas of the files that people write beside `book.toml`: front matter, `_category_.yaml`, `tags.yml`. What the
//! program reads leniently (`yes`, a number for a text), they let pass, too: an editor must not call wrong what works.

use serde_json::{Map, Value, json};

use crate::config::Config;
use crate::page::front_matter::keys::{Holds, KEYS};

/// The front matter of pages, with the relations and identities of a configuration, and the labels of tags to choose from.
pub(super) fn page(config: &Config, labels: &[String]) -> Value {
    let mut keys = Map::new();
    for key in KEYS {
        let mut schema = match key.holds {
            Holds::Tags if key.name == "tags" => texts(&suggested(labels)),
            Holds::Texts if key.name == "defines" => texts(&suggested(labels)),
            holds => of(holds),
        };
        schema["description"] = key.words.into();
        keys.insert(key.name.to_owned(), schema);
    }
    for (name, relation) in &config.relations {
        let label = relation.label(name);
        let mut schema = relation_ends();
        schema["description"] = format!("{label}: the pages that this one names.").into();
        keys.insert(relation.key(name).to_owned(), schema);
    }
    for (folder, pattern) in &config.identities {
        for key in pattern.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(key, _)| key) {
            let mut schema = text();
            schema["description"] = format!("A part of what pages in `{folder}` are called: `{pattern}`.").into();
            keys.entry(key).or_insert(schema);
        }
    }
    schema("Front matter of a page", &keys, &json!(true))
}

/// `_category_.yaml`.
pub(super) fn category() -> Value {
    let link = json!({
        "description": "What the folder's entry in the sidebar leads to; `null` for nothing.",
        "anyOf": [
            { "type": "null" },
            { "const": "none" },
            { "type": "object", "properties": { "type": { "const": "none" } }, "required": ["type"] },
            {
                "type": "object",
                "properties": {
                    "type": { "const": "doc" },
                    "id": described(&text(), "The page, from this folder on."),
                },
                "required": ["type", "id"],
            },
            {
                "type": "object",
                "properties": {
                    "type": { "const": "generated-index" },
                    "title": described(&text(), "The title of the index."),
                    "description": described(&text(), "What stands above the index."),
                    "slug": described(&text(), "The address of the index."),
                },
                "required": ["type"],
            },
        ],
    });
    let keys = [
        ("label", described(&text(), "What the sidebar calls the folder.")),
        ("position", described(&number(), "The folder's place among its siblings in the sidebar.")),
        ("className", described(&text(), "A class for the folder's entry in the sidebar.")),
        ("link", link),
        ("collapsed", described(&json!({ "type": "boolean" }), "Whether the folder starts closed.")),
        ("collapsible", described(&json!({ "type": "boolean" }), "Whether the folder can be closed.")),
        ("customProps", json!({ "description": "Further data, for templates." })),
    ];
    schema("A folder, _category_.yaml", &named(keys), &json!(true))
}

/// `tags.yml`.
pub(super) fn tags() -> Value {
    let by_language = |words: &str| {
        let each = json!({ "type": "object", "additionalProperties": { "type": "string" } });
        json!({ "description": words, "anyOf": [{ "type": "string" }, each] })
    };
    let keys = [
        ("label", by_language("What pages write at `tags`; perhaps one for each language.")),
        ("permalink", by_language("The address of the tag's page, below that of all tags.")),
        ("description", by_language("What the tag means.")),
        ("kind", by_language("What kind of tag it is: `Role`.")),
        (
            "aliases",
            json!({ "description": "Other labels for the same.", "type": "array", "items": { "type": "string" } }),
        ),
    ];
    let tag = json!({ "type": ["object", "null"], "properties": named(keys) });
    schema("The vocabulary of tags, tags.yml", &Map::new(), &tag)
}

fn schema(title: &str, properties: &Map<String, Value>, additional: &Value) -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties,
        "additionalProperties": additional,
    })
}

fn named<const N: usize>(keys: [(&str, Value); N]) -> Map<String, Value> {
    keys.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

fn described(schema: &Value, words: &str) -> Value {
    let mut schema = schema.clone();
    schema["description"] = words.into();
    schema
}

/// What a key may hold.
fn of(holds: Holds) -> Value {
    match holds {
        Holds::Text | Holds::TextOrNothing => text(),
        Holds::Number => number(),
        Holds::Level => {
            let written = json!({ "type": "string", "pattern": "^\\s*[1-6]\\s*$" });
            json!({ "anyOf": [{ "type": ["integer", "null"], "minimum": 1, "maximum": 6 }, written] })
        }
        Holds::Switch => json!({ "enum": [true, false, null, "true", "false", "yes", "no", "on", "off", 1, 0] }),
        Holds::Texts | Holds::Tags => texts(&text()),
        Holds::Authors => {
            let author = json!({ "type": "object", "properties": { "name": text() }, "required": ["name"] });
            let one = json!({ "anyOf": [text(), author] });
            json!({ "anyOf": [text(), author, { "type": "array", "items": one }] })
        }
        Holds::Date => date(),
        Holds::LastUpdate => {
            let group = json!({ "type": "object", "properties": { "date": date(), "author": text() } });
            json!({ "anyOf": [date(), group] })
        }
    }
}

/// A text, or what is read as one.
fn text() -> Value {
    json!({ "type": ["string", "number", "boolean", "null"] })
}

fn number() -> Value {
    json!({ "anyOf": [{ "type": ["number", "null"] }, { "type": "string", "pattern": "^\\s*[-+]?[0-9]*\\.?[0-9]+\\s*$" }] })
}

fn date() -> Value {
    json!({ "anyOf": [{ "type": "null" }, { "type": "string", "pattern": "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?$" }] })
}

/// One of some texts that an editor may offer, or any other.
fn suggested(labels: &[String]) -> Value {
    if labels.is_empty() { text() } else { json!({ "anyOf": [{ "enum": labels }, text()] }) }
}

/// A list of texts, or one. An entry may be a group of keys with its `label` or `name`.
fn texts(one: &Value) -> Value {
    let group = json!({ "type": "object", "properties": { "label": text(), "name": text() } });
    json!({ "anyOf": [one, { "type": "array", "items": { "anyOf": [one, group] } }] })
}

/// What a relation names: pages, each perhaps with a note.
fn relation_ends() -> Value {
    let group = json!({ "type": "object", "properties": { "to": text(), "note": text() }, "required": ["to"] });
    let one = json!({ "anyOf": [text(), group] });
    json!({ "anyOf": [text(), group, { "type": "array", "items": one }] })
}
