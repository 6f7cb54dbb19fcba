//! `bokworm ledger update`: what is new, and where git says that things went since the ledger was committed last.

use std::path::Path;

use anyhow::bail;

use super::file::{LedgerOnDisk, opened};
use super::mine::{self, Mine};
use crate::command::Outcome;
use crate::command::flags::Flags;
use crate::diagnostic::counted;
use crate::history::{self, CommitRange};
use crate::ledger::{self, Address, Ledger, LedgerEntry};
use crate::project::Overrides;
use crate::session::State;
use crate::site::SiteAddresses;
use crate::terminal;

/// How many lines of a kind are shown.
const SHOWN: usize = 20;

/// Add what is new, and where git says that things went
#[derive(clap::Args, Clone, Debug)]
pub struct UpdateArguments {
    /// Print nothing but warnings
    #[arg(long, short)]
    pub quiet: bool,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

pub(super) fn run(arguments: &UpdateArguments, start: &Path) -> anyhow::Result<Outcome> {
    let state = opened(&arguments.project, start)?;
    let before = kept(&state)?;
    let after = updated(&state, start, &arguments.project.overrides(), arguments.quiet)?;
    let is_written = after.write()?;
    if !arguments.quiet {
        let told = told(&before.ledger, &after.ledger, &SiteAddresses::of(&state.library));
        let file = state.project.shown(&after.file);
        let what =
            if is_written { format!("`{file}` is up to date now.\n") } else { format!("`{file}` is up to date.\n") };
        terminal::say(&(told + &what))?;
    }
    Ok(Outcome::Clean)
}

/// Tells what an update would change.
pub(super) fn status(flags: &Flags, start: &Path) -> anyhow::Result<Outcome> {
    let state = opened(flags, start)?;
    let before = kept(&state)?;
    let after = updated(&state, start, &flags.overrides(), false)?;
    let addresses = SiteAddresses::of(&state.library);
    let told = told(&before.ledger, &after.ledger, &addresses);
    if told.is_empty() {
        terminal::say(&format!("`{}` is up to date.\n", state.project.shown(&before.file)))?;
        return Ok(Outcome::Clean);
    }
    terminal::say(&told)?;
    Ok(Outcome::Findings)
}

fn kept(state: &State) -> anyhow::Result<LedgerOnDisk> {
    let on_disk = LedgerOnDisk::of(state)?;
    if !on_disk.ledger.is_kept() {
        bail!("no ledger of addresses is kept here\nhelp: `bokworm ledger init` begins one");
    }
    Ok(on_disk)
}

/// The ledger as it should be.
fn updated(state: &State, start: &Path, overrides: &Overrides, quiet: bool) -> anyhow::Result<LedgerOnDisk> {
    let mut on_disk = kept(state)?;
    let tries = on_disk.tries(&state.project, &SiteAddresses::of(&state.library));
    on_disk.forget(&tries);
    let root = &state.project.root;
    let since = history::last_commit_of(root, ledger::FILE);
    let since = since.as_deref().unwrap_or("HEAD");
    let range = CommitRange { since: Some(since), below: &[root, &state.project.source_dir] };
    let line = history::commit_line(root, range).unwrap_or_default();
    let (commits, now) = (&*line.commits, state);
    mine::mine(&mut on_disk.ledger, &Mine { start, overrides, commits, now, begins: false, quiet });
    on_disk.add_new(&SiteAddresses::of(&state.library));
    Ok(on_disk)
}

/// What differs, in words; nothing if all is well.
fn told(before: &Ledger, after: &Ledger, addresses: &SiteAddresses<'_>) -> String {
    let new = after.entries().filter(|(address, _)| before.entry(address).is_none());
    let went = after
        .moves()
        .filter(|(address, entry)| before.entry(address).is_some_and(|earlier| earlier.standing != entry.standing));
    let forgotten = before.entries().filter(|(address, _)| after.entry(address).is_none());
    let line = |(address, entry): (&Address, &LedgerEntry)| format!("{address}{}", entry.standing);
    let lost: Vec<String> = addresses.lost(after).into_iter().map(Address::to_string).collect();
    let mut text = String::new();
    for (what, sign, lines) in [
        ("new", "+", new.map(line).collect::<Vec<_>>()),
        ("went elsewhere", "~", went.map(line).collect()),
        ("tried and never committed", "-", forgotten.map(line).collect()),
        ("gone without a successor", "!", lost),
    ] {
        if lines.is_empty() {
            continue;
        }
        let count = counted(lines.len(), "line");
        text.push_str(&format!("{count} {what}:\n"));
        lines.iter().take(SHOWN).for_each(|line| text.push_str(&format!("  {sign} {line}\n")));
        if lines.len() > SHOWN {
            text.push_str(&format!("  {sign} and {} more\n", lines.len() - SHOWN));
        }
    }
    text
}
