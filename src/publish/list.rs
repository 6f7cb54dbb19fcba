//! The list of files that bokworm published to a place, kept at that place: it says whose the place is, what lies there
//! already, and since when the site no longer has a file. It is written before anything else is, and when all is done.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::output::path_flaw;

/// The list's name at the place.
pub const PUBLISHED_LIST: &str = ".bokworm-published";

const FIRST_WORDS: &str = "bokworm published these files, replaces them and removes them:";

/// What stands for a time that isn't known, and for a file that may not be there.
const UNKNOWN: &str = "-";

/// What stands for a file that is there, and may be being replaced.
const UNSURE: &str = "?";

/// The files at a place that are bokworm's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedList {
    /// By path.
    pub files: BTreeMap<String, PublishedFile>,
}

/// A file at that place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedFile {
    /// What it holds.
    pub state: PublishedState,
    /// Since when the site has it no more, in seconds.
    pub gone_since: Option<u64>,
    /// Since when the last page is removed that may name it, though the site has both no more.
    pub unnamed_since: Option<u64>,
}

/// What is known of what a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PublishedState {
    /// It may be being sent for the first time, and no reader can know of it.
    #[default]
    Begun,
    /// It is there, and may be being replaced.
    Unsure,
    /// What it is known by.
    Known(String),
}

impl PublishedList {
    /// Reads a list; nothing if it is cut off or damaged, or names what can't be a file of a site.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (first, rest) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
        let count: usize = first.strip_prefix(FIRST_WORDS)?.trim().parse().ok()?;
        let files: Option<BTreeMap<String, PublishedFile>> = rest.lines().map(line).collect();
        let files = files.filter(|files| files.len() == count && (rest.is_empty() || rest.ends_with('\n')))?;
        Some(Self { files })
    }

    /// As bytes.
    pub fn written(&self) -> Vec<u8> {
        let mut text = format!("{FIRST_WORDS} {}\n", self.files.len());
        for (path, PublishedFile { state, gone_since, unnamed_since }) in &self.files {
            let mut since = gone_since.map_or_else(|| UNKNOWN.to_owned(), |since| since.to_string());
            unnamed_since.iter().for_each(|unnamed| _ = write!(since, ",{unnamed}"));
            // No published path has a backslash, so these can't be mistaken.
            let path = path.replace('\n', "\\n").replace('\r', "\\r");
            let state = match state {
                PublishedState::Begun => UNKNOWN,
                PublishedState::Unsure => UNSURE,
                PublishedState::Known(digest) => digest,
            };
            let _ = writeln!(text, "{state} {since} {path}");
        }
        text.into_bytes()
    }
}

fn line(line: &str) -> Option<(String, PublishedFile)> {
    let (state, rest) = line.split_once(' ')?;
    let (since, path) = rest.split_once(' ')?;
    let path = path.replace("\\n", "\n").replace("\\r", "\r");
    let (gone, unnamed) = since.split_once(',').map_or((since, None), |(gone, unnamed)| (gone, Some(unnamed)));
    let gone_since = if gone == UNKNOWN { None } else { Some(gone.parse().ok()?) };
    let unnamed_since = unnamed.map(str::parse).transpose().ok()?;
    let state = match state {
        UNKNOWN => PublishedState::Begun,
        UNSURE => PublishedState::Unsure,
        digest => PublishedState::Known(digest.to_owned()),
    };
    path_flaw(&path).is_none().then_some((path, PublishedFile { state, gone_since, unnamed_since }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> PublishedList {
        let file = |state, gone_since: Option<u64>| PublishedFile {
            state,
            gone_since,
            unnamed_since: gone_since.map(|since| since + 5).filter(|since| *since > 9),
        };
        let files = [
            ("a b.html", file(PublishedState::Known("ab12".into()), None)),
            ("ä\nb\r.html", file(PublishedState::Unsure, Some(17))),
            ("assets/x.js", file(PublishedState::Begun, Some(4))),
        ];
        PublishedList { files: files.into_iter().map(|(path, file)| (path.to_owned(), file)).collect() }
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        assert_eq!(PublishedList::read(&list().written()), Some(list()));
        assert_eq!(PublishedList::read(&PublishedList::default().written()), Some(PublishedList::default()));
    }

    #[test]
    fn a_list_that_is_cut_off_anywhere_or_names_files_elsewhere_is_none() {
        let whole = list().written();
        assert!((0..whole.len()).all(|end| PublishedList::read(&whole[..end]).is_none()));
        for path in ["../a", "/a", "a//b", ".bokworm-published", ""] {
            assert_eq!(PublishedList::read(format!("{FIRST_WORDS} 1\nab - {path}\n").as_bytes()), None, "{path}");
        }
    }
}
