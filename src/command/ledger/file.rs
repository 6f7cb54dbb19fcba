//! The ledger's file: read with care, since whoever writes it anew must lose nothing, and written in one step.

use std::path::PathBuf;

use anyhow::bail;

use crate::history;
use crate::ledger::{self, Ledger, LedgerFaultKind};
use crate::mend;
use crate::project::Project;
use crate::session::State;
use crate::site::SiteAddresses;
use crate::source::{LineColumn, Root, Source, SourcePath};

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
        let (ledger, faults) = source.map(|source| Ledger::parse(&source.text)).unwrap_or_default();
        if let (Some(source), Some(fault)) =
            (source, faults.iter().find(|fault| fault.kind == LedgerFaultKind::Unreadable))
        {
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

    /// Forgets addresses that nothing answers at and that were never committed: they were tried, and went again. How
    /// many that were.
    pub(crate) fn forget_tries(&mut self, project: &Project, addresses: &SiteAddresses<'_>) -> usize {
        let lost: Vec<_> = addresses.lost(&self.ledger).into_iter().cloned().collect();
        if lost.is_empty() {
            return 0;
        }
        let committed = history::committed_text(&project.root, ledger::FILE);
        let Some(committed) = committed.map(|text| Ledger::parse(&text).0) else { return 0 };
        let tried: Vec<_> = lost.into_iter().filter(|address| committed.entry(address).is_none()).collect();
        tried.iter().filter(|address| self.ledger.forget(address)).count()
    }
}

fn line_of(source: &Source, offset: usize) -> usize {
    LineColumn::of(&source.text, offset).line
}
