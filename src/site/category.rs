//! `_category_.yaml` and its kin: what a folder says of itself in the sidebar.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Data, DataSpans};
use crate::source::{SourcePath, Span};

/// What a folder says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Category {
    /// What the sidebar calls it.
    pub label: Option<String>,
    /// Its place among its siblings.
    pub position: Option<f64>,
    /// A class for its sidebar entry.
    pub class_name: Option<String>,
    /// What its sidebar entry leads to.
    pub link: CategoryLink,
    /// Whether it starts closed; every section does unless the page lies in it.
    pub collapsed: Option<bool>,
    /// Whether it can be closed.
    pub collapsible: Option<bool>,
    /// Further data for templates.
    pub custom: Value,
    /// Whether it is the original's, in a language that has none for the folder.
    pub borrowed: bool,
}

/// What a folder's sidebar entry leads to.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum CategoryLink {
    /// The folder's own page, if it has one.
    #[default]
    Automatic,
    /// Nothing: it is a label.
    Nothing,
    /// The page with that id, relative to the folder or whole.
    Page {
        /// The id as written.
        id: String,
        /// Where it is written.
        span: Span,
    },
    /// An index of the folder, made for it.
    Generated {
        /// Its title; the label if none.
        title: Option<String>,
        /// Its description.
        description: Option<String>,
        /// Its address below the docs' route; made from the folder if none.
        slug: Option<String>,
    },
}

/// Reads a category file that was parsed into data.
pub fn read(path: &SourcePath, data: &Data, spans: &DataSpans) -> (Category, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut wrong = |key: &str, wants: &str| {
        let span = spans.get(key).copied().unwrap_or_default();
        let message = format!("`{key}` of this folder must be {wants}");
        let help = match key {
            "position" => "Write a number such as `2`.",
            _ => "Write one of these, or leave the key out.",
        };
        findings.push(Diagnostic::new(Code::InvalidCategory, path, span, message).with_help(help));
    };
    let position = match data.get("position") {
        None | Some(Value::Null) => None,
        Some(value) => {
            let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
            if number.is_none() {
                wrong("position", "a number");
            }
            number
        }
    };
    let link = match data.get("link") {
        None => CategoryLink::Automatic,
        Some(Value::Null) => CategoryLink::Nothing,
        Some(Value::String(text)) if text == "none" => CategoryLink::Nothing,
        Some(value) => read_link(value, spans).unwrap_or_else(|| {
            wrong("link", "`null`, or have a `type` of `doc` (with an `id`) or `generated-index`");
            CategoryLink::Automatic
        }),
    };
    let category = Category {
        label: text(data.get("label")),
        position,
        class_name: text(data.get("className")),
        link,
        collapsed: data.get("collapsed").and_then(Value::as_bool),
        collapsible: data.get("collapsible").and_then(Value::as_bool),
        borrowed: false,
        custom: data.get("customProps").cloned().unwrap_or(Value::Null),
    };
    (category, findings)
}

fn read_link(value: &Value, spans: &DataSpans) -> Option<CategoryLink> {
    match value.get("type")?.as_str()? {
        "doc" => Some(CategoryLink::Page {
            id: text(value.get("id"))?,
            span: spans.get("link.id").copied().unwrap_or_default(),
        }),
        "generated-index" => Some(CategoryLink::Generated {
            title: text(value.get("title")),
            description: text(value.get("description")),
            slug: text(value.get("slug")),
        }),
        "none" => Some(CategoryLink::Nothing),
        _ => None,
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
