//! Where on the disk somebody means, and what that is in the project.

use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use crate::history::plain;
use crate::project::Project;
use crate::site::place_in_language;
use crate::source::{Root, SourcePath};

/// From where to where, as somebody writes it.
#[derive(Clone, Copy)]
pub(super) struct Wish<'a> {
    /// The folder in which they are.
    pub(super) start: &'a Path,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    /// The heading behind which a section comes to stand.
    pub(super) after: Option<&'a str>,
    /// Whether translations stay.
    pub(super) only: bool,
}

/// What is moved and where it comes to lie, as the site has it.
#[derive(Clone, Copy)]
pub(super) struct Ends<'a> {
    pub(super) from: &'a SourcePath,
    pub(super) to: &'a SourcePath,
    pub(super) is_folder: bool,
}

/// Something on the disk, and the folder from which it was named.
pub(super) struct NamedPlace {
    pub(super) base: PathBuf,
    pub(super) path: PathBuf,
}

/// What somebody names, from the folder in which they are or from one of the project's.
pub(super) fn located(project: &Project, start: &Path, named: &str) -> Option<NamedPlace> {
    let start = absolute(start);
    let folders = [Some(&start), Some(&project.source_dir), project.static_dir.as_ref(), Some(&project.root)];
    let there =
        folders.into_iter().flatten().map(|base| NamedPlace { base: base.clone(), path: plain(&base.join(named)) });
    there.into_iter().find(|located| located.path.symlink_metadata().is_ok() && !named.trim().is_empty())
}

/// A place from the top of the disk, without `.` and `..`.
pub(super) fn absolute(place: &Path) -> PathBuf {
    plain(&std::path::absolute(place).unwrap_or_else(|_| place.to_path_buf()))
}

/// A place among the pages or the published files, as the project has it.
pub(super) fn in_site(project: &Project, place: &Path) -> Option<SourcePath> {
    let roots = [(Root::Content, Some(&project.source_dir)), (Root::Static, project.static_dir.as_ref())];
    let inside = roots.into_iter().filter_map(|(root, folder)| {
        let folder = folder?;
        let real = || Some(real(place)?.strip_prefix(folder.canonicalize().ok()?).ok()?.to_path_buf());
        let below = place.strip_prefix(plain(folder)).map(Path::to_path_buf).ok().or_else(real)?;
        let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
        Some((folder.as_os_str().len(), SourcePath::new(root, names?.join("/"))))
    });
    // A folder of files may lie among the pages.
    inside.max_by_key(|(length, _)| *length).map(|(_, path)| path)
}

/// A place without symbolic links, which need not be there.
fn real(place: &Path) -> Option<PathBuf> {
    let there = place.ancestors().find(|above| above.exists())?;
    Some(there.canonicalize().ok()?.join(place.strip_prefix(there).ok()?))
}

/// Whether something stays what it is where it comes to lie.
pub(super) fn require_movable(project: &Project, ends: Ends<'_>, wish: Wish<'_>) -> anyhow::Result<()> {
    let Ends { from, to, is_folder } = ends;
    let languages = project.config.languages();
    let holds_language = |path: &str| {
        let is_above = |folder: &str| path.is_empty() || folder == path || folder.starts_with(&format!("{path}/"));
        languages.iter().any(|language| !language.folder.is_empty() && is_above(&language.folder))
    };
    ensure!(
        !from.as_str().is_empty(),
        "`{}` holds all there is; `[folders]` in `book.toml` says where it lies",
        wish.from
    );
    if from.root() == Root::Content && is_folder && holds_language(from.as_str()) {
        bail!("`{}` is a language's folder; `[languages]` in `book.toml` says where it lies", wish.from);
    }
    if matches!(from.as_str(), "tags.yml" | "tags.yaml") && from.root() == Root::Content {
        bail!("`{}` is read where it lies, and nowhere else", wish.from);
    }
    ensure!(is_read(project, to), "`{}` would not be read: a name begins with `.` or `_` there", wish.to);
    let (was, is) = (is_page(from), is_page(to));
    if !is_folder && was && !is {
        let help = match to.root() {
            Root::Static => "files of that folder are published as they are, and a page would be no page any more",
            _ => "a page's file ends with `.md` or `.mdx`",
        };
        bail!("`{}` would be no page\nhelp: {help}", wish.to);
    }
    ensure!(is_folder || was || !is, "`{}` would be a page, and `{}` is none", wish.to, wish.from);
    ensure!(!is_folder || from.root() == to.root(), "a folder stays among the pages or among the files: `{}`", wish.to);
    let language = |path: &SourcePath| place_in_language(&languages, path).language;
    if from.root() == Root::Content && to.root() == Root::Content && !languages.is_empty() {
        let (folder_from, folder_to) = (inside(from, is_folder), inside(to, is_folder));
        ensure!(
            language(&folder_from) == language(&folder_to),
            "`{}` is a place of another language than `{}`",
            wish.to,
            wish.from
        );
    }
    Ok(())
}

/// A file that lies at a place, or in a folder.
fn inside(path: &SourcePath, is_folder: bool) -> SourcePath {
    if is_folder { SourcePath::new(path.root(), format!("{path}/page.md")) } else { path.clone() }
}

fn is_page(path: &SourcePath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    path.root() == Root::Content && (name.ends_with(".md") || name.ends_with(".mdx"))
}

/// Whether what lies at a path is read: names that begin so are left out.
fn is_read(project: &Project, path: &SourcePath) -> bool {
    let underscored = project.config.underscored_folders();
    let is_left_out = |name: &str| {
        let is_page = name.starts_with("_index.") || name.starts_with("_category_.");
        name.starts_with('.')
            || (path.root() == Root::Content
                && name.starts_with('_')
                && !is_page
                && !underscored.iter().any(|other| other == name))
    };
    let holds = |other: &String| {
        path.as_str().strip_prefix(other.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_named = path.root() == Root::Content && project.config.left_out().iter().any(holds);
    !is_named && !path.as_str().split('/').any(is_left_out)
}
