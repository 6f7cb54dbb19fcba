//! What is wrong with the site, told to the terminal and to the browser after it
//! is published, in the words of `check`. Works on the newest state only: what a save
//! has overtaken is not worth telling.

use std::collections::HashSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use serde_json::{Value, json};

use super::editor;
use super::events::Events;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{self, human};
use crate::session::State;
use crate::source::LineColumn;
use crate::terminal;

/// A save often comes in pieces, and the next one must not wait for the check of the last.
const QUIET: Duration = Duration::from_millis(40);
/// The browser is told so many findings, and how many there are.
const MOST_SHOWN: usize = 200;
/// The terminal is told so many at once.
const MOST_PRINTED: usize = 20;

/// A state of the site that is to be checked.
pub(super) struct CheckJob {
    /// The site as it is served; its project is the newest, whose configuration's text findings speak of.
    pub state: State,
    /// What keeps the newest state from being served, if anything does.
    pub stopped: Vec<Diagnostic>,
}

/// Checks whatever comes, until nothing can come any more.
pub(super) fn check_all(jobs: &Receiver<CheckJob>, events: &Events) {
    let mut printed = HashSet::new();
    // Threads of its own: what the owner and renderers have to do must not stand behind it in a queue.
    let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok();
    while let Ok(mut job) = jobs.recv() {
        loop {
            match jobs.recv_timeout(QUIET) {
                Ok(newer) => job = newer,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let findings = match &pool {
            Some(pool) => pool.install(|| check(&job.state)),
            None => check(&job.state),
        };
        events.found(told(&job, &findings));
        print(&job, &findings, &mut printed);
    }
}

fn check(state: &State) -> Vec<Diagnostic> {
    state.check(&state.severities(&[]), Vec::new())
}

/// All findings as the browser takes them.
fn told(job: &CheckJob, findings: &[Diagnostic]) -> Value {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let worst_first = [Severity::Error, Severity::Warning, Severity::Info];
    let shown = worst_first.iter().flat_map(|severity| findings.iter().filter(move |it| it.severity == *severity));
    let shown: Vec<Value> = shown.take(MOST_SHOWN).map(|finding| one(&job.state, finding)).collect();
    let stopped: Vec<Value> = job.stopped.iter().map(|finding| one(&job.state, finding)).collect();
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
pub(super) fn one(state: &State, finding: &Diagnostic) -> Value {
    let text = state.source(&finding.path).map_or("", |source| &source.text);
    let place = LineColumn::of(text, finding.span.start);
    let wanted = state.project.config.preview.editor.as_deref();
    json!({
        "severity": finding.severity.as_str(),
        "code": finding.code.as_str(),
        "place": format!("{}:{}:{}", finding.path, place.line, place.column),
        "message": finding.message,
        "help": finding.help,
        "open": state.project.locate(&finding.path).map(|file| editor::address(wanted, &file, place)),
    })
}

/// Tells the terminal what it hasn't been told yet. What is mended may come back as news.
fn print(job: &CheckJob, findings: &[Diagnostic], printed: &mut HashSet<String>) {
    let all = job.stopped.iter().chain(findings.iter().filter(|finding| finding.severity > Severity::Info));
    let key = |finding: &Diagnostic| format!("{} {} {}", finding.path, finding.code, finding.message);
    let told: HashSet<String> = all.clone().map(key).collect();
    let new: Vec<Diagnostic> = all.filter(|finding| !printed.contains(&key(finding))).cloned().collect();
    let shown = &new[..new.len().min(MOST_PRINTED)];
    let files = job.state.files(shown, |file| Some(job.state.project.shown(file)));
    let style = human::Style { colour: terminal::notes_in_colour(), ..human::Style::default() };
    let mut out = String::new();
    for located in report::locate(shown, &files) {
        out.push_str(&human::one(&located, style));
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
