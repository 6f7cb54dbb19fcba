//! `bokworm ledger --resolve`: what a merge left in the file, brought together. Both sides of a conflict are lines like
//! all others; of two things that are said of one address, the one counts that leads somewhere.

use std::path::Path;

use super::file::{LedgerOnDisk, opened};
use crate::command::Outcome;
use crate::command::flags::Flags;
use crate::diagnostic::counted;
use crate::ledger::{Address, Followed, Ledger, Standing, Successor};
use crate::site::SiteAddresses;
use crate::terminal;

pub(super) fn run(flags: &Flags, start: &Path) -> anyhow::Result<Outcome> {
    let state = opened(flags, start)?;
    let mut on_disk = LedgerOnDisk::of(&state)?;
    let addresses = SiteAddresses::of(&state.library);
    let contradicted: Vec<(Address, Standing)> =
        on_disk.ledger.rivals().map(|(address, entry)| (address.clone(), entry.standing.clone())).collect();
    let count = contradicted.len();
    for (address, other) in contradicted {
        let own = on_disk.ledger.entry(&address).map(|entry| entry.standing.clone());
        let own = own.unwrap_or(Standing::Published);
        let is_better = worth(&other, &on_disk.ledger, &addresses) > worth(&own, &on_disk.ledger, &addresses);
        on_disk.ledger.resolve(&address, if is_better { other } else { own });
    }
    on_disk.ledger.shorten();
    let file = state.project.shown(&on_disk.file);
    terminal::say(&match on_disk.write()? {
        false => format!("`{file}` has nothing to settle.\n"),
        true if count == 0 => format!("`{file}` is sorted, and has no conflict any more.\n"),
        true => format!("`{file}` has no conflict any more: {} settled.\n", counted(count, "contradiction")),
    })?;
    Ok(Outcome::Clean)
}

/// How much is to be said for it.
fn worth(standing: &Standing, ledger: &Ledger, addresses: &SiteAddresses<'_>) -> u8 {
    let answers = |end: Followed<'_>| match end {
        Followed::Here(end) => addresses.answers(&end),
        Followed::Elsewhere(_) => true,
        Followed::Retired(_) | Followed::Circle => false,
    };
    match standing {
        Standing::Moved(Successor::Elsewhere(_)) => 3,
        Standing::Moved(Successor::Here(to)) if answers(ledger.follow(to)) => 3,
        Standing::Retired(_) => 2,
        Standing::Moved(_) => 1,
        Standing::Published => 0,
    }
}
