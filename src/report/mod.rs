//! Findings as text: one file a format. Knows diagnostics and the texts they
//! speak of, not where they come from. Every format says the same words.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{LineColumn, SourcePath};

pub mod github;
pub mod github_review;
pub mod human;
pub mod json;
pub mod plain;
pub mod sarif;
pub mod summary;

/// The files that findings speak of: how each is named to people, and its text.
#[derive(Clone, Debug, Default)]
pub struct Files {
    by_path: HashMap<SourcePath, File>,
}

/// A file that findings speak of.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// What people know it by: its path from where they stand.
    pub shown: String,
    /// Where it lies on disk, for terminals that open a file on a click.
    pub on_disk: Option<PathBuf>,
    /// Its text; empty if it is none.
    pub text: Arc<str>,
}

impl Files {
    /// Takes up a file.
    pub fn insert(&mut self, path: SourcePath, file: File) {
        self.by_path.insert(path, file);
    }

    /// What is known of a file.
    pub fn get(&self, path: &SourcePath) -> Option<&File> {
        self.by_path.get(path)
    }
}

/// A finding with its place as people count.
#[derive(Clone, Copy, Debug)]
pub struct Located<'a> {
    /// The finding.
    pub finding: &'a Diagnostic,
    /// What people know its file by.
    pub shown: &'a str,
    /// Its file, if it is known.
    pub file: Option<&'a File>,
    /// Where it begins.
    pub start: LineColumn,
    /// Where it ends: the place after its last character.
    pub end: LineColumn,
}

/// Finds the place of each finding, reading each text once; sorted by file and place.
pub fn locate<'a>(findings: &'a [Diagnostic], files: &'a Files) -> Vec<Located<'a>> {
    let mut order: Vec<(&'a str, Option<&'a File>, &'a Diagnostic)> = findings
        .iter()
        .filter(|finding| finding.severity != Severity::Off)
        .map(|finding| {
            let file = files.get(&finding.path);
            (file.map_or(finding.path.on_disk(), |file| file.shown.as_str()), file, finding)
        })
        .collect();
    let key = |finding: &Diagnostic| (finding.span, finding.code);
    order.sort_by(|a, b| (a.0, key(a.2)).cmp(&(b.0, key(b.2))).then_with(|| a.2.message.cmp(&b.2.message)));
    let mut located = Vec::with_capacity(order.len());
    for group in order.chunk_by(|a, b| a.0 == b.0 && a.2.path == b.2.path) {
        let text = group[0].1.map_or("", |file| &*file.text);
        let mut offsets: Vec<usize> =
            group.iter().flat_map(|(_, _, finding)| [finding.span.start, finding.span.end]).collect();
        offsets.sort_unstable();
        let places = places(text, &offsets);
        for &(shown, file, finding) in group {
            let place = |offset| places[&offset];
            let (start, end) = (place(finding.span.start), place(finding.span.end));
            located.push(Located { finding, shown, file, start, end });
        }
    }
    located
}

/// The places of sorted offsets in one walk over the text.
fn places(text: &str, offsets: &[usize]) -> HashMap<usize, LineColumn> {
    let mut places = HashMap::with_capacity(offsets.len());
    let mut here = LineColumn { line: 1, column: 1 };
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for &offset in offsets {
        // A character that an offset lies within has not been passed.
        let mut reached = offset.min(text.len());
        while !text.is_char_boundary(reached) {
            reached -= 1;
        }
        let passed = text.get(at..reached).unwrap_or_default();
        if let Some(last) = memchr::memrchr(b'\n', passed.as_bytes()) {
            here.line += memchr::memchr_iter(b'\n', &passed.as_bytes()[..=last]).count();
            here.column = passed[last + 1..].chars().count() + 1;
        } else {
            here.column += passed.chars().count();
        }
        at = at.max(reached);
        places.insert(offset, here);
    }
    places
}

/// How many findings there are of each severity: errors, warnings, notes.
pub fn count(findings: &[Diagnostic]) -> (usize, usize, usize) {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    (of(Severity::Error), of(Severity::Warning), of(Severity::Info))
}

/// A path as a URL has it: slashes kept, everything unusual percent-encoded.
fn encoded(path: &str) -> String {
    crate::site::address::encode_path(&path.replace('\\', "/")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::Span;

    #[test]
    fn places_agree_with_a_count_from_the_start() {
        let text = "\u{feff}über\r\nçà\tet là\n\nend";
        let offsets: Vec<usize> =
            (0..=text.len() + 2).filter(|&at| text.is_char_boundary(at.min(text.len()))).collect();
        let places = places(text, &offsets);
        for offset in offsets {
            assert_eq!(places[&offset], LineColumn::of(text, offset), "at {offset}");
        }
    }

    #[test]
    fn findings_are_told_by_file_and_place_and_those_that_are_off_are_not() {
        let path = SourcePath::content("a.md");
        let mut files = Files::default();
        files.insert(path.clone(), File { shown: "a.md".into(), text: "one\ntwo".into(), ..File::default() });
        let mut findings: Vec<Diagnostic> =
            [4, 0, 2].map(|at| Diagnostic::new(Code::BrokenLink, &path, Span::at(at), "m")).into();
        findings[2].severity = Severity::Off;
        let places: Vec<usize> = locate(&findings, &files).iter().map(|located| located.start.line).collect();
        assert_eq!(places, [1, 2]);
    }
}
