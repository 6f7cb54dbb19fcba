//! Names of files and folders that differ only in capitals, of which a Mac or Windows keeps one.

use foldhash::HashMap;

use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Root, SourcePath, Span};

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    if context.others.is_none() {
        return;
    }
    let texts = context.sources.iter().map(|source| &source.path);
    let files = context.site.files.values().map(|asset| &asset.path);
    let mut seen = SeenParts::default();
    let mut paths: Vec<&SourcePath> = texts.chain(files).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        if let Some((mine, other)) = seen.differing(path) {
            let is_folder = mine.len() < path.as_str().len();
            let what = if is_folder { "folders" } else { "files" };
            let message = format!("`{mine}` and `{other}` are two {what} here, but one on a Mac and on Windows");
            let help = "Give one of them another name.";
            findings.push(Diagnostic::new(Code::NearlySameName, path, Span::default(), message).with_help(help));
        }
    }
}

/// The parts of the paths that were looked at, in order.
#[derive(Default)]
struct SeenParts<'a> {
    by_letters: HashMap<(Root, String), &'a str>,
    last: Option<&'a SourcePath>,
}

impl<'a> SeenParts<'a> {
    /// The first part of a path that another path has in other capitals; all of the path's parts are noted.
    fn differing(&mut self, path: &'a SourcePath) -> Option<(&'a str, &'a str)> {
        let whole = path.as_str();
        let last = self.last.replace(path).filter(|last| last.root() == path.root()).map_or("", SourcePath::as_str);
        let ends = whole.match_indices('/').map(|(at, _)| at).chain([whole.len()]);
        for end in ends {
            let part = &whole[..end];
            // Its neighbours lie in the same folders.
            if last.strip_prefix(part).is_some_and(|rest| rest.starts_with('/')) {
                continue;
            }
            let known = self.by_letters.entry((path.root(), part.to_lowercase())).or_insert(part);
            if *known != part {
                let other = *known;
                // What lies below is told with it, and was not noted.
                *known = part;
                self.last = None;
                return Some((part, other));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_is_told_once() {
        let paths = ["A/x.md", "A/y.md", "a/x.md", "a/z.md", "b.md"].map(SourcePath::content);
        let mut seen = SeenParts::default();
        let told: Vec<_> = paths.iter().filter_map(|path| seen.differing(path)).collect();
        assert_eq!(told, [("a", "A")]);
    }
}
