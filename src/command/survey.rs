//! A project as read, assembled and checked: what `check`, `explain` and `tags` start from.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::check;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::history::{self, History};
use crate::parsed::ParsedPages;
use crate::project::Project;
use crate::read::{self, Places, Tree};
use crate::render::theme::Theme;
use crate::report::{File, Files};
use crate::site::Site;
use crate::source::{Source, SourcePath};
use crate::workspace::Workspace;

/// A project as read.
pub struct Survey {
    /// Where it lies, and its configuration.
    pub project: Project,
    /// Its files.
    pub tree: Tree,
    /// When its pages last changed.
    pub history: History,
    /// The day from which ages are counted.
    pub today: String,
    /// Whether drafts count as published.
    pub drafts: bool,
}

/// A project as assembled.
pub struct Assembled {
    /// The frozen site.
    pub site: Site,
    /// What it is rendered with.
    pub theme: Arc<Theme>,
    /// All texts: pages, category files, vocabulary, templates.
    pub sources: Vec<Source>,
    /// `book.toml`, if there is one.
    pub configuration: Option<Source>,
}

impl Survey {
    /// Reads a project from disk.
    ///
    /// # Errors
    /// If the machine can't read it.
    pub fn read(project: Project) -> anyhow::Result<Self> {
        let tree = read::project(&Places { digests: false, ..project.places() })?;
        let history = history::read(&project.source_dir);
        Ok(Self { tree, history, today: history::today(), drafts: false, project })
    }

    /// Reads a project to publish it: git is asked only if the configuration wants to know.
    ///
    /// # Errors
    /// If the machine can't read it.
    pub fn read_to_publish(project: Project, drafts: bool) -> anyhow::Result<Self> {
        let tree = read::project(&project.places())?;
        let wanted = project.config.git.last_updated || project.config.git.authors;
        let history = if wanted { history::read(&project.source_dir) } else { History::default() };
        Ok(Self { tree, history, today: history::today(), drafts, project })
    }

    /// Parses what was read, but for pages that are kept as parsed.
    pub fn parse(&self, parsed: &ParsedPages) -> Workspace {
        Workspace::new(Arc::clone(&self.project.config), self.drafts, self.tree.clone(), parsed)
    }

    /// Assembles what was parsed.
    pub fn assemble_from(&self, workspace: &Workspace) -> Assembled {
        Assembled {
            site: workspace.site(),
            theme: Arc::clone(workspace.theme()),
            sources: workspace.sources().cloned().collect(),
            configuration: self.project.configuration.clone(),
        }
    }

    /// Parses and assembles what was read.
    pub fn assemble(&self) -> Assembled {
        self.assemble_from(&self.parse(&ParsedPages::default()))
    }

    /// What is found in it.
    pub fn check(&self, assembled: &Assembled, severities: &BTreeMap<Code, Severity>) -> Vec<Diagnostic> {
        self.check_with(assembled, severities, Vec::new())
    }

    /// What is found in it, with what others found.
    pub fn check_with(
        &self,
        assembled: &Assembled,
        severities: &BTreeMap<Code, Severity>,
        others: Vec<Diagnostic>,
    ) -> Vec<Diagnostic> {
        check::run(check::Input {
            site: &assembled.site,
            sources: &assembled.sources,
            configuration: assembled.configuration.as_ref(),
            history: &self.history,
            today: &self.today,
            earlier: self.project.findings.iter().cloned().chain(others).collect(),
            severities,
        })
    }

    /// The texts that findings speak of, as people know them.
    pub fn files(&self, assembled: &Assembled, findings: &[Diagnostic], from: &Path) -> Files {
        let texts = assembled.sources.iter().chain(&assembled.configuration);
        let texts: BTreeMap<&SourcePath, &Source> = texts.map(|source| (&source.path, source)).collect();
        let mut files = Files::default();
        for finding in findings.iter().filter(|finding| finding.severity != Severity::Off) {
            if files.get(&finding.path).is_some() {
                continue;
            }
            let on_disk = self.project.locate(&finding.path);
            let shown = match &on_disk {
                Some(file) => file.strip_prefix(from).unwrap_or(file).display().to_string(),
                None => finding.path.to_string(),
            };
            let text = texts.get(&finding.path).map_or_else(|| "".into(), |source| Arc::clone(&source.text));
            files.insert(finding.path.clone(), File { shown, on_disk, text });
        }
        files
    }

    /// Takes up new texts in place of those that were read.
    pub fn replace(&mut self, texts: &BTreeMap<SourcePath, Arc<str>>) {
        let Tree { pages, categories, vocabulary, templates, .. } = &mut self.tree;
        for source in pages.iter_mut().chain(categories).chain(vocabulary).chain(templates) {
            if let Some(text) = texts.get(&source.path) {
                source.text = Arc::clone(text);
            }
        }
        let path = self.project.configuration.as_ref().map(|source| &source.path);
        if let Some(text) = path.and_then(|path| texts.get(path)) {
            self.project.rewrite(text);
        }
    }
}
