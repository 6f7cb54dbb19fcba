//! What a component is given of front matter, in copies in Markdown: an agent reads there what the component shows of it.

use serde_json::{Map, Value};

use super::in_markdown::{bracketed, one_line};
use crate::page::Component;

/// The values of the maps that a component is given, each below its name. Nothing where it is given something else, too,
/// but for its look: nobody knows what it makes of both together, and its tag says more than half of it.
pub(super) fn of_component(used: &Component) -> Option<String> {
    let given = used.attributes.iter().filter(|attribute| attribute.name != "className");
    let maps: Vec<_> = given.map(|attribute| attribute.value.as_object()).collect::<Option<_>>()?;
    let lines: Vec<String> = maps.into_iter().flat_map(|map| list(map, "")).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn list(map: &Map<String, Value>, inset: &str) -> Vec<String> {
    let line = |(name, value): (&String, &Value)| {
        let name = bracketed(&one_line(name));
        match value {
            Value::Object(inner) => {
                let within = list(inner, &format!("{inset}  "));
                let head = (!within.is_empty()).then(|| format!("{inset}- {name}:"));
                head.into_iter().chain(within).collect()
            }
            value => said(value).map(|said| format!("{inset}- {name}: {said}")).into_iter().collect::<Vec<_>>(),
        }
    };
    map.iter().flat_map(line).collect()
}

/// A value as text; nothing where it says nothing.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if is_address(text) => Some(format!("<{text}>")),
        Value::String(text) => Some(bracketed(&one_line(text))).filter(|text| !text.is_empty()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Array(values) => {
            Some(values.iter().filter_map(said).collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty())
        }
        Value::Object(_) | Value::Null => None,
    }
}

/// Whether a text is a whole address, which angle brackets make a link.
fn is_address(text: &str) -> bool {
    let ends = |sign: char| sign.is_whitespace() || sign == '<' || sign == '>';
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(ends)
}
