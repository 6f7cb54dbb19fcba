//! Checklists in front matter that can't be rated as they are written: statements that say nothing, keys that nobody
//! reads, and names under which answers would get mixed up.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::page::Page;
use crate::site::assessment::{KEYS, Statement, item_name, item_names, statements};
use crate::source::Span;

pub(super) fn check(_: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let page = page_context.page;
    let Some(list) = page.meta.data.get("checklist").filter(|value| !value.is_null()) else { return };
    let Value::Array(items) = list else {
        let help = "Write a list, each statement on a line of its own that begins with `- title: …`.";
        let message = "a checklist is a list of statements".to_owned();
        findings.push(finding(page, Code::InvalidChecklist, "checklist", message).with_help(help));
        return;
    };
    let read = statements(page);
    for (at, item) in items.iter().enumerate() {
        if read.iter().all(|statement| statement.place != at) {
            let message = "this statement of the checklist says nothing".to_owned();
            let help = "Give it a `title`, and a `description` that says when it is true.";
            findings.push(finding(page, Code::InvalidChecklist, &format!("checklist[{at}]"), message).with_help(help));
        }
        if let Value::Object(fields) = item {
            keys(page, at, fields, findings);
        }
    }
    repeated(page, &read, findings);
}

/// Keys that nobody reads, and values that can't be reckoned with.
fn keys(page: &Page, at: usize, fields: &Map<String, Value>, findings: &mut Vec<Diagnostic>) {
    for (key, value) in fields {
        let way = format!("checklist[{at}].{key}");
        if !KEYS.contains(&key.as_str()) {
            // What others carry along is theirs; what is nearly one of ours is meant to be it.
            let Some(meant) = nearest(key, KEYS.iter().copied()) else { continue };
            let message = format!("a statement of a checklist has no `{key}`");
            let help = format!("Did you mean `{meant}`?");
            findings.push(finding(page, Code::InvalidChecklist, &way, message).with_help(help));
        } else if key == "weight" && !value.as_f64().is_some_and(|weight| weight > 0.0 && weight <= 1000.0) {
            let message = "a statement's weight is a number above 0, up to 1000".to_owned();
            let help = "Write `weight: 2` for one that counts twice, or leave it out.";
            findings.push(finding(page, Code::InvalidChecklist, &way, message).with_help(help));
        }
    }
}

/// Statements that answers can't tell apart, and old names that are still somebody's.
fn repeated(page: &Page, read: &[Statement], findings: &mut Vec<Diagnostic>) {
    let names = item_names(read);
    let mut first: HashMap<String, usize> = HashMap::new();
    for statement in read {
        let (wanted, key) = match &statement.id {
            Some(id) => (id.clone(), "id"),
            None => (item_name(&statement.title), "title"),
        };
        if first.insert(wanted.clone(), statement.place).is_some() {
            let message =
                format!("two statements of this checklist are called `{wanted}`, so answers to them may be mixed up");
            let help = "Give one of them another title, or each an `id` of its own.";
            let way = way(page, statement.place, key);
            findings.push(finding(page, Code::RepeatedStatement, &way, message).with_help(help));
        }
    }
    let mut claimed: HashMap<String, usize> = HashMap::new();
    for (statement, own) in read.iter().zip(&names) {
        for old in statement.was.iter().filter(|old| !old.contains('#')) {
            let name = item_name(old);
            let is_taken = names.iter().any(|other| *other == name && other != own);
            let is_claimed = claimed.insert(name, statement.place).is_some_and(|by| by != statement.place);
            if is_taken || is_claimed {
                let who =
                    if is_taken { "another statement is called so today" } else { "another statement says so, too" };
                let message = format!("`{old}` can't be what this statement was called: {who}");
                let help = "Each old title belongs to one statement, which takes its answers over.";
                let way = way(page, statement.place, "was");
                findings.push(finding(page, Code::RepeatedStatement, &way, message).with_help(help));
            }
        }
    }
}

/// Where a key of a statement stands, or the statement, where that is all there is.
fn way(page: &Page, at: usize, key: &str) -> String {
    let whole = format!("checklist[{at}].{key}");
    if page.meta.spans.contains_key(&whole) { whole } else { format!("checklist[{at}]") }
}

fn finding(page: &Page, code: Code, way: &str, message: String) -> Diagnostic {
    let spans = &page.meta.spans;
    let above = way.split(['.', '[']).next().unwrap_or(way);
    let span = spans.get(way).or_else(|| spans.get(above)).copied().unwrap_or(Span::default());
    Diagnostic::new(code, &page.path, span, message)
}
