//! Where a branch left the main one.

use std::path::Path;

use super::{Revision, cut_off, git};

/// What the branch that others leave is called, the likeliest first.
const MAIN: [&str; 5] = ["origin/HEAD", "main", "master", "origin/main", "origin/master"];

/// Why it isn't known where a branch began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBranchPoint {
    /// Git isn't there, or knows nothing of the folder.
    NoRepository,
    /// There is no commit yet.
    NoCommit,
    /// The clone lacks the commits in between.
    Shallow,
}

/// The commit where the branch of a folder left the main one; on the main one itself, its last commit.
///
/// # Errors
/// If that isn't known.
pub fn branch_point(folder: &Path) -> Result<Revision, NoBranchPoint> {
    let told = |arguments: &[&str]| {
        let output = git(folder, arguments)?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned()).filter(|told| !told.is_empty())
    };
    told(&["rev-parse", "--show-toplevel"]).ok_or(NoBranchPoint::NoRepository)?;
    let head = told(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).ok_or(NoBranchPoint::NoCommit)?;
    let known = |name: &&str| told(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]).is_some();
    let Some(main) = MAIN.iter().copied().find(known) else {
        return Revision::named(folder, "HEAD").ok_or(NoBranchPoint::NoCommit);
    };
    left(folder, main, &head)
}

/// The commit where the branch of a folder left that of a name; nothing where git knows none by that name.
///
/// # Errors
/// If that isn't known.
pub fn branch_point_of(folder: &Path, name: &str) -> Result<Option<Revision>, NoBranchPoint> {
    let Some(revision) = Revision::named(folder, name) else {
        return branch_point(folder).map(|_| None);
    };
    let head = Revision::named(folder, "HEAD").ok_or(NoBranchPoint::NoCommit)?.commit.hash;
    left(folder, &revision.commit.hash, &head).map(Some)
}

/// The commit where the checked-out branch left another.
fn left(folder: &Path, main: &str, head: &str) -> Result<Revision, NoBranchPoint> {
    let told = git(folder, &["merge-base", "HEAD", main]);
    let told = told.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    match told.filter(|told| !told.is_empty()) {
        Some(base) if base == head => Revision::named(folder, "HEAD").ok_or(NoBranchPoint::NoCommit),
        Some(base) => Revision::named(folder, &base).ok_or(NoBranchPoint::NoCommit),
        None if !cut_off(folder).is_empty() => Err(NoBranchPoint::Shallow),
        None => Revision::named(folder, "HEAD").ok_or(NoBranchPoint::NoCommit),
    }
}
