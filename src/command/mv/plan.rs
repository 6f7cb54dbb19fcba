//! A move thought through: the project as it is and as it will be, and every file that is written on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Context, bail, ensure};

use super::asked::{AskedMove, DiskRename, FileMoves, HeadingAsked};
use super::record::{self, PlannedText};
use crate::check::{fix, rename};
use crate::conflict;
use crate::diagnostic::{Code, Edit};
use crate::ledger;
use crate::mend;
use crate::moving::{self, HeadingMove, LeftReference, Move, MovedAddress, PathMoves, TagMove};
use crate::session::{ParsedPages, Purpose, ReadProject, State};
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
struct MoveSides<'a> {
    before: &'a ReadProject,
    after: ReadProject,
    old: State,
    new: State,
    paths: &'a PathMoves,
    heading: Option<HeadingMove>,
    tag: Option<TagMove>,
    /// The files of names that were rewritten before the sides were compared, one for each name.
    named: Vec<SourcePath>,
}

/// Thinks a move through.
pub(super) fn plan(read: &ReadProject, asked: AskedMove) -> anyhow::Result<MovePlan> {
    let old = state(read);
    match asked {
        AskedMove::Files(FileMoves { renames, paths, folder, parted }) => {
            require_no_conflict(&old, paths.iter().map(|(from, _)| from))?;
            let mut sides = MoveSides::of(read, old.clone(), &paths, Change::default());
            if let Some(folder) = folder {
                let configuration = old.project.configuration.as_ref();
                let names = moving::folder_names(&old.library, &sides.new.library, &folder, configuration);
                if !names.is_empty() {
                    let texts = names.iter().filter_map(|(path, edits)| {
                        Some((path.clone(), Arc::from(Edit::all_in(&old.source(path)?.text, edits))))
                    });
                    sides = MoveSides::of(
                        read,
                        old.clone(),
                        &paths,
                        Change { texts: texts.collect(), ..Change::default() },
                    );
                    sides.named = named_files(&names, Vec::len);
                }
            }
            require_no_clash(&sides)?;
            Ok(MovePlan { renames, parted, ..sides.plan(false)? })
        }
        AskedMove::Heading(heading) => with_heading(read, &old, heading),
        AskedMove::Tag(tag) => with_tag(read, old, tag),
    }
}

/// Thinks through what is left to do for renames that were made before: `before` is the project as it was.
pub(super) fn mended(before: &ReadProject, now: &ReadProject, paths: &PathMoves) -> anyhow::Result<MovePlan> {
    let (old, new) = (state(before), state(now));
    MoveSides { before, after: now.to(Purpose::Move), old, new, paths, heading: None, tag: None, named: Vec::new() }
        .plan(true)
}

fn state(read: &ReadProject) -> State {
    read.to(Purpose::Move).parse(&ParsedPages::default()).state()
}

/// What a move changes by itself, besides places.
#[derive(Default)]
struct Change {
    texts: BTreeMap<SourcePath, Arc<str>>,
    heading: Option<HeadingMove>,
    tag: Option<TagMove>,
}

/// What doesn't move.
static NO_PATHS: PathMoves = PathMoves::none();

impl<'a> MoveSides<'a> {
    fn of(before: &'a ReadProject, old: State, paths: &'a PathMoves, change: Change) -> Self {
        let Change { texts, heading, tag } = change;
        let after = before.changed(&texts, |path| paths.goes_to(path).cloned());
        let new = state(&after);
        Self { before, after, old, new, paths, heading, tag, named: Vec::new() }
    }

    fn plan(&self, was_made: bool) -> anyhow::Result<MovePlan> {
        let of = self.on(&self.old, &self.new, was_made);
        let rewriting = moving::rewriting(of, &self.new.sources, self.new.project.configuration.as_ref());
        let references = self.named.len() + rewriting.edits.values().map(Vec::len).sum::<usize>();
        let named = self.named.iter().map(|path| self.paths.after(path));
        let files = named.chain(rewriting.edits.keys()).collect::<BTreeSet<_>>().len();
        let sources: BTreeMap<&SourcePath, &Source> =
            texts_of(&self.new).map(|source| (&source.path, source)).collect();
        let former: BTreeMap<&SourcePath, &Source> = texts_of(&self.old).map(|source| (&source.path, source)).collect();
        let mut texts = Vec::new();
        for source in sources.values() {
            let edits = rewriting.edits.get(&source.path).map_or(&[][..], Vec::as_slice);
            // Where the move was made before, what is there now is rewritten.
            let (before, there) = match was_made {
                true => (&source.path, Some(source)),
                false => (self.paths.before(&source.path), former.get(self.paths.before(&source.path))),
            };
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
            heading: self.heading.as_ref(),
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

/// A heading gets an id; others that would get another by that keep theirs, written down.
fn with_heading(read: &ReadProject, old: &State, asked: HeadingAsked) -> anyhow::Result<MovePlan> {
    let HeadingAsked { page: path, old: id, new: wanted } = asked;
    let page_of = |state: &State| {
        let mut pages = state.library.editions().flat_map(|(_, site)| site.pages.iter());
        pages.find(|page| page.page.path == path && page.borrowed.is_none()).map(|page| Arc::clone(&page.page))
    };
    let file = shown(old, &path);
    let page = page_of(old).with_context(|| format!("there is no page `{file}`"))?;
    require_no_conflict(old, std::iter::once(&path))?;
    let ids: Vec<&String> = page.headings.iter().map(|heading| &heading.id).collect();
    let Some(at) = ids.iter().position(|known| **known == id) else {
        if page.raw_ids.contains(&id) {
            bail!("`{id}` is an id of raw HTML on `{file}`\nhelp: change it where it is written, and the links to it");
        }
        bail!("there is no heading `#{id}` on `{file}`");
    };
    ensure!(!ids.contains(&&wanted) && !page.raw_ids.contains(&wanted), "`{file}` has a `#{wanted}` already");
    let mut written = BTreeSet::from([at]);
    for _ in 0..3 {
        let id_of = |heading: usize| if heading == at { &wanted } else { ids[heading] };
        let edits = written.iter().map(|&heading| moving::with_id(&page, heading, id_of(heading)));
        let Some(edits) = edits.collect::<Option<Vec<_>>>() else { break };
        let texts = BTreeMap::from([(path.clone(), Arc::from(Edit::all_in(&page.text, &edits)))]);
        let heading = Some(HeadingMove { page: path.clone(), old: id.clone(), new: wanted.clone() });
        let sides = MoveSides::of(read, old.clone(), &NO_PATHS, Change { texts, heading, tag: None });
        let after = page_of(&sides.new).with_context(|| format!("there is no page `{file}`"))?;
        if after.headings.len() != ids.len() {
            break;
        }
        let others = (0..ids.len()).filter(|&heading| after.headings[heading].id != *id_of(heading));
        let others: Vec<usize> = others.collect();
        if others.is_empty() {
            return sides.plan(false);
        }
        written.extend(others);
    }
    bail!("the heading `#{id}` on `{file}` can't be given an id\nhelp: write `{{#{wanted}}}` behind it by hand")
}

/// A tag gets another label wherever it is written.
fn with_tag(read: &ReadProject, old: State, tag: TagMove) -> anyhow::Result<MovePlan> {
    let changed = rename::everywhere(&old.library, &old.sources, &tag.old, &tag.new);
    ensure!(
        !changed.is_empty(),
        "no page, list or vocabulary has the tag `{}`\nhelp: `bokworm tags` lists all there are",
        tag.old
    );
    let mut texts = BTreeMap::new();
    for (path, findings) in &changed {
        let Some(source) = old.source(path) else { continue };
        let fixed = fix::apply(&source.text, &findings.iter().collect::<Vec<_>>());
        texts.insert(path.clone(), Arc::from(fixed.text));
    }
    require_no_conflict(&old, texts.keys())?;
    let mut sides = MoveSides::of(read, old, &NO_PATHS, Change { texts, heading: None, tag: Some(tag) });
    sides.named = named_files(&changed, Vec::len);
    sides.plan(false)
}

/// Each file as often as something is written in it.
fn named_files<T>(all: &BTreeMap<SourcePath, T>, count: impl Fn(&T) -> usize) -> Vec<SourcePath> {
    all.iter().flat_map(|(path, of)| std::iter::repeat_n(path.clone(), count(of))).collect()
}

/// Two things at one address: the move would hide one of them.
fn require_no_clash(sides: &MoveSides<'_>) -> anyhow::Result<()> {
    let clashes = |state: &State| -> BTreeSet<String> {
        let editions = state.library.editions().flat_map(|(_, site)| site.findings.clone());
        let all = editions.chain(state.library.findings());
        let clash = |code: Code| matches!(code, Code::AddressConflict | Code::BrokenRedirect);
        all.filter(|finding| clash(finding.code)).map(|finding| finding.message).collect()
    };
    let before = clashes(&sides.old);
    if let Some(message) = clashes(&sides.new).into_iter().find(|message| !before.contains(message)) {
        bail!("{message}\nhelp: nothing was moved; choose another name, or move the other first");
    }
    Ok(())
}

fn require_no_conflict<'p>(state: &State, paths: impl Iterator<Item = &'p SourcePath>) -> anyhow::Result<()> {
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
fn shown(state: &State, path: &SourcePath) -> String {
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
