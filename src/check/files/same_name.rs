//! Names of files and folders that differ only in capitals, of which a Mac or Windows keeps one.

use std::collections::BTreeMap;

use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Root, SourcePath, Span};

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    if context.others.is_none() {
        return;
    }
    let texts = context.sources.iter().map(|source| &source.path);
    let files = context.site.files.values().map(|asset| &asset.path);
    let mut seen: BTreeMap<(Root, String), &str> = BTreeMap::new();
    let mut paths: Vec<&SourcePath> = texts.chain(files).collect();
    paths.sort_unstable();
    paths.dedup();
    // Hardly any site has a capital in its paths twice: what has none can only meet what has one.
    for path in paths {
        if let Some((mine, other)) = differing(path, &mut seen) {
            let is_folder = mine.len() < path.as_str().len();
            let what = if is_folder { "folders" } else { "files" };
            let message = format!("`{mine}` and `{other}` are two {what} here, but one on a Mac and on Windows");
            let help = "Give one of them another name.";
            findings.push(Diagnostic::new(Code::NearlySameName, path, Span::default(), message).with_help(help));
        }
    }
}

/// The first part of a path that another path has in other capitals; all of the path's parts are noted.
fn differing<'a>(path: &'a SourcePath, seen: &mut BTreeMap<(Root, String), &'a str>) -> Option<(&'a str, &'a str)> {
    let whole = path.as_str();
    let ends = whole.match_indices('/').map(|(at, _)| at).chain([whole.len()]);
    for end in ends {
        let part = &whole[..end];
        let known = seen.entry((path.root(), part.to_lowercase())).or_insert(part);
        if *known != part {
            let other = *known;
            // What lies below is told with it.
            *known = part;
            return Some((part, other));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_is_told_once() {
        let paths = ["A/x.md", "A/y.md", "a/x.md", "a/z.md", "b.md"].map(SourcePath::content);
        let mut seen = BTreeMap::new();
        let told: Vec<_> = paths.iter().filter_map(|path| differing(path, &mut seen)).collect();
        assert_eq!(told, [("a", "A")]);
    }
}
