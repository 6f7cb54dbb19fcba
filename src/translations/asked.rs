//! What git is asked for all translations at once, and what it says of each: from which text of the original it was
//! made.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::base::{self, BothTexts};
use super::blocks::count_lines;
use super::told::{Doubt, OutOfDate, TranslationPair};
use crate::history::{self, FileAt, FilePast, FormerTexts, PastCommit, Standpoint, TextName};
use crate::page::Page;

/// The past of all files, as far as translations and originals are to be compared.
pub(super) struct PastOfAll {
    past: FormerTexts,
    names: HashMap<FileAt, TextName>,
    texts: HashMap<TextName, Arc<str>>,
}

/// What a translation was made from.
pub(super) struct TranslationBase {
    /// The commit: the translation's last that brought it up to date, or the one that it names.
    commit: String,
    /// What the original is called there, and its text's name.
    path: String,
    name: TextName,
    /// What it said.
    pub(super) original: Arc<str>,
}

/// An original at a commit.
struct FormerOriginal {
    path: String,
    name: TextName,
}

impl PastOfAll {
    /// Asks git; nothing where it knows nothing of the folder.
    pub(super) fn ask(from: &Standpoint, pairs: &[TranslationPair<'_>]) -> Option<Self> {
        if pairs.is_empty() {
            return None;
        }
        let past = history::former_texts(from)?;
        let folder = from.asked();
        let mut all = Self { past, names: HashMap::new(), texts: HashMap::new() };
        let files: BTreeSet<FileAt> = pairs.iter().flat_map(|pair| all.files_of(pair)).collect();
        all.names = history::names_of_texts(folder, &all.past.prefix, &files.into_iter().collect::<Vec<_>>());
        let names: BTreeSet<TextName> = pairs.iter().flat_map(|pair| all.texts_of(pair)).collect();
        all.texts = history::texts(folder, &names.into_iter().collect::<Vec<_>>());
        Some(all)
    }

    fn past_of(&self, page: &Page) -> Option<&FilePast> {
        self.past.files.get(page.path.on_disk())
    }

    /// The files at commits whose texts may be asked for.
    fn files_of(&self, pair: &TranslationPair<'_>) -> Vec<FileAt> {
        let mut files = Vec::new();
        let Some(original) = self.past_of(pair.original) else { return files };
        let names = original.names();
        let mut commits: Vec<&str> = pair.translation.meta.translated_from.iter().map(|base| base.trim()).collect();
        for change in self.past_of(pair.translation).into_iter().flat_map(|past| &past.changes) {
            let commit = self.past.commits[change.commit].hash.as_str();
            files.push(FileAt { commit: commit.to_owned(), path: change.path.clone() });
            commits.push(commit);
        }
        let at = |commit: &str, path: &str| FileAt { commit: commit.to_owned(), path: path.to_owned() };
        files.extend(commits.into_iter().flat_map(|commit| names.iter().map(move |name| at(commit, name))));
        let own = original.changes.iter();
        files.extend(own.map(|change| at(&self.past.commits[change.commit].hash, &change.path)));
        files
    }

    /// The texts that are compared: few if the original was the same at all changes of the translation.
    fn texts_of(&self, pair: &TranslationPair<'_>) -> Vec<TextName> {
        let told = pair.translation.meta.translated_from.as_deref();
        let told = told.and_then(|commit| self.original_at(pair, commit.trim())).map(|original| original.name);
        let changes = || self.past_of(pair.translation).into_iter().flat_map(|past| &past.changes);
        let hash = |commit: usize| self.past.commits[commit].hash.as_str();
        let originals = changes().filter_map(|change| self.original_at(pair, hash(change.commit)));
        let mut texts: BTreeSet<TextName> = originals.map(|original| original.name).collect();
        // The last is always asked for: somebody may be about to change it.
        let compared = if texts.len() > 1 { usize::MAX } else { 1 };
        let own = changes().map(|change| FileAt { commit: hash(change.commit).into(), path: change.path.clone() });
        texts.extend(own.take(compared).filter_map(|file| self.names.get(&file).cloned()));
        texts.extend(told);
        texts.into_iter().collect()
    }

    /// The original at a commit, by the last of its names that it had there.
    fn original_at(&self, pair: &TranslationPair<'_>, commit: &str) -> Option<FormerOriginal> {
        let names = self.past_of(pair.original)?.names();
        names.into_iter().find_map(|path| {
            let file = FileAt { commit: commit.to_owned(), path: path.to_owned() };
            self.names.get(&file).map(|name| FormerOriginal { name: name.clone(), path: file.path })
        })
    }

    /// What a translation was made from; nothing if that is what the original says now, as far as anybody knows.
    pub(super) fn base(&self, pair: &TranslationPair<'_>) -> Result<Option<TranslationBase>, Doubt> {
        if let Some(commit) = &pair.translation.meta.translated_from {
            let told = self.base_at(pair, commit.trim());
            let doubt = if self.is_shallow() { Doubt::Shallow } else { Doubt::NoSuchCommit };
            return told.map(Some).ok_or(doubt);
        }
        let Some(past) = self.past_of(pair.translation) else { return Ok(None) };
        if past.changes.iter().any(|change| self.past.commits[change.commit].is_cut_off) {
            return Err(Doubt::Shallow);
        }
        let mut commits: Vec<&str> = Vec::with_capacity(past.changes.len());
        let mut changes: Vec<BothTexts> = Vec::with_capacity(past.changes.len());
        for change in past.changes.iter().rev() {
            let commit = self.past.commits[change.commit].hash.as_str();
            let own = FileAt { commit: commit.to_owned(), path: change.path.clone() };
            let original = self.original_at(pair, commit);
            commits.push(commit);
            changes.push(BothTexts {
                // A text that wasn't asked for is there all the same.
                translation: self.names.get(&own).map(|name| self.text(name)),
                original: original.map(|original| self.text(&original.name)),
            });
        }
        // What nobody has committed yet is a change, too.
        let now = |page: &Page| Some(Arc::clone(&page.text));
        let is_edited = changes
            .last()
            .and_then(|last| last.translation.as_ref())
            .is_some_and(|committed| !committed.is_empty() && !base::is_same(committed, &pair.translation.text));
        if is_edited {
            changes.push(BothTexts { translation: now(pair.translation), original: now(pair.original) });
        }
        let commit = base::last_made_up_to_date(&changes).and_then(|at| commits.get(at));
        Ok(commit.and_then(|commit| self.base_at(pair, commit)))
    }

    fn base_at(&self, pair: &TranslationPair<'_>, commit: &str) -> Option<TranslationBase> {
        let FormerOriginal { path, name } = self.original_at(pair, commit)?;
        let original = Arc::clone(self.texts.get(&name)?);
        Some(TranslationBase { commit: commit.to_owned(), path, name, original })
    }

    /// A text as it was read; empty if it wasn't asked for.
    fn text(&self, name: &TextName) -> Arc<str> {
        self.texts.get(name).cloned().unwrap_or_default()
    }

    fn is_shallow(&self) -> bool {
        self.past.commits.iter().any(|commit| commit.is_cut_off)
    }

    /// How the original has changed since it was translated.
    pub(super) fn out_of_date(&self, pair: &TranslationPair<'_>, base: &TranslationBase) -> OutOfDate {
        let since = self.last_change_before(pair.original, base);
        let commit = since.as_ref().map_or(base.commit.as_str(), PastCommit::short);
        let now = pair.original.path.on_disk();
        let in_repository = |path: &str| quoted(&format!(":/{}{path}", self.past.prefix));
        let command = if base.path == now {
            format!("git diff {commit} -- {}", in_repository(now))
        } else {
            format!("git diff -M {commit} -- {} {}", in_repository(&base.path), in_repository(now))
        };
        let base_commit = history::short(&base.commit).to_owned();
        OutOfDate { since, base: base_commit, lines: count_lines(&base.original, &pair.original.text), command }
    }

    /// The original's last change that a base has.
    fn last_change_before(&self, original: &Page, base: &TranslationBase) -> Option<PastCommit> {
        let commits = &self.past.commits;
        // A base that changed nothing here has no place among the commits: then the text alone tells.
        let from = commits.iter().position(|commit| commit.hash.starts_with(&base.commit)).unwrap_or_default();
        let has_text = |commit: usize, path: &String| {
            let file = FileAt { commit: commits[commit].hash.clone(), path: path.clone() };
            self.names.get(&file) == Some(&base.name)
        };
        let mut before = self.past_of(original)?.changes.iter().filter(|change| change.commit >= from);
        let change = before.find(|change| has_text(change.commit, &change.path))?;
        Some(commits[change.commit].clone())
    }
}

/// A word of a command line, in quotes if it needs some.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-:".contains(c);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// The last commit that changed an original, of which a translation can say that it is made from it.
///
/// # Errors
/// Why there is none, as the end of a sentence that begins with the file.
pub(super) fn last_commit(folder: &Path, original: &Page) -> Result<PastCommit, &'static str> {
    let past = history::former_texts(&Standpoint::now(folder)).ok_or("lies in no folder that git knows")?;
    let path = original.path.on_disk();
    let unknown = "has never been committed: commit it first";
    let change = past.files.get(path).and_then(|past| past.changes.first()).ok_or(unknown)?;
    let commit = past.commits[change.commit].clone();
    let file = FileAt { commit: commit.hash.clone(), path: path.to_owned() };
    let names: Vec<TextName> = history::names_of_texts(folder, &past.prefix, &[file]).into_values().collect();
    let committed = history::texts(folder, &names).into_values().next().ok_or(unknown)?;
    if !base::is_same(&committed, &original.text) {
        return Err("has changes that are not committed: commit them first");
    }
    Ok(commit)
}
