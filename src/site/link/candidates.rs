//! Which addresses the path of a reference may mean: a file's path, an address, or one below the
//! base path or the docs' route. What lies there, it doesn't know.

use super::super::address;
use super::super::published::PageId;

/// Where a reference stands.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The page, unless the reference stands in the configuration.
    pub id: Option<PageId>,
    /// The page's address.
    pub route: &'a str,
    /// The folder of its file.
    pub folder: &'a str,
}

/// What a path may begin with without saying so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidates<'a> {
    /// The path below which pages lie.
    pub docs_route: &'a str,
    /// The base path: `/` or `/handbook/`.
    pub base_path: &'a str,
    /// The path before all addresses of the edition, which not everybody writes.
    pub prefix: &'a str,
}

impl Candidates<'_> {
    /// The address that a path most likely means: the one that a browser would go to, or for a file path the file's.
    pub(super) fn likeliest(&self, from: &Origin<'_>, path: &str) -> String {
        if path.starts_with('/') {
            address::resolve("", path)
        } else if is_markdown(path) {
            self.by_file(from, path)
        } else {
            by_address(from, path)
        }
    }

    /// The other addresses that a path may mean, the likelier first.
    pub(super) fn less_likely(&self, from: &Origin<'_>, path: &str) -> Vec<String> {
        if !path.starts_with('/') {
            return vec![if is_markdown(path) { by_address(from, path) } else { self.by_file(from, path) }];
        }
        let mut out = Vec::new();
        let base = self.base_path.trim_end_matches('/');
        if let Some(below) = path.strip_prefix(base).filter(|below| !base.is_empty() && below.starts_with('/')) {
            out.push(address::resolve("", below));
        }
        if is_markdown(path) || self.docs_route == "/" {
            out.push(address::join(&[self.docs_route, path]));
        }
        if !self.prefix.is_empty() {
            out.push(address::join(&[self.prefix, path]));
        }
        out
    }

    fn by_file(&self, from: &Origin<'_>, path: &str) -> String {
        address::resolve(&address::join(&[self.docs_route, from.folder]), path)
    }
}

fn by_address(from: &Origin<'_>, path: &str) -> String {
    address::resolve(address::parent(from.route), path)
}

/// Whether a path names a file of Markdown.
fn is_markdown(path: &str) -> bool {
    let ends_with = |ending: &&str| {
        let end = path.len().saturating_sub(ending.len());
        path.as_bytes()[end..].eq_ignore_ascii_case(ending.as_bytes())
    };
    [".md", ".mdx"].iter().any(ends_with)
}
