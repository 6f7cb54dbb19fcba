//! What files said at earlier commits: when each changed, what it was called then, and its text. Git is asked in few
//! questions for all files: one for the past, one for the texts. What any of it means, others say.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

use sha1::{Digest, Sha1};

use super::{Standpoint, cut_off, git};

/// Begins the line of a commit; can't stand in a path that git prints with `-z`.
const COMMIT: char = '\u{1}';

/// How many questions are asked before the answers are read: few enough that they fit into a pipe, so that neither
/// side waits for the other.
const QUESTIONS_AT_ONCE: usize = 64;

/// A longer question is not asked: a path of such length is a mistake.
const LONGEST_QUESTION: usize = 500;

/// What git knows of the past of the files below a folder.
#[derive(Clone, Debug, Default)]
pub struct FormerTexts {
    /// The folder's path in the repository, with a `/` at its end; nothing for the repository's own.
    pub prefix: String,
    /// All commits that changed something below the folder: none stands before one that came after it.
    pub commits: Vec<PastCommit>,
    /// The files, by the path below the folder that they have now.
    pub files: BTreeMap<String, FilePast>,
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastCommit {
    /// Its whole name.
    pub hash: String,
    /// Its day: `2026-01-31`.
    pub date: String,
    /// Whether a shallow clone has nothing before it: then nobody knows what it changed.
    pub is_cut_off: bool,
}

/// What happened to a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePast {
    /// Its changes, the last first.
    pub changes: Vec<FileChange>,
}

/// A change of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The commit's place among all.
    pub commit: usize,
    /// What the file was called from then on.
    pub path: String,
}

/// How much of a commit's name is told: as much as no other begins with.
const TOLD: usize = 12;

impl PastCommit {
    /// The beginning of its name, which is enough to know it by.
    pub fn short(&self) -> &str {
        short(&self.hash)
    }
}

/// The beginning of a commit's name, which is enough to know it by.
pub fn short(hash: &str) -> &str {
    hash.get(..TOLD).unwrap_or(hash)
}

impl FilePast {
    /// All names that it had, the last first.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for change in &self.changes {
            if !names.contains(&change.path.as_str()) {
                names.push(&change.path);
            }
        }
        names
    }
}

/// A file at a commit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileAt {
    /// The commit, by its whole name or the beginning of it.
    pub commit: String,
    /// The file's path below the folder.
    pub path: String,
}

/// What git calls a text: the same text, the same name.
pub type TextName = String;

/// The past of all files below a folder; nothing where git knows nothing of it.
pub fn former_texts(from: &Standpoint) -> Option<FormerTexts> {
    let folder = from.asked();
    let prefix = from.prefix()?;
    let format = format!("--format={COMMIT}%H%x09%cs");
    let quiet = ["-c", "core.quotePath=false", "-c", "log.showSignature=false", "-c", "log.follow=false"];
    // Merges are shown, too, where they say what none of both sides said.
    let log = ["log", "-z", "--topo-order", "-M", "-c", "--name-status", &format].map(str::to_owned);
    let log: Vec<String> = quiet.map(str::to_owned).into_iter().chain(log).chain(from.range()).collect();
    // Where nothing has been committed yet, there is no past.
    let Some(log) = git(folder, &log.iter().map(String::as_str).collect::<Vec<_>>()) else {
        return Some(FormerTexts { prefix, ..FormerTexts::default() });
    };
    Some(FormerTexts { prefix, ..parse(&String::from_utf8_lossy(&log.stdout), &cut_off(folder)) })
}

fn parse(log: &str, cut_off: &HashSet<String>) -> FormerTexts {
    let mut past = FormerTexts::default();
    // What a file is called today, by a name that it had.
    let mut today: HashMap<String, String> = HashMap::new();
    let mut fields = log.split(['\0', '\n']).filter(|field| !field.is_empty());
    while let Some(field) = fields.next() {
        if let Some(header) = field.strip_prefix(COMMIT) {
            let (hash, date) = header.split_once('\t').unwrap_or((header, ""));
            let is_cut_off = cut_off.contains(hash);
            past.commits.push(PastCommit { hash: hash.to_owned(), date: date.to_owned(), is_cut_off });
            continue;
        }
        let Some(path) = fields.next() else { break };
        // A merge has a letter for each of its parents, and tells no former name.
        let is_merge = field.bytes().skip(1).any(|b| b.is_ascii_alphabetic());
        let moved_to = if field.starts_with('R') && !is_merge { fields.next() } else { None };
        let Some(commit) = past.commits.len().checked_sub(1) else { continue };
        let then = moved_to.unwrap_or(path);
        let name = today.get(then).map_or(then, String::as_str).to_owned();
        let change = FileChange { commit, path: then.to_owned() };
        past.files.entry(name.clone()).or_default().changes.push(change);
        if moved_to.is_some() {
            today.insert(path.to_owned(), name);
        }
    }
    past
}

/// What git calls the texts of files at commits; nothing for a file that wasn't there, or a commit that git doesn't know.
pub fn names_of_texts(folder: &Path, prefix: &str, asked: &[FileAt]) -> HashMap<FileAt, TextName> {
    let mut names = HashMap::new();
    let question = |file: &FileAt| format!("{}:{prefix}{}", file.commit, file.path);
    let can_ask = |file: &&FileAt| is_commit(&file.commit) && is_question(&question(file));
    let asked: Vec<&FileAt> = asked.iter().filter(can_ask).collect();
    let questions = asked.iter().map(|file| question(file)).collect();
    ask(folder, Conversation { told: "--batch-check", questions }, |at, answers| {
        let answer = GitAnswer::read(answers)?;
        if let Some(name) = answer.name {
            names.insert(asked[at].clone(), name);
        }
        Some(())
    });
    names
}

/// What git calls a text that somebody has; nothing that it knows, where the repository counts in another way.
pub fn name_of(text: &str) -> TextName {
    let mut sum = Sha1::new_with_prefix(format!("blob {}\0", text.len()));
    sum.update(text);
    format!("{:x}", sum.finalize())
}

/// The texts of these names.
pub fn texts(folder: &Path, asked: &[TextName]) -> HashMap<TextName, Arc<str>> {
    let mut texts = HashMap::new();
    contents(folder, asked, |at, bytes| _ = texts.insert(asked[at].clone(), String::from_utf8_lossy(&bytes).into()));
    texts
}

/// Hands over the bytes of these names, one after the other; those that git doesn't know are passed over.
pub(super) fn contents(folder: &Path, asked: &[TextName], mut take: impl FnMut(usize, Vec<u8>)) {
    let questions = asked.to_vec();
    ask(folder, Conversation { told: "--batch", questions }, |at, answers| {
        let answer = GitAnswer::read(answers)?;
        if answer.name.is_some() {
            let mut bytes = vec![0; answer.length];
            answers.read_exact(&mut bytes).ok()?;
            // A line end follows that isn't the text's.
            answers.read_exact(&mut [0]).ok()?;
            take(at, bytes);
        }
        Some(())
    });
}

/// How many bytes each of these names has; none where git doesn't know it.
pub(super) fn lengths(folder: &Path, asked: &[TextName]) -> Vec<u64> {
    let mut lengths = vec![0; asked.len()];
    ask(folder, Conversation { told: "--batch-check", questions: asked.to_vec() }, |at, answers| {
        lengths[at] = GitAnswer::read(answers)?.length as u64;
        Some(())
    });
    lengths
}

/// Whether that can be the name of a commit: another word could mean anything to git.
fn is_commit(name: &str) -> bool {
    (4..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_question(question: &str) -> bool {
    question.len() <= LONGEST_QUESTION && !question.contains(['\n', '\r'])
}

/// One line of what `git cat-file` answers.
struct GitAnswer {
    /// The text's name, if there is such a text.
    name: Option<TextName>,
    length: usize,
}

impl GitAnswer {
    fn read(answers: &mut BufReader<ChildStdout>) -> Option<Self> {
        let mut line = String::new();
        answers.read_line(&mut line).ok().filter(|length| *length > 0)?;
        let mut words = line.trim_end().rsplit(' ');
        let found = words.next().and_then(|length| length.parse().ok()).zip(words.next()).zip(words.next());
        Some(match found {
            Some(((length, "blob"), name)) => Self { name: Some(name.to_owned()), length },
            _ => Self { name: None, length: 0 },
        })
    }
}

/// What `git cat-file` is asked.
struct Conversation {
    told: &'static str,
    questions: Vec<String>,
}

/// Asks git many questions at once, and hands over the answers one after the other. Whoever reads one says nothing
/// where it breaks off.
fn ask(
    folder: &Path,
    conversation: Conversation,
    mut read: impl FnMut(usize, &mut BufReader<ChildStdout>) -> Option<()>,
) {
    let Conversation { told, questions } = conversation;
    if questions.is_empty() {
        return;
    }
    let Some((mut child, mut asking, answers)) = begin(folder, told) else { return };
    let mut answers = BufReader::new(answers);
    let chunks = questions.chunks(QUESTIONS_AT_ONCE).enumerate();
    'all: for (chunk, some) in chunks {
        let lines: String = some.iter().flat_map(|question| [question, "\n"]).collect();
        if asking.write_all(lines.as_bytes()).and_then(|()| asking.flush()).is_err() {
            break;
        }
        for at in 0..some.len() {
            if read(chunk * QUESTIONS_AT_ONCE + at, &mut answers).is_none() {
                break 'all;
            }
        }
    }
    drop((asking, answers));
    let _ = child.wait();
}

fn begin(folder: &Path, told: &str) -> Option<(Child, ChildStdin, ChildStdout)> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["cat-file", told]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::null()).spawn().ok()?;
    let (asking, answers) = (child.stdin.take()?, child.stdout.take()?);
    Some((child, asking, answers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_changes_under_all_names_that_it_had() {
        let log = "\u{1}4\t2026-04-04\0\nA\0a.md\0\u{1}3\t2026-03-03\0\nMM\0c.md\0\u{1}2\t2026-02-02\0\n\
                   R080\0a.md\0c.md\0\u{1}1\t2026-01-01\0\nA\0a.md\0";
        let past = parse(log, &HashSet::from(["1".to_owned()]));
        let told = |name: &str| {
            let changes = past.files[name].changes.iter();
            changes.map(|change| (past.commits[change.commit].hash.as_str(), change.path.as_str())).collect::<Vec<_>>()
        };
        assert_eq!(told("c.md"), [("3", "c.md"), ("2", "c.md"), ("1", "a.md")]);
        assert_eq!(told("a.md"), [("4", "a.md")]);
        assert_eq!(past.files["c.md"].names(), ["c.md", "a.md"]);
        assert!(past.commits[3].is_cut_off && !past.commits[2].is_cut_off);
    }

    #[test]
    fn only_what_can_be_a_commit_is_asked_for() {
        assert!(is_commit("d20849e68699") && is_commit("6e1fe13b534024d426a6b3b475c758eb0c09fc75"));
        assert!(["HEAD", "main", "", "abc", "--all"].iter().all(|name| !is_commit(name)));
    }
}
