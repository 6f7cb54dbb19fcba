//! `bokworm tags`: the tags of a project, and one of them renamed everywhere.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::bail;

use super::Outcome;
use super::flags::Flags;
use crate::check::{fix, rename, tag_names};
use crate::diagnostic::{Code, counted};
use crate::mend;
use crate::nearest::nearest;
use crate::project;
use crate::session::{Purpose, Session, State};
use crate::site::Edition;
use crate::source::SourcePath;
use crate::terminal;

/// List the tags, or rename one everywhere
///
///   bokworm tags
///   bokworm tags rename "Licenses (Artifact)" "License (Artifact)"
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment, args_conflicts_with_subcommands = false)]
pub struct Arguments {
    /// What to do; without it, list them
    #[command(subcommand)]
    pub action: Option<Action>,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// What can be done with tags.
#[derive(clap::Subcommand, Clone, Debug)]
pub enum Action {
    /// Write a tag differently on every page, in every list and in the vocabulary
    Rename {
        /// The tag as it is written now
        old: String,
        /// The tag as it is to be written
        new: String,
        /// Show what would change, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// Lists or renames the tags of the project of the folder `start`.
///
/// # Errors
/// If there is no such tag, or the machine can't read or write what it has to.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = project::open(start, &arguments.project.overrides())?;
    let state = Session::open(project, Purpose::Check)?.state();
    match &arguments.action {
        None => terminal::say(&list(state.original()))?,
        Some(Action::Rename { old, new, dry_run }) => rename_tag(&state, old, new, *dry_run)?,
    }
    Ok(Outcome::Clean)
}

/// All tags by kind, then those that are probably one, then those that nobody uses.
fn list(site: &Edition) -> String {
    let mut by_kind: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for label in site.labels() {
        let kind = site.tag(label).map_or("", |tag| tag.kind.as_str());
        by_kind.entry(kind).or_default().push((label, site.carrying(label).len()));
    }
    let mut out = format!("{} on {}\n", counted(site.labels().len(), "tag"), counted(site.pages.len(), "page"));
    for (kind, mut labels) in by_kind {
        labels.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let _ = writeln!(out, "\n{}", if kind.is_empty() { "Without a kind" } else { kind });
        for (label, number) in labels {
            let _ = writeln!(out, "  {number:>4}  {label}");
        }
    }
    let pairs = tag_names::pairs(site);
    if !pairs.is_empty() {
        out.push_str("\nProbably one\n");
    }
    for pair in pairs {
        let why = match pair.code {
            Code::TagCollision => "share one address",
            Code::SimilarTags => "differ in order, number or punctuation",
            _ => "one letter apart",
        };
        let _ = writeln!(out, "  {} / {}  ({why})", pair.rare, pair.common);
    }
    if !site.vocabulary.words().is_empty() {
        let outside = site.labels().iter().filter(|label| site.vocabulary.get(label).is_none());
        section(&mut out, "Not in the vocabulary", outside.map(String::as_str));
    }
    let words = site.vocabulary.words().iter().map(|word| word.label.as_str());
    section(&mut out, "In the vocabulary, but on no page", words.filter(|label| site.carrying(label).is_empty()));
    out
}

/// A heading and lines below it; nothing if there are none.
fn section<'a>(out: &mut String, heading: &str, labels: impl Iterator<Item = &'a str>) {
    for (at, label) in labels.enumerate() {
        if at == 0 {
            let _ = writeln!(out, "\n{heading}");
        }
        let _ = writeln!(out, "  {label}");
    }
}

fn rename_tag(state: &State, old: &str, new: &str, dry_run: bool) -> anyhow::Result<()> {
    if new.trim().is_empty() || new.contains(['\n', '\r']) {
        bail!("a tag is a text of one line, not `{new}`");
    }
    let changed = rename::everywhere(state.original(), &state.sources, old, new.trim());
    if changed.is_empty() {
        let meant = nearest(old, state.original().labels().iter().map(String::as_str));
        let meant = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
        bail!("no page, list or vocabulary has the tag `{old}`{meant}");
    }
    let mut places = 0;
    let mut out = String::new();
    let mut writing: Vec<(&SourcePath, Arc<str>)> = Vec::new();
    for (path, finding) in &changed {
        let Some(source) = state.source(path) else { continue };
        let fixed = fix::apply(&source.text, &finding.iter().collect::<Vec<_>>());
        places += fixed.settled;
        if dry_run {
            out.push_str(&fix::diff(path.on_disk(), &source.text, &fixed.text));
        }
        writing.push((path, fixed.text.into()));
    }
    if !dry_run {
        for (path, text) in &writing {
            let Some(file) = state.project.locate(path) else { continue };
            mend::replace(&file, text)?;
        }
    }
    let verb = if dry_run { "would be renamed" } else { "renamed" };
    let (places, files) = (counted(places, "place"), counted(writing.len(), "file"));
    let _ = writeln!(out, "`{old}` {verb} to `{new}` in {places} of {files}.");
    Ok(terminal::say(&out)?)
}
