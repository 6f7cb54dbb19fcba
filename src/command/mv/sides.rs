//! A move on both of its sides: the project as it is and as it will be, and what comes of comparing them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Context, bail, ensure};

use super::asked::DiskRename;
use super::record::{self, PlannedText};
use crate::conflict;
use crate::diagnostic::Edit;
use crate::ledger;
use crate::mend;
use crate::moving::{self, HeadingMove, LeftReference, Move, MovedAddress, PathMoves, TagMove, TextMove};
use crate::page::Page;
use crate::session::{ParsedPages, Purpose, ReadProject, State};
use crate::site::Published;
use crate::source::{Source, SourcePath};

/// All that a move does.
#[derive(Default)]
pub(super) struct MovePlan {
    pub(super) renames: Vec<DiskRename>,
    /// Files that are written, by where they lie afterwards.
    pub(super) texts: Vec<PlannedText>,
    /// How many references are written otherwise.
    pub(super) references: usize,
    /// And in how many files.
    pub(super) files: usize,
    pub(super) left: Vec<ShownReference>,
    pub(super) addresses: Vec<MovedAddress>,
    /// Translations that have another place than their original from then on.
    pub(super) parted: Vec<SourcePath>,
}

/// A reference that is left to people, and its line.
pub(super) struct ShownReference {
    pub(super) of: LeftReference,
    pub(super) line: usize,
}

/// A move on both of its sides.
pub(super) struct MoveSides<'a> {
    pub(super) before: &'a ReadProject,
    pub(super) after: ReadProject,
    pub(super) old: State,
    pub(super) new: State,
    pub(super) paths: &'a PathMoves,
    pub(super) headings: Vec<HeadingMove>,
    pub(super) text: Option<TextMove>,
    pub(super) tag: Option<TagMove>,
    /// The files of names that were rewritten before the sides were compared, one for each name.
    pub(super) named: Vec<SourcePath>,
}

/// A project as it is, with its drafts.
pub(super) fn state(read: &ReadProject) -> State {
    read.to(Purpose::Move).parse(&ParsedPages::default()).state()
}

/// What a move changes by itself, besides places.
#[derive(Default)]
pub(super) struct Change {
    pub(super) texts: BTreeMap<SourcePath, Arc<str>>,
    pub(super) headings: Vec<HeadingMove>,
    pub(super) text: Option<TextMove>,
    pub(super) tag: Option<TagMove>,
}

/// What doesn't move.
pub(super) static NO_PATHS: PathMoves = PathMoves::none();

impl<'a> MoveSides<'a> {
    pub(super) fn of(before: &'a ReadProject, old: State, paths: &'a PathMoves, change: Change) -> Self {
        let Change { texts, headings, text, tag } = change;
        let after = before.changed(&texts, |path| paths.goes_to(path).cloned());
        let new = state(&after);
        Self { before, after, old, new, paths, headings, text, tag, named: Vec::new() }
    }

    pub(super) fn plan(&self, was_made: bool) -> anyhow::Result<MovePlan> {
        let of = self.on(&self.old, &self.new, was_made);
        let sheets = self.sheets()?;
        let others: Vec<Source> = self.new.sources.iter().chain(&sheets).cloned().collect();
        let rewriting = moving::rewriting(of, &others, self.new.project.configuration.as_ref());
        let references = self.named.len() + rewriting.edits.values().map(Vec::len).sum::<usize>();
        let named = self.named.iter().map(|path| self.paths.after(path));
        let files = named.chain(rewriting.edits.keys()).collect::<BTreeSet<_>>().len();
        let sources: BTreeMap<&SourcePath, &Source> =
            texts_of(&self.new).chain(&sheets).map(|source| (&source.path, source)).collect();
        let former: BTreeMap<&SourcePath, &Source> = texts_of(&self.old).map(|source| (&source.path, source)).collect();
        let mut texts = Vec::new();
        for source in sources.values() {
            let edits = rewriting.edits.get(&source.path).map_or(&[][..], Vec::as_slice);
            // Where the move was made before, what is there now is rewritten.
            let (before, there) = match was_made {
                true => (&source.path, Some(source)),
                false => (self.paths.before(&source.path), former.get(self.paths.before(&source.path))),
            };
            // A style sheet says before what it says now.
            let there = there.or_else(|| moving::is_sheet(&source.path).then_some(source));
            let Some(there) = there.filter(|there| !edits.is_empty() || there.text != source.text) else { continue };
            let (before, after, new) = (before.clone(), source.path.clone(), Edit::all_in(&source.text, edits));
            if *there.text != *new {
                texts.push(PlannedText { before, after, old: Some(Arc::clone(&there.text)), new });
            }
        }
        require_as_read(&self.old, &self.new, &texts, was_made)?;
        let line = |reference: &LeftReference| {
            let text = sources.get(&reference.path).map_or("", |source| &source.text);
            1 + text.get(..reference.span.start).unwrap_or_default().matches('\n').count()
        };
        let left = rewriting.left.into_iter().map(|of| ShownReference { line: line(&of), of }).collect();
        let addresses = self.addresses(was_made);
        texts.extend(record::with(&self.new.project, &addresses)?);
        Ok(MovePlan { texts, references, files, left, addresses, ..MovePlan::default() })
    }

    /// The site's style sheets, by where they lie afterwards. Nobody else holds what they say.
    fn sheets(&self) -> anyhow::Result<Vec<Source>> {
        let tree = self.after.tree();
        let mut sheets = Vec::new();
        for asset in tree.assets.iter().filter(|asset| moving::is_sheet(&asset.path)) {
            match std::fs::read_to_string(&asset.file) {
                Ok(text) => sheets.push(Source { path: asset.path.clone(), text: text.into() }),
                // What is no text names nothing.
                Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {}
                Err(error) => {
                    return Err(error).with_context(|| format!("`{}` can't be read", asset.file.display()));
                }
            }
        }
        let own = tree.theme_files.iter().filter(|file| moving::is_sheet(&file.path));
        let texts = own.filter_map(|file| {
            Some(Source { path: file.path.clone(), text: std::str::from_utf8(&file.bytes).ok()?.into() })
        });
        sheets.extend(texts);
        Ok(sheets)
    }

    /// Old addresses of what is published: drafts have none.
    fn addresses(&self, was_made: bool) -> Vec<MovedAddress> {
        let pages =
            |state: &State| state.library.editions().flat_map(|(_, site)| site.pages.clone()).collect::<Vec<_>>();
        if !pages(&self.old).iter().chain(&pages(&self.new)).any(|page| page.page.meta.draft) {
            return moving::addresses(self.on(&self.old, &self.new, was_made));
        }
        let published = |read: &ReadProject| read.to(Purpose::Ask).parse(&ParsedPages::default()).state();
        let (old, new) = (published(self.before), published(&self.after));
        moving::addresses(self.on(&old, &new, was_made))
    }

    fn on<'s>(&'s self, old: &'s State, new: &'s State, was_made: bool) -> Move<'s> {
        Move {
            before: &old.library,
            after: &new.library,
            paths: self.paths,
            headings: &self.headings,
            text: self.text.as_ref(),
            tag: self.tag.as_ref(),
            was_made,
        }
    }
}

/// All texts of a project.
fn texts_of(state: &State) -> impl Iterator<Item = &Source> {
    let is_ledger = |source: &&Source| source.path.as_str() == ledger::FILE;
    state.sources.iter().filter(move |source| !is_ledger(source)).chain(&state.project.configuration)
}

/// A page by its file, in its own language.
pub(super) fn page_of(state: &State, path: &SourcePath) -> anyhow::Result<Arc<Page>> {
    let page = published_of(state, path).map(|page| Arc::clone(&page.page));
    page.with_context(|| format!("there is no page `{}`", shown(state, path)))
}

/// The same with what the site makes of it.
pub(super) fn published_of<'a>(state: &'a State, path: &SourcePath) -> Option<&'a Published> {
    let mut pages = state.library.editions().flat_map(|(_, site)| site.pages.iter());
    pages.find(|page| page.page.path == *path && page.borrowed.is_none()).map(|page| &**page)
}

/// The place of a heading among those of a page, which people call `file`.
pub(super) fn heading_of(page: &Page, id: &str, file: &str) -> anyhow::Result<usize> {
    if let Some(at) = page.headings.iter().position(|heading| heading.id == id) {
        return Ok(at);
    }
    if page.raw_ids.iter().any(|known| known == id) {
        bail!("`{id}` is an id of raw HTML on `{file}`\nhelp: change it where it is written, and the links to it");
    }
    bail!("there is no heading `#{id}` on `{file}`")
}

pub(super) fn require_no_conflict<'p>(
    state: &State,
    paths: impl Iterator<Item = &'p SourcePath>,
) -> anyhow::Result<()> {
    paths.filter_map(|path| state.source(path)).try_for_each(|source| require_settled(state, source))
}

fn require_settled(state: &State, source: &Source) -> anyhow::Result<()> {
    ensure!(
        conflict::find(&source.text, &[]).is_empty(),
        "git left a conflict in `{}`\nhelp: resolve it first",
        shown(state, &source.path)
    );
    Ok(())
}

/// A file as people know it who are where they are.
pub(super) fn shown(state: &State, path: &SourcePath) -> String {
    state.project.locate(path).map_or_else(|| path.to_string(), |file| state.project.shown(&file))
}

/// Whether each file that is written is what was read, to the byte.
fn require_as_read(old: &State, new: &State, texts: &[PlannedText], was_made: bool) -> anyhow::Result<()> {
    let state = if was_made { new } else { old };
    for text in texts {
        let Some(source) = state.source(&text.before) else { continue };
        require_settled(state, source)?;
        let Some(file) = state.project.locate(&text.before) else { continue };
        ensure!(
            mend::is_as_read(&file, &source.text)?,
            "`{}` isn't text in UTF-8, so nothing in it can be rewritten\nhelp: save it as UTF-8",
            shown(state, &text.before)
        );
    }
    Ok(())
}
