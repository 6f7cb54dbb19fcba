//! The JSON schema of `book.toml`: what editors complete and explain, what the reference page lists, and what `walk` checks
//! a file against. It is made from the types by a test (`tests.rs`), which takes longer than to read what was made.

#[cfg(test)]
pub(super) mod findings;
#[cfg(test)]
mod tests;

use serde_json::Value;

/// The schema of a whole `book.toml`, as JSON Schema 2020-12.
pub const SCHEMA: &str = include_str!("../../docs/book.schema.json");

/// The same, read.
pub fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap_or_default()
}

/// What a node of the schema wants, with its reference followed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wants<'a> {
    /// A table of known keys, or of any keys whose values are alike.
    Table(TableSchema<'a>),
    /// A list of values that are alike.
    List(&'a Value),
    /// A text, perhaps of a certain format.
    Text(Option<&'a str>),
    /// One of a few words.
    Choice(&'a Value),
    /// A whole number, from and to.
    Number(i64, i64),
    /// `true` or `false`.
    Switch,
}

/// A node of the schema that wants a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableSchema<'a> {
    node: &'a Value,
}

impl<'a> Wants<'a> {
    /// Reads a node, `None` where it is of a kind that the configuration's types never make.
    pub(super) fn of(root: &'a Value, node: &'a Value) -> Option<Self> {
        let node = match node["$ref"].as_str() {
            Some(reference) => root.pointer(reference.strip_prefix('#')?)?,
            None => node,
        };
        if node.get("oneOf").is_some() || node.get("enum").is_some() {
            return Some(Self::Choice(node));
        }
        Some(match node["type"].as_str()? {
            "object" => Self::Table(TableSchema { node }),
            "array" => Self::List(&node["items"]),
            "string" => Self::Text(node["format"].as_str()),
            "integer" => {
                Self::Number(node["minimum"].as_i64().unwrap_or(i64::MIN), node["maximum"].as_i64().unwrap_or(i64::MAX))
            }
            "boolean" => Self::Switch,
            _ => return None,
        })
    }

    /// The words of a choice, in the order of the type.
    pub(super) fn words(choice: &'a Value) -> Vec<&'a str> {
        let each = choice["oneOf"].as_array().into_iter().flatten();
        let documented = each.flat_map(|one| one["const"].as_str().into_iter().chain(strings(&one["enum"])));
        documented.chain(strings(&choice["enum"])).collect()
    }
}

impl<'a> TableSchema<'a> {
    /// The node of a key's value, if the table knows the key.
    pub(super) fn key(self, key: &str) -> Option<&'a Value> {
        self.node["properties"].get(key).or_else(|| self.node.get("additionalProperties").filter(|any| any.is_object()))
    }

    /// The keys that it knows by name.
    pub(super) fn keys(self) -> impl Iterator<Item = &'a str> {
        self.node["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str())
    }

    /// The keys that it can't be without.
    pub(super) fn required(self) -> impl Iterator<Item = &'a str> {
        strings(&self.node["required"])
    }

    /// The format of a key, where it is free.
    pub(super) fn key_format(self, key: &str) -> Option<&'a str> {
        let is_known = self.node["properties"].get(key).is_some();
        self.node["propertyNames"]["format"].as_str().filter(|_| !is_known)
    }
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}
