//! What a project comes to when it is read: texts, published files and templates.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{Asset, RawFile, Root, Source, SourcePath};

/// Where a project's folders lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The pages; has to exist.
    pub content: PathBuf,
    /// Files that are published as they are; may be missing.
    pub static_files: PathBuf,
    /// The site's own templates; may be missing.
    pub templates: PathBuf,
    /// Lists that relations may lead into; may be missing.
    pub catalogs: PathBuf,
    /// What tables and templates show that stands in no page; may be missing.
    pub data: PathBuf,
    /// The ledger of addresses, a file; may be missing.
    pub ledger: PathBuf,
    /// What is known of other books, files; may be missing.
    pub books: Vec<(SourcePath, PathBuf)>,
    /// Folders among the pages that are read although their names begin with `_`, by these names.
    pub underscored: Vec<String>,
    /// What isn't read, by its path among the pages.
    pub left_out: Vec<String>,
    /// The published site, which is never read, wherever it lies.
    pub output: PathBuf,
    /// What is to be known of files besides their length.
    pub looks: Looks,
}

impl Places {
    /// The folders that are walked, on a disk as in a commit.
    pub(super) fn folders(&self) -> [(Root, &Path); 5] {
        [
            (Root::Content, &self.content),
            (Root::Static, &self.static_files),
            (Root::Templates, &self.templates),
            (Root::Catalogs, &self.catalogs),
            (Root::Data, &self.data),
        ]
    }
}

/// What is to be known of files that are published as they are, besides their length: that takes reading them whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// Whether pictures are opened to see how large they are.
    pub pictures: bool,
    /// Whether pictures are read for their digests.
    pub digests: bool,
    /// The addresses of typefaces that are drawn with.
    pub typefaces: Vec<String>,
}

/// Everything that the project holds, in order of path.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Files with the extension `.md` or `.mdx`.
    pub pages: Vec<Source>,
    /// `_category_.yaml`, `.yml` and `.json`.
    pub categories: Vec<Source>,
    /// `tags.yml` or `tags.yaml` at the top of the content folder.
    pub vocabulary: Option<Source>,
    /// Lists that relations may lead into.
    pub catalogs: Vec<Source>,
    /// What tables and templates show that stands in no page.
    pub data: Vec<Source>,
    /// The ledger of addresses.
    pub ledger: Option<Source>,
    /// What is known of other books.
    pub books: Vec<Source>,
    /// Every other file of the content folder and all of the static folder.
    pub assets: Vec<Asset>,
    /// The site's own templates: HTML, and other text that may hold template code.
    pub templates: Vec<Source>,
    /// The site's own words, a file a language: `words/ja.toml` among its templates.
    pub words: Vec<Source>,
    /// The site's own style sheets, scripts and other files of its theme.
    pub theme_files: Vec<RawFile>,
    /// What was left out or could not be read as it stands.
    pub findings: Vec<Diagnostic>,
}

impl Tree {
    /// All files by where they lie, but those of the site's own theme that are no text.
    pub fn paths(&self) -> impl Iterator<Item = &SourcePath> {
        let texts = self.pages.iter().chain(&self.categories).chain(&self.vocabulary).chain(&self.templates);
        let others = self.catalogs.iter().chain(&self.data).chain(&self.words);
        texts.chain(others).map(|source| &source.path).chain(self.assets.iter().map(|asset| &asset.path))
    }

    /// Takes a page for the one that lies there, or one more.
    pub fn put(&mut self, page: Source) {
        match self.pages.iter_mut().find(|other| other.path == page.path) {
            Some(other) => *other = page,
            None => {
                let at = self.pages.partition_point(|other| other.path < page.path);
                self.pages.insert(at, page);
            }
        }
    }

    /// Takes other texts for those of some files, and then other places for some.
    pub fn change(
        &mut self,
        texts: &BTreeMap<SourcePath, Arc<str>>,
        place: impl Fn(&SourcePath) -> Option<SourcePath>,
    ) {
        let lists = [&mut self.pages, &mut self.categories, &mut self.templates, &mut self.catalogs, &mut self.data];
        for source in lists.into_iter().flatten().chain(&mut self.vocabulary).chain(&mut self.words) {
            if let Some(text) = texts.get(&source.path) {
                source.text = Arc::clone(text);
            }
            if let Some(other) = place(&source.path) {
                source.path = other;
            }
        }
        for asset in &mut self.assets {
            if let Some(other) = place(&asset.path) {
                asset.path = other;
            }
        }
        self.pages.sort_by(|a, b| a.path.cmp(&b.path));
        self.categories.sort_by(|a, b| a.path.cmp(&b.path));
        self.assets.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// Puts a file in its place.
    pub(super) fn add(&mut self, part: TreePart) {
        match part {
            TreePart::Page(source) => self.pages.push(source),
            TreePart::Category(source) => self.categories.push(source),
            TreePart::Vocabulary(source) => _ = self.vocabulary.get_or_insert(source),
            TreePart::Catalog(source) => self.catalogs.push(source),
            TreePart::Data(source) => self.data.push(source),
            TreePart::Book(source) => self.books.push(source),
            TreePart::Ledger(source) => self.ledger = Some(source),
            TreePart::Asset(asset) => self.assets.push(asset),
            TreePart::Template(source) => self.templates.push(source),
            TreePart::Words(source) => self.words.push(source),
            TreePart::ThemeFile(file) => self.theme_files.push(file),
        }
    }
}

/// What a file became.
#[derive(Clone)]
pub(super) enum TreePart {
    Page(Source),
    Category(Source),
    Vocabulary(Source),
    Catalog(Source),
    Data(Source),
    Ledger(Source),
    Book(Source),
    Asset(Asset),
    Template(Source),
    Words(Source),
    ThemeFile(RawFile),
}
