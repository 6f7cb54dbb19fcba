//! What a component's template gets for the value of an attribute: of the kind that it wants, and nothing that could run.

use serde_json::Value;

use crate::component::ParameterKind;

/// A value for an address that was not read as one (a word, or code with white space in its scheme): what could
/// run is left out.
pub(super) fn harmless(value: &Value) -> Value {
    match value {
        Value::String(text) if !crate::html::is_harmless(text) => Value::String(String::new()),
        Value::Array(items) => items.iter().map(harmless).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), harmless(value))).collect(),
        other => other.clone(),
    }
}

/// A value as the component's template wants it: `"100"` for a number, `true` for text.
pub(super) fn coerced(value: Value, kind: Option<ParameterKind>) -> Value {
    match (kind, value) {
        (Some(ParameterKind::Integer), value) => crate::component::whole(&value).map_or(Value::Null, Value::from),
        (Some(ParameterKind::Float), Value::Number(number)) => {
            number.as_f64().and_then(serde_json::Number::from_f64).map_or(Value::Null, Value::Number)
        }
        (Some(ParameterKind::Number | ParameterKind::Float), Value::String(text)) => {
            let number = text.trim().parse::<f64>().ok().and_then(serde_json::Number::from_f64);
            number.map_or(Value::Null, Value::Number)
        }
        (Some(ParameterKind::Bool), Value::String(text)) => Value::Bool(text == "true"),
        (Some(ParameterKind::Text), value @ (Value::Number(_) | Value::Bool(_))) => Value::String(value.to_string()),
        (_, value) => value,
    }
}

/// What stands for a required attribute that is missing: the page still shows.
pub(super) fn empty(kind: Option<ParameterKind>) -> Value {
    match kind {
        Some(ParameterKind::Text) | None => Value::String(String::new()),
        Some(ParameterKind::Bool) => Value::Bool(false),
        Some(ParameterKind::Number | ParameterKind::Integer) => Value::from(0),
        Some(ParameterKind::Float) => Value::from(0.0),
        Some(ParameterKind::List) => Value::Array(Vec::new()),
        Some(ParameterKind::Map) => Value::Object(serde_json::Map::new()),
    }
}
