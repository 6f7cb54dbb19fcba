//! `bokworm ledger init`: the ledger begun with what earlier commits published.

use std::path::Path;

use anyhow::bail;

use super::file::{LedgerOnDisk, opened};
use super::mine::{self, Mine};
use super::retire::retire_rest;
use crate::command::Outcome;
use crate::command::flags::Flags;
use crate::diagnostic::counted;
use crate::history::{self, CommitRange};
use crate::ledger::{Ledger, Standing};
use crate::session::State;
use crate::site::SiteAddresses;
use crate::terminal;

/// What `bokworm ledger init` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct InitArguments {
    /// Begin with this commit, tag or branch in place of the first commit
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Retire what went without a trace, for this reason
    #[arg(long, value_name = "REASON")]
    pub retire_rest: Option<String>,
    /// Print nothing but warnings
    #[arg(long, short)]
    pub quiet: bool,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

pub(super) fn run(arguments: &InitArguments, start: &Path) -> anyhow::Result<Outcome> {
    let state = opened(&arguments.project, start)?;
    let mut on_disk = LedgerOnDisk::of(&state)?;
    if on_disk.ledger.is_kept() {
        bail!(
            "`{}` is kept already\nhelp: `bokworm ledger update` adds what is new",
            state.project.shown(&on_disk.file)
        );
    }
    let moves_of_old = std::mem::take(&mut on_disk.ledger);
    let line = history::commit_line(
        &state.project.root,
        CommitRange { since: arguments.since.as_deref(), below: &[&state.project.root, &state.project.source_dir] },
    );
    let line = match line {
        None => {
            terminal::note(
                "note: git knows nothing of this folder, so nobody knows what was published before: the ledger begins \
                 with the site as it is\n",
            )?;
            history::CommitLine::default()
        }
        Some(line) if line.is_cut_off => bail!(
            "this clone is shallow, so earlier commits can't be asked what they published\n\
             help: fetch them with `git fetch --unshallow` (in a GitHub workflow: `fetch-depth: 0`), or name the first \
             commit that counts with `--since`"
        ),
        Some(line) if line.commits.is_empty() && arguments.since.is_some() => bail!(
            "git knows no commit `{}`\nhelp: name a branch, a tag or a commit, as `git log` does",
            arguments.since.as_deref().unwrap_or_default()
        ),
        Some(line) => line,
    };
    let overrides = arguments.project.overrides();
    let (commits, now, quiet) = (&*line.commits, &state, arguments.quiet);
    let mined =
        mine::mine(&mut on_disk.ledger, &Mine { start, overrides: &overrides, commits, now, begins: true, quiet });
    take_over(&mut on_disk.ledger, &moves_of_old, &state);
    let addresses = SiteAddresses::of(&state.library);
    if let Some(reason) = &arguments.retire_rest {
        anyhow::ensure!(!reason.trim().is_empty(), "`--retire-rest` needs a reason in words");
        retire_rest(&mut on_disk.ledger, &addresses, reason);
    }
    on_disk.write()?;
    if !mined.left_out.is_empty() {
        let told = counted(mined.left_out.len(), "commit");
        terminal::note(&format!("note: {told} had no such project, or one whose configuration can't be read\n"))?;
    }
    if !arguments.quiet {
        terminal::say(&summary(&on_disk, &addresses, mined.read, &state))?;
    }
    Ok(Outcome::Clean)
}

/// What somebody said of moves before a ledger was kept counts.
fn take_over(ledger: &mut Ledger, moves: &Ledger, state: &State) {
    let addresses = SiteAddresses::of(&state.library);
    for (address, entry) in moves.moves().filter(|(address, _)| !addresses.is_published(address)) {
        ledger.resolve(address, entry.standing.clone());
    }
    ledger.shorten();
}

fn summary(on_disk: &LedgerOnDisk, addresses: &SiteAddresses<'_>, revisions: usize, state: &State) -> String {
    let ledger = &on_disk.ledger;
    let of = |is: fn(&Standing) -> bool| ledger.entries().filter(|(_, entry)| is(&entry.standing)).count();
    let (headings, pages): (Vec<_>, Vec<_>) = ledger.entries().partition(|(address, _)| address.fragment.is_some());
    let mut text = format!(
        "`{}` has {} and {} of {}: {} lead elsewhere now, {} are retired.\n",
        state.project.shown(&on_disk.file),
        if pages.len() == 1 { "1 address".to_owned() } else { format!("{} addresses", pages.len()) },
        counted(headings.len(), "heading"),
        counted(revisions, "revision"),
        of(|standing| matches!(standing, Standing::Moved(_))),
        of(|standing| matches!(standing, Standing::Retired(_))),
    );
    match addresses.lost(ledger).len() {
        0 => {}
        lost => text.push_str(&format!(
            "Nothing answers at {lost} of them: `bokworm check` tells which. Those of long ago, of which nobody knows where \
             they went, `bokworm ledger retire --rest --reason TEXT` retires at once.\n"
        )),
    }
    text.push_str("Commit it. Branches merge it without conflicts if `.gitattributes` has the line `addresses.lock merge=union`.\n");
    text
}
