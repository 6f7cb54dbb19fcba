//! The ledger's file: read with care, since whoever writes it anew must lose nothing, and written in one step.

use super::super::opened;
use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::command::flags::Flags;
use crate::history;
use crate::ledger::{self, Address, Ledger};
use crate::mend;
use crate::project::Project;
use crate::session::{Purpose, State};
use crate::site::SiteAddresses;
use crate::source::{LineColumn, Root, Source, SourcePath};

/// The project as it stands. What can't be read in its configuration would change addresses.
pub(super) fn opened(flags: &Flags, start: &Path) -> anyhow::Result<State> {
    let project = opened::project(start, &flags.overrides())?;
    anyhow::ensure!(
        !project.is_misconfigured(),
        "the configuration has mistakes, so nobody knows which addresses the site has\nhelp: `bokworm check` tells them"
    );
    Ok(opened::session(project, Purpose::Ask)?.state())
}

/// The ledger of a project as its file has it.
pub(crate) struct LedgerOnDisk {
    pub(crate) file: PathBuf,
    /// Its text, if there is a file.
    pub(crate) text: Option<String>,
    pub(crate) ledger: Ledger,
}

impl LedgerOnDisk {
    /// Reads it from what the project was read with.
    ///
    /// # Errors
    /// If a line can't be read, and would be lost.
    pub(crate) fn of(state: &State) -> anyhow::Result<Self> {
        let source = state.source(&SourcePath::new(Root::Project, ledger::FILE));
        // It was read with the project.
        let ledger = Ledger::clone(&state.original().ledger);
        if let (Some(source), Some(fault)) = (source, ledger.unreadable()) {
            bail!("{}:{}: {}\nhelp: {}", ledger::FILE, line_of(source, fault.span.start), fault.message, fault.help);
        }
        let text = source.map(|source| source.text.to_string());
        Ok(Self { file: state.project.root.join(ledger::FILE), text, ledger })
    }

    /// Writes it, if it says something else than the file; whether it did.
    ///
    /// # Errors
    /// If it can't be written, or somebody else wrote it meanwhile.
    pub(crate) fn write(&self) -> anyhow::Result<bool> {
        let text = self.ledger.write();
        match &self.text {
            None => mend::create(&self.file, &text)?,
            Some(before) if *before == text => return Ok(false),
            Some(before) => {
                let is_same = mend::is_as_read(&self.file, before)?;
                anyhow::ensure!(is_same, "`{}` was changed by somebody else meanwhile", self.file.display());
                mend::replace(&self.file, &text)?;
            }
        }
        Ok(true)
    }

    /// Adds what is published and new; how many addresses that were.
    pub(crate) fn add_new(&mut self, addresses: &SiteAddresses<'_>) -> usize {
        let new: Vec<_> =
            addresses.published().into_iter().filter(|address| self.ledger.entry(address).is_none()).collect();
        new.into_iter().filter(|address| self.ledger.record_published(address.clone())).count()
    }

    /// Addresses that nothing answers at and that were never committed: they were tried, and went again.
    pub(crate) fn tries(&self, project: &Project, addresses: &SiteAddresses<'_>) -> Vec<Address> {
        let lost: Vec<Address> = addresses.lost(&self.ledger).into_iter().cloned().collect();
        if lost.is_empty() {
            return lost;
        }
        let committed = history::committed_text(&project.root, ledger::FILE);
        let Some(committed) = committed.map(|text| Ledger::parse(&text).0) else { return Vec::new() };
        let is_new = |address: &Address| committed.entry(address).is_none();
        let tries: Vec<Address> = lost.into_iter().filter(is_new).collect();
        // The headings of a page go with it.
        let places = tries.iter().filter(|address| address.fragment.is_none()).flat_map(|page| {
            self.ledger.places_on(&page.page).map(|(id, _)| Address::place(&*page.page, id)).filter(is_new)
        });
        let places: Vec<Address> = places.collect();
        tries.into_iter().chain(places).collect()
    }

    /// Forgets them.
    pub(crate) fn forget(&mut self, tries: &[Address]) {
        tries.iter().for_each(|address| _ = self.ledger.forget(address));
    }
}

fn line_of(source: &Source, offset: usize) -> usize {
    LineColumn::of(&source.text, offset).line
}
