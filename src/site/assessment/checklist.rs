//! The checklist of one page, as its front matter has it: `checklist: [{title, description}]`, or plain texts.

use serde_json::{Map, Value};

use crate::page::Page;

/// The key of the front matter.
const KEY: &str = "checklist";

/// The keys that a statement has.
pub const KEYS: &[&str] = &["id", "title", "description", "was", "weight"];

/// One statement of a checklist, as its page has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// Its own id, if it has one.
    pub id: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it says; may be empty.
    pub description: String,
    /// What it was called before, or ids that it had.
    pub was: Vec<String>,
    /// How much it counts.
    pub weight: f64,
    /// Its place in the page's list: what can't be read is none.
    pub place: usize,
}

/// Whether a page has a checklist.
pub fn has_checklist(page: &Page) -> bool {
    page.meta
        .data
        .get(KEY)
        .and_then(Value::as_array)
        .is_some_and(|items| items.iter().any(|item| read(item, 0).is_some()))
}

/// The statements of a page's checklist; those that say nothing are left out.
pub fn statements(page: &Page) -> Vec<Statement> {
    let items = page.meta.data.get(KEY).and_then(Value::as_array);
    items.map(|items| read_all(items)).unwrap_or_default()
}

/// The statements of a list, wherever it stands.
pub(super) fn read_all(items: &[Value]) -> Vec<Statement> {
    items.iter().enumerate().filter_map(|(place, item)| read(item, place)).collect()
}

fn read(item: &Value, place: usize) -> Option<Statement> {
    let Value::Object(fields) = item else {
        let title = text(item)?;
        return Some(Statement { title, weight: 1.0, place, ..Statement::default() });
    };
    let field = |name: &str| fields.get(name).and_then(text);
    let (title, description) = (field("title"), field("description"));
    let (title, description) = match (title, description) {
        (Some(title), description) => (title, description.unwrap_or_default()),
        (None, description) => (description?, String::new()),
    };
    Some(Statement {
        id: field("id"),
        title,
        description,
        was: was(fields),
        weight: weight(fields).unwrap_or(1.0),
        place,
    })
}

fn was(fields: &Map<String, Value>) -> Vec<String> {
    match fields.get("was") {
        Some(Value::Array(names)) => names.iter().filter_map(text).collect(),
        Some(name) => text(name).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A weight that can be reckoned with.
pub(super) fn weight(fields: &Map<String, Value>) -> Option<f64> {
    fields.get("weight")?.as_f64().filter(|weight| *weight > 0.0 && *weight <= 1000.0)
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
