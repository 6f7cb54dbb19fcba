//! A tag renamed everywhere: on pages, in the lists that ask for it, in the vocabulary.
//! Gives edits and changes nothing.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::page::front_matter::parse_yaml_data;
use crate::page::{Page, QueryPart};
use crate::query::{Expression, Operand, Term, Test};
use crate::site::{Edition, Library};
use crate::source::{Source, SourcePath, Span};

/// A tag as it is written, and as it is to be written.
#[derive(Clone, Copy)]
struct Renaming<'a> {
    old: &'a str,
    new: &'a str,
}

/// The edits that rename a tag, by file: each as the fix of a finding. Whoever writes the label means the tag, in
/// whatever language the page is, so it is renamed in all of them; what other languages call it stays.
pub fn everywhere(
    library: &Library,
    sources: &[Source],
    old: &str,
    new: &str,
) -> BTreeMap<SourcePath, Vec<Diagnostic>> {
    let texts: HashMap<&SourcePath, &str> = sources.iter().map(|source| (&source.path, &*source.text)).collect();
    let mut changes: BTreeMap<SourcePath, Vec<Diagnostic>> = BTreeMap::new();
    let mut put = |path: &SourcePath, edit: Edit| {
        let finding = Diagnostic::new(Code::SimilarTags, path, edit.span, format!("`{old}` becomes `{new}`"));
        let fix = Fix { title: format!("write `{new}`"), edits: vec![edit] };
        changes.entry(path.clone()).or_default().push(finding.with_fix(fix));
    };
    let renaming = Renaming { old, new };
    for (_, site) in library.editions() {
        for published in site.pages.iter().filter(|published| published.borrowed.is_none()) {
            let page = &published.page;
            let Some(text) = texts.get(&page.path) else { continue };
            for edit in on_page(site, page, text, renaming) {
                put(&page.path, edit);
            }
        }
    }
    // Two labels of one tag are both declared, and stay so.
    if are_one(library.original(), old, new) {
        return changes;
    }
    for source in sources
        .iter()
        .filter(|source| source.path.folder().is_empty() && matches!(source.path.file_name(), "tags.yml" | "tags.yaml"))
    {
        for edit in in_vocabulary(source, renaming) {
            put(&source.path, edit);
        }
    }
    changes
}

/// Whether the vocabulary says of two labels that they are one tag.
pub fn are_one(site: &Edition, one: &str, other: &str) -> bool {
    let key = |label: &str| site.vocabulary.get(label).map(|word| &word.key);
    key(one).is_some_and(|one| key(other) == Some(one))
}

fn on_page(site: &Edition, page: &Page, text: &str, Renaming { old, new }: Renaming<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let is_new = |label: &str| label == new || (label != old && are_one(site, label, new));
    let has_new = page.meta.tags.iter().any(|tag| is_new(&tag.label));
    for tag in page.meta.tags.iter().filter(|tag| tag.label == old) {
        // A page that carries both would carry one twice: its line goes.
        edits.extend(match whole_line(text, tag.span).filter(|_| has_new) {
            Some(line) => Some(Edit { span: line, replacement: String::new() }),
            None => value(text, tag.span, old, new),
        });
    }
    let defined = page.meta.defines.iter().enumerate().filter(|(_, label)| *label == old);
    edits.extend(defined.filter_map(|(at, _)| {
        let spans = &page.meta.spans;
        value(text, *spans.get(&format!("defines[{at}]")).or_else(|| spans.get("defines"))?, old, new)
    }));
    for component in &page.components {
        if !site.components.get(&component.name).is_some_and(|declared| declared.query) {
            continue;
        }
        if let Some(query) = &component.query.query {
            edits.extend(in_query(text, query, Renaming { old, new }));
        }
        let Some(term) = component.query.tag.as_ref().filter(|term| term.text == old) else { continue };
        let Some(written) = text.get(term.span.start..term.span.end) else { continue };
        let Some(at) = written.rfind(old) else { continue };
        let start = term.span.start + at;
        let escaped = new.replace('"', "&quot;");
        edits.push(Edit { span: Span::new(start, start + old.len()), replacement: escaped });
    }
    edits
}

/// The places of a label in what a list asks in the language of queries.
fn in_query(text: &str, part: &QueryPart, Renaming { old, new }: Renaming<'_>) -> Vec<Edit> {
    let attribute = text.get(part.span.start..part.span.end).unwrap_or_default();
    // One with characters of HTML in it is not what is written, and places in it are others.
    let value_at = attribute.find('=').and_then(|at| Some(at + attribute.get(at..)?.find(&part.text)?));
    let (Some(at), Ok(Some(query))) = (value_at, Expression::read(&part.text)) else { return Vec::new() };
    let (around, quote, of_html) = match attribute[..at].chars().next_back() {
        Some('"') => ('"', '\'', "&quot;"),
        Some('\'') => ('\'', '"', "&#39;"),
        _ => return Vec::new(),
    };
    let escaped = new.replace('\\', r"\\").replace('*', r"\*").replace(quote, &format!("\\{quote}"));
    let replacement = format!("{quote}{}{quote}", escaped.replace(around, of_html));
    let asked = |term: &&Term| match &term.test {
        Test::Is(value) | Test::Compares(_, Operand::Value(value)) if term.name.text == "tag" => {
            (value.pattern.text() == Some(old)).then_some(value.span)
        }
        _ => None,
    };
    let start = part.span.start + at;
    let spans = query.terms().iter().filter_map(asked).collect::<Vec<Span>>();
    let edit =
        |span: Span| Edit { span: Span::new(start + span.start, start + span.end), replacement: replacement.clone() };
    spans.into_iter().map(edit).collect()
}

/// The line of a list's item, if the item is all that it holds.
fn whole_line(text: &str, span: Span) -> Option<Span> {
    let start = text.get(..span.start)?.rfind('\n')? + 1;
    let end = text[span.end..].find('\n').map(|at| span.end + at + 1)?;
    let before = text[start..span.start].trim().trim_end_matches(['"', '\'']).trim_end();
    let after = text[span.end..end].trim().trim_start_matches(['"', '\'']);
    (before == "-" && (after.is_empty() || after.starts_with('#'))).then(|| Span::new(start, end))
}

/// The edit that writes a new value as YAML wants it, with quotes where it needs them.
pub fn value(text: &str, span: Span, old: &str, new: &str) -> Option<Edit> {
    let written = text.get(span.start..span.end)?;
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let quoted_around = text[..span.start].ends_with(['"', '\'']) && text[span.end..].starts_with(['"', '\'']);
    let replacement = match quote {
        Some('"') => double_quoted(new),
        Some(_) => format!("'{}'", new.replace('\'', "''")),
        None if written != old => return None,
        None if quoted_around => new.replace(['"', '\\'], ""),
        None if is_plain(new) => new.to_owned(),
        None => double_quoted(new),
    };
    Some(Edit { span, replacement })
}

fn double_quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether YAML reads a text as that text without quotes, in a list of lines or in brackets.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next();
    let word = text.to_ascii_lowercase();
    let is_path = ["/", "./", "../"].iter().any(|start| text.starts_with(start));
    (is_path || first.is_some_and(char::is_alphabetic))
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains([',', '[', ']', '{', '}', '"', '\\'])
        && !text.ends_with([':', ' '])
        && !matches!(word.as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null")
}

/// The places of a label in the vocabulary: as a key, as the label (of any language) or among other labels.
fn in_vocabulary(source: &Source, Renaming { old, new }: Renaming<'_>) -> Vec<Edit> {
    let text = &*source.text;
    let mut edits: Vec<Edit> = key_of(text, old)
        .map(|span| Edit { span, replacement: if is_plain(new) { new.to_owned() } else { double_quoted(new) } })
        .into_iter()
        .collect();
    let (declared, places, _) = parse_yaml_data(&source.path, text);
    for (key, tag) in &declared {
        let mut named: Vec<(String, &Value)> = Vec::new();
        match tag.get("label") {
            Some(Value::Object(labels)) => {
                named.extend(labels.iter().map(|(code, label)| (format!("{key}.label.{code}"), label)));
            }
            Some(label) => named.push((format!("{key}.label"), label)),
            None => {}
        }
        let aliases = tag.get("aliases").and_then(Value::as_array).into_iter().flatten();
        named.extend(aliases.enumerate().map(|(at, alias)| (format!("{key}.aliases[{at}]"), alias)));
        let written = named.into_iter().filter(|(_, label)| label.as_str() == Some(old));
        edits.extend(written.filter_map(|(path, _)| value(text, *places.get(&path)?, old, new)));
    }
    edits.sort_by_key(|edit| edit.span.start);
    edits
}

/// Where a tag's key stands, without what else is on its line, quotes among it.
fn key_of(text: &str, key: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let quoted = [format!("\"{key}\""), format!("'{key}'"), key.to_owned()];
        let written = quoted.into_iter().find(|written| {
            let rest = line.strip_prefix(written.as_str()).and_then(|rest| rest.trim_start().strip_prefix(':'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        });
        if let Some(written) = written {
            return Some(Span::new(start, start + written.len()));
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_keeps_its_quotes_and_gets_them_where_it_needs_them() {
        let edit = |text: &str, new: &str| {
            let start = text.find("Old").unwrap();
            let edit = value(text, Span::new(start, start + 3), "Old", new).unwrap();
            format!("{}{}{}", &text[..edit.span.start], edit.replacement, &text[edit.span.end..])
        };
        assert_eq!(edit("- Old\n", "New (Role)"), "- New (Role)\n");
        assert_eq!(edit("- Old\n", "New: thing"), "- \"New: thing\"\n");
        assert_eq!(edit("- 'Old'\n", "New"), "- 'New'\n");
    }

    fn renamed(text: &str) -> String {
        let source = Source { path: SourcePath::content("tags.yml"), text: text.into() };
        let edits = in_vocabulary(&source, Renaming { old: "Old", new: "New: thing" });
        edits.into_iter().rev().fold(text.to_owned(), |mut text, edit| {
            text.replace_range(edit.span.start..edit.span.end, &edit.replacement);
            text
        })
    }

    #[test]
    fn the_vocabulary_is_renamed_at_its_label_key_and_aliases() {
        assert_eq!(
            renamed("Old:\n  label: Old\n  description: Old\n  aliases:\n    - 'Old'\n    - Older\n"),
            "\"New: thing\":\n  label: \"New: thing\"\n  description: Old\n  aliases:\n    - 'New: thing'\n    - Older\n"
        );
        assert_eq!(renamed("'Old' : {label: \"Old\"}\nOlder:\n"), "\"New: thing\" : {label: \"New: thing\"}\nOlder:\n");
    }

    #[test]
    fn the_vocabulary_is_renamed_at_the_label_of_any_language() {
        assert_eq!(
            renamed("old:\n  label: {en: Older, de: Old}\n  kind: {de: Old}\nother:\n  label:\n    ja: Old\n"),
            "old:\n  label: {en: Older, de: \"New: thing\"}\n  kind: {de: Old}\nother:\n  label:\n    ja: \"New: thing\"\n"
        );
    }
}
