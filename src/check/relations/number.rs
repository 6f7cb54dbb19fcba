//! Pages that name too few or too many others, and those that too few lead to.

use std::collections::HashSet;

use super::subject::{PagePlace, RelationSubject};
use crate::diagnostic::{Code, Diagnostic, counted};
use crate::page::Page;
use crate::site::{EntryId, RelationEnd, RelationSide};
use crate::source::Span;

pub(super) fn check(subject: &RelationSubject<'_>, findings: &mut Vec<Diagnostic>) {
    for (_, page, ends) in subject.naming() {
        of_page(subject, page, ends, findings);
    }
    if !subject.is_original {
        return;
    }
    if subject.config.min.is_some_and(|min| min > 0) && subject.from.is_said() {
        silent(subject, findings);
    }
    if let Some(least) = subject.config.inverse_min.filter(|least| *least > 0) {
        pages_led_to(subject, least, findings);
        entries_led_to(subject, least, findings);
    }
}

/// A page that says something of the relation.
fn of_page(subject: &RelationSubject<'_>, page: &Page, ends: &[RelationEnd], findings: &mut Vec<Diagnostic>) {
    let (key, config) = (&subject.relation.key, subject.config);
    if config.min.is_none() && config.max.is_none() {
        return;
    }
    let mut known = HashSet::new();
    // What can't be found counts as well: it is told already, and once it is mended all may be right.
    let named: Vec<&RelationEnd> = ends.iter().filter(|end| known.insert(end.written.to_lowercase())).collect();
    if let Some(min) = config.min.filter(|min| named.len() < *min as usize) {
        let names = if named.is_empty() { "nothing".to_owned() } else { counted(named.len(), "page") };
        let message = format!("`{key}` names {names}, but {} wanted", at_least(min));
        let place = PagePlace::new(page, subject.span(page));
        findings.push(
            place.finding(Code::TooFewRelations, message).with_identity(key.as_str()).with_help(says(subject, "min")),
        );
    }
    if let Some(max) = config.max
        && let Some(first_too_many) = named.get(max as usize)
    {
        let message = format!("`{key}` names {}, but at most {max} may be named", counted(named.len(), "page"));
        let place = PagePlace::new(page, first_too_many.span);
        findings.push(
            place.finding(Code::TooManyRelations, message).with_identity(key.as_str()).with_help(says(subject, "max")),
        );
    }
}

/// Pages that should have the relation, and say nothing of it.
fn silent(subject: &RelationSubject<'_>, findings: &mut Vec<Diagnostic>) {
    let (key, min) = (&subject.relation.key, subject.config.min.unwrap_or_default());
    for (id, published) in subject.site.pages.iter().enumerate() {
        let page = &published.page;
        if subject.from.admits(id) && !page.meta.unlisted && !page.meta.data.contains_key(key) {
            let message = format!("this page names nothing at `{key}`, but {} wanted", at_least(min));
            let place = PagePlace::new(page, Span::default());
            findings.push(
                place
                    .finding(Code::TooFewRelations, message)
                    .with_identity(key.as_str())
                    .with_help(says(subject, "min")),
            );
        }
    }
}

fn pages_led_to(subject: &RelationSubject<'_>, least: u32, findings: &mut Vec<Diagnostic>) {
    if !subject.to.is_said() {
        return;
    }
    for (id, published) in subject.site.pages.iter().enumerate() {
        let others = || subject.relation.others(id, RelationSide::Inverse).len();
        if !subject.to.admits(id) || published.page.meta.unlisted || others() >= least as usize {
            continue;
        }
        let message = too_few(subject, others(), least);
        let place = PagePlace::new(&published.page, Span::default());
        let finding = place.finding(Code::UnreachedPage, message).with_identity(&*subject.relation.key);
        findings.push(finding.with_help(says(subject, "inverse_min")));
    }
}

fn entries_led_to(subject: &RelationSubject<'_>, least: u32, findings: &mut Vec<Diagnostic>) {
    let catalogs = &subject.site.catalogs;
    for catalog in subject.target.catalogs.iter().filter_map(|name| catalogs.place(name)) {
        let Some(entries) = catalogs.at(catalog).map(|known| &known.entries) else { continue };
        for (at, entry) in entries.iter().enumerate() {
            let naming = subject.relation.naming_entry(EntryId { catalog, entry: at }).len();
            if naming < least as usize {
                let message = format!("`{}`: {}", entry.id, too_few(subject, naming, least));
                let Some(path) = catalogs.at(catalog).map(|known| &known.path) else { continue };
                let finding = Diagnostic::new(Code::UnreachedPage, path, entry.span, message);
                let identity = format!("`{}` by `{}`", entry.id, subject.relation.key);
                findings.push(finding.with_identity(identity).with_help(says(subject, "inverse_min")));
            }
        }
    }
}

fn too_few(subject: &RelationSubject<'_>, naming: usize, least: u32) -> String {
    let key = &subject.relation.key;
    match naming {
        0 => format!("no page leads here by `{key}`"),
        some => format!("only {} here by `{key}`, but {} wanted", leading(some), at_least(least)),
    }
}

fn leading(pages: usize) -> String {
    if pages == 1 { "1 page leads".to_owned() } else { format!("{pages} pages lead") }
}

fn at_least(number: u32) -> String {
    if number == 1 { "one is".to_owned() } else { format!("at least {number} are") }
}

fn says(subject: &RelationSubject<'_>, key: &str) -> String {
    format!("`{key}` of `[relations.{}]` says how many.", subject.relation.name)
}
