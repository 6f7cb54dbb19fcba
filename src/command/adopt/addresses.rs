//! The addresses that a generator gave to pages, where bokworm gives them others: these lead on.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::found::FoundSite;
use crate::page::datum::{self, Datum};
use crate::page::front_matter;
use crate::site::{Numbering, address_by_path};
use crate::source::{Root, Source, SourcePath};

/// How a generator makes addresses of the paths of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AddressesBefore {
    /// As bokworm does, but for ids, and for folders that get a page of their own.
    Docusaurus,
    /// `a/b/`, whatever a name begins with.
    Folders,
    /// `a/b.html`, and `a/index.html`.
    Files,
}

/// Lets addresses from before lead to those of the same pages.
pub(super) fn keep(found: &mut FoundSite, source: &Path, route: &str, before: AddressesBefore) {
    let files = files(source);
    let pages: Vec<&SourcePath> = files.iter().filter(|path| is_page(path)).collect();
    let numbering = Numbering::of(pages.iter().copied());
    let whole = |below: &str| format!("{}/{}", route.trim_end_matches('/'), below.trim_start_matches('/'));
    let now = |path: &SourcePath| whole(&address_by_path(path, &numbering));
    let there: HashSet<String> = pages.iter().map(|path| now(path)).collect();
    let mut moves = Vec::new();
    for path in &files {
        let (once, now) = match before {
            AddressesBefore::Docusaurus if is_category(path) => {
                let folder = numbering.folder(path.folder());
                (category(source, path), whole(&folder))
            }
            _ if !is_page(path) => continue,
            AddressesBefore::Docusaurus => (by_id(source, path, &address_by_path(path, &numbering)), now(path)),
            AddressesBefore::Folders | AddressesBefore::Files => (by_name(path, before), now(path)),
        };
        moves.extend(once.map(|once| (whole(&once), now)));
    }
    moves.retain(|(once, now)| once.trim_end_matches('/') != now.trim_end_matches('/') && !there.contains(once));
    for (once, now) in moves {
        found.lead(&once, &now);
    }
}

/// The files below a folder that are read, in order.
fn files(source: &Path) -> Vec<SourcePath> {
    let walk = walkdir::WalkDir::new(source).min_depth(1).sort_by_file_name().into_iter();
    let is_hidden = |name: &str| name.starts_with('.') || (name.starts_with('_') && !name.starts_with("_category_"));
    let shown = walk.filter_entry(|entry| !is_hidden(&entry.file_name().to_string_lossy())).flatten();
    let path = |entry: walkdir::DirEntry| {
        let below = entry.path().strip_prefix(source).ok()?.to_str()?.replace('\\', "/");
        entry.file_type().is_file().then(|| SourcePath::new(Root::Content, below))
    };
    shown.filter_map(path).collect()
}

fn is_page(path: &SourcePath) -> bool {
    path.file_name().ends_with(".md") || path.file_name().ends_with(".mdx")
}

fn is_category(path: &SourcePath) -> bool {
    path.file_name().starts_with("_category_.")
}

/// Where a page was by its name alone.
fn by_name(path: &SourcePath, before: AddressesBefore) -> Option<String> {
    let stands_for_folder = ["index", "readme"].contains(&path.stem().to_lowercase().as_str());
    let (folder, stem) = (path.folder(), path.stem());
    match (stands_for_folder, before) {
        // The front page is the same file in any case, and what mdBook reads as its contents is none.
        (true, _) if folder.is_empty() => None,
        (false, AddressesBefore::Files) if path.as_str() == "SUMMARY.md" => None,
        (true, AddressesBefore::Files) => Some(format!("{folder}/index")),
        (true, _) => Some(folder.to_owned()),
        (false, _) => Some(format!("{folder}/{stem}")),
    }
}

/// Where Docusaurus has a page that says its `id`: that is the end of its address.
fn by_id(source: &Path, path: &SourcePath, now: &str) -> Option<String> {
    let text: Arc<str> = fs::read_to_string(source.join(path.as_str())).ok()?.into();
    let meta = front_matter::read(&Source { path: path.clone(), text }).meta;
    let id = meta.id.filter(|_| meta.slug.is_none())?;
    let (above, name) = now.rsplit_once('/').unwrap_or(("", now));
    // A page that stands for its folder has its address whatever it is called.
    path.stem().ends_with(name).then(|| format!("{above}/{id}"))
}

/// Where Docusaurus has the index that it makes of a folder: at the words of the folder's label.
fn category(source: &Path, path: &SourcePath) -> Option<String> {
    let text = fs::read_to_string(source.join(path.as_str())).ok()?;
    let category: Datum = datum::read_data(path, &text).ok()?;
    let link = category.get("link")?;
    let is_generated = link.text_at(&["type"]) == Some("generated-index") && link.text_at(&["slug"]).is_none();
    let folder = path.folder().rsplit('/').next()?;
    let label = category.text_at(&["label"]).unwrap_or(folder).to_lowercase();
    let words = label.chars().map(|c| if c == ' ' { '-' } else { c });
    let words: String = words.filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
    is_generated.then(|| format!("category/{words}"))
}
