//! The words everyone uses for text: a file as read, a place in it, and how a
//! place is told to people. Knows nothing of Markdown, configuration or disks.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use serde::Serialize;

use crate::typeface::Typeface;

/// Which of the project's folders a path is relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Root {
    /// The folder of the pages (`content/`).
    Content,
    /// The folder of files published as they are (`static/`).
    Static,
    /// The folder of the site's own templates (`templates/`).
    Templates,
    /// The folder of catalogues (`catalogs/`).
    Catalogs,
    /// The folder of data files (`data/`).
    Data,
    /// The theme built into the program.
    Theme,
    /// The folder that holds `book.toml`.
    Project,
}

/// A file of the project: a root and a path below it, with `/` between parts. Where languages have folders of their
/// own, a page also has a place in its language, which the same page of another language shares: `ja/guide.md`
/// and `guide.ja.md` both are `guide.md` there. What a path *is* says the file on the disk.
#[derive(Clone, Debug)]
pub struct SourcePath {
    root: Root,
    /// The place in its language.
    path: Arc<str>,
    /// The file below the root, if it isn't at that place.
    on_disk: Option<Arc<str>>,
}

impl SourcePath {
    /// A path below one of the project's folders.
    pub fn new(root: Root, path: impl Into<Arc<str>>) -> Self {
        Self { root, path: path.into(), on_disk: None }
    }

    /// The same file at a place in its language.
    pub fn placed_at(&self, place: impl Into<Arc<str>>) -> Self {
        let file = self.on_disk.as_ref().unwrap_or(&self.path);
        let place = place.into();
        let on_disk = (place != *file).then(|| Arc::clone(file));
        Self { root: self.root, path: place, on_disk }
    }

    /// Where the file lies below the root on the disk, with `/` between parts.
    pub fn on_disk(&self) -> &str {
        self.on_disk.as_ref().unwrap_or(&self.path)
    }

    /// A path below the folder of the pages.
    pub fn content(path: impl Into<Arc<str>>) -> Self {
        Self::new(Root::Content, path)
    }

    /// The folder that the path is relative to.
    pub fn root(&self) -> Root {
        self.root
    }

    /// The place in its language, or else the path below the root, with `/` between parts.
    pub fn as_str(&self) -> &str {
        &self.path
    }

    /// The folder's path below the root: empty for a file at the top.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part, with its extension.
    pub fn file_name(&self) -> &str {
        self.path.rsplit_once('/').map_or(&*self.path, |(_, name)| name)
    }

    /// The last part, without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.on_disk())
    }
}

impl PartialEq for SourcePath {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root && self.on_disk() == other.on_disk()
    }
}

impl Eq for SourcePath {}

impl Hash for SourcePath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.root.hash(state);
        self.on_disk().hash(state);
    }
}

impl PartialOrd for SourcePath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SourcePath {
    fn cmp(&self, other: &Self) -> Ordering {
        self.root.cmp(&other.root).then_with(|| self.on_disk().cmp(other.on_disk()))
    }
}

/// A file as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it lies.
    pub path: SourcePath,
    /// Its text. What was not UTF-8 is replaced by U+FFFD.
    pub text: Arc<str>,
}

/// A file that is published as it is: known by its place, never held in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Where it lies among the project's folders.
    pub path: SourcePath,
    /// Where it lies on the disk: absolute, without symbolic links.
    pub file: PathBuf,
    /// Its length in bytes.
    pub len: u64,
    /// When it last changed, where the disk tells.
    pub modified: Option<SystemTime>,
    /// Width and height in pixels as it is shown, if it is a picture that says so.
    pub dimensions: Option<(u32, u32)>,
    /// The media type of a picture that says how large it is: by its bytes, whatever its name.
    pub picture_type: Option<&'static str>,
    /// What its bytes come to, if it is a picture that smaller ones can be made of: one still JPEG, PNG or
    /// WebP. Nothing where nobody asked for it (`read::Places`), since it takes reading the whole file.
    pub digest: Option<Digest>,
    /// What is known of it, if it is a typeface that somebody asked for.
    pub typeface: Option<Arc<Typeface>>,
}

/// What tells a file's bytes from all others.
pub type Digest = [u8; 16];

/// A file as read that need not be text: a style sheet, a script, a font of the theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawFile {
    /// Where it lies.
    pub path: SourcePath,
    /// What it holds.
    pub bytes: Arc<[u8]>,
}

/// A range of bytes in one file, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts");
        Self { start, end }
    }

    /// An empty span.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The same span, moved towards the end of the file.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// The text that the span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place as people count: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl LineColumn {
    /// The place of a byte offset in `text`. An offset past the end or inside a
    /// character counts as the nearest boundary before it.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
        let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
        Self { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters_not_bytes() {
        let text = "über\nçà et là";
        let offset = text.find("là").unwrap();
        assert_eq!(LineColumn::of(text, offset), LineColumn { line: 2, column: 7 });
    }

    #[test]
    fn an_offset_inside_a_character_or_past_the_end_is_brought_back() {
        assert_eq!(LineColumn::of("é", 1), LineColumn { line: 1, column: 1 });
        assert_eq!(LineColumn::of("a\n", 99), LineColumn { line: 2, column: 1 });
    }

    #[test]
    fn a_dot_file_is_all_stem() {
        assert_eq!(SourcePath::content("a/.env").stem(), ".env");
        assert_eq!(SourcePath::content("a/b.c.md").stem(), "b.c");
    }
}
