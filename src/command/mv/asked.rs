//! What somebody asks to move, as it lies in the project: files, a heading, a tag.

use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use super::places::{self, Ends, NamedPlace, Wish};
use super::translated;
use crate::history;
use crate::moving::{FolderMove, PathMoves, TagMove, is_id};
use crate::project::Project;
use crate::session::ReadProject;
use crate::source::{Root, SourcePath};
use crate::transaction::{is_one_file, is_there};

/// What is to be moved.
pub(super) enum AskedMove {
    /// Files, and folders with all that lies in them.
    Files(FileMoves),
    /// A heading, which gets another id.
    Heading(HeadingAsked),
    /// A heading with what stands below it, which goes to another page.
    Section(SectionAsked),
    /// A tag, which gets another label.
    Tag(TagMove),
}

/// Files and folders that get another place.
pub(super) struct FileMoves {
    /// What is renamed on the disk: what was named first, and then what goes along with it.
    pub(super) renames: Vec<DiskRename>,
    /// The files of the site among it.
    pub(super) paths: PathMoves,
    /// What is called otherwise, if it is a folder of pages.
    pub(super) folder: Option<FolderMove>,
    /// Translations that stay where they are and have another place than their original from then on.
    pub(super) parted: Vec<SourcePath>,
}

/// Something that gets another place on the disk.
#[derive(Clone, Debug)]
pub(super) struct DiskRename {
    pub(super) from: PathBuf,
    pub(super) to: PathBuf,
}

/// A heading that gets another id.
pub(super) struct HeadingAsked {
    pub(super) page: SourcePath,
    pub(super) old: String,
    pub(super) new: String,
}

/// A heading that goes to another page.
pub(super) struct SectionAsked {
    pub(super) from: SourcePath,
    pub(super) heading: String,
    pub(super) to: SourcePath,
    /// The id that it gets; its own if nothing is said.
    pub(super) id: Option<String>,
    /// The heading there behind whose section it comes to stand.
    pub(super) after: Option<String>,
}

/// Finds what somebody asks to move.
pub(super) fn find(read: &ReadProject, wish: Wish<'_>) -> anyhow::Result<AskedMove> {
    let found = find_any(read, wish)?;
    ensure!(
        wish.after.is_none() || matches!(found, AskedMove::Section(_)),
        "`--after` says where a heading comes to stand that goes to another page, and none does"
    );
    Ok(found)
}

fn find_any(read: &ReadProject, wish: Wish<'_>) -> anyhow::Result<AskedMove> {
    let located = places::located(read.project(), wish.start, wish.from);
    if located.is_none() {
        if let Some(old) = wish.from.strip_prefix("tag:") {
            let new = wish.to.strip_prefix("tag:").unwrap_or(wish.to).trim();
            ensure!(!new.is_empty() && !new.contains(['\n', '\r']), "a tag is a text of one line, not `{new}`");
            ensure!(old != new, SoAlready(format!("`{}` is called so already", wish.from)));
            return Ok(AskedMove::Tag(TagMove { old: old.to_owned(), new: new.to_owned() }));
        }
        if let Some((page, old)) = wish.from.rsplit_once('#') {
            return heading(read, wish, HeadingWritten { page, old });
        }
    }
    let Some(located) = located else {
        bail!(
            "there is no `{}`, neither here nor among the pages\n\
             help: name a page, a folder or a file by its path, a heading as in `page.md#heading`, a tag as in `tag:Name`; \
             what was moved already, `bokworm mv --mend` follows",
            wish.from
        );
    };
    Ok(AskedMove::Files(files(read, wish, &located)?))
}

#[derive(Clone, Copy)]
struct HeadingWritten<'a> {
    page: &'a str,
    old: &'a str,
}

fn heading(read: &ReadProject, wish: Wish<'_>, written: HeadingWritten<'_>) -> anyhow::Result<AskedMove> {
    let HeadingWritten { page, old } = written;
    let known = |page: &str| {
        let located = places::located(read.project(), wish.start, page);
        let path = located.and_then(|located| places::in_site(read.project(), &located.path));
        path.filter(|path| read.tree().pages.iter().any(|page| page.path == *path))
    };
    let Some(path) = known(page) else { bail!("there is no page `{page}`") };
    // A page's own name may hold the sign.
    let (other, new) = match wish.to.rsplit_once('#').filter(|_| known(wish.to).is_none()) {
        Some((other, new)) => (other, Some(new)),
        None => (wish.to, None),
    };
    if let Some(new) = new.filter(|new| !new.is_empty()) {
        ensure!(is_id(new), "`{new}` can't be the id of a heading\nhelp: write it without spaces, quotes and brackets");
    }
    let to = if other.is_empty() { Some(path.clone()) } else { known(other) };
    match (to, new) {
        (Some(to), Some(new)) if to == path && !new.is_empty() => {
            ensure!(old != new, "`{}` is called so already", wish.from);
            Ok(AskedMove::Heading(HeadingAsked { page: path, old: old.to_owned(), new: new.to_owned() }))
        }
        (Some(to), new) if to != path => {
            let id = new.filter(|new| !new.is_empty()).map(str::to_owned);
            let after = wish.after.map(|after| after.trim_start_matches('#').to_owned());
            Ok(AskedMove::Section(SectionAsked { from: path, heading: old.to_owned(), to, id, after }))
        }
        (None, Some(_)) => {
            bail!("there is no page `{other}`\nhelp: a heading goes to a page that is there; write that page first")
        }
        _ => bail!(
            "`{}` names no heading and no other page\nhelp: write its new id after a `#`, as in `#{old}-2`",
            wish.to
        ),
    }
}

/// Why nothing is to be done: what somebody asks for is so already.
#[derive(Debug)]
pub(super) struct SoAlready(String);

impl std::fmt::Display for SoAlready {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SoAlready {}

fn files(read: &ReadProject, wish: Wish<'_>, located: &NamedPlace) -> anyhow::Result<FileMoves> {
    let project = read.project();
    let from = &located.path;
    let Some(path) = places::in_site(project, from) else {
        bail!("`{}` is neither among the pages nor among the files that the site publishes as they are", wish.from)
    };
    let is_folder = from.is_dir();
    let to = destination(project, located, wish);
    ensure!(*from != to, SoAlready(format!("`{}` lies there already", wish.from)));
    ensure!(!to.starts_with(from), "`{}` can't be moved into itself", wish.from);
    let Some(new) = places::in_site(project, &to) else {
        bail!("`{}` lies neither among the pages nor among the files that the site publishes as they are", wish.to)
    };
    ensure!(
        !is_there(&to) || is_one_file(from, &to),
        "`{}` is there already, and nothing is overwritten",
        project.shown(&to)
    );
    if from.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
        bail!("`{}` is a symbolic link\nhelp: move what it leads to", wish.from);
    }
    places::require_movable(project, Ends { from: &path, to: &new, is_folder }, wish)?;
    let mut renames = vec![DiskRename { from: from.clone(), to }];
    let mut parted = Vec::new();
    let along = translated::along(read, &path, &new, is_folder);
    match wish.only {
        true => parted = along.into_iter().map(|(path, _)| path).collect(),
        false => {
            for (path, new) in along {
                let Some(folder) = project.locate(&path).zip(project.locate(&new)) else { continue };
                let (from, to) = folder;
                ensure!(!is_there(&to), "`{}` is there already, and nothing is overwritten", project.shown(&to));
                renames.push(DiskRename { from, to });
            }
        }
    }
    renames.iter().try_for_each(|rename| require_one_repository(rename, |path| project.shown(path)))?;
    let paths = all_files(read, &renames);
    ensure!(!paths.is_empty(), "there is nothing of the site in `{}`", wish.from);
    let folder = (is_folder && path.root() == Root::Content).then(|| translated::folder_move(project, &path, &new));
    Ok(FileMoves { renames, paths, folder, parted })
}

/// Where something comes to lie: in a folder that is there, or at the place itself. It is named from here, or else from
/// where the other was.
fn destination(project: &Project, located: &NamedPlace, wish: Wish<'_>) -> PathBuf {
    let from_here = places::absolute(&wish.start.join(wish.to));
    let is_here = places::in_site(project, &from_here).is_some_and(|path| !path.as_str().is_empty());
    let to = if is_here { from_here } else { history::plain(&located.base.join(wish.to)) };
    let is_into = wish.to.ends_with('/') || (to.is_dir() && !is_one_file(&located.path, &to));
    match located.path.file_name().filter(|_| is_into && to != located.path) {
        Some(name) => to.join(name),
        None => to,
    }
}

/// The files of the site that are moved with what is renamed on the disk.
fn all_files(read: &ReadProject, renames: &[DiskRename]) -> PathMoves {
    let project = read.project();
    let moved = |path: &SourcePath| {
        let place = project.locate(path)?;
        let rename = renames.iter().find(|rename| place.starts_with(&rename.from))?;
        let below = place.strip_prefix(&rename.from).ok()?;
        let to = if below.as_os_str().is_empty() { rename.to.clone() } else { rename.to.join(below) };
        Some((path.clone(), places::in_site(project, &to)?))
    };
    let published = read.tree().paths().filter(|path| matches!(path.root(), Root::Content | Root::Static));
    PathMoves::of(published.filter_map(moved))
}

fn require_one_repository(rename: &DiskRename, shown: impl Fn(&Path) -> String) -> anyhow::Result<()> {
    let DiskRename { from, to } = rename;
    let tracked = history::tracked(from);
    if let Some(file) = tracked.in_conflict {
        bail!("git left a conflict in `{file}`\nhelp: resolve it first");
    }
    if let Some(submodule) = tracked.submodule {
        bail!(
            "`{submodule}` is a repository of its own\nhelp: move it with `git mv`, and then ask `bokworm mv --mend`"
        );
    }
    let (one, other) = (history::repository(from), history::repository(to));
    ensure!(one == other, "`{}` lies in another repository than `{}`", shown(to), shown(from));
    Ok(())
}
