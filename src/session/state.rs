//! A project as it stands at one moment, frozen: all that is checked, rendered and told of it comes from here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::check;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::history::History;
use crate::project::{CONFIG_FILE, Project};
use crate::render::theme::Theme;
use crate::report::{File, Files};
use crate::site::find::{Calendar, Question};
use crate::site::{Edition, Library};
use crate::source::{Root, Source, SourcePath};
use crate::translations::{self, TranslationReport};

/// A project as it stands at one moment. Two may share what is the same in both.
#[derive(Clone)]
pub struct State {
    /// Where it lies, and its configuration.
    pub project: Arc<Project>,
    /// Its frozen editions.
    pub library: Arc<Library>,
    /// What each of them is rendered with.
    pub themes: Arc<[Arc<Theme>]>,
    /// When its pages last changed.
    pub history: Arc<History>,
    /// The translations whose originals have changed since, where pages are to tell that.
    pub outdated: Arc<BTreeSet<SourcePath>>,
    /// All texts but the configuration's: pages, category files, vocabulary, templates.
    pub sources: Arc<[Source]>,
}

impl State {
    /// The edition that all others are made after.
    pub fn original(&self) -> &Edition {
        self.library.original()
    }

    /// What queries can know of days.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { today: self.project.today, changes: &*self.history }
    }

    /// What is asked of one of its editions.
    pub fn question_to<'a>(&'a self, edition: &'a Edition) -> Question<'a> {
        Question::to(edition, self.calendar())
    }

    /// How much kinds of findings matter: what is `asked` for goes before what the configuration says.
    pub fn severities(&self, asked: &[(Code, Severity)]) -> BTreeMap<Code, Severity> {
        check::severities(&self.original().config.findings, asked)
    }

    /// What is found in it, together with what others found.
    pub fn check(&self, severities: &BTreeMap<Code, Severity>, others: Vec<Diagnostic>) -> Vec<Diagnostic> {
        check::run(self.checked(severities, others))
    }

    /// What is found in this state and in another, for what one tells and the other doesn't, and for nothing else.
    pub fn check_for_difference(&self, other: &Self) -> [Vec<Diagnostic>; 2] {
        let [severities, others] = [self, other].map(|state| state.severities(&[]));
        check::run_for_difference(self.checked(&severities, Vec::new()), other.checked(&others, Vec::new()))
    }

    /// What is checked of it.
    fn checked<'a>(&'a self, severities: &'a BTreeMap<Code, Severity>, others: Vec<Diagnostic>) -> check::Input<'a> {
        check::Input {
            site: self.original(),
            translations: self.library.editions().skip(1).map(|(_, edition)| &**edition).collect(),
            sources: &self.sources,
            configuration: self.project.configuration.as_ref(),
            history: &self.history,
            today: self.project.today,
            earlier: self.project.findings.iter().cloned().chain(others).chain(self.library.findings()).collect(),
            severities,
        }
    }

    /// How the translations stand, as far as git knows of them: it is asked now.
    pub fn translations(&self) -> TranslationReport {
        translations::report(&self.library, &self.project.standpoint())
    }

    /// What is to be told of its translations, if it has any.
    pub fn translation_findings(&self) -> Vec<Diagnostic> {
        let configuration = self.project.configuration.as_ref().map(|source| source.path.clone());
        let configuration = configuration.unwrap_or_else(|| SourcePath::new(Root::Project, CONFIG_FILE));
        check::translation::findings(&self.library, &self.translations(), &configuration)
    }

    /// A text of the project.
    pub fn source(&self, path: &SourcePath) -> Option<&Source> {
        self.texts().find(|source| source.path == *path)
    }

    /// The texts that findings speak of. `shown` says what people know a file on the disk by; nothing for one that
    /// is told by its path in the project.
    pub fn files(&self, findings: &[Diagnostic], shown: impl Fn(&Path) -> Option<String>) -> Files {
        let texts: BTreeMap<&SourcePath, &Source> = self.texts().map(|source| (&source.path, source)).collect();
        let mut files = Files::default();
        for finding in findings.iter().filter(|finding| finding.severity != Severity::Off) {
            if files.get(&finding.path).is_some() {
                continue;
            }
            let on_disk = self.project.locate(&finding.path);
            let shown = on_disk.as_deref().and_then(&shown).unwrap_or_else(|| finding.path.to_string());
            let text = texts.get(&finding.path).map_or_else(|| "".into(), |source| Arc::clone(&source.text));
            files.insert(finding.path.clone(), File { shown, on_disk, text });
        }
        files
    }

    fn texts(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().chain(&self.project.configuration)
    }
}
