//! The front matter of a translation with translated values in it.

use std::collections::HashMap;
use std::sync::Arc;

use super::messages::{MessagePlace, PageTexts};
use crate::page::{Page, front_matter};
use crate::source::{Source, SourcePath};
use crate::translations::mark::with_value;

/// What stands before the body.
pub(super) fn head(texts: &PageTexts<'_>, wanted: &HashMap<MessagePlace, &str>) -> String {
    let page = texts.translation.unwrap_or(texts.original);
    let mut fields: Vec<(&str, &str)> = Vec::new();
    for (place, value) in wanted {
        if let MessagePlace::Field(key) = place {
            fields.push((key, value));
        }
    }
    fields.sort_unstable();
    let mut head = page.text[..page.body_start].to_owned();
    for (key, value) in fields {
        head = with_value(&head, key, &literal(page, key, value));
    }
    head
}

/// Whether a value can be read from a front matter again as it was meant.
pub(super) fn is_read_again(head: &str, key: &str, value: &str) -> bool {
    let read = front_matter::read(&Source { path: SourcePath::content("page.md"), text: Arc::from(head) });
    read.meta.data.get(key).and_then(|read| read.as_str()).map(str::trim) == Some(value.trim())
}

/// A value as it stands in a front matter: without quotes where there were none and none are needed.
fn literal(page: &Page, key: &str, value: &str) -> String {
    let old = page.meta.spans.get(key).map_or("", |span| span.of(&page.text));
    let is_word = |c: char| c.is_alphanumeric() || c == ' ' || "-.,()/?!'".contains(c);
    let is_plain = value.chars().next().is_some_and(char::is_alphabetic)
        && value.trim() == value
        && value.chars().all(|c| is_word(c) || !c.is_ascii())
        && !RESERVED.iter().any(|reserved| value.eq_ignore_ascii_case(reserved));
    let was_plain = !old.is_empty() && !old.starts_with(['"', '\'']) && !page.text.trim_start().starts_with('+');
    if was_plain && is_plain {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Words that some readers of YAML take for something else than a text.
const RESERVED: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
