//! `bokworm ledger`: every address and heading that was ever published, kept in `addresses.lock`, and where each leads.

pub(crate) mod file;
mod init;
mod mine;
mod resolve;
mod retire;
mod snapshot;
mod successors;
mod update;

use std::path::Path;

use super::Outcome;
use super::flags::Flags;

/// Keep every address that was ever published, and where each leads now
///
/// `addresses.lock` beside book.toml has a line for each page and heading that the site published.
/// `bokworm build` adds what is new; commit the file. When a page or heading goes, `bokworm check`
/// tells it until the line says where it went, or why:
///
///   /docs/roles -> /docs/people
///   /docs/roles#old-heading -> /docs/people#new-heading
///   /docs/plan-2024 -> retired: "See /docs/plan-2026."
///
/// The built site then leads old links on. Without a subcommand it tells what `update` would change.
///
///   bokworm ledger init
///   bokworm ledger
///   bokworm ledger update
///   bokworm ledger retire /docs/plan-2024 --reason "See /docs/plan-2026."
///
/// Exit codes: 0 nothing to do, or done; 1 the ledger isn't up to date; 2 could not run.
#[derive(clap::Args, Clone, Debug)]
#[command(verbatim_doc_comment, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub action: Option<LedgerAction>,
    /// Settle what a merge left in the file: lines of conflicts, and addresses that are said to lead to two places
    #[arg(long)]
    pub resolve: bool,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// What can be done with the ledger.
#[derive(clap::Subcommand, Clone, Debug)]
pub enum LedgerAction {
    /// Tell what `update` would change
    Status(StatusArguments),
    /// Begin to keep a ledger, with all that earlier commits published
    ///
    /// Each commit of the checked-out branch that changed the project is read out of git, the first
    /// first; of a merge only the side counts that was merged into. A page leads to where git says that
    /// its file went, a heading to the one in its place, or to the page that has it now. What went without
    /// a trace is told by `bokworm check` until a line says where it leads. Commits without a book.toml
    /// are read as if they had today's.
    #[command(verbatim_doc_comment)]
    Init(init::InitArguments),
    /// Add what is new, and where git says that things went
    Update(update::UpdateArguments),
    /// Say why an address went for good
    ///
    /// Who follows an old link then reads the reason, in which addresses are links.
    ///
    ///   bokworm ledger retire /docs/plan-2024 --reason "See /docs/plan-2026."
    ///   bokworm ledger retire --rest --reason "It was written anew: /docs"
    #[command(verbatim_doc_comment)]
    Retire(retire::RetireArguments),
}

/// What `bokworm ledger status` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct StatusArguments {
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// Does what is asked for with the ledger of the project of the folder `start`.
///
/// # Errors
/// If there is no project or no ledger, or the machine can't read or write what it has to.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    match &arguments.action {
        None if arguments.resolve => resolve::run(&arguments.project, start),
        None => update::status(&arguments.project, start),
        Some(LedgerAction::Status(status)) => update::status(&status.project, start),
        Some(LedgerAction::Init(arguments)) => init::run(arguments, start),
        Some(LedgerAction::Update(arguments)) => update::run(arguments, start),
        Some(LedgerAction::Retire(arguments)) => retire::run(arguments, start),
    }
}
