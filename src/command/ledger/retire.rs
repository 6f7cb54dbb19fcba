//! `bokworm ledger retire`: an address that went for good, and why.

use std::path::Path;

use anyhow::{Context, bail};

use super::file::{LedgerOnDisk, opened};
use crate::command::Outcome;
use crate::command::flags::Flags;
use crate::ledger::{self, Address};
use crate::nearest::nearest;
use crate::site::SiteAddresses;
use crate::terminal;

/// What `bokworm ledger retire` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct RetireArguments {
    /// The address as the ledger has it, without host and base path: /docs/roles or /docs/roles#developers
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    /// Why, in words for readers
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

pub(super) fn run(arguments: &RetireArguments, start: &Path) -> anyhow::Result<Outcome> {
    let written = &arguments.address;
    let address = Address::read(written)
        .with_context(|| format!("`{written}` is no address on the site\nhelp: write it as in `/docs/roles`"))?;
    anyhow::ensure!(!arguments.reason.trim().is_empty(), "an address is retired for a reason: write it in words");
    let state = opened(&arguments.project, start)?;
    let mut on_disk = LedgerOnDisk::of(&state)?;
    if SiteAddresses::of(&state.library).is_published(&address) {
        bail!("`{address}` is still published\nhelp: take away the page or heading first");
    }
    if on_disk.ledger.entry(&address).is_none() {
        let known: Vec<String> = on_disk.ledger.entries().map(|(address, _)| address.to_string()).collect();
        let meant = nearest(&address.to_string(), known.iter().map(String::as_str));
        let meant = meant.map(|meant| format!("\nhelp: did you mean `{meant}`?")).unwrap_or_default();
        bail!("`{}` has no `{address}`{meant}", ledger::FILE);
    }
    on_disk.ledger.record_retirement(address.clone(), &arguments.reason);
    on_disk.write()?;
    terminal::say(&format!("`{address}` is retired.\n"))?;
    Ok(Outcome::Clean)
}
