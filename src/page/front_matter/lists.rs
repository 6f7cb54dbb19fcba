//! Lists that YAML reads as one text: an entry indented below another, a dash without its space, another sign for a
//! dash, entries parted by semicolons or held together by round brackets.

use serde_json::Value;

use super::explain;
use super::meta::value_at;
use super::yaml::BlockReading;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::{Source, Span};

/// The keys whose entries are texts.
pub(super) const OF_TEXTS: [&str; 6] = ["tags", "defines", "keywords", "aliases", "author", "authors"];

/// Adds what is found, and reads entries that can only be meant as such.
pub(super) fn tell(source: &Source, reading: &mut BlockReading) {
    let text = &*source.text;
    let several = |span: &Span| memchr::memchr2(b'\n', b'\r', span.of(text).as_bytes()).is_some();
    let runs = reading.spans.iter().filter(|(_, span)| several(span));
    let found: Vec<Diagnostic> = runs
        .filter(|(path, _)| value_at(&reading.data, path).is_some_and(Value::is_string))
        .filter_map(|(path, span)| run_on(source, path, *span))
        .collect();
    reading.findings.extend(found);
    for key in OF_TEXTS {
        let Some(Value::String(value)) = reading.data.get(key).cloned() else { continue };
        let Some(&span) = reading.spans.get(key) else { continue };
        if key == "tags" && several(&span) && is_bare(span.of(text)) {
            bare_entries(source, span, reading);
        } else if bullet(span.of(text)).is_some() {
            bullets(source, key, span, reading);
        } else if key == "tags" && span.of(text) == value {
            parted_otherwise(source, &value, span, reading);
        }
    }
}

/// Whether a text of several lines is of words alone, with nothing that holds it together.
fn is_bare(written: &str) -> bool {
    let is_word = |line: &str| line.trim_start().starts_with(char::is_alphanumeric) && !line.contains([',', ';']);
    written.lines().all(is_word)
}

/// Tags on lines of their own without dashes.
fn bare_entries(source: &Source, span: Span, reading: &mut BlockReading) {
    if margin(&source.text, span.start).is_some() {
        return;
    }
    let (mut items, mut edits) = (Vec::new(), Vec::new());
    let mut start = span.start;
    for line in span.of(&source.text).split_inclusive('\n') {
        let entry = line.trim();
        let place = start + line.len() - line.trim_start().len();
        start += line.len();
        edits.push(Edit { span: Span::at(place), replacement: "- ".into() });
        items.push((entry, Span::new(place, place + entry.len())));
    }
    let Some((first, place)) = items.first().copied() else { return };
    let (message, help) = about_bullet(first, first);
    let finding = Diagnostic::new(Code::FrontMatterSpacing, &source.path, place, message).with_help(help);
    reading.findings.push(finding.with_fix(Fix { title: "begin each entry with a dash and a space".into(), edits }));
    read_as_list("tags", items, reading);
}

/// Puts a list in a text's place.
fn read_as_list(key: &str, items: Vec<(&str, Span)>, reading: &mut BlockReading) {
    for (index, (_, span)) in items.iter().enumerate() {
        reading.spans.insert(format!("{key}[{index}]"), *span);
    }
    reading.data.insert(key.to_owned(), items.into_iter().map(|(entry, _)| Value::from(entry)).collect());
}

/// An entry with another one below it, which YAML takes for the rest of its line.
fn run_on(source: &Source, path: &str, span: Span) -> Option<Diagnostic> {
    let text = &*source.text;
    let key = path.split(['.', '[']).next().unwrap_or(path);
    let is_known = OF_TEXTS.contains(&key);
    let written = span.of(text);
    let margin = margin(text, span.start)?;
    if written.starts_with(['"', '\''])
        || bullet(written).is_some()
        || !(path.ends_with(']') || path == key && is_known)
    {
        return None;
    }
    let mut edits = Vec::new();
    let mut first = None;
    let mut start = span.start;
    for line in written.split_inclusive('\n') {
        let entry = line.trim();
        let place = start + line.len() - line.trim_start().len();
        if start > span.start && entry.starts_with("- ") {
            first.get_or_insert(Span::new(place, place + entry.len()));
            edits.push(Edit { span: Span::new(start, place), replacement: margin.to_owned() });
        }
        start += line.len();
    }
    let first = first?;
    let all = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let entry = explain::brief(first.of(text));
    let is_item = path.ends_with(']');
    let message = if is_item {
        format!("`{entry}` is indented below another entry, so both are read as one, `{}`", explain::brief(&all))
    } else {
        format!("`{entry}` continues the line above, so both are read as one entry, `{}`", explain::brief(&all))
    };
    let finding = Diagnostic::new(Code::FrontMatterSpacing, &source.path, first, message);
    if is_item && is_known {
        let fix = Fix { title: "let it stand below the entry above".into(), edits };
        return Some(finding.with_help("Let each `-` stand right below the one above.").with_fix(fix));
    }
    Some(finding.with_help("Write each entry on a line of its own, its `-` right below the one above."))
}

/// What stands before the dash of an entry, or before the key of a value that begins on the same line.
fn margin(text: &str, at: usize) -> Option<&str> {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1);
    let before = &text[start..at];
    let rest = before.trim_start();
    // Where nothing stands before it, it is text below a `|` or `>`.
    (!rest.is_empty()).then(|| &before[..before.len() - rest.len()])
}

/// The sign of an entry that YAML does not read as one, with the spaces behind it; and the entry.
pub(super) fn bullet(line: &str) -> Option<(usize, &str)> {
    let sign = line.chars().next()?;
    let rest = line[sign.len_utf8()..].trim_start_matches([' ', '\t']);
    let length = line.len() - rest.len();
    let well = match sign {
        '-' => length == 1 && rest.starts_with(char::is_alphabetic),
        '*' | '•' | '·' | '–' | '—' => length > sign.len_utf8() && !rest.trim().is_empty(),
        _ => false,
    };
    well.then_some((length, rest))
}

/// What is said of such a sign.
pub(super) fn about_bullet(line: &str, entry: &str) -> (String, String) {
    let shown = explain::brief(line.trim_end());
    let entry = explain::brief(entry.trim_end());
    let message = if line.starts_with('-') {
        format!("`{shown}` is no entry of a list, because its dash has no space behind it")
    } else {
        format!("`{shown}` is no entry of a list, because it does not begin with a dash")
    };
    (message, format!("Write `- {entry}`."))
}

fn bullets(source: &Source, key: &str, span: Span, reading: &mut BlockReading) {
    let mut items = Vec::new();
    let mut edits = Vec::new();
    let mut start = span.start;
    for line in span.of(&source.text).split_inclusive('\n') {
        let row = line.trim_start();
        let place = start + line.len() - row.len();
        start += line.len();
        let Some((length, entry)) = bullet(row) else { return };
        let entry = entry.trim_end();
        edits.push(Edit { span: Span::new(place, place + length), replacement: "- ".into() });
        items.push((entry, Span::new(place + length, place + length + entry.len())));
    }
    if margin(&source.text, span.start).is_some() {
        return;
    }
    let first = span.of(&source.text).lines().next().unwrap_or_default();
    let (message, help) = about_bullet(first, items.first().map_or("", |(entry, _)| entry));
    let place = Span::new(span.start, span.start + first.trim_end().len());
    let finding = Diagnostic::new(Code::FrontMatterSpacing, &source.path, place, message).with_help(help);
    let title = "begin each entry with a dash and a space".into();
    reading.findings.push(finding.with_fix(Fix { title, edits }));
    read_as_list(key, items, reading);
}

/// Tags in one line that are not parted by commas alone.
fn parted_otherwise(source: &Source, value: &str, span: Span, reading: &mut BlockReading) {
    let in_brackets = value.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (inside, sign) = match in_brackets {
        Some(inside) if inside.contains(',') => (inside, ','),
        None if value.contains("; ") && !value.contains(',') => (value, ';'),
        // The comma of Chinese and Japanese.
        None if value.contains('，') && !value.contains(',') => (value, '，'),
        _ => return,
    };
    let mut at = span.start + usize::from(in_brackets.is_some());
    let mut items = Vec::new();
    for part in inside.split(sign) {
        let entry = part.trim();
        let start = at + part.len() - part.trim_start().len();
        at += part.len() + sign.len_utf8();
        items.extend((!entry.is_empty()).then(|| (entry, Span::new(start, start + entry.len()))));
    }
    let shown = explain::brief(value);
    let entries: Vec<&str> = items.iter().map(|(entry, _)| *entry).collect();
    let instead = format!("[{}]", entries.join(", "));
    let message = match in_brackets {
        Some(_) => format!("`{shown}` is no list, because its brackets are round"),
        None => format!("`{shown}` is no list, because only ordinary commas part tags"),
    };
    let finding = Diagnostic::new(Code::WrongType, &source.path, span, message);
    reading.findings.push(finding.with_help(format!("Write `{instead}`.")).with_fix(Fix::replace(span, instead)));
    read_as_list("tags", items, reading);
}
