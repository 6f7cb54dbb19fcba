//! Paths that can't stand beside each other in one site.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::list::FileList;

/// A file, and another below it as if it were a folder.
pub(super) fn file_and_folder(list: &FileList) -> Option<(&str, &str)> {
    list.iter().filter_map(|path| Some((file_above(path, |above| list.contains(above))?, path))).min()
}

/// What stands in the way of `path`, as a sentence.
pub(super) fn of<'a>(path: &str, mut others: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(file) = file_above(path, |above| others.clone().any(|other| other == above)) {
        return Some(sentence(file, path));
    }
    let below = |other: &str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    if let Some(other) = others.clone().find(|other| below(other)) {
        return Some(sentence(path, other));
    }
    let same = path.to_lowercase();
    let alike = others.find(|other| *other != path && other.to_lowercase() == same)?;
    Some(format!("`{path}` and `{alike}` are one file on this disk; give one of the pages another address"))
}

/// What is told about a file and one below it.
pub(super) fn sentence(file: &str, below: &str) -> String {
    format!("`{file}` would be both a file and the folder of `{below}`; give one of the pages another address")
}

fn file_above(path: &str, is_file: impl Fn(&str) -> bool) -> Option<&str> {
    path.match_indices('/').map(|(at, _)| &path[..at]).find(|above| is_file(above))
}

/// Pairs of files that differ only in upper and lower case, in order.
pub(super) fn alike(list: &FileList) -> Vec<(String, String)> {
    let distinct: HashSet<Cow<'_, str>> = list.iter().map(lower).collect();
    if distinct.len() == list.iter().count() {
        return Vec::new();
    }
    let mut by_lower: HashMap<Cow<'_, str>, Vec<&str>> = HashMap::new();
    for path in list.iter() {
        by_lower.entry(lower(path)).or_default().push(path);
    }
    let mut pairs = Vec::new();
    for mut paths in by_lower.into_values().filter(|paths| paths.len() > 1) {
        paths.sort_unstable();
        pairs.extend(paths.windows(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())));
    }
    pairs.sort_unstable();
    pairs
}

fn lower(path: &str) -> Cow<'_, str> {
    let is_lower = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(path) } else { Cow::Owned(path.to_lowercase()) }
}
