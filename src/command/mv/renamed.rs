//! What git calls renamed since a commit, as files of the project.

use std::path::Path;

use anyhow::{Context, bail};

use super::places;
use crate::command::compared_with::no_commit;
use crate::history::{self, NoBranchPoint, Revision};
use crate::moving::PathMoves;
use crate::project::Project;
use crate::session::ReadProject;
use crate::site::place_in_language;
use crate::source::{Root, SourcePath};

/// The commit since which somebody means.
pub(super) fn revision(start: &Path, named: Option<&str>) -> anyhow::Result<Revision> {
    match named {
        Some(name) => Revision::named(start, name).with_context(|| no_commit(start, name)),
        None => history::branch_point(start).map_err(|why| match why {
            NoBranchPoint::NoRepository => anyhow::anyhow!(
                "git knows nothing of this folder, so nobody knows what was renamed\n\
                 help: run it in a clone of the project's repository, with git installed"
            ),
            NoBranchPoint::NoCommit => anyhow::anyhow!("there is no commit yet that something was renamed since"),
            NoBranchPoint::Shallow => anyhow::anyhow!(
                "this clone lacks the commits since the branch left the main one\n\
                 help: fetch them with `git fetch --unshallow`, or name a commit that is here"
            ),
        }),
    }
}

/// The files of the site that git calls renamed since then.
pub(super) fn since(project: &Project, revision: &Revision) -> anyhow::Result<PathMoves> {
    let root = project.root.canonicalize().context("the project's folder can't be found")?;
    let mut folders = vec![root.clone()];
    for folder in [Some(&project.source_dir), project.static_dir.as_ref()].into_iter().flatten() {
        let real = folder.canonicalize().with_context(|| format!("`{}` can't be found", folder.display()))?;
        folders.extend((!real.starts_with(&root)).then_some(real));
    }
    let mut moves = Vec::new();
    for folder in folders {
        let Some(renames) = history::renames(&folder, revision) else { bail!("git can't tell what was renamed") };
        for rename in renames {
            let ends = (places::in_site(project, &rename.from), places::in_site(project, &rename.to));
            if let (Some(from), Some(to)) = ends {
                moves.push((from, to));
            }
        }
    }
    Ok(PathMoves::of(moves))
}

/// Those of them that stay in their language: of a page that is gone and a translation that is new, git may take one for the
/// other.
pub(super) fn of_one_language(paths: &PathMoves, before: &ReadProject, now: &ReadProject) -> PathMoves {
    let code = |read: &ReadProject, path: &SourcePath| {
        let languages = read.project().config.languages();
        let is_page = path.root() == Root::Content && !languages.is_empty();
        is_page.then(|| languages[place_in_language(&languages, path).language].code.clone())
    };
    let stays = |(from, to): &(&SourcePath, &SourcePath)| match (code(before, from), code(now, to)) {
        (Some(was), Some(is)) => was == is,
        _ => true,
    };
    PathMoves::of(paths.iter().filter(stays).map(|(from, to)| (from.clone(), to.clone())))
}
