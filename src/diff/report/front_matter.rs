//! What the front matter of a page says otherwise than before, key by key.

use serde_json::Value;

use super::document::{element, node, table, text};
use super::frame::ReportFrame;
use super::given::{ReportedDifference, ReportedSite};
use crate::diff::change::PageChange;
use crate::html::tree::TreeNode;
use crate::page::Data;

/// The keys that say something else, with what they said; nothing where there are none.
pub(super) fn nodes(parts: &ReportedDifference<'_>, frame: ReportFrame<'_>, change: &PageChange) -> Option<TreeNode> {
    let (path, former) = (change.path.as_deref()?, change.former_path.as_deref().or(change.path.as_deref())?);
    let (old, new) = (data(parts.before, former)?, data(parts.after, path)?);
    let mut rows: Vec<Vec<Vec<TreeNode>>> = Vec::new();
    let mut push = |name: &str, old: Vec<TreeNode>, new: Vec<TreeNode>| {
        rows.push(vec![vec![node(element("code", [text(name)]))], old, new]);
    };
    for key in &change.keys {
        push(key, said(frame, old.get(key)), said(frame, new.get(key)));
    }
    if rows.is_empty() {
        return None;
    }
    let heads = ["diff_front_matter", "diff_was", "diff_is"].map(|name| frame.word(name));
    Some(table(heads[0], &heads, rows))
}

/// The front matter of the page of a file.
fn data<'a>(site: ReportedSite<'a>, path: &str) -> Option<&'a Data> {
    let editions = site.library.editions();
    let mut pages = editions.flat_map(|(_, edition)| &edition.pages).filter(|published| published.borrowed.is_none());
    let published = pages.find(|published| (site.shown)(&published.page.path) == path)?;
    Some(&published.page.meta.data)
}

/// A value as people read it.
fn said(frame: ReportFrame<'_>, value: Option<&Value>) -> Vec<TreeNode> {
    match value {
        None | Some(Value::Null) => {
            vec![node(element("span", [text(frame.word("diff_not_said"))]).with("class", "nothing"))]
        }
        Some(Value::Array(items)) if items.iter().any(|item| item.is_array() || item.is_object()) => {
            let items: Vec<TreeNode> = items.iter().map(|item| node(element("li", [text(&plain(item))]))).collect();
            vec![node(element("ul", items))]
        }
        Some(value) => vec![node(element("span", [text(&plain(value))]).with("dir", "auto"))],
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| format!("{key}: {}", plain(value))).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
