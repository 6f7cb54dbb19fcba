//! The translations that go along with what is moved: those at the same place in other languages.

use crate::config::Language;
use crate::moving::FolderMove;
use crate::project::Project;
use crate::session::ReadProject;
use crate::site::place_in_language;
use crate::source::{Root, SourcePath};

/// Where translations lie, and where they come to lie with their original.
pub(super) fn along(
    read: &ReadProject,
    from: &SourcePath,
    to: &SourcePath,
    is_folder: bool,
) -> Vec<(SourcePath, SourcePath)> {
    let languages = read.project().config.languages();
    if languages.len() < 2 || from.root() != Root::Content || to.root() != Root::Content {
        return Vec::new();
    }
    if is_folder { folders(read, &languages, from, to) } else { pages(read, &languages, from, to) }
}

fn pages(
    read: &ReadProject,
    languages: &[Language],
    from: &SourcePath,
    to: &SourcePath,
) -> Vec<(SourcePath, SourcePath)> {
    let (was, is) = (place_in_language(languages, from), place_in_language(languages, to));
    if was.language != 0 {
        return Vec::new();
    }
    let place = |path: &SourcePath| (path.folder().to_owned(), path.stem().to_owned());
    let translations = read.tree().pages.iter().filter_map(|source| {
        let other = place_in_language(languages, &source.path);
        (other.language != 0 && place(&other.path) == place(&was.path)).then_some((source, other))
    });
    let moved = translations.map(|(source, other)| {
        let file = source.path.on_disk();
        // What stands before the place is the language's folder, and behind its name the language itself.
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let above = folder.strip_suffix(other.path.folder()).unwrap_or_default().trim_end_matches('/');
        let name = file.rsplit('/').next().unwrap_or(file);
        let ending = name.strip_prefix(other.path.stem()).unwrap_or_default();
        let new = format!("{}{ending}", is.path.stem());
        let parts = [above, is.path.folder(), new.as_str()];
        let path = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        (source.path.clone(), SourcePath::content(path))
    });
    moved.collect()
}

fn folders(
    read: &ReadProject,
    languages: &[Language],
    from: &SourcePath,
    to: &SourcePath,
) -> Vec<(SourcePath, SourcePath)> {
    let ((language, was), (_, is)) = (folder_place(languages, from), folder_place(languages, to));
    if language != 0 {
        return Vec::new();
    }
    let at = |language: &Language, place: &str| {
        let parts = [language.folder.as_str(), place].into_iter().filter(|part| !part.is_empty());
        SourcePath::content(parts.collect::<Vec<_>>().join("/"))
    };
    let others = languages.iter().skip(1).map(|language| (at(language, &was), at(language, &is)));
    let is_there = |path: &SourcePath| read.project().locate(path).is_some_and(|folder| folder.is_dir());
    others.filter(|(was, _)| is_there(was)).collect()
}

/// The language and the place in it of a folder.
fn folder_place(languages: &[Language], folder: &SourcePath) -> (usize, String) {
    let inside = SourcePath::content(format!("{folder}/page.md"));
    if languages.is_empty() {
        return (0, inside.folder().to_owned());
    }
    let inside = place_in_language(languages, &inside);
    (inside.language, inside.path.folder().to_owned())
}

/// A folder of pages as its pages' addresses have it.
pub(super) fn folder_move(project: &Project, from: &SourcePath, to: &SourcePath) -> FolderMove {
    let languages = project.config.languages();
    FolderMove { from: folder_place(&languages, from).1, to: folder_place(&languages, to).1 }
}
