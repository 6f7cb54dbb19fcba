//! What was probably meant by an address that leads nowhere: people remember the last name of it.

use std::collections::HashMap;

use crate::site::{Edition, address};

/// Addresses by what people remember of them: the last name, in lower case.
pub(in crate::check) struct RememberedNames<'a> {
    by_last: HashMap<String, Vec<&'a str>>,
    by_folder: HashMap<&'a str, Vec<&'a str>>,
}

/// In a fuller folder nobody is helped by a guess, and comparing costs too much.
const FULLEST: usize = 500;

impl<'a> RememberedNames<'a> {
    /// The names of everything that is published.
    pub(in crate::check) fn of(site: &'a Edition) -> Self {
        let mut names = Self { by_last: HashMap::new(), by_folder: HashMap::new() };
        let pages = site.pages.iter().map(|published| published.route.as_str());
        for route in pages.chain(site.files.keys().map(String::as_str)) {
            names.by_last.entry(last_name(route)).or_default().push(route);
            names.by_folder.entry(address::parent(route)).or_default().push(route);
        }
        names
    }

    /// The one address whose last name is that of the target, or is near it in the same folder.
    pub(in crate::check) fn meant(&self, target: &str) -> Option<String> {
        let path = target.split('#').next().unwrap_or(target);
        if let Some([only]) = self.by_last.get(&last_name(path)).map(Vec::as_slice) {
            return Some((*only).to_owned());
        }
        let beside = self.by_folder.get(address::parent(path)).filter(|beside| beside.len() <= FULLEST)?;
        let name = last_name(path);
        let names: Vec<(String, &str)> = beside.iter().map(|route| (last_name(route), *route)).collect();
        let nearest = crate::nearest::nearest(&name, names.iter().map(|(name, _)| name.as_str()))?;
        names.iter().find(|(name, _)| name == nearest).map(|(_, route)| (*route).to_owned())
    }
}

/// The last name of an address without what a page's file ends with, in lower case.
fn last_name(route: &str) -> String {
    let name = route.trim_end_matches('/').rsplit('/').next().unwrap_or(route);
    let name = [".md", ".mdx", ".html"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    name.to_lowercase()
}
