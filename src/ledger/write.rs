//! A ledger written: sorted, one address a line, so that two people's additions meet in few places.

use std::fmt;

use super::{Address, Ledger, LedgerEntry, Standing, Successor};

/// What stands at the top of a file that bokworm began.
const HEAD: &str = "# Every address that this site published, and where each leads now. `bokworm ledger --help` says how it is kept.\n";

impl Ledger {
    /// The text of the file.
    pub fn write(&self) -> String {
        let mut text = if self.head.is_empty() { HEAD.to_owned() } else { self.head.clone() };
        let mut lines: Vec<(&Address, &LedgerEntry)> = self.entries.iter().chain(self.rivals()).collect();
        lines.sort_by_key(|(address, _)| *address);
        for (address, entry) in lines {
            text.push_str(&format!("{address}{}\n", entry.standing));
        }
        text
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Published => Ok(()),
            Self::Moved(successor) => write!(f, " -> {successor}"),
            Self::Retired(reason) => {
                let escaped = reason.replace('\\', "\\\\").replace('"', "\\\"");
                write!(f, " -> retired: \"{escaped}\"")
            }
        }
    }
}

impl fmt::Display for Successor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here(address) => address.fmt(f),
            Self::Elsewhere(address) => f.write_str(address),
        }
    }
}
