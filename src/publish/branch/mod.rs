//! A branch as a place to publish to: a commit whose tree is the site. Nothing of it is in between: readers' host takes the
//! whole commit. Files that the host wants are kept: `.nojekyll`, `CNAME`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};

use super::plan::PublishPlan;

mod git;

use git::{ORDINARY, Repository, TreeFile};

/// By which a commit of ours is known, as long as nobody amends it.
const TRAILER: &str = "Bokworm-Tree: ";

/// How many commits there may be that only say where the site is published.
const MOST_NAMINGS: &str = "20";

/// What a branch keeps though the site doesn't have it: the name that it is published at.
const KEPT: &str = "CNAME";

/// Tells GitHub to publish the branch as it is.
const AS_IT_IS: &str = ".nojekyll";

/// A branch, with what it has now.
#[derive(Debug)]
pub struct BranchTarget {
    repository: Repository,
    name: String,
    remote: Option<String>,
    /// Its last commit.
    tip: Option<String>,
    files: BTreeMap<String, TreeFile>,
}

/// A site as a tree.
#[derive(Debug)]
pub struct PlannedTree {
    files: Vec<TreeFile>,
    /// What it does to the branch.
    pub plan: PublishPlan,
}

impl BranchTarget {
    /// A branch of the repository that a folder lies in; where there is a remote, as that has it.
    ///
    /// # Errors
    /// If git can't tell, or nothing can be published there.
    pub fn open(folder: &Path, name: &str, remote: Option<&str>) -> Result<Self> {
        let repository = Repository::of(folder)?;
        let tip = match remote {
            Some(remote) => fetched(&repository, name, remote)?,
            None => {
                refuse_checked_out(&repository, name)?;
                repository.maybe(&["rev-parse", "--verify", "--quiet", &format!("refs/heads/{name}^{{commit}}")])
            }
        };
        let files = tip.as_ref().map(|tip| repository.tree(tip)).transpose()?.unwrap_or_default();
        let files: BTreeMap<String, TreeFile> = files.into_iter().map(|file| (file.path.clone(), file)).collect();
        Ok(Self { repository, name: name.to_owned(), remote: remote.map(str::to_owned), tip, files })
    }

    /// What people call it.
    pub fn called(&self) -> String {
        match &self.remote {
            Some(remote) => format!("{} of {remote}", self.name),
            None => self.name.clone(),
        }
    }

    /// Refuses a branch whose last commit somebody else made, or changed.
    ///
    /// # Errors
    /// If that is so.
    pub fn refuse_foreign(&self) -> Result<()> {
        match &self.tip {
            Some(tip) if !self.is_ours()? => bail!(
                "the last commit of `{}` ({}) isn't one that `bokworm publish` made: nothing was published\n\
                 help: if what it holds may go, say `--over-foreign`",
                self.called(),
                tip.get(..12).unwrap_or(tip)
            ),
            _ => Ok(()),
        }
    }

    /// Whether all that the branch holds was published by this program. GitHub adds a commit with the name that the
    /// site is published at: that one counts for nothing.
    fn is_ours(&self) -> Result<bool> {
        let Some(tip) = &self.tip else { return Ok(true) };
        let commits = self.repository.asked(&["rev-list", "--first-parent", "-n", MOST_NAMINGS, tip])?;
        for commit in commits.lines() {
            if !is_published(&self.repository.asked(&["cat-file", "commit", commit])?) {
                continue;
            }
            let published = self.repository.tree(commit)?;
            let published = published.iter().filter(|file| file.path != KEPT);
            return Ok(published.eq(self.files.values().filter(|file| file.path != KEPT)));
        }
        Ok(false)
    }

    /// What a site comes to as a tree. Where it is to be published, git keeps its files.
    ///
    /// # Errors
    /// If git can't read them.
    pub fn plan(&self, folder: &Path, paths: &[String], keep: bool) -> Result<PlannedTree> {
        let places: Vec<_> = paths.iter().map(|path| folder.join(path)).collect();
        let names = self.repository.names(&places, keep)?;
        let file = |(path, name): (&String, String)| (path.clone(), ordinary(path, name));
        let mut files: BTreeMap<String, TreeFile> = paths.iter().zip(names).map(file).collect();
        if !files.contains_key(AS_IT_IS) {
            files.insert(AS_IT_IS.to_owned(), ordinary(AS_IT_IS, self.repository.empty(keep)?));
        }
        if let Some(kept) = self.files.get(KEPT).filter(|_| !files.contains_key(KEPT)) {
            files.insert(KEPT.to_owned(), kept.clone());
        }
        let mut plan = PublishPlan::default();
        for (path, file) in &files {
            match self.files.get(path) {
                Some(there) if there == file => plan.unchanged += 1,
                Some(_) => plan.changed.push(path.clone()),
                None => plan.new.push(path.clone()),
            }
        }
        let left: BTreeSet<&String> = self.files.keys().filter(|path| !files.contains_key(*path)).collect();
        plan.deleted = left.into_iter().cloned().collect();
        Ok(PlannedTree { files: files.into_values().collect(), plan })
    }

    /// Publishes a tree; the commit, if there is anything new in it.
    ///
    /// # Errors
    /// If git can't, or somebody else published there meanwhile.
    pub fn publish(&self, tree: &PlannedTree, history: bool) -> Result<Option<String>> {
        let PublishPlan { new, changed, deleted, .. } = &tree.plan;
        if self.tip.is_some() && self.is_ours()? && new.is_empty() && changed.is_empty() && deleted.is_empty() {
            return Ok(None);
        }
        let name = self.repository.make_tree(&tree.files)?;
        let source = self.repository.maybe(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
        let what = source.as_deref().and_then(|commit| commit.get(..12)).unwrap_or("the site");
        let from = source.as_ref().map_or_else(String::new, |commit| format!("Source: {commit}\n"));
        let message = format!("Publish {what}\n\n{from}{TRAILER}{name}\n");
        let parent = self.tip.as_deref().filter(|_| history);
        let commit = self.repository.make_commit(&name, parent, &message)?;
        let reference = format!("refs/heads/{}", self.name);
        match &self.remote {
            Some(remote) => {
                // Only if the remote still has what was looked at.
                let lease = format!("--force-with-lease={reference}:{}", self.tip.as_deref().unwrap_or_default());
                self.repository.asked(&["push", "--quiet", &lease, remote, &format!("{commit}:{reference}")])?;
            }
            None => {
                let none = "0".repeat(commit.len());
                let old = self.tip.as_deref().unwrap_or(&none);
                self.repository.asked(&["update-ref", "-m", "bokworm publish", &reference, &commit, old])?;
            }
        }
        Ok(Some(commit))
    }
}

/// Whether a commit is one that this program made, and nobody amended it.
fn is_published(commit: &str) -> bool {
    let tree = commit.lines().find_map(|line| line.strip_prefix("tree "));
    let told = commit.lines().rev().find_map(|line| line.strip_prefix(TRAILER));
    told.is_some() && told == tree
}

fn ordinary(path: &str, name: String) -> TreeFile {
    TreeFile { path: path.to_owned(), mode: ORDINARY.to_owned(), name }
}

/// The last commit of a branch as a remote has it, with all that it needs.
fn fetched(repository: &Repository, name: &str, remote: &str) -> Result<Option<String>> {
    let reference = format!("refs/heads/{name}");
    if repository.asked(&["ls-remote", "--heads", remote, &reference])?.is_empty() {
        return Ok(None);
    }
    // Under a name of our own: a branch of this name here stays as it is.
    let own = format!("refs/bokworm/{name}");
    repository.asked(&["fetch", "--quiet", "--no-tags", remote, &format!("+{reference}:{own}")])?;
    Ok(Some(repository.asked(&["rev-parse", "--verify", &format!("{own}^{{commit}}")])?))
}

/// Whoever works on a branch would find it changed below his feet.
fn refuse_checked_out(repository: &Repository, name: &str) -> Result<()> {
    let trees = repository.asked(&["worktree", "list", "--porcelain"])?;
    let line = format!("branch refs/heads/{name}");
    if trees.lines().any(|told| told == line) {
        bail!("`{name}` is checked out: a site is published to a branch that nobody works on, as `git:gh-pages`");
    }
    Ok(())
}
