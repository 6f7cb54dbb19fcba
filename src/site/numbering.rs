//! Numbers before the names of files and folders: they are order, not address,
//! unless without them two names beside each other would be the same (`01-chapter`,
//! `02-chapter`); then they are part of the names, and order all the same.

use std::collections::{HashMap, HashSet};

use super::address::split_number;
use crate::source::SourcePath;

/// Which numbers of a tree are part of the names.
#[derive(Debug, Default)]
pub struct Numbering {
    /// Whole paths (of pages without their extension) whose last part keeps its number.
    kept: HashSet<String>,
}

impl Numbering {
    /// Looks at all pages together.
    pub fn of<'a>(paths: impl Iterator<Item = &'a SourcePath> + Clone) -> Self {
        let has_number = |path: &SourcePath| path.as_str().split('/').any(|name| split_number(name).1.is_some());
        if !paths.clone().any(has_number) {
            return Self::default();
        }
        let mut by_bare: HashMap<(String, String), HashSet<String>> = HashMap::new();
        let mut seen: HashSet<String> = HashSet::new();
        for path in paths {
            let mut above = String::new();
            let folders = path.folder().split('/').filter(|part| !part.is_empty());
            for name in folders.chain([path.stem()]) {
                let whole = child(&above, name);
                let (bare, number) = split_number(name);
                // A name without a number counts too: `chapter` beside `01-chapter`.
                if seen.insert(whole.clone()) && (number.is_some() || bare == name) {
                    by_bare.entry((above, bare.to_lowercase())).or_default().insert(name.to_owned());
                }
                above = whole;
            }
        }
        let mut kept = HashSet::new();
        for ((above, _), names) in by_bare.into_iter().filter(|(_, names)| names.len() > 1) {
            kept.extend(names.into_iter().map(|name| child(&above, &name)));
        }
        Self { kept }
    }

    /// A name in a folder as its address has it, and the number before it.
    pub fn split<'a>(&self, folder: &str, name: &'a str) -> (&'a str, Option<f64>) {
        let (bare, number) = split_number(name);
        let keeps = number.is_some() && self.kept.contains(&child(folder, name));
        (if keeps { name } else { bare }, number)
    }

    /// A folder's path as its pages' ids have it.
    pub fn folder(&self, path: &str) -> String {
        let mut out = String::with_capacity(path.len());
        let mut above = String::with_capacity(path.len());
        for name in path.split('/').filter(|part| !part.is_empty()) {
            descend(&mut out, self.split(&above, name).0);
            descend(&mut above, name);
        }
        out
    }
}

fn child(folder: &str, name: &str) -> String {
    let mut path = String::with_capacity(folder.len() + 1 + name.len());
    path.push_str(folder);
    descend(&mut path, name);
    path
}

fn descend(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(name);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_tells_names_apart_is_part_of_them() {
        let paths = ["01-chapter.md", "02-chapter.md", "03-end.md", "1-part/a.md", "2-part/a.md", "4-other/05-b.md"];
        let paths: Vec<SourcePath> = paths.into_iter().map(SourcePath::content).collect();
        let numbering = Numbering::of(paths.iter());
        assert_eq!(numbering.split("", "01-chapter"), ("01-chapter", Some(1.0)));
        assert_eq!(numbering.split("", "03-end"), ("end", Some(3.0)));
        assert_eq!(numbering.folder("2-part"), "2-part");
        assert_eq!(numbering.folder("4-other"), "other");
        assert_eq!(numbering.split("4-other", "05-b"), ("b", Some(5.0)));
    }
}
