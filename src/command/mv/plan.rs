//! A move thought through: the project as it is and as it will be, and every file that is written on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{bail, ensure};

use super::asked::{AskedMove, FileMoves, HeadingAsked};
use super::section::with_section;
use super::sides::{Change, MovePlan, MoveSides, NO_PATHS, heading_of, page_of, require_no_conflict, shown, state};
use crate::check::{fix, rename};
use crate::diagnostic::{Code, Edit};
use crate::moving::{self, HeadingMove, PathMoves, TagMove};
use crate::session::{Purpose, ReadProject, State};
use crate::source::SourcePath;

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
        AskedMove::Section(section) => with_section(read, &old, section),
        AskedMove::Tag(tag) => with_tag(read, old, tag),
    }
}

/// Thinks through what is left to do for renames that were made before: `before` is the project as it was.
pub(super) fn mended(before: &ReadProject, now: &ReadProject, paths: &PathMoves) -> anyhow::Result<MovePlan> {
    let (old, new) = (state(before), state(now));
    let after = now.to(Purpose::Move);
    MoveSides { before, after, old, new, paths, headings: Vec::new(), text: None, tag: None, named: Vec::new() }
        .plan(true)
}

/// A heading gets an id; others that would get another by that keep theirs, written down.
fn with_heading(read: &ReadProject, old: &State, asked: HeadingAsked) -> anyhow::Result<MovePlan> {
    let HeadingAsked { page: path, old: id, new: wanted } = asked;
    let file = shown(old, &path);
    let page = page_of(old, &path)?;
    require_no_conflict(old, std::iter::once(&path))?;
    let ids: Vec<&String> = page.headings.iter().map(|heading| &heading.id).collect();
    let at = heading_of(&page, &id, &file)?;
    ensure!(!ids.contains(&&wanted) && !page.raw_ids.contains(&wanted), "`{file}` has a `#{wanted}` already");
    let mut written = BTreeSet::from([at]);
    for _ in 0..3 {
        let id_of = |heading: usize| if heading == at { &wanted } else { ids[heading] };
        let edits = written.iter().map(|&heading| moving::with_id(&page, heading, id_of(heading)));
        let Some(edits) = edits.collect::<Option<Vec<_>>>() else { break };
        let texts = BTreeMap::from([(path.clone(), Arc::from(Edit::all_in(&page.text, &edits)))]);
        let heading = HeadingMove { from: path.clone(), to: path.clone(), old: id.clone(), new: wanted.clone() };
        let change = Change { texts, headings: vec![heading], ..Change::default() };
        let sides = MoveSides::of(read, old.clone(), &NO_PATHS, change);
        let after = page_of(&sides.new, &path)?;
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
    let mut sides = MoveSides::of(read, old, &NO_PATHS, Change { texts, tag: Some(tag), ..Change::default() });
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
