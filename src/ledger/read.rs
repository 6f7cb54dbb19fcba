//! The text of a ledger, read line by line. What programs and merges do to such a file is taken as it comes: lines in
//! any order, twice, with other line ends. What nobody can understand is told, and the rest counts.

use std::collections::btree_map::Entry;

use super::fault::{LedgerFault, LedgerFaultKind};
use super::{Address, Ledger, LedgerEntry, Standing, Successor};
use crate::source::Span;

/// What stands between an address and what became of it.
const ARROW: &str = "->";
/// What stands before the reason of an address that went for good.
const RETIRED: &str = "retired:";
/// How the lines begin that git leaves where two people changed the same.
const CONFLICT: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];

const LINE_HELP: &str = "A line is an address as in `/docs/roles#developers`, or says where it leads, as in \
                         `/old -> /docs/roles` and `/gone -> retired: \"why\"`.";

impl Ledger {
    /// Reads a ledger, and what is wrong in it.
    pub fn parse(text: &str) -> (Self, Vec<LedgerFault>) {
        let (mut ledger, mut faults) = (Self::default(), Vec::new());
        let (mut next, mut in_head) = (0, true);
        for whole in text.split_inclusive('\n') {
            let start = next;
            next += whole.len();
            let bare = if start == 0 { whole.trim_start_matches('\u{feff}') } else { whole };
            let line = bare.trim();
            let begin = start + (whole.len() - bare.len()) + (bare.len() - bare.trim_start().len());
            let span = Span::new(begin, begin + line.len());
            if line.is_empty() {
                continue;
            }
            if in_head && line.starts_with('#') {
                ledger.head.push_str(line);
                ledger.head.push('\n');
                continue;
            }
            in_head = false;
            if CONFLICT.iter().any(|mark| line.starts_with(mark)) {
                faults.push(conflict(span));
                continue;
            }
            match read_line(line) {
                Ok((address, standing)) => ledger.take(address, LedgerEntry { standing, span }),
                Err(message) => faults.push(LedgerFault {
                    kind: LedgerFaultKind::Unreadable,
                    span,
                    message,
                    help: LINE_HELP.to_owned(),
                }),
            }
        }
        ledger.settle_rivals();
        faults.extend(ledger.rivals.iter().map(|(address, rival)| ledger.contradiction(address, rival)));
        faults.sort_by_key(|fault| fault.span);
        ledger.unreadable = faults.iter().find(|fault| fault.kind == LedgerFaultKind::Unreadable).cloned();
        (ledger, faults)
    }

    /// Takes a line in. That an address was published says less than where it went.
    fn take(&mut self, address: Address, entry: LedgerEntry) {
        match self.entries.entry(address) {
            Entry::Vacant(place) => _ = place.insert(entry),
            Entry::Occupied(place) if place.get().standing == entry.standing => {}
            Entry::Occupied(_) if entry.standing == Standing::Published => {}
            Entry::Occupied(mut place) if place.get().standing == Standing::Published => _ = place.insert(entry),
            Entry::Occupied(place) => self.rivals.push((place.key().clone(), entry)),
        }
    }

    /// Where one of two branches shortened what the other left long, both lead to the same: nothing is contradicted.
    fn settle_rivals(&mut self) {
        let rivals = std::mem::take(&mut self.rivals);
        for (address, rival) in rivals {
            let (own, other) = match (self.entries.get(&address).map(|entry| &entry.standing), &rival.standing) {
                (Some(Standing::Moved(own)), Standing::Moved(other)) => (self.end_of(own), self.end_of(other)),
                _ => (None, None),
            };
            if own.is_none() || own != other {
                self.rivals.push((address, rival));
            }
        }
    }

    fn contradiction(&self, address: &Address, rival: &LedgerEntry) -> LedgerFault {
        let other = self.entries.get(address).map(|entry| entry.standing.told()).unwrap_or_default();
        LedgerFault {
            kind: LedgerFaultKind::Contradiction,
            span: rival.span,
            message: format!("`{address}` {} here, and {other} in another line", rival.standing.told()),
            help: "Keep one of the two lines, or let `bokworm ledger --resolve` choose.".to_owned(),
        }
    }
}

impl Standing {
    /// What became of it, to follow the address in a sentence.
    pub fn told(&self) -> String {
        match self {
            Self::Published => "is published".to_owned(),
            Self::Moved(successor) => format!("leads to `{successor}`"),
            Self::Retired(_) => "is retired".to_owned(),
        }
    }
}

fn conflict(span: Span) -> LedgerFault {
    LedgerFault {
        kind: LedgerFaultKind::Conflict,
        span,
        message: "a merge conflict was left here by git".to_owned(),
        help: "Both sides are read. Run `bokworm ledger --resolve` to bring them together.".to_owned(),
    }
}

fn read_line(line: &str) -> Result<(Address, Standing), String> {
    let (left, right) = match line.split_once(ARROW) {
        Some((left, right)) => (left.trim(), Some(right.trim())),
        None => (line, None),
    };
    let unreadable = || {
        if left.starts_with('#') {
            "a comment stands only at the top of the file".to_owned()
        } else {
            format!("`{left}` is not an address on the site")
        }
    };
    let address = Address::read(left).ok_or_else(unreadable)?;
    let Some(right) = right else { return Ok((address, Standing::Published)) };
    if let Some(reason) = right.strip_prefix(RETIRED) {
        let reason = read_reason(reason.trim());
        if reason.is_empty() {
            return Err(format!("`{address}` is retired without a reason"));
        }
        return Ok((address, Standing::Retired(reason)));
    }
    let successor =
        Successor::read(right).ok_or_else(|| format!("`{right}` is nowhere that `{address}` can lead to"))?;
    Ok((address, Standing::Moved(successor)))
}

impl Successor {
    /// Reads an address of the site or of another.
    pub fn read(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let is_elsewhere = lower.starts_with("https://") || lower.starts_with("http://");
        if is_elsewhere {
            return (!text.contains(|c: char| c.is_whitespace() || c.is_control()))
                .then(|| Self::Elsewhere(text.to_owned()));
        }
        Address::read(text).map(Self::Here)
    }
}

/// A reason, with its quotes or without.
fn read_reason(text: &str) -> String {
    let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let Some(quoted) = quoted else { return text.to_owned() };
    let mut reason = String::with_capacity(quoted.len());
    let mut signs = quoted.chars();
    while let Some(sign) = signs.next() {
        reason.extend(if sign == '\\' { signs.next() } else { Some(sign) });
    }
    reason.trim().to_owned()
}
