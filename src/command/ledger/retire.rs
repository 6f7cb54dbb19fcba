//! `bokworm ledger retire`: an address that went for good, and why; or all of which nobody knows where they went.

use std::path::Path;

use anyhow::{Context, bail};

use super::file::{LedgerOnDisk, opened};
use crate::command::Outcome;
use crate::command::flags::Flags;
use crate::ledger::{self, Address, Ledger};
use crate::nearest::nearest;
use crate::site::SiteAddresses;
use crate::terminal;

/// What `bokworm ledger retire` takes.
#[derive(clap::Args, Clone, Debug)]
pub struct RetireArguments {
    /// The address as the ledger has it, without host and base path: /docs/roles or /docs/roles#developers
    #[arg(value_name = "ADDRESS", required_unless_present = "rest")]
    pub address: Option<String>,
    /// In place of an address: all at which nothing answers
    #[arg(long, conflicts_with = "address")]
    pub rest: bool,
    /// Why, in words for readers
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

pub(super) fn run(arguments: &RetireArguments, start: &Path) -> anyhow::Result<Outcome> {
    anyhow::ensure!(!arguments.reason.trim().is_empty(), "an address is retired for a reason: write it in words");
    let named = arguments.address.as_deref().map(read).transpose()?;
    let state = opened(&arguments.project, start)?;
    let mut on_disk = LedgerOnDisk::of(&state)?;
    let addresses = SiteAddresses::of(&state.library);
    let Some(address) = named else {
        let text = match retire_rest(&mut on_disk.ledger, &addresses, &arguments.reason) {
            0 => "Something answers at every address: nothing is retired.\n".to_owned(),
            1 => "1 address is retired.\n".to_owned(),
            several => format!("{several} addresses are retired.\n"),
        };
        on_disk.write()?;
        terminal::say(&text)?;
        return Ok(Outcome::Clean);
    };
    if addresses.is_published(&address) {
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

fn read(written: &str) -> anyhow::Result<Address> {
    Address::read(written)
        .with_context(|| format!("`{written}` is no address on the site\nhelp: write it as in `/docs/roles`"))
}

/// Retires all that nothing answers at, and says how much that is. A page's headings go with it.
pub(super) fn retire_rest(ledger: &mut Ledger, addresses: &SiteAddresses<'_>, reason: &str) -> usize {
    let lost: Vec<Address> = addresses.lost(ledger).into_iter().cloned().collect();
    let count = lost.len();
    lost.into_iter().for_each(|address| ledger.record_retirement(address, reason));
    count
}
