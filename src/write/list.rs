//! The list of files that bokworm made, kept as a file in the site itself: it says
//! whose the folder is, and what in it may be replaced or removed. The same site
//! has the same list to the byte, so it holds no times.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::output::{FILE_LIST, path_flaw};

const FIRST_WORDS: &str = "bokworm made these files and replaces them when it builds again:";

/// The files of a site.
#[derive(Debug, Default)]
pub(super) struct FileList {
    /// `None` where there is no site.
    paths: Option<HashSet<String>>,
}

/// What a folder says about itself.
#[derive(Debug)]
pub(super) enum Marked {
    /// Not made by bokworm.
    Not,
    /// Made by bokworm, but its list was never finished, or was damaged.
    Unfinished,
    /// A whole site.
    Site(FileList),
}

impl FileList {
    pub(super) fn new(paths: impl Iterator<Item = String>) -> Self {
        Self { paths: Some(paths.collect()) }
    }

    /// Whether there is no site at all, which is not the same as a site of no files.
    pub(super) fn is_none(&self) -> bool {
        self.paths.is_none()
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.paths.as_ref().is_some_and(|paths| paths.contains(path))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().flatten().map(String::as_str)
    }

    /// What the folder's own list says.
    pub(super) fn of(folder: &Path) -> io::Result<Marked> {
        let file = folder.join(FILE_LIST);
        match file.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Ok(Marked::Not),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Marked::Not),
            Err(error) => return Err(error),
        }
        let bytes = fs::read(file)?;
        Ok(std::str::from_utf8(&bytes).ok().and_then(parse).map_or(Marked::Unfinished, Marked::Site))
    }

    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let mut paths: Vec<&str> = self.iter().collect();
        paths.sort_unstable();
        let mut text = format!("{FIRST_WORDS} {}\n", paths.len());
        for path in paths {
            // No published path has a backslash, so these can't be mistaken.
            text.extend(path.chars().flat_map(|c| match c {
                '\n' => ['\\', 'n'].into_iter().take(2),
                '\r' => ['\\', 'r'].into_iter().take(2),
                other => [other, ' '].into_iter().take(1),
            }));
            text.push('\n');
        }
        fs::write(folder.join(FILE_LIST), text)
    }
}

/// Marks a folder as bokworm's before there is anything in it.
pub(super) fn begin(folder: &Path) -> io::Result<()> {
    fs::write(folder.join(FILE_LIST), "")
}

/// `None` if the list is cut off or damaged.
fn parse(text: &str) -> Option<FileList> {
    let (first, rest) = text.split_once('\n')?;
    let count: usize = first.strip_prefix(FIRST_WORDS)?.trim().parse().ok()?;
    let whole = rest.is_empty() || rest.ends_with('\n');
    let paths: HashSet<String> = rest.lines().map(|line| line.replace("\\n", "\n").replace("\\r", "\r")).collect();
    let sound = whole && paths.len() == count && paths.iter().all(|path| path_flaw(path).is_none());
    sound.then_some(FileList { paths: Some(paths) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.html", "ä/b c.html", "line\nbreak\r", "\u{200e}"];
        FileList::new(paths.iter().map(|path| (*path).to_owned())).write(folder.path()).unwrap();
        let Marked::Site(list) = FileList::of(folder.path()).unwrap() else { panic!("a site") };
        let mut read: Vec<&str> = list.iter().collect();
        let mut expected = paths.to_vec();
        read.sort_unstable();
        expected.sort_unstable();
        assert_eq!(read, expected);
    }

    #[test]
    fn a_list_that_is_cut_off_anywhere_is_no_list() {
        let whole = format!("{FIRST_WORDS} 2\na.html\nb.html\n");
        assert!(parse(&whole).is_some());
        for end in 0..whole.len() {
            assert!(parse(&whole[..end]).is_none(), "{end}");
        }
    }

    #[test]
    fn a_list_that_names_files_elsewhere_is_no_list() {
        assert!(parse(&format!("{FIRST_WORDS} 1\n../a.html\n")).is_none());
        assert!(parse(&format!("{FIRST_WORDS} 0\n")).is_some());
    }
}
