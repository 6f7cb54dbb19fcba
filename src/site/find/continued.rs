//! How a query may go on that somebody is typing: the names of terms, and the values that the site has for each.

use std::collections::BTreeSet;

use super::super::Edition;
use super::super::query_columns::folders_of;
use super::keys;
use super::terms::NAMES;

/// Words between terms.
const BETWEEN: [&str; 3] = ["and", "or", "not"];

/// Whole texts that what is typed may become, by one name or value more; in order, each once.
pub fn continued(site: &Edition, typed: &str) -> Vec<String> {
    let (before, last) = typed.split_at(beginning_of_last(typed));
    match last.split_once([':', '=']) {
        Some((name, value)) => {
            let before = &typed[..before.len() + name.len() + 1];
            let wanted = value.trim_start_matches(['"', ' ']);
            let is_quoted = value.contains('"');
            let begun: Vec<String> = fitting(values(site, name.trim()), wanted);
            begun.into_iter().map(|value| format!("{before}{}", written(&value, is_quoted))).collect()
        }
        None => fitting(names(site), last).into_iter().map(|name| format!("{before}{name}")).collect(),
    }
}

/// Where the term begins that isn't written to its end yet: behind white space or a bracket outside quotes.
fn beginning_of_last(typed: &str) -> usize {
    let (mut begins, mut in_quotes) = (0, false);
    for (at, c) in typed.char_indices() {
        match c {
            '"' => in_quotes = !in_quotes,
            ' ' | '(' if !in_quotes => begins = at + 1,
            _ => {}
        }
    }
    begins
}

/// Those that begin with what is wanted, in whatever letters.
fn fitting(all: BTreeSet<String>, wanted: &str) -> Vec<String> {
    let wanted = wanted.to_lowercase();
    all.into_iter().filter(|one| one.to_lowercase().starts_with(&wanted)).collect()
}

/// What a term may begin with, and what may stand between two.
fn names(site: &Edition) -> BTreeSet<String> {
    let terms = NAMES.into_iter().map(|name| match name {
        "position" | "updated" => name.to_owned(),
        name => format!("{name}:"),
    });
    let relations = site.relations().names().map(|name| format!("{name}:"));
    let between = BETWEEN.into_iter().map(str::to_owned);
    let is_relation = |key: &String| site.relations().names().any(|name| name == key);
    let keys = front_matter_keys(site).into_iter().filter(|key| !is_relation(key));
    terms.chain(relations).chain(between).chain(keys).collect()
}

/// The keys that pages have in their front matter.
pub fn front_matter_keys(site: &Edition) -> BTreeSet<String> {
    site.pages.iter().flat_map(|page| page.page.meta.data.keys().cloned()).collect()
}

/// The kinds of the site's tags.
pub fn kinds(site: &Edition) -> BTreeSet<String> {
    site.tags.iter().map(|tag| tag.kind.clone()).filter(|kind| !kind.is_empty()).collect()
}

fn values(site: &Edition, name: &str) -> BTreeSet<String> {
    match name {
        "tag" => site.labels().iter().cloned().collect(),
        "kind" => kinds(site),
        "in" => site.pages.iter().flat_map(|page| folders_of(page)).map(str::to_owned).collect(),
        "has" => front_matter_keys(site),
        "title" => site.pages.iter().map(|page| page.title.clone()).collect(),
        "word" | "position" | "updated" => BTreeSet::new(),
        "links-to" | "linked-from" => paths(site),
        name if site.relations().names().any(|relation| relation == name) => paths(site),
        name => values_of_key(site, name),
    }
}

fn paths(site: &Edition) -> BTreeSet<String> {
    site.pages.iter().map(|page| page.page.path.to_string()).collect()
}

fn values_of_key(site: &Edition, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for value in site.pages.iter().filter_map(|page| page.page.meta.at(name)) {
        keys::any(value, &mut |text| {
            found.insert(text.to_owned());
            false
        });
    }
    found
}

/// A value as it has to be written: in quotes where it isn't one word, or where they are begun.
fn written(value: &str, is_quoted: bool) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    if is_quoted || !value.chars().all(is_plain) { format!("\"{value}\"") } else { value.to_owned() }
}
