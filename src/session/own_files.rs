//! Files of the project that come to something by themselves, catalogues and data: each read again only when its text
//! differs, since reading a large one takes longer than all that a save asks for.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::data::{self, DataFile};
use crate::site::{BookFile, Catalog, catalog};
use crate::source::{Source, Span};

/// What one file comes to.
pub(super) trait MadeOfFile: Sized + Send + Sync {
    /// What people call such a thing.
    const WHAT: &'static str;
    /// The kind of finding for what is wrong with its file.
    const CODE: Code;

    /// Reads it, and what is wrong with it.
    fn read(source: &Source) -> (Self, Vec<Diagnostic>);

    /// What others call it.
    fn name(&self) -> &str;
}

impl MadeOfFile for Catalog {
    const WHAT: &'static str = "the catalogue";
    const CODE: Code = Code::InvalidCatalog;

    fn read(source: &Source) -> (Self, Vec<Diagnostic>) {
        catalog::read(source)
    }

    fn name(&self) -> &str {
        &self.name
    }
}

impl MadeOfFile for BookFile {
    const WHAT: &'static str = "the book";
    const CODE: Code = Code::UnreadBook;

    fn read(source: &Source) -> (Self, Vec<Diagnostic>) {
        (Self::of(source), Vec::new())
    }

    fn name(&self) -> &str {
        &self.path
    }
}

impl MadeOfFile for DataFile {
    const WHAT: &'static str = "the data";
    const CODE: Code = Code::InvalidData;

    fn read(source: &Source) -> (Self, Vec<Diagnostic>) {
        let (file, finding) = data::read(source);
        (file, finding.into_iter().collect())
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// The files, and what they came to.
pub(super) struct NamedFiles<T>(Vec<NamedFile<T>>);

struct NamedFile<T> {
    source: Source,
    thing: Arc<T>,
    findings: Vec<Diagnostic>,
}

impl<T> Default for NamedFiles<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: MadeOfFile> NamedFiles<T> {
    /// Reads these files in place of those that were here; those of the same text are kept.
    pub(super) fn take(&mut self, sources: Vec<Source>) {
        let known = std::mem::take(&mut self.0);
        let read = |source: Source| match known.iter().find(|file| file.source == source) {
            Some(file) => NamedFile { source, thing: Arc::clone(&file.thing), findings: file.findings.clone() },
            None => {
                let (thing, findings) = T::read(&source);
                NamedFile { source, thing: Arc::new(thing), findings }
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
        self.0.iter().map(|file| &file.source)
    }

    /// What they came to: of two of one name, the first.
    pub(super) fn things(&self) -> Vec<Arc<T>> {
        let once = self.0.iter().enumerate().filter(|(at, _)| self.namesake(*at).is_none());
        once.map(|(_, file)| Arc::clone(&file.thing)).collect()
    }

    /// What is wrong with them.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let shared = self.0.iter().enumerate().filter_map(|(at, file)| {
            let other = &self.namesake(at)?.source.path;
            let message = format!("`{other}` is {} `{}` already", T::WHAT, file.thing.name());
            let finding = Diagnostic::new(T::CODE, &file.source.path, Span::default(), message);
            Some(finding.with_help("Rename one of the two files."))
        });
        self.0.iter().flat_map(|file| file.findings.iter().cloned()).chain(shared).collect()
    }

    /// The file before that one that has its name.
    fn namesake(&self, at: usize) -> Option<&NamedFile<T>> {
        self.0[..at].iter().find(|file| file.thing.name() == self.0[at].thing.name())
    }
}
