//! `bokworm translations`: which translations are missing, out of date, not translated, built otherwise or without an
//! original; and a translation marked as made from the original as it stands.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;

use super::catalogues::{self, CatalogueJob};
use super::flags::Flags;
use super::{Outcome, known, opened};
use crate::diagnostic::counted;
use crate::history::PastCommit;
use crate::mend;
use crate::session::{Purpose, State};
use crate::source::SourcePath;
use crate::terminal;
use crate::translations::{
    self, Doubt, LanguageReport, LineCounts, OutOfDate, TranslationOf, TranslationReport, TranslationState,
};

/// Tell which translations are missing, out of date or not translated
///
/// The original is the first language of book.toml, or the one with `default = true`. A translation is
/// out of date if the original's text has changed since the last commit that took over its changes:
/// a typing error mended elsewhere on the page is no such commit, and a change of the original that was
/// taken back is no change. `translated_from: COMMIT` in the front matter goes before all that.
///
///   bokworm translations
///   bokworm translations --language ja
///   bokworm translations --mark content/ja/guide.md
///
/// For Weblate and its like, `--export po` writes a gettext file a page and language, with each
/// paragraph, heading, item and row as a message, and `--import po` takes over into the pages what
/// was translated there. Messages that are empty or fuzzy change nothing.
///
///   bokworm translations --export po --language ja
///   bokworm translations --import po --language ja
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Only tell of this language
    #[arg(long, value_name = "CODE", add = known::language())]
    pub language: Option<String>,
    /// For whom: people, or programs (JSON Lines)
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: TranslationsFormat,
    /// Write into a translation that it is made from the original as last committed
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["language", "format"])]
    pub mark: Vec<PathBuf>,
    /// Write the pages as files for translators
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["format", "mark", "import"])]
    pub export: Option<CatalogueFormat>,
    /// Take over what was translated in such files
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["format", "mark"])]
    pub import: Option<CatalogueFormat>,
    /// The folder of the files that are written; `po` beside book.toml where nothing is said
    #[arg(long, value_name = "FOLDER", requires = "export")]
    pub to: Option<PathBuf>,
    /// The folder of the files that are taken over
    #[arg(long, value_name = "FOLDER", requires = "import")]
    pub from: Option<PathBuf>,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// For whom a report on translations is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum TranslationsFormat {
    /// For people
    #[default]
    Text,
    /// One JSON object a line, one line a page
    Json,
}

/// What files for translators are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum CatalogueFormat {
    /// Gettext catalogues
    Po,
}

/// Tells how the translations of the project of the folder `start` stand, or marks some, or writes or takes over catalogues.
///
/// # Errors
/// If there is no such language or translation, or the machine can't read or write what it has to.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = opened::project(start, &arguments.project.overrides())?;
    let state = opened::session(project, Purpose::Check)?.state();
    if !arguments.mark.is_empty() {
        let files = arguments.mark.iter().map(|file| located(&state, &start.join(file)));
        for path in files.collect::<anyhow::Result<Vec<_>>>()? {
            mark(&state, &path)?;
        }
        return Ok(Outcome::Clean);
    }
    let job = CatalogueJob { state: &state, start, language: arguments.language.as_deref() };
    if arguments.export.is_some() {
        return catalogues::export(&job, arguments.to.as_deref());
    }
    if arguments.import.is_some() {
        return catalogues::import(&job, arguments.from.as_deref());
    }
    let mut report = state.translations();
    if let Some(code) = &arguments.language {
        only(&mut report, code)?;
    }
    let text = match arguments.format {
        TranslationsFormat::Json => json(&report, &state)?,
        TranslationsFormat::Text => text(&report, &state),
    };
    terminal::say(&text)?;
    Ok(Outcome::Clean)
}

/// Leaves one language in a report.
fn only(report: &mut TranslationReport, code: &str) -> anyhow::Result<()> {
    catalogues::ensure_known(code, report.languages.iter().map(|report| report.language.code.as_str()))?;
    report.languages.retain(|report| report.language.code.eq_ignore_ascii_case(code));
    Ok(())
}

/// The page of the project that a file on the disk is.
fn located(state: &State, file: &Path) -> anyhow::Result<SourcePath> {
    let found = file.canonicalize().with_context(|| format!("`{}` can't be found", file.display()))?;
    let pages = state.library.editions().flat_map(|(_, edition)| &edition.pages).map(|published| &published.page.path);
    let is_it = |path: &&SourcePath| {
        let on_disk = state.project.locate(path).map(|file| file.canonicalize().unwrap_or(file));
        on_disk.as_ref() == Some(&found)
    };
    let path = pages.into_iter().find(is_it);
    path.cloned().with_context(|| format!("`{}` is no page of the site", file.display()))
}

fn mark(state: &State, path: &SourcePath) -> anyhow::Result<()> {
    let mark = translations::mark(&state.library, &state.project.source_dir, path).map_err(anyhow::Error::msg)?;
    let file = state.project.locate(path).context("the page lies nowhere on the disk")?;
    let text = state.source(path).map(|source| &*source.text);
    anyhow::ensure!(
        text.is_some_and(|text| mend::is_as_read(&file, text).unwrap_or_default()),
        "`{path}` can't be marked: it was changed meanwhile, or is not UTF-8 text"
    );
    mend::replace(&file, &mark.text)?;
    let shown = state.project.shown(&file);
    let (commit, date) = (mark.commit.short(), &mark.commit.date);
    Ok(terminal::say(&format!("`{shown}` is marked as translated from {commit} ({date}).\n"))?)
}

/// A path as people see it.
fn shown(state: &State, path: &SourcePath) -> String {
    state.project.locate(path).map_or_else(|| path.to_string(), |file| state.project.shown(&file))
}

/// How a page stands, as programs get it.
#[derive(Serialize)]
struct TranslationLine<'a> {
    language: &'a str,
    path: String,
    original: Option<String>,
    state: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    /// The commit that brought the translation up to date last.
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_lines_percent: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    structure: Vec<StructureLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[derive(Serialize)]
struct StructureLine<'a> {
    what: &'a str,
    original: usize,
    translation: usize,
}

/// All pages, one a line.
fn json(report: &TranslationReport, state: &State) -> anyhow::Result<String> {
    let mut out = String::new();
    for language in &report.languages {
        for page in &language.pages {
            out.push_str(&serde_json::to_string(&line(language, page, state))?);
            out.push('\n');
        }
    }
    Ok(out)
}

fn line<'a>(language: &'a LanguageReport, page: &'a TranslationOf, state: &State) -> TranslationLine<'a> {
    let mut line = TranslationLine {
        language: &language.language.code,
        path: shown(state, &page.path),
        original: page.original.as_ref().map(|path| shown(state, path)),
        state: page.states.iter().map(TranslationState::as_str).collect(),
        since: None,
        date: None,
        base: None,
        added: None,
        removed: None,
        command: None,
        same_lines_percent: None,
        structure: Vec::new(),
        why: None,
    };
    for told in &page.states {
        match told {
            TranslationState::Missing | TranslationState::Orphan => {}
            TranslationState::OutOfDate(OutOfDate { since, base, lines, command }) => {
                line.base = Some(base);
                line.since = since.as_ref().map(PastCommit::short);
                line.date = since.as_ref().map(|commit| commit.date.as_str());
                (line.added, line.removed) = (Some(lines.added), Some(lines.removed));
                line.command = Some(command);
            }
            TranslationState::Uncertain(doubt) => line.why = Some(why(*doubt).into()),
            TranslationState::Untranslated(share) => line.same_lines_percent = Some(*share),
            TranslationState::Structure(differences) => {
                let told = differences.iter().map(|difference| StructureLine {
                    what: difference.what,
                    original: difference.original,
                    translation: difference.translation,
                });
                line.structure = told.collect();
            }
        }
    }
    line
}

fn why(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::NoGit => "git knows nothing of this folder",
        Doubt::Shallow => "this clone has only the last commits: `git fetch --unshallow` brings the others",
        Doubt::NoSuchCommit => "`translated_from` names no commit in which the original stands",
    }
}

/// What is to be told of each language, one kind after the other.
fn text(report: &TranslationReport, state: &State) -> String {
    let mut out = String::new();
    if report.languages.is_empty() {
        out.push_str("The site is written in one language: `[languages.CODE]` in book.toml names more.\n");
    }
    for (at, language) in report.languages.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        of_language(&mut out, language, state);
    }
    out
}

/// The kinds in which pages are told, with their headings.
const SECTIONS: &[(&str, &str)] = &[
    ("out-of-date", "Out of date"),
    ("missing", "Missing"),
    ("untranslated", "Not translated"),
    ("structure", "Built otherwise"),
    ("orphan", "Without an original"),
];

fn of_language(out: &mut String, report: &LanguageReport, state: &State) {
    let (code, label) = (&report.language.code, &report.language.label);
    let name = if code == label { code.clone() } else { format!("{label} ({code})") };
    let is_missing = |page: &&TranslationOf| page.states.contains(&TranslationState::Missing);
    let missing = report.pages.iter().filter(is_missing).count();
    let good = report.pages.iter().filter(|page| page.states.is_empty()).count();
    let own = counted(report.pages.len() - missing, "page");
    let _ = writeln!(out, "{name}: {own}, {good} up to date, {missing} missing");
    for (kind, heading) in SECTIONS {
        let mut is_first = true;
        for page in &report.pages {
            for told in page.states.iter().filter(|told| told.as_str() == *kind) {
                if std::mem::take(&mut is_first) {
                    let _ = writeln!(out, "\n  {heading}");
                }
                let told = told_of(told);
                let _ = writeln!(out, "    {}{told}", shown(state, &page.path));
            }
        }
    }
    uncertain(out, report);
}

/// What can't be known, once a reason.
fn uncertain(out: &mut String, report: &LanguageReport) {
    for doubt in [Doubt::NoGit, Doubt::Shallow, Doubt::NoSuchCommit] {
        let is_doubted = |page: &&TranslationOf| page.states.contains(&TranslationState::Uncertain(doubt));
        let number = report.pages.iter().filter(is_doubted).count();
        if number > 0 {
            let pages = counted(number, "page");
            let _ = writeln!(out, "\n  Whether {pages} may be out of date can't be known: {}.", why(doubt));
        }
    }
}

/// What stands behind a page's path.
fn told_of(told: &TranslationState) -> String {
    match told {
        TranslationState::OutOfDate(OutOfDate { since, lines: LineCounts { added, removed }, command, .. }) => {
            let since = since
                .as_ref()
                .map_or_else(String::new, |commit| format!(" since {} ({})", commit.short(), commit.date));
            let added = counted(*added, "line");
            format!("{since}: {added} added, {removed} removed\n      {command}")
        }
        TranslationState::Untranslated(share) => format!(": {share} % of the lines are the original's"),
        TranslationState::Structure(differences) => {
            let differ = differences.iter().map(|difference| {
                format!("{}, the original {}", counted(difference.translation, difference.what), difference.original)
            });
            format!(": {}", differ.collect::<Vec<_>>().join("; "))
        }
        TranslationState::Missing | TranslationState::Orphan | TranslationState::Uncertain(_) => String::new(),
    }
}
