//! The project's catalogues, each read again only when its text differs.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Catalog, Catalogs, catalog};
use crate::source::{Source, Span};

/// The files, and what they came to.
#[derive(Default)]
pub(super) struct CatalogFiles(Vec<CatalogFile>);

struct CatalogFile {
    source: Source,
    catalog: Arc<Catalog>,
    findings: Vec<Diagnostic>,
}

impl CatalogFiles {
    /// Reads these files in place of those that were here; those of the same text are kept.
    pub(super) fn take(&mut self, sources: Vec<Source>) {
        let known = std::mem::take(&mut self.0);
        let read = |source: Source| match known.iter().find(|file| file.source == source) {
            Some(file) => CatalogFile { source, catalog: Arc::clone(&file.catalog), findings: file.findings.clone() },
            None => {
                let (catalog, findings) = catalog::read(&source);
                CatalogFile { source, catalog: Arc::new(catalog), findings }
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
    pub(super) fn catalogs(&self) -> Catalogs {
        let once = self.0.iter().enumerate().filter(|(at, _)| self.namesake(*at).is_none());
        Catalogs::of(once.map(|(_, file)| Arc::clone(&file.catalog)).collect())
    }

    /// What is wrong with them.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let shared = self.0.iter().enumerate().filter_map(|(at, file)| {
            let other = &self.namesake(at)?.source.path;
            let message = format!("`{other}` is the catalogue `{}` already", file.catalog.name);
            let finding = Diagnostic::new(Code::InvalidCatalog, &file.source.path, Span::default(), message);
            Some(finding.with_help("Rename one of the two files."))
        });
        self.0.iter().flat_map(|file| file.findings.iter().cloned()).chain(shared).collect()
    }

    /// The file before that one that has its name.
    fn namesake(&self, at: usize) -> Option<&CatalogFile> {
        self.0[..at].iter().find(|file| file.catalog.name == self.0[at].catalog.name)
    }
}
