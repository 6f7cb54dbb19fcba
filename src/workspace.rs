//! The one mutable value: sources go in, a site comes out. A page is parsed again
//! only when its text differs; everything made of several files is made whole each time.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::page::{self, Page, front_matter};
use crate::read::Tree;
use crate::render::theme::Theme;
use crate::site::{self, Category, Ingredients, Site, Vocabulary, category};
use crate::source::{Asset, RawFile, Source, SourcePath};

/// Everything that a project consists of, as last read.
pub struct Workspace {
    /// The configuration.
    pub config: Arc<Config>,
    /// Whether drafts are published too.
    pub drafts: bool,
    pages: BTreeMap<SourcePath, Parsed>,
    categories: Vec<Source>,
    vocabulary: Option<Source>,
    assets: Vec<Asset>,
    templates: Vec<Source>,
    theme_files: Vec<RawFile>,
    theme: Arc<Theme>,
    reading: Vec<Diagnostic>,
    theme_findings: Vec<Diagnostic>,
}

struct Parsed {
    source: Source,
    page: Arc<Page>,
}

impl Workspace {
    /// A workspace that holds a project as it was read.
    pub fn new(config: Arc<Config>, drafts: bool, tree: Tree) -> Self {
        let (theme, theme_findings) = Theme::load(&tree.templates, &tree.theme_files);
        let mut workspace = Self {
            config,
            drafts,
            pages: BTreeMap::new(),
            categories: Vec::new(),
            vocabulary: None,
            assets: Vec::new(),
            templates: tree.templates.clone(),
            theme_files: tree.theme_files.clone(),
            theme: Arc::new(theme),
            reading: Vec::new(),
            theme_findings,
        };
        workspace.take(tree);
        workspace
    }

    /// Replaces everything by the project as read anew. Pages whose text did not
    /// change are not parsed again, nor is the theme loaded if its files are the same.
    pub fn take(&mut self, tree: Tree) {
        let known = &self.pages;
        let parsed: Vec<Parsed> = tree
            .pages
            .into_par_iter()
            .map(|source| match known.get(&source.path) {
                Some(parsed) if Arc::ptr_eq(&parsed.source.text, &source.text) || parsed.source.text == source.text => {
                    Parsed { page: Arc::clone(&parsed.page), source }
                }
                _ => Parsed { page: Arc::new(page::parse(&source)), source },
            })
            .collect();
        self.pages = parsed.into_iter().map(|parsed| (parsed.source.path.clone(), parsed)).collect();
        self.categories = tree.categories;
        self.vocabulary = tree.vocabulary;
        self.assets = tree.assets;
        self.reading = tree.findings;
        let same_templates = same(&self.templates, &tree.templates);
        if !same_templates || self.theme_files != tree.theme_files {
            let (theme, findings) = Theme::load(&tree.templates, &tree.theme_files);
            // A theme that can't be loaded leaves the last one that could.
            if findings.is_empty() {
                self.theme = Arc::new(theme);
            }
            self.theme_findings = findings;
            self.templates = tree.templates;
            self.theme_files = tree.theme_files;
        }
    }

    /// The frozen site of everything that is here.
    pub fn site(&self) -> Site {
        let (categories, mut findings) = self.read_categories();
        let vocabulary = match &self.vocabulary {
            Some(source) => {
                let (data, _, wrong) = front_matter::parse_yaml_data(&source.path, &source.text);
                findings.extend(wrong);
                Vocabulary::read(&data)
            }
            None => Vocabulary::default(),
        };
        let mut site = site::assemble(Ingredients {
            config: Arc::clone(&self.config),
            pages: self.pages.values().map(|parsed| Arc::clone(&parsed.page)).collect(),
            categories,
            vocabulary,
            assets: &self.assets,
            components: Arc::new(self.theme.components.clone()),
            drafts: self.drafts,
        });
        findings.extend(self.reading.iter().chain(&self.theme_findings).cloned());
        site.findings.extend(findings);
        site
    }

    /// The theme with the site's own files over it.
    pub fn theme(&self) -> &Arc<Theme> {
        &self.theme
    }

    /// Why the site's own templates can't be used as they stand, if they can't.
    pub fn theme_findings(&self) -> &[Diagnostic] {
        &self.theme_findings
    }

    /// All text files, for reports that show a line.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let pages = self.pages.values().map(|parsed| &parsed.source);
        pages.chain(&self.categories).chain(&self.vocabulary).chain(&self.templates)
    }

    /// Category files by the folder that they lie in.
    fn read_categories(&self) -> (BTreeMap<String, (SourcePath, Category)>, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let mut categories = BTreeMap::new();
        for source in &self.categories {
            let (data, spans, wrong) = front_matter::parse_yaml_data(&source.path, &source.text);
            findings.extend(wrong);
            let (category, wrong) = category::read(&source.path, &data, &spans);
            findings.extend(wrong);
            categories.entry(source.path.folder().to_owned()).or_insert((source.path.clone(), category));
        }
        (categories, findings)
    }
}

fn same(one: &[Source], other: &[Source]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.path == b.path && a.text == b.text)
}
