//! The names of folders that lists, queries and the configuration ask for, where no folder is called so after a move.

use std::collections::BTreeMap;

use super::queries;
use crate::check::configuration::ConfigTexts;
use crate::diagnostic::Edit;
use crate::page::Page;
use crate::site::address::split_number;
use crate::site::query::has_folder;
use crate::site::{Edition, Library};
use crate::source::{Source, SourcePath, Span};

/// A folder of pages that lies elsewhere after a move, by its place in the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderMove {
    /// Where it lay.
    pub from: String,
    /// Where it lies.
    pub to: String,
}

/// What names folders that are gone after a move, as edits of the texts as they were before it.
pub fn folder_names(
    before: &Library,
    after: &Library,
    folder: &FolderMove,
    configuration: Option<&Source>,
) -> BTreeMap<SourcePath, Vec<Edit>> {
    let mut naming = FolderNames { before, after, folder, known: BTreeMap::new() };
    let mut all: BTreeMap<SourcePath, Vec<Edit>> = BTreeMap::new();
    for (_, site) in before.editions() {
        for page in site.pages.iter().filter(|page| page.borrowed.is_none()) {
            let edits = naming.on_page(site, &page.page);
            if !edits.is_empty() {
                all.insert(page.page.path.clone(), edits);
            }
        }
    }
    if let Some(source) = configuration {
        let edits = naming.in_configuration(source);
        if !edits.is_empty() {
            all.insert(source.path.clone(), edits);
        }
    }
    for edits in all.values_mut() {
        edits.sort_by_key(|edit| edit.span);
        edits.dedup();
    }
    all
}

struct FolderNames<'a> {
    before: &'a Library,
    after: &'a Library,
    folder: &'a FolderMove,
    /// What was found out of names: many lists ask for one folder, and each time all pages are looked at.
    known: BTreeMap<String, Option<String>>,
}

impl FolderNames<'_> {
    /// What a folder is called afterwards, if nothing is called as it was any more.
    fn renamed(&mut self, name: &str) -> Option<String> {
        let new = self.new_name(name)?;
        let (before, after) = (self.before, self.after);
        let is_gone = || is_folder(before, name) && !is_folder(after, name) && is_folder(after, &new);
        let known = self.known.entry(name.to_owned()).or_insert_with(|| is_gone().then(|| new.clone()));
        known.clone()
    }

    /// What a folder is called afterwards, if that is the moved one or one below it.
    fn new_name(&self, name: &str) -> Option<String> {
        let FolderMove { from, to } = self.folder;
        let trimmed = name.trim_matches('/');
        // As the address has it, without numbers, or as the files lie.
        for plain in [true, false] {
            let (from, to) =
                if plain { (without_numbers(from), without_numbers(to)) } else { (from.clone(), to.clone()) };
            // Of `a/b` the moved folder or one below it, by its whole path or by the end of it.
            for (at, _) in std::iter::once((0, "")).chain(from.match_indices('/').map(|(at, slash)| (at + 1, slash))) {
                let Some(rest) =
                    trimmed.strip_prefix(&from[at..]).filter(|rest| rest.is_empty() || rest.starts_with('/'))
                else {
                    continue;
                };
                let depth = from[at..].split('/').count();
                let new: Vec<&str> = to.split('/').collect();
                let kept = if at == 0 { new.len() } else { depth.min(new.len()) };
                let new = format!("{}{rest}", new[new.len() - kept..].join("/"));
                return Some(name.replace(trimmed, &new));
            }
        }
        None
    }

    fn on_page(&mut self, site: &Edition, page: &Page) -> Vec<Edit> {
        let mut edits = Vec::new();
        let text = &*page.text;
        for component in &page.components {
            if !site.components.get(&component.name).is_some_and(|declared| declared.query) {
                continue;
            }
            if let Some(part) = &component.query.filter
                && let (Some(start), Some(new)) = (queries::start(text, part), self.renamed(&part.text))
            {
                edits.push(Edit {
                    span: Span::new(start, start + part.text.len()),
                    replacement: new.replace('"', "&quot;"),
                });
            }
            if let Some(part) = &component.query.query
                && let Some(start) = queries::start(text, part)
            {
                let around = text[..start].chars().next_back().unwrap_or('"');
                edits.extend(self.in_query(&part.text, around).into_iter().map(|edit| shifted(edit, start)));
            }
        }
        edits
    }

    fn in_query(&mut self, query: &str, around: char) -> Vec<Edit> {
        let asked = queries::values(query).into_iter().filter(|value| value.about == "in");
        let renamed = asked.filter_map(|value| {
            let new = self.renamed(&value.text)?;
            let replacement = queries::written_as(value.span.of(query), &new, around);
            Some(Edit { span: value.span, replacement })
        });
        renamed.collect()
    }

    /// Folders that identities, groups of tag pages and relations name.
    fn in_configuration(&mut self, source: &Source) -> Vec<Edit> {
        let texts = ConfigTexts::read(&source.text);
        let mut edits = Vec::new();
        for (path, span, value) in texts.all() {
            let raw = source.text.get(span.start..span.end);
            let around = source.text[..span.start].chars().next_back().unwrap_or('"');
            if path.contains("tags.groups[") {
                edits.extend(self.renamed(value).map(|replacement| Edit { span, replacement }));
            } else if path.contains("relations.")
                && (path.ends_with(".from") || path.ends_with(".to"))
                && raw == Some(value)
            {
                edits.extend(self.in_query(value, around).into_iter().map(|edit| shifted(edit, span.start)));
            }
        }
        for (path, span) in texts.keys() {
            let Some(name) = path.strip_prefix("identities.") else { continue };
            let Some(new) = self.renamed(name) else { continue };
            let raw = span.of(&source.text);
            let replacement = match raw.starts_with(['"', '\'']) || new.contains(|c: char| !is_bare(c)) {
                true => format!("\"{new}\""),
                false => new,
            };
            edits.push(Edit { span, replacement });
        }
        edits
    }
}

/// Whether a key of the configuration needs no quotes for a letter.
fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

fn shifted(edit: Edit, by: usize) -> Edit {
    Edit { span: edit.span.shifted(by), ..edit }
}

/// Whether a page lies in a folder that is called so, by its address or by its file.
fn is_folder(library: &Library, name: &str) -> bool {
    library.editions().any(|(_, site)| {
        site.pages.iter().any(|page| {
            let path = &page.page.path;
            let place = if page.is_folder_page { format!("/{}", path.folder()) } else { format!("/{path}") };
            has_folder(&page.route, name) || has_folder(&format!("{place}/"), name) || has_folder(&place, name)
        })
    })
}

fn without_numbers(path: &str) -> String {
    path.split('/').map(|name| split_number(name).0).collect::<Vec<_>>().join("/")
}
