//! `bokworm tags`: the tags of a project, and one of them renamed everywhere.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::bail;
use serde_json::json;

use super::flags::Flags;
use super::{Outcome, known, mv, opened};
use crate::check::{alike, rename};
use crate::diagnostic::{Code, counted};
use crate::moving::TagMove;
use crate::nearest::nearest;
use crate::project::Project;
use crate::session::{Purpose, State};
use crate::site::{Library, PageId};
use crate::terminal;

/// List the tags, or rename one everywhere
///
///   bokworm tags
///   bokworm tags --format json
///   bokworm tags rename "Licenses (Artifact)" "License (Artifact)"
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment, args_conflicts_with_subcommands = false)]
pub struct Arguments {
    /// What to do; without it, list them
    #[command(subcommand)]
    pub action: Option<Action>,
    /// For whom
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: TagsFormat,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// For whom tags are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum TagsFormat {
    /// For people
    #[default]
    Human,
    /// One JSON object a line: the tag, its kind, how many pages carry it, and the address of its page
    Json,
}

/// What can be done with tags.
#[derive(clap::Subcommand, Clone, Debug)]
pub enum Action {
    /// Write a tag differently on every page, in every list and in the vocabulary; its page's old address leads on
    Rename {
        /// The tag as it is written now
        #[arg(add = known::tag())]
        old: String,
        /// The tag as it is to be written
        #[arg(add = known::tag())]
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
    let project = opened::project(start, &arguments.project.overrides())?;
    // Links to a tag's page may stand on drafts.
    let purpose = if arguments.action.is_some() { Purpose::Move } else { Purpose::Check };
    let state = opened::session(project.clone(), purpose)?.state();
    match &arguments.action {
        None if arguments.format == TagsFormat::Json => terminal::say(&lines(&state.library))?,
        None => terminal::say(&list(&state.library))?,
        Some(Action::Rename { old, new, dry_run }) => rename_tag(project, &state, [old, new], *dry_run)?,
    }
    Ok(Outcome::Clean)
}

/// A tag of the list: one, whatever each language calls it.
struct ListedTag<'a> {
    label: &'a str,
    kind: &'a str,
    pages: usize,
}

/// The tags that pages carry, in order of first use: by the original's labels, with the pages of all languages.
fn carried(library: &Library) -> Vec<ListedTag<'_>> {
    let original = library.original();
    let mut tags: Vec<ListedTag<'_>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (_, site) in library.editions() {
        for label in site.labels() {
            let own = |id: &&PageId| site.pages[**id].borrowed.is_none();
            let pages = site.carrying(label).iter().filter(own).count();
            let declared = site.vocabulary.get(label).and_then(|word| original.vocabulary.get(&word.key));
            let label = declared.map_or(label.as_str(), |word| word.label.as_str());
            let kind = || original.tag(label).or_else(|| site.tag(label)).map_or("", |tag| tag.kind.as_str());
            match places.get(label) {
                Some(&at) => tags[at].pages += pages,
                None if pages > 0 => {
                    places.insert(label, tags.len());
                    tags.push(ListedTag { label, kind: kind(), pages });
                }
                None => {}
            }
        }
    }
    tags
}

/// All tags for programs, in order of their names.
fn lines(library: &Library) -> String {
    let mut tags = carried(library);
    tags.sort_by_key(|tag| tag.label);
    let line = |ListedTag { label, kind, pages }: &ListedTag<'_>| {
        let address = library.original().tag(label).map(|tag| library.original().tag_route(tag));
        format!("{}\n", json!({ "tag": label, "kind": kind, "pages": pages, "address": address }))
    };
    tags.iter().map(line).collect()
}

/// All tags by kind, then those that are probably one, then those that nobody uses.
fn list(library: &Library) -> String {
    let tags = carried(library);
    let mut out = format!("{} on {}\n", counted(tags.len(), "tag"), counted(library.own_pages(), "page"));
    let mut by_kind: BTreeMap<&str, Vec<&ListedTag<'_>>> = BTreeMap::new();
    for tag in &tags {
        by_kind.entry(tag.kind).or_default().push(tag);
    }
    for (kind, mut tags) in by_kind {
        tags.sort_by(|a, b| b.pages.cmp(&a.pages).then_with(|| a.label.cmp(b.label)));
        let _ = writeln!(out, "\n{}", if kind.is_empty() { "Without a kind" } else { kind });
        for ListedTag { label, pages, .. } in tags {
            let _ = writeln!(out, "  {pages:>4}  {label}");
        }
    }
    let pairs: BTreeMap<(&str, &str), Code> = library
        .editions()
        .flat_map(|(_, site)| alike::pairs(site))
        .map(|pair| ((pair.rare, pair.common), pair.code))
        .collect();
    if !pairs.is_empty() {
        out.push_str("\nProbably one\n");
    }
    for ((rare, common), code) in pairs {
        let why = match code {
            Code::TagCollision => "share one address",
            Code::SimilarTags => "differ in order, number or punctuation",
            _ => "one letter apart",
        };
        let _ = writeln!(out, "  {rare} / {common}  ({why})");
    }
    let vocabulary = &library.original().vocabulary;
    let labels = || tags.iter().map(|tag| tag.label);
    if !vocabulary.words().is_empty() {
        section(&mut out, "Not in the vocabulary", labels().filter(|label| vocabulary.get(label).is_none()));
    }
    let used: HashSet<&str> = labels().collect();
    let words = vocabulary.words().iter().map(|word| word.label.as_str());
    section(&mut out, "In the vocabulary, but on no page", words.filter(|label| !used.contains(label)));
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

fn rename_tag(project: Project, state: &State, [old, new]: [&str; 2], dry_run: bool) -> anyhow::Result<()> {
    if new.trim().is_empty() || new.contains(['\n', '\r']) {
        bail!("a tag is a text of one line, not `{new}`");
    }
    let changed = rename::everywhere(&state.library, &state.sources, old, new.trim());
    if changed.is_empty() && rename::are_one(state.original(), old, new.trim()) {
        bail!("`{old}` and `{}` are one tag, and no page or list writes `{old}`", new.trim());
    }
    if changed.is_empty() {
        let labels = state.library.editions().flat_map(|(_, site)| site.labels()).map(String::as_str);
        let words = state.original().vocabulary.words().iter();
        let declared = words.flat_map(|word| std::iter::once(&word.label).chain(&word.aliases)).map(String::as_str);
        let meant = nearest(old, labels.chain(declared));
        let meant = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
        bail!("no page, list or vocabulary has the tag `{old}`{meant}");
    }
    let tag = TagMove { old: old.to_owned(), new: new.trim().to_owned() };
    mv::rename_tag(project, tag, dry_run).map(|_| ())
}
