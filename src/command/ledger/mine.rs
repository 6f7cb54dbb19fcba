//! What earlier revisions of a site published, and where each of it went: one after the other is read out of git, and
//! compared with the next.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::snapshot::MinedRevision;
use super::successors;
use crate::command::progress::Progress;
use crate::history::{self, PastCommit, Revision};
use crate::ledger::{Address, Ledger, Standing};
use crate::project::Overrides;
use crate::session::{CommittedPlace, Session, State};

/// Where revisions are looked for, and which.
pub(super) struct Mine<'a> {
    pub(super) start: &'a Path,
    pub(super) overrides: &'a Overrides,
    /// The revisions, the first of all first.
    pub(super) commits: &'a [PastCommit],
    /// The site as it stands on the disk.
    pub(super) now: &'a State,
    /// Whether the ledger begins with them: else what it says already goes before.
    pub(super) begins: bool,
    pub(super) quiet: bool,
}

/// What it came to.
#[derive(Default)]
pub(super) struct Mined {
    /// How many revisions had the site.
    pub(super) read: usize,
    /// Those that hadn't, or whose configuration couldn't be read.
    pub(super) left_out: Vec<String>,
}

/// Writes into the ledger what the revisions published, and where it went.
pub(super) fn mine(ledger: &mut Ledger, mine: &Mine<'_>) -> Mined {
    let progress = Progress::of("Reading revision", mine.commits.len(), mine.quiet);
    let mut mined = Mined::default();
    let mut session: Option<Session> = None;
    let mut before: Option<(String, MinedRevision)> = None;
    for commit in mine.commits {
        progress.step();
        let Some((snapshot, top)) = snapshot(&mut session, commit, mine) else {
            mined.left_out.push(commit.short().to_owned());
            continue;
        };
        mined.read += 1;
        match &before {
            Some((earlier, before)) => {
                step(ledger, before, &snapshot, &history::renamed(&top, earlier, Some(&commit.hash)), mine.begins);
            }
            None if mine.begins => step(ledger, &MinedRevision::default(), &snapshot, &[], true),
            None => {}
        }
        before = Some((commit.hash.clone(), snapshot));
    }
    progress.end();
    let folder = &mine.now.project.root;
    let top = Revision::named(folder, "HEAD").map_or_else(|| folder.clone(), |revision| revision.top);
    let now = MinedRevision::of(&mine.now.library, &mine.now.project, &top);
    let (earlier, before) = before.unwrap_or_default();
    let renames = if earlier.is_empty() { Vec::new() } else { history::renamed(&top, &earlier, None) };
    step(ledger, &before, &now, &renames, mine.begins);
    mined
}

/// What a commit published; nothing if the site wasn't there, or its configuration can't be read.
fn snapshot(session: &mut Option<Session>, commit: &PastCommit, mine: &Mine<'_>) -> Option<(MinedRevision, PathBuf)> {
    let revision = Revision::named(&mine.now.project.root, &commit.hash)?;
    let (top, like) = (revision.top.clone(), &*mine.now.project);
    let place = CommittedPlace { start: mine.start, overrides: mine.overrides };
    match session {
        Some(session) => session.turn_to(revision, &place, like).ok()?,
        None => *session = Some(Session::at_like(revision, &place, like).ok()?),
    }
    let session = session.as_mut()?;
    if session.project().is_misconfigured() {
        return None;
    }
    let project = Arc::clone(session.project());
    Some((MinedRevision::of(&session.library(), &project, &top), top))
}

/// Writes into the ledger what happened from one revision to the next.
fn step(
    ledger: &mut Ledger,
    before: &MinedRevision,
    after: &MinedRevision,
    renames: &[(String, String)],
    begins: bool,
) {
    let is_told = |ledger: &Ledger, address: &Address| {
        !begins && ledger.entry(address).is_some_and(|entry| entry.standing != Standing::Published)
    };
    // First, since what is published again doesn't lead away any more.
    for address in after.addresses.difference(&before.addresses) {
        if !is_told(ledger, address) {
            ledger.record_published(address.clone());
        }
    }
    let mut moves = successors::between(before, after, renames);
    moves.retain(|(from, _)| !is_told(ledger, from));
    ledger.record_moves(moves);
}
