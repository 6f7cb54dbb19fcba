//! The project's data files, each read again only when its text differs.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::data::{self, DataFile, DataFiles};
use crate::source::{Source, Span};

/// The files, and what they came to.
#[derive(Default)]
pub(super) struct DataSources(Vec<ReadDataFile>);

struct ReadDataFile {
    source: Source,
    file: Arc<DataFile>,
    finding: Option<Diagnostic>,
}

impl DataSources {
    /// Reads these files in place of those that were here; those of the same text are kept.
    pub(super) fn take(&mut self, sources: Vec<Source>) {
        let known = std::mem::take(&mut self.0);
        let read = |source: Source| match known.iter().find(|read| read.source == source) {
            Some(read) => ReadDataFile { source, file: Arc::clone(&read.file), finding: read.finding.clone() },
            None => {
                let (file, finding) = data::read(&source);
                ReadDataFile { source, file: Arc::new(file), finding }
            }
        };
        self.0 = sources.into_par_iter().map(read).collect();
    }

    /// Takes other texts for some of them; whether there were any.
    pub(super) fn rewrite(&mut self, rewritten: impl Fn(&Source) -> Option<Source>) -> bool {
        if self.sources().all(|source| rewritten(source).is_none()) {
            return false;
        }
        let sources = self.sources().map(|source| rewritten(source).unwrap_or_else(|| source.clone())).collect();
        self.take(sources);
        true
    }

    /// The files.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        self.0.iter().map(|read| &read.source)
    }

    /// What they came to: of two of one name, the first.
    pub(super) fn files(&self) -> DataFiles {
        let once = self.0.iter().enumerate().filter(|(at, _)| self.namesake(*at).is_none());
        DataFiles::of(once.map(|(_, read)| Arc::clone(&read.file)))
    }

    /// What is wrong with them.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let shared = self.0.iter().enumerate().filter_map(|(at, read)| {
            let other = &self.namesake(at)?.source.path;
            let message = format!("`{other}` is the data `{}` already", read.file.name);
            let finding = Diagnostic::new(Code::InvalidData, &read.source.path, Span::default(), message);
            Some(finding.with_help("Rename one of the two files."))
        });
        self.0.iter().filter_map(|read| read.finding.clone()).chain(shared).collect()
    }

    /// The file before that one that has its name.
    fn namesake(&self, at: usize) -> Option<&ReadDataFile> {
        self.0[..at].iter().find(|read| read.file.name == self.0[at].file.name)
    }
}
