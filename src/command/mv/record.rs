//! What the ledger of addresses says after a move, and after one is taken back.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};

use crate::ledger::{self, Address, Ledger, LedgerEntry, Standing, Successor};
use crate::moving::MovedAddress;
use crate::project::Project;
use crate::source::{Root, SourcePath};
use crate::transaction::TextChange;

/// A file that is written: where it lies before and after, and what it holds then.
pub(super) struct PlannedText {
    pub(super) before: SourcePath,
    pub(super) after: SourcePath,
    /// Nothing for a file that isn't there yet.
    pub(super) old: Option<Arc<str>>,
    pub(super) new: String,
}

/// The ledger with the old addresses in it, if that is another text.
pub(super) fn with(project: &Project, addresses: &[MovedAddress]) -> anyhow::Result<Option<PlannedText>> {
    if addresses.is_empty() {
        return Ok(None);
    }
    let old = read(&project.root)?;
    let (mut ledger, faults) = Ledger::parse(old.as_deref().unwrap_or_default());
    if let Some(fault) = faults.first() {
        bail!("`{}`: {}\nhelp: {}", ledger::FILE, fault.message, fault.help);
    }
    ledger.record_moves(addresses.iter().map(|moved| (moved.from.clone(), moved.to.clone())).collect());
    let path = SourcePath::new(Root::Project, ledger::FILE);
    let new = ledger.write();
    let is_news = old.as_deref() != Some(&*new);
    Ok(is_news.then(|| PlannedText { before: path.clone(), after: path, old, new }))
}

/// What a move did to the ledger, where a build has written into that since: what is to be there once the move is taken
/// back. The addresses that were new then lead back.
pub(super) fn taken_back(root: &Path, change: &TextChange) -> anyhow::Result<Option<TextChange>> {
    let Some(now) = read(root)? else { return Ok(None) };
    if *now == *change.new || Some(&*now) == change.old.as_deref() {
        return Ok(None);
    }
    let (mut ledger, faults) = Ledger::parse(&now);
    if !faults.is_empty() {
        return Ok(None);
    }
    let (was, _) = Ledger::parse(change.old.as_deref().unwrap_or_default());
    let (made, _) = Ledger::parse(&change.new);
    let is_published = |address| was.entry(address).is_some_and(|entry| entry.standing == Standing::Published);
    let is_news = |(address, entry): &(&Address, &LedgerEntry)| match was.entry(address).map(|was| &was.standing) {
        None | Some(Standing::Published) => true,
        // What only followed something that moved follows it back by itself.
        Some(Standing::Moved(Successor::Here(middle))) => made.follow(middle) != made.follow(address),
        Some(was) => *was != entry.standing,
    };
    let mut back = Vec::new();
    for (address, entry) in made.moves().filter(is_news) {
        match &entry.standing {
            // What was there before the move stays, and so does what led to it for a while.
            Standing::Moved(Successor::Here(to)) if is_published(to) => match was.entry(address) {
                Some(_) => ledger.resolve(address, Standing::Published),
                None => _ = ledger.forget(address),
            },
            Standing::Moved(Successor::Here(to)) => back.push((to.clone(), address.clone())),
            _ => {}
        }
    }
    ledger.record_moves(back);
    Ok(Some(TextChange { file: change.file.clone(), old: Some(ledger.write()), new: now.to_string() }))
}

fn read(root: &Path) -> anyhow::Result<Option<Arc<str>>> {
    let file = root.join(ledger::FILE);
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(Some(text.into())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("`{}` can't be read", file.display())),
    }
}
