//! The ledger of addresses as it was read: its text, what it says, and what is wrong in it.

use std::sync::Arc;

use crate::conflict;
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::{Ledger, LedgerFault, LedgerFaultKind};
use crate::source::Source;

/// The ledger, read again only when its text differs.
#[derive(Default)]
pub(super) struct LedgerFile {
    pub(super) source: Option<Source>,
    pub(super) ledger: Arc<Ledger>,
    faults: Vec<LedgerFault>,
}

impl LedgerFile {
    /// Reads this file in place of the one that was here.
    pub(super) fn take(&mut self, source: Option<Source>) {
        if self.source == source {
            return;
        }
        let (ledger, faults) = source.as_ref().map(|source| Ledger::parse(&source.text)).unwrap_or_default();
        *self = Self { source, ledger: Arc::new(ledger), faults };
    }

    /// What is wrong in it. A whole conflict is told as those of other files are.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let Some(source) = &self.source else { return Vec::new() };
        let is_told = !conflict::find(&source.text, &[]).is_empty();
        let faults = self.faults.iter().filter(|fault| !is_told || fault.kind != LedgerFaultKind::Conflict);
        let finding = |fault: &LedgerFault| {
            Diagnostic::new(Code::InvalidLedger, &source.path, fault.span, &*fault.message).with_help(&*fault.help)
        };
        faults.map(finding).collect()
    }
}
