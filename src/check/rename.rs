//! A tag renamed everywhere: on pages, in the lists that ask for it, in the vocabulary.
//! Gives edits and changes nothing.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::page::Page;
use crate::site::Edition;
use crate::source::{Source, SourcePath, Span};

/// The edits that rename a tag, by file: each as the fix of a finding.
pub fn everywhere(site: &Edition, sources: &[Source], old: &str, new: &str) -> BTreeMap<SourcePath, Vec<Diagnostic>> {
    let texts: HashMap<&SourcePath, &str> = sources.iter().map(|source| (&source.path, &*source.text)).collect();
    let mut changes: BTreeMap<SourcePath, Vec<Diagnostic>> = BTreeMap::new();
    let mut put = |path: &SourcePath, edit: Edit| {
        let finding = Diagnostic::new(Code::SimilarTags, path, edit.span, format!("`{old}` becomes `{new}`"));
        let fix = Fix { title: format!("write `{new}`"), edits: vec![edit] };
        changes.entry(path.clone()).or_default().push(finding.with_fix(fix));
    };
    for published in &site.pages {
        let page = &published.page;
        let Some(text) = texts.get(&page.path) else { continue };
        for edit in on_page(site, page, text, old, new) {
            put(&page.path, edit);
        }
    }
    for source in sources
        .iter()
        .filter(|source| source.path.folder().is_empty() && matches!(source.path.file_name(), "tags.yml" | "tags.yaml"))
    {
        for edit in in_vocabulary(&source.text, old, new) {
            put(&source.path, edit);
        }
    }
    changes
}

fn on_page(site: &Edition, page: &Page, text: &str, old: &str, new: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let has_new = page.meta.tags.iter().any(|tag| tag.label == new);
    for tag in page.meta.tags.iter().filter(|tag| tag.label == old) {
        // A page that carries both would carry one twice: its line goes.
        edits.extend(match whole_line(text, tag.span).filter(|_| has_new) {
            Some(line) => Some(Edit { span: line, replacement: String::new() }),
            None => value(text, tag.span, old, new),
        });
    }
    for component in &page.components {
        if !site.components.get(&component.name).is_some_and(|declared| declared.query) {
            continue;
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

/// The line of a list's item, if the item is all that it holds.
fn whole_line(text: &str, span: Span) -> Option<Span> {
    let start = text.get(..span.start)?.rfind('\n')? + 1;
    let end = text[span.end..].find('\n').map(|at| span.end + at + 1)?;
    let before = text[start..span.start].trim().trim_end_matches(['"', '\'']).trim_end();
    let after = text[span.end..end].trim().trim_start_matches(['"', '\'']);
    (before == "-" && (after.is_empty() || after.starts_with('#'))).then(|| Span::new(start, end))
}

/// The edit that writes a new value as YAML wants it, with quotes where it needs them.
fn value(text: &str, span: Span, old: &str, new: &str) -> Option<Edit> {
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
    first.is_some_and(char::is_alphabetic)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains([',', '[', ']', '{', '}', '"', '\\'])
        && !text.ends_with([':', ' '])
        && !matches!(word.as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null")
}

/// The places of a label in the vocabulary: as a key, as a value or in a list.
fn in_vocabulary(text: &str, old: &str, new: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let bare = line.trim();
        let key = bare.strip_suffix(':').unwrap_or(bare);
        let value = ["label:", "-"].iter().find_map(|mark| bare.strip_prefix(mark)).map_or(key, str::trim);
        let plain = value.trim_matches(['"', '\'']);
        if plain != old {
            continue;
        }
        let Some(offset) = line.find(old) else { continue };
        let span = Span::new(at + offset, at + offset + old.len());
        let is_quoted = plain.len() < value.len();
        let replacement = if is_quoted || is_plain(new) { new.to_owned() } else { double_quoted(new) };
        edits.push(Edit { span, replacement });
    }
    edits
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

    #[test]
    fn the_vocabulary_is_renamed_at_its_label_key_and_aliases() {
        let text = "old:\n  label: Old\n  aliases:\n    - Old\n    - Older\n";
        let edits = in_vocabulary(text, "Old", "New");
        assert_eq!(edits.len(), 2);
    }
}
