//! Git asked to write: objects, trees, commits and branches, by its plumbing. Neither the working tree nor the index that
//! somebody has there is touched.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// A repository.
#[derive(Debug)]
pub(super) struct Repository {
    folder: PathBuf,
}

/// What is asked of git.
#[derive(Default)]
struct GitQuestion<'a> {
    words: &'a [&'a str],
    input: Vec<u8>,
    settings: Vec<(&'static str, String)>,
}

/// A file of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TreeFile {
    /// Its path.
    pub path: String,
    /// Whether it is a link, a program, or an ordinary file.
    pub mode: String,
    /// What git calls its bytes.
    pub name: String,
}

/// What an ordinary file is in a tree.
pub(super) const ORDINARY: &str = "100644";

impl Repository {
    /// The repository of a folder.
    pub(super) fn of(folder: &Path) -> Result<Self> {
        let repository = Self { folder: folder.to_path_buf() };
        repository
            .asked(&["rev-parse", "--git-dir"])
            .context("a branch is published to the repository that the project lies in, and git finds none here")?;
        Ok(repository)
    }

    /// What git answers, without the line end.
    pub(super) fn asked(&self, words: &[&str]) -> Result<String> {
        self.answer(GitQuestion { words, ..GitQuestion::default() })
    }

    /// The same where git may say no.
    pub(super) fn maybe(&self, words: &[&str]) -> Option<String> {
        self.asked(words).ok().filter(|answer| !answer.is_empty())
    }

    fn answer(&self, question: GitQuestion<'_>) -> Result<String> {
        let GitQuestion { words, input, settings } = question;
        let told = || format!("`git {}`", words.iter().take(2).copied().collect::<Vec<_>>().join(" "));
        let mut git = Command::new("git");
        // Nobody is there to be asked for a password.
        git.arg("-C").arg(&self.folder).args(words).envs(settings).env("GIT_TERMINAL_PROMPT", "0");
        git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut git = git.spawn().with_context(|| format!("{} can't be run", told()))?;
        let stdin = git.stdin.take();
        // Git may answer before it has heard all.
        let output = std::thread::scope(|scope| {
            scope.spawn(|| stdin.map(|mut stdin| stdin.write_all(&input)));
            git.wait_with_output()
        });
        let output = output.with_context(|| format!("{} can't be run", told()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', "; ");
            bail!("{} failed: {said}", told());
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned())
    }

    /// What git calls the bytes of files, and keeps them where that is asked for.
    pub(super) fn names(&self, files: &[PathBuf], keep: bool) -> Result<Vec<String>> {
        let mut lines = String::new();
        for file in files {
            let path = file.to_str().filter(|path| !path.contains('\n'));
            lines += path.with_context(|| format!("`{}` has a name that no branch can hold", file.display()))?;
            lines.push('\n');
        }
        let words: &[&str] = match keep {
            true => &["hash-object", "-w", "--no-filters", "--stdin-paths"],
            false => &["hash-object", "--no-filters", "--stdin-paths"],
        };
        let answer = self.answer(GitQuestion { words, input: lines.into_bytes(), ..GitQuestion::default() })?;
        let names: Vec<String> = answer.lines().map(str::to_owned).collect();
        anyhow::ensure!(names.len() == files.len(), "git did not read all files of the site");
        Ok(names)
    }

    /// What git calls a file of no bytes, which it keeps.
    pub(super) fn empty(&self, keep: bool) -> Result<String> {
        let words: &[&str] = if keep { &["hash-object", "-w", "--stdin"] } else { &["hash-object", "--stdin"] };
        self.asked(words)
    }

    /// The files of a commit.
    pub(super) fn tree(&self, commit: &str) -> Result<Vec<TreeFile>> {
        let listed = self.asked(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
        let file = |line: &str| {
            let (told, path) = line.split_once('\t')?;
            let mut words = told.split(' ');
            let (mode, _, name) = (words.next()?, words.next()?, words.next()?);
            Some(TreeFile { path: path.to_owned(), mode: mode.to_owned(), name: name.to_owned() })
        };
        Ok(listed.split('\0').filter_map(file).collect())
    }

    /// Makes a tree, in an index of its own.
    pub(super) fn make_tree(&self, files: &[TreeFile]) -> Result<String> {
        let folder = PathBuf::from(self.asked(&["rev-parse", "--absolute-git-dir"])?);
        let index = folder.join(format!("bokworm-index-{}", std::process::id()));
        let settings = || vec![("GIT_INDEX_FILE", index.display().to_string())];
        let lines = files.iter().map(|TreeFile { path, mode, name }| format!("{mode} {name}\t{path}\0"));
        let input = lines.collect::<String>().into_bytes();
        let words: &[&str] = &["update-index", "-z", "--index-info"];
        let filled = self.answer(GitQuestion { words, input, settings: settings() });
        let tree = filled
            .and_then(|_| self.answer(GitQuestion { words: &["write-tree"], settings: settings(), input: Vec::new() }));
        _ = std::fs::remove_file(&index);
        tree
    }

    /// Makes a commit. Where git knows nobody who could have made it, this program has.
    pub(super) fn make_commit(&self, tree: &str, parent: Option<&str>, message: &str) -> Result<String> {
        let mut words = vec!["commit-tree", tree];
        words.extend(parent.iter().flat_map(|parent| ["-p", parent]));
        let unknown = self.asked(&["var", "GIT_COMMITTER_IDENT"]).is_err();
        let own = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];
        let settings = own.into_iter().filter(|_| unknown).map(|name| (name, "bokworm".to_owned())).collect();
        self.answer(GitQuestion { words: &words, input: message.as_bytes().to_vec(), settings })
    }
}
