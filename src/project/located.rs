//! A project as it was found: its configuration, and where its parts lie.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::seen::seen_from_here;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::{Revision, Standpoint};
use crate::ledger;
use crate::query::Day;
use crate::read::{Looks, Places};
use crate::source::{Root, Source, SourcePath};
use crate::store::{self, Cache};

/// A project: its configuration, and where its parts lie as absolute paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// The folder of `book.toml`; without one, the folder of the pages.
    pub root: PathBuf,
    /// The configuration, with what the command line says in its place.
    pub config: Arc<Config>,
    /// Where it was read, if there is a file.
    pub config_path: Option<PathBuf>,
    /// Its text, which `findings` speak of, if there is a file.
    pub configuration: Option<Source>,
    /// What is wrong in it.
    pub findings: Vec<Diagnostic>,
    /// The pages. The folder exists.
    pub source_dir: PathBuf,
    /// Files that are published as they are, if there are any. The folder exists.
    pub static_dir: Option<PathBuf>,
    /// The site's own templates, if there are any. The folder exists.
    pub templates_dir: Option<PathBuf>,
    /// Lists that relations may lead into, if there are any. The folder exists.
    pub catalogs_dir: Option<PathBuf>,
    /// What tables and templates show that stands in no page, if there is any. The folder exists.
    pub data_dir: Option<PathBuf>,
    /// Where the site is written. It may not exist, and nothing has been checked about it.
    pub out_dir: PathBuf,
    /// The day from which queries and the ages of pages count.
    pub today: Day,
    /// Where results are kept for the next build; nowhere without a project, unless told.
    pub cache_dir: Option<PathBuf>,
    /// The place in an object store where other machines find what takes long to make, if there is one.
    pub shared_cache: Option<String>,
    /// The commit that it is read of, in place of the disk: then all places are those that its parts had in a checkout.
    pub revision: Option<Revision>,
}

impl Project {
    /// Where its parts lie, for reading.
    pub fn places(&self) -> Places {
        let nowhere = || self.root.join(store::OWN).join("nothing");
        Places {
            content: self.source_dir.clone(),
            static_files: self.static_dir.clone().unwrap_or_else(nowhere),
            templates: self.templates_dir.clone().unwrap_or_else(nowhere),
            catalogs: self.catalogs_dir.clone().unwrap_or_else(nowhere),
            data: self.data_dir.clone().unwrap_or_else(nowhere),
            ledger: self.root.join(ledger::FILE),
            books: self.book_files(),
            underscored: self.config.underscored_folders(),
            left_out: self.left_out(),
            output: self.out_dir.clone(),
            looks: Looks { pictures: true, digests: self.config.images.resize, typefaces: self.config.card_fonts() },
        }
    }

    /// The files that tell of other books, each once.
    fn book_files(&self) -> Vec<(SourcePath, PathBuf)> {
        let named: BTreeSet<String> = self.config.books.iter().map(|(name, book)| book.file(name)).collect();
        let place = |file: String| (SourcePath::new(Root::Project, file.as_str()), self.root.join(file));
        named.into_iter().map(place).collect()
    }

    /// What isn't read of the folder of the pages: what is said, and what tells of other books.
    fn left_out(&self) -> Vec<String> {
        let mut left_out = self.config.left_out();
        let of_books = self.book_files().into_iter().filter_map(|(_, file)| {
            let below = file.strip_prefix(&self.source_dir).ok()?;
            below.to_str().map(|below| below.replace('\\', "/"))
        });
        left_out.extend(of_books);
        left_out
    }

    /// From where the past of its pages is seen.
    pub fn standpoint(&self) -> Standpoint {
        Standpoint::at(&self.source_dir, self.revision.as_ref())
    }

    /// Where results are kept for the next build.
    pub fn cache(&self) -> Cache {
        self.cache_dir.as_ref().map_or_else(Cache::none, Cache::at)
    }

    /// Folders that no published site may replace.
    pub fn protected(&self) -> Vec<PathBuf> {
        let named = [&self.static_dir, &self.templates_dir, &self.catalogs_dir, &self.data_dir].into_iter().flatten();
        [&self.root, &self.source_dir].into_iter().chain(named).cloned().collect()
    }

    /// The folders in which one of the project's own would come back or begin to be.
    pub fn around(&self) -> BTreeSet<PathBuf> {
        let places = self.places();
        let parts = [&places.content, &places.static_files, &places.templates, &places.catalogs, &places.data];
        let above = parts.into_iter().filter_map(|part| part.ancestors().skip(1).find(|folder| folder.is_dir()));
        // A site that is published anew replaces the folder that holds what it tells.
        let books: Vec<PathBuf> = places.books.into_iter().map(|(_, file)| file).collect();
        let of_books = books.iter().flat_map(|file| file.ancestors().skip(1).take(2)).filter(|folder| folder.is_dir());
        let above: Vec<&Path> = above.chain(of_books).collect();
        above.into_iter().chain(Some(&*self.root).filter(|root| root.is_dir())).map(Path::to_path_buf).collect()
    }

    /// A path as people see it: from the folder that they are in.
    pub fn shown(&self, path: &Path) -> String {
        seen_from_here(path)
    }

    /// The place on disk of a file of the project; none for the theme's own files.
    pub fn locate(&self, path: &SourcePath) -> Option<PathBuf> {
        let folder = match path.root() {
            Root::Content => Some(&self.source_dir),
            Root::Static => self.static_dir.as_ref(),
            Root::Templates => self.templates_dir.as_ref(),
            Root::Catalogs => self.catalogs_dir.as_ref(),
            Root::Data => self.data_dir.as_ref(),
            Root::Project => Some(&self.root),
            Root::Theme => None,
        };
        folder.map(|folder| folder.join(path.on_disk()))
    }

    /// Whether the configuration has mistakes that keep a command from doing what was meant.
    pub fn is_misconfigured(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The text of the configuration; empty where there is none.
    pub fn config_text(&self) -> &str {
        self.configuration.as_ref().map_or("", |source| &source.text)
    }

    /// Takes another text for the configuration's.
    pub fn rewrite(&mut self, text: &Arc<str>) {
        let Some(source) = &mut self.configuration else { return };
        source.text = Arc::clone(text);
        let (config, findings) = config::parse(&source.path, text);
        self.config = Arc::new(config);
        self.findings = findings;
    }
}
