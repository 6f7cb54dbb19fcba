//! Where an address leads at last: from entry to entry, a page's fragments along with the page.

use std::collections::HashSet;

use super::{Address, Ledger, Standing, Successor};

/// Where an address leads at last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed<'a> {
    /// To an address of which nothing says that it went.
    Here(Address),
    /// To another site.
    Elsewhere(String),
    /// Nowhere any more, for a reason.
    Retired(&'a str),
    /// Back to where it was.
    Circle,
}

impl Ledger {
    /// Where an address leads at last; to itself, if nothing is said of it.
    pub fn follow(&self, address: &Address) -> Followed<'_> {
        let mut address = address.clone();
        let mut seen = HashSet::new();
        loop {
            let next = match self.step(&address) {
                None => return Followed::Here(address),
                Some(FollowedStep::Retired(reason)) => return Followed::Retired(reason),
                Some(FollowedStep::To(Successor::Elsewhere(to))) => return Followed::Elsewhere(to),
                Some(FollowedStep::To(Successor::Here(next))) => next,
            };
            if next == address || !seen.insert(address) {
                return Followed::Circle;
            }
            address = next;
        }
    }

    /// The pages that a page's own way leads by, itself first.
    pub fn pages_passed<'a>(&'a self, page: &'a str) -> Vec<&'a str> {
        let mut passed = vec![page];
        while let Some(Standing::Moved(Successor::Here(next))) =
            passed.last().and_then(|page| self.entries.get(&Address::page(*page))).map(|entry| &entry.standing)
        {
            if next.fragment.is_some() || passed.contains(&next.page.as_str()) {
                break;
            }
            passed.push(&next.page);
        }
        passed
    }

    /// Where a successor leads at last; nothing in a circle.
    pub(super) fn end_of(&self, successor: &Successor) -> Option<Successor> {
        match successor {
            Successor::Elsewhere(_) => Some(successor.clone()),
            Successor::Here(address) => match self.follow(address) {
                Followed::Here(address) => Some(Successor::Here(address)),
                Followed::Elsewhere(to) => Some(Successor::Elsewhere(to)),
                Followed::Retired(_) => Some(successor.clone()),
                Followed::Circle => None,
            },
        }
    }

    /// What is said of an address itself, or else of its page.
    fn step(&self, address: &Address) -> Option<FollowedStep<'_>> {
        let own = self.entries.get(address).and_then(|entry| FollowedStep::of(&entry.standing));
        let Some(fragment) = &address.fragment else { return own };
        own.or_else(|| match FollowedStep::of(&self.entries.get(&address.without_fragment())?.standing)? {
            FollowedStep::To(Successor::Here(page)) if page.fragment.is_none() => {
                Some(FollowedStep::To(Successor::Here(Address::place(page.page, fragment))))
            }
            FollowedStep::To(Successor::Elsewhere(to)) if !to.contains('#') => {
                let fragment = Address::place("", fragment).to_string();
                Some(FollowedStep::To(Successor::Elsewhere(to + &fragment)))
            }
            of_page => Some(of_page),
        })
    }
}

enum FollowedStep<'a> {
    To(Successor),
    Retired(&'a str),
}

impl<'a> FollowedStep<'a> {
    fn of(standing: &'a Standing) -> Option<Self> {
        match standing {
            Standing::Published => None,
            Standing::Moved(successor) => Some(Self::To(successor.clone())),
            Standing::Retired(reason) => Some(Self::Retired(reason)),
        }
    }
}
