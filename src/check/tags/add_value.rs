//! An edit of front matter that adds values to a key, however its value is written: a list in either style, one value, or
//! nothing yet. Comments stay where they are.

use serde_json::Value;

use crate::diagnostic::{Edit, Fix};
use crate::page::Page;
use crate::source::Span;

/// The fix that adds these names to a key; nothing where it can't be told how.
pub(in crate::check) fn fix(page: &Page, key: &str, names: &[String]) -> Option<Fix> {
    let written: Vec<String> = names.iter().map(|name| plainly(name)).collect();
    let value = page.meta.data.get(key);
    let span = page.meta.spans.get(key).copied();
    let edits = match (value, span) {
        (None, _) => vec![new_key(page, key, &written)?],
        (Some(value), Some(span)) => added(page, value, Place { key, span }, &written)?,
        (Some(_), None) => return None,
    };
    let named: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    Some(Fix { title: format!("add {}", named.join(", ")), edits })
}

/// Where a key's value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    key: &'a str,
    span: Span,
}

fn insert(at: usize, replacement: String) -> Edit {
    Edit { span: Span::at(at), replacement }
}

/// A name as YAML reads it as that text, also within brackets.
fn plainly(name: &str) -> String {
    let is_plain = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' '))
        && !name.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&name.to_lowercase().as_str());
    if is_plain { name.to_owned() } else { serde_json::to_string(name).unwrap_or_default() }
}

/// A line before the one that closes the front matter, or front matter where there is none.
fn new_key(page: &Page, key: &str, names: &[String]) -> Option<Edit> {
    let line_end = if page.text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = format!("{key}: [{}]{line_end}", names.join(", "));
    let head = &page.text[..page.body_start];
    if head.trim_start_matches('\u{feff}').is_empty() {
        return Some(insert(head.len(), format!("---{line_end}{line}---{line_end}{line_end}")));
    }
    let closing = head.trim_end().strip_suffix("---")?;
    (closing.ends_with('\n') && closing.contains("---")).then(|| insert(closing.len(), line))
}

/// Edits that add names to a value that is there.
fn added(page: &Page, value: &Value, place: Place<'_>, names: &[String]) -> Option<Vec<Edit>> {
    let span = place.span;
    let text = page.text.get(span.start..span.end)?;
    let names_in_line = names.join(", ");
    match value {
        Value::Null if span.start == span.end => {
            let space = if page.text[..span.start].ends_with(':') { " " } else { "" };
            Some(vec![insert(span.start, format!("{space}[{names_in_line}]"))])
        }
        Value::Null => Some(vec![Edit { span, replacement: format!("[{names_in_line}]") }]),
        Value::Array(items) if text.starts_with('[') => match items.len().checked_sub(1) {
            None => Some(vec![insert(span.start + 1, names_in_line)]),
            Some(last) => {
                let last = page.meta.spans.get(&format!("{}[{last}]", place.key))?;
                Some(vec![insert(last.end, format!(", {names_in_line}"))])
            }
        },
        Value::Array(items) => block_list(page, items.len(), place, names),
        // One value becomes the first of a list.
        _ if is_behind_its_key(page, span) && !text.contains('\n') && is_sound_in_brackets(text) => {
            Some(vec![insert(span.start, "[".to_owned()), insert(span.end, format!(", {names_in_line}]"))])
        }
        _ => None,
    }
}

/// Whether a value reads the same within brackets.
fn is_sound_in_brackets(text: &str) -> bool {
    text.starts_with(['"', '\'', '{']) || !text.contains([',', '[', ']', '{', '}', '*', '&', '!'])
}

/// Whether a value begins on the line of its key.
fn is_behind_its_key(page: &Page, span: Span) -> bool {
    let before = &page.text[..span.start];
    before[before.rfind('\n').map_or(0, |at| at + 1)..].contains(':')
}

/// Lines below the last of a list with a dash a line.
fn block_list(page: &Page, items: usize, place: Place<'_>, names: &[String]) -> Option<Vec<Edit>> {
    let text = &page.text;
    let item = |at: usize| page.meta.spans.get(&format!("{}[{at}]", place.key)).copied();
    let (first, last) = (item(0)?, item(items.checked_sub(1)?)?);
    let line_start = text[..first.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..first.start];
    let indent = &before[..before.find('-')?];
    if !indent.chars().all(char::is_whitespace) {
        return None;
    }
    let end = text[last.end..].find('\n').map_or(text.len(), |at| last.end + at);
    let end = if text[..end].ends_with('\r') { end - 1 } else { end };
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: String = names.iter().map(|name| format!("{line_end}{indent}- {name}")).collect();
    Some(vec![insert(end, lines)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{self, Dialect};
    use crate::source::{Source, SourcePath};

    fn fixed(text: &str) -> String {
        let source = Source { path: SourcePath::content("a.md"), text: text.into() };
        let page = page::parse(&source, Dialect::OWN);
        let Some(fix) = fix(&page, "related", &["ri-5".into(), "A: b".into()]) else { return "no fix".into() };
        let mut out = text.to_owned();
        for edit in fix.edits.iter().rev() {
            out.replace_range(edit.span.start..edit.span.end, &edit.replacement);
        }
        let source = Source { path: SourcePath::content("a.md"), text: out.as_str().into() };
        let added = page::parse(&source, Dialect::OWN).meta.data["related"].clone();
        let added = added.as_array().unwrap_or_else(|| panic!("{out}"));
        assert_eq!(added[added.len() - 2..], ["ri-5".to_owned(), "A: b".to_owned()], "{out}");
        out
    }

    #[test]
    fn values_are_added_however_a_key_is_written() {
        for (before, after) in [
            ("---\nrelated: [x]  # why\n---\n", "---\nrelated: [x, ri-5, \"A: b\"]  # why\n---\n"),
            ("---\nrelated: []\n---\n", "---\nrelated: [ri-5, \"A: b\"]\n---\n"),
            ("---\nrelated: x  # why\n---\n", "---\nrelated: [x, ri-5, \"A: b\"]  # why\n---\n"),
            ("---\nrelated:\na: b\n---\n", "---\nrelated: [ri-5, \"A: b\"]\na: b\n---\n"),
            ("---\nrelated: ~\n---\n", "---\nrelated: [ri-5, \"A: b\"]\n---\n"),
            (
                "---\nrelated:\n  - x  # why\n  - to: y\n    note: n  # so\na: b\n---\n",
                "---\nrelated:\n  - x  # why\n  - to: y\n    note: n  # so\n  - ri-5\n  - \"A: b\"\na: b\n---\n",
            ),
            ("---\r\nrelated:\r\n- x\r\n---\r\n", "---\r\nrelated:\r\n- x\r\n- ri-5\r\n- \"A: b\"\r\n---\r\n"),
            ("---\ntitle: T\n---\nText\n", "---\ntitle: T\nrelated: [ri-5, \"A: b\"]\n---\nText\n"),
            ("---\n---\nText\n", "---\nrelated: [ri-5, \"A: b\"]\n---\nText\n"),
            ("Text\n", "---\nrelated: [ri-5, \"A: b\"]\n---\n\nText\n"),
            ("---\nrelated: {to: x}\n---\n", "---\nrelated: [{to: x}, ri-5, \"A: b\"]\n---\n"),
            ("---\nrelated: >\n  x\n---\n", "no fix"),
        ] {
            assert_eq!(fixed(before), after, "{before}");
        }
    }
}
