//! Why there is no commit to compare a project with, in words.

use std::path::Path;

use crate::history::{NoBranchPoint, is_shallow};

/// Why there is no commit of a name.
pub(super) fn no_commit(start: &Path, name: &str) -> String {
    match is_shallow(start) {
        true => format!(
            "this clone is shallow, and has no commit `{name}`\n\
             help: fetch what it lacks with `git fetch --unshallow` (in a GitHub workflow: `fetch-depth: 0`), or name a commit \
             that is here"
        ),
        false => {
            format!("git knows no commit `{name}`\nhelp: name a branch, a tag or a commit, as `git log` does")
        }
    }
}

/// Why nothing can be compared, and what to do.
pub(super) fn no_branch_point(why: NoBranchPoint) -> &'static str {
    match why {
        NoBranchPoint::NoRepository => {
            "git knows nothing of this folder, so nobody knows what the site was\n\
             help: run it in a clone of the project's repository, with git installed"
        }
        NoBranchPoint::NoCommit => "there is no commit yet to compare with\nhelp: `git commit` what there is first",
        NoBranchPoint::Shallow => {
            "this clone lacks the commits since the branch left the main one\n\
             help: fetch them with `git fetch --unshallow` (in a GitHub workflow: `fetch-depth: 0`), or name a commit that is here"
        }
    }
}
