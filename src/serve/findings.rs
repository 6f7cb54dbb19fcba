//! What is wrong with the site, told to the terminal and to the browser after it
//! is published, in the words of `check`. Works on the newest state only: what a save
//! has overtaken is not worth telling.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use serde_json::{Value, json};

use super::editor;
use super::news::News;
use super::setting::Setting;
use super::snapshot::{Snapshot, Stock};
use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{self, File, Files, human};
use crate::source::{LineColumn, Root, Source, SourcePath};
use crate::{history, terminal};

/// A save often comes in pieces, and the next one must not wait for the check of the last.
const QUIET: Duration = Duration::from_millis(40);
/// The browser is told so many findings, and how many there are.
const MOST_SHOWN: usize = 200;
/// The terminal is told so many at once.
const MOST_PRINTED: usize = 20;

/// A state of the site that is to be checked.
pub struct Work {
    /// The site as it is served.
    pub snapshot: Arc<Snapshot>,
    /// Where its files lie.
    pub setting: Arc<Setting>,
    /// The texts that findings speak of.
    pub sources: Vec<Source>,
    /// What keeps the newest state from being served, if anything does.
    pub stopped: Vec<Diagnostic>,
}

/// Checks whatever comes, until nothing can come any more.
pub fn check_all(works: &Receiver<Work>, news: &News) {
    let mut printed = HashSet::new();
    // Threads of its own: what the owner and renderers have to do must not stand behind it in a queue.
    let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok();
    while let Ok(mut work) = works.recv() {
        loop {
            match works.recv_timeout(QUIET) {
                Ok(newer) => work = newer,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let findings = match &pool {
            Some(pool) => pool.install(|| check(&work)),
            None => check(&work),
        };
        news.found(told(&work, &findings));
        print(&work, &findings, &mut printed);
    }
}

fn check(work: &Work) -> Vec<Diagnostic> {
    let Stock { site, history, .. } = &work.snapshot.stock;
    check::run(check::Input {
        site,
        sources: &work.sources,
        configuration: work.setting.configuration.as_ref(),
        history,
        today: &history::today(),
        earlier: work.setting.findings.clone(),
        severities: &check::severities(&site.config.findings, &[]),
    })
}

/// All findings as the browser takes them.
fn told(work: &Work, findings: &[Diagnostic]) -> Value {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let worst_first = [Severity::Error, Severity::Warning, Severity::Info];
    let shown = worst_first.iter().flat_map(|severity| findings.iter().filter(move |it| it.severity == *severity));
    let shown: Vec<Value> = shown.take(MOST_SHOWN).map(|finding| one(work, finding)).collect();
    let stopped: Vec<Value> = work.stopped.iter().map(|finding| one(work, finding)).collect();
    json!({
        "type": "findings",
        "errors": of(Severity::Error),
        "warnings": of(Severity::Warning),
        "notes": of(Severity::Info),
        "list": shown,
        "stopped": stopped,
    })
}

/// One finding as the browser takes it.
fn one(work: &Work, finding: &Diagnostic) -> Value {
    let place = LineColumn::of(work.text(&finding.path), finding.span.start);
    let wanted = work.setting.config.preview.editor.as_deref();
    json!({
        "severity": finding.severity.as_str(),
        "code": finding.code.as_str(),
        "place": format!("{}:{}:{}", finding.path, place.line, place.column),
        "message": finding.message,
        "help": finding.help,
        "open": work.setting.locate(&finding.path).map(|file| editor::address(wanted, &file, place)),
    })
}

impl Work {
    fn text(&self, path: &SourcePath) -> &str {
        let source = self.sources.iter().chain(&self.setting.configuration).find(|source| source.path == *path);
        source.map_or("", |source| &source.text)
    }
}

/// Tells the terminal what it hasn't been told yet. What is mended may come back as news.
fn print(work: &Work, findings: &[Diagnostic], printed: &mut HashSet<String>) {
    let all = work.stopped.iter().chain(findings.iter().filter(|finding| finding.severity > Severity::Info));
    let key = |finding: &Diagnostic| format!("{} {} {}", finding.path, finding.code, finding.message);
    let told: HashSet<String> = all.clone().map(key).collect();
    let new: Vec<Diagnostic> = all.filter(|finding| !printed.contains(&key(finding))).cloned().collect();
    let shown = &new[..new.len().min(MOST_PRINTED)];
    let files = work.files(shown);
    let mut out = String::new();
    for located in report::locate(shown, &files) {
        out.push_str(&human::one(&located, human::Style { colour: work.setting.colour, ..human::Style::default() }));
        out.push_str("\n\n");
    }
    if new.len() > MOST_PRINTED {
        out.push_str(&format!("… and {} more: `bokworm check` tells them all\n", new.len() - MOST_PRINTED));
    }
    if told.is_empty() && !printed.is_empty() {
        out.push_str("All findings are mended.\n");
    }
    // Without a terminal there is still the browser.
    let _ = terminal::note(&out);
    *printed = told;
}

impl Work {
    /// The files that findings speak of.
    fn files(&self, findings: &[Diagnostic]) -> Files {
        let mut files = Files::default();
        for finding in findings {
            let on_disk = self.setting.locate(&finding.path);
            let below = on_disk.as_ref().and_then(|file| file.strip_prefix(&self.setting.root).ok());
            let shown = below.map_or_else(|| finding.path.to_string(), |below| below.display().to_string());
            let text = self.text(&finding.path).into();
            files.insert(finding.path.clone(), File { shown, on_disk, text });
        }
        files
    }
}

impl Setting {
    /// Where a file of the project lies on the disk; nothing for the theme's own.
    pub fn locate(&self, path: &SourcePath) -> Option<PathBuf> {
        let folder = match path.root() {
            Root::Content => &self.places.content,
            Root::Static => &self.places.static_files,
            Root::Templates => &self.places.templates,
            Root::Project => &self.root,
            Root::Theme => return None,
        };
        Some(folder.join(path.as_str()))
    }
}
