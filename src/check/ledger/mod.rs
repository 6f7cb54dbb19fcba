//! What the ledger of addresses promises and the site doesn't keep: addresses and headings that were published and
//! that nothing answers at, moves that lead nowhere, and what is published and not recorded yet.

mod likely;

use std::collections::BTreeSet;

use super::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::ledger::{self, Address, Followed, Ledger, LedgerEntry, Standing, Successor};
use crate::site::SiteAddresses;
use crate::source::{Root, SourcePath, Span};
use likely::Likely;

/// How many addresses a finding names that tells of many.
const NAMED: usize = 3;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    // One file for all languages: it is told of with the original.
    let (ledger, Some(others)) = (&*context.site.ledger, context.others) else { return };
    if ledger.is_empty() {
        return;
    }
    let editions = std::iter::once(context.site).chain(others.iter().copied()).collect();
    let addresses = SiteAddresses::among(editions);
    let published = addresses.published();
    let path = SourcePath::new(Root::Project, ledger::FILE);
    let judge = Judge { ledger, addresses: &addresses, likely: Likely::of(&addresses, &published), path: &path };
    findings.extend(ledger.entries().filter_map(|(address, entry)| judge.entry(address, entry)));
    if ledger.is_kept() {
        findings.extend(unrecorded(ledger, &published, &path));
    }
}

struct Judge<'a> {
    ledger: &'a Ledger,
    addresses: &'a SiteAddresses<'a>,
    likely: Likely<'a>,
    path: &'a SourcePath,
}

impl Judge<'_> {
    /// What is wrong with an entry.
    fn entry(&self, address: &Address, entry: &LedgerEntry) -> Option<Diagnostic> {
        if entry.standing == Standing::Published {
            return self.published(address, entry.span);
        }
        if self.addresses.is_published(address) {
            let message = format!("`{address}` {}, and something is published there again", entry.standing.told());
            let finding = Diagnostic::new(Code::BrokenRedirect, self.path, entry.span, message);
            let help = "What is published counts. Take away what follows the address.";
            return Some(finding.with_help(help).with_fix(Fix::replace(entry.span, address.to_string())));
        }
        if let Standing::Moved(Successor::Here(to)) = &entry.standing
            && self.addresses.loss(self.ledger, to).is_some()
        {
            // What it leads to is told of.
            return None;
        }
        let problem = match self.ledger.follow(address) {
            Followed::Circle => "comes back to where it began".to_owned(),
            Followed::Here(end) if !self.addresses.answers(&end) => match &end.fragment {
                Some(_) if self.addresses.answers(&end.without_fragment()) => {
                    format!("leads to `{end}`, where there is no such heading")
                }
                _ => format!("leads to `{end}`, where there is nothing"),
            },
            _ => return None,
        };
        let finding = Diagnostic::new(
            Code::BrokenRedirect,
            self.path,
            entry.span,
            format!("the old address `{address}` {problem}"),
        );
        Some(finding.with_help("Let it lead to an address of the site, or retire it with a reason."))
    }

    /// What is wrong with an address that was published, and of which nothing says that it went.
    fn published(&self, address: &Address, span: Span) -> Option<Diagnostic> {
        let end = self.addresses.loss(self.ledger, address)?;
        let page = end.without_fragment();
        let (code, message) = match &end.fragment {
            Some(id) => {
                let on = if page.page == address.page { String::new() } else { format!(" on `{page}`") };
                (Code::LostHeading, format!("`{address}` was published, and no heading has the id `{id}`{on} any more"))
            }
            None => (Code::LostAddress, format!("`{address}` was published, and nothing answers there any more")),
        };
        let finding = Diagnostic::new(code, self.path, span, message).with_target(address.to_string());
        let retire = "If it went for good, say why: `bokworm ledger retire ADDRESS --reason TEXT`.";
        let Some(guess) = self.likely.successor(&end) else {
            return Some(
                finding.with_help(format!("Say where it went: write `{address} -> ` and its new address.\n{retire}")),
            );
        };
        let line = format!("{address} -> {}", guess.address);
        let finding = finding.with_help(format!("{} Write `{line}`.\n{retire}", guess.why));
        Some(if guess.is_sure { finding.with_fix(Fix::replace(span, line)) } else { finding })
    }
}

/// What is published and not in the ledger yet.
fn unrecorded(ledger: &Ledger, published: &BTreeSet<Address>, path: &SourcePath) -> Option<Diagnostic> {
    let new: Vec<&Address> = published.iter().filter(|address| ledger.entry(address).is_none()).collect();
    let named = new.iter().take(NAMED).map(|address| format!("`{address}`")).collect::<Vec<_>>().join(", ");
    let (is, more) = (if new.len() == 1 { "is" } else { "are" }, new.len().saturating_sub(NAMED));
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let count = match new.len() {
        0 => return None,
        1 => "1 address".to_owned(),
        several => format!("{several} addresses"),
    };
    let message = format!("{count} {is} not in `{}` yet: {named}{rest}", ledger::FILE);
    let help = "`bokworm build` and `bokworm ledger update` add what is new.";
    Some(Diagnostic::new(Code::UnrecordedAddress, path, Span::default(), message).with_help(help))
}
