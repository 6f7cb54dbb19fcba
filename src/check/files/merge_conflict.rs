//! Conflicts that git left in files. What else is found there mostly comes of their lines, which are read as text:
//! nobody is told of that, and no fix changes such a file, since git would no longer know its conflict.

use std::collections::{BTreeMap, BTreeSet};

use crate::conflict;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::page::{self, Page};
use crate::site::Edition;
use crate::source::{Source, SourcePath, Span};

/// Lines of conflicts are read as headings: what is said of a page's headings speaks of those, wherever it stands.
const OF_HEADINGS: &[Code] = &[Code::SecondTitle, Code::SkippedHeading, Code::DuplicateHeading];

/// The files that hold conflicts.
pub(in crate::check) struct Conflicts<'a> {
    by_path: BTreeMap<&'a SourcePath, InFile<'a>>,
}

/// The conflicts of one file.
struct InFile<'a> {
    text: &'a str,
    conflicts: Vec<Span>,
    /// Where the body begins. Of what is no page, nothing can be read as it was meant.
    body_start: Option<usize>,
}

impl<'a> Conflicts<'a> {
    /// Finds them in all files.
    pub(in crate::check) fn of(site: &Edition, sources: impl Iterator<Item = &'a Source>) -> Self {
        let suspected: Vec<&Source> = sources.filter(|source| conflict::may_be_in(&source.text)).collect();
        let paths: BTreeSet<&SourcePath> = suspected.iter().map(|source| &source.path).collect();
        let pages = site.pages.iter().map(|published| &*published.page);
        let pages: BTreeMap<&SourcePath, &Page> =
            pages.filter(|page| paths.contains(&page.path)).map(|page| (&page.path, page)).collect();
        let in_file = |source: &'a Source| {
            let found = in_file(source, pages.get(&source.path).copied());
            (!found.conflicts.is_empty()).then_some((&source.path, found))
        };
        Self { by_path: suspected.into_iter().filter_map(in_file).collect() }
    }

    /// Adds a finding for each.
    pub(in crate::check) fn tell(&self, findings: &mut Vec<Diagnostic>) {
        for (path, InFile { text, conflicts, .. }) in &self.by_path {
            findings.extend(conflicts.iter().map(|conflict| conflict::finding(text, path, *conflict)));
        }
    }

    /// Takes the fixes from what is found in such files, and leaves out what only comes of the conflicts, unless
    /// these aren't told as errors: something has to keep the site from being published.
    pub(in crate::check) fn settle(&self, findings: &mut Vec<Diagnostic>) {
        if self.by_path.is_empty() {
            return;
        }
        let told = findings
            .iter()
            .filter(|finding| finding.code == Code::MergeConflict && finding.severity == Severity::Error)
            .map(|finding| finding.path.clone())
            .collect::<BTreeSet<_>>();
        findings.retain_mut(|finding| {
            let Some(file) = self.by_path.get(&finding.path) else { return true };
            finding.fix = None;
            finding.code == Code::MergeConflict || !told.contains(&finding.path) || !file.explains(finding)
        });
    }
}

fn in_file<'a>(source: &'a Source, page: Option<&Page>) -> InFile<'a> {
    let of = |page: &Page| {
        let code: Vec<Span> = page.code.iter().map(|block| block.span).collect();
        InFile { text: &source.text, conflicts: conflict::find(&source.text, &code), body_start: Some(page.body_start) }
    };
    match page {
        Some(page) => of(page),
        // A draft is no page of the site, and fixes change it all the same.
        None if is_page(&source.path) => of(&page::parse(source, page::Dialect::OWN)),
        None => InFile { text: &source.text, conflicts: conflict::find(&source.text, &[]), body_start: None },
    }
}

fn is_page(path: &SourcePath) -> bool {
    let extension = path.file_name().rsplit_once('.').map_or("", |(_, extension)| extension);
    ["md", "mdx"].iter().any(|own| extension.eq_ignore_ascii_case(own))
}

impl InFile<'_> {
    /// Whether a finding of this file most likely comes of its conflicts.
    fn explains(&self, finding: &Diagnostic) -> bool {
        let Some(body_start) = self.body_start else { return true };
        let span = finding.span;
        let in_front_matter = self.conflicts.first().is_some_and(|conflict| conflict.start < body_start);
        let after = self.conflicts.partition_point(|conflict| conflict.end <= span.start);
        OF_HEADINGS.contains(&finding.code)
            || (in_front_matter && span.start < body_start)
            || self.conflicts.get(after).is_some_and(|conflict| conflict.start < span.end)
    }
}
