//! What happens to addresses, written into the ledger: nothing that it knows is ever lost, and no chain grows.

use super::{Address, Followed, Ledger, LedgerEntry, Standing, Successor};
use crate::source::Span;

impl Ledger {
    /// An address is published; whether that is news. Where it led is over then.
    pub fn record_published(&mut self, address: Address) -> bool {
        let news = self.entries.get(&address).is_none_or(|entry| entry.standing != Standing::Published);
        if news {
            self.set(address, Standing::Published);
        }
        news
    }

    /// What was at one address is at another from now on; what led to the first leads there, too.
    pub fn record_move(&mut self, from: &Address, to: &Address) {
        if from == to {
            return;
        }
        // Something is there again: what was said of its way elsewhere is over.
        match self.entries.get(to).map(|entry| &entry.standing) {
            Some(Standing::Published) | None => {}
            Some(_) if self.is_kept() => self.set(to.clone(), Standing::Published),
            Some(_) => _ = self.entries.remove(to),
        }
        self.set(from.clone(), Standing::Moved(Successor::Here(to.clone())));
        self.shorten();
    }

    /// Many moves that happened at once, none of which leads to where another begins.
    pub fn record_moves(&mut self, moves: Vec<(Address, Address)>) {
        if moves.is_empty() {
            return;
        }
        let is_kept = self.is_kept();
        for (from, to) in moves.into_iter().filter(|(from, to)| from != to) {
            // Something is there again: what was said of its way elsewhere is over.
            match self.entries.get(&to).map(|entry| &entry.standing) {
                Some(Standing::Published) | None => {}
                Some(_) if is_kept => self.set(to.clone(), Standing::Published),
                Some(_) => _ = self.entries.remove(&to),
            }
            self.set(from, Standing::Moved(Successor::Here(to)));
        }
        self.shorten();
    }

    /// What was at an address is on another site from now on.
    pub fn record_move_elsewhere(&mut self, from: &Address, to: String) {
        self.set(from.clone(), Standing::Moved(Successor::Elsewhere(to)));
        self.shorten();
    }

    /// An address went for good.
    pub fn record_retirement(&mut self, address: Address, reason: &str) {
        let in_one_line = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        self.set(address, Standing::Retired(in_one_line));
    }

    /// Forgets that an address was published, because it never was outside.
    pub fn forget(&mut self, address: &Address) -> bool {
        self.rivals.retain(|(other, _)| other != address);
        self.entries.remove(address).is_some()
    }

    /// Of two things that are said of an address, takes this one.
    pub fn resolve(&mut self, address: &Address, standing: Standing) {
        self.set(address.clone(), standing);
        self.rivals.retain(|(other, _)| other != address);
    }

    fn set(&mut self, address: Address, standing: Standing) {
        self.entries.insert(address, LedgerEntry { standing, span: Span::default() });
    }

    /// Has every move lead where its chain ends. What leads in a circle is left for somebody to see; and so is a place that
    /// only follows its page, as long as nobody knows that it arrived: somebody may say yet where it went.
    pub fn shorten(&mut self) {
        self.keep_fragments_of_chains();
        let shorter: Vec<(Address, Standing)> = self
            .moves()
            .filter_map(|(from, entry)| {
                let Standing::Moved(Successor::Here(to)) = &entry.standing else { return None };
                let end = match self.follow(to) {
                    Followed::Here(end) if end != *to && end != *from && self.is_settled(to, &end) => {
                        Standing::Moved(Successor::Here(end))
                    }
                    Followed::Elsewhere(end) => Standing::Moved(Successor::Elsewhere(end)),
                    Followed::Here(_) | Followed::Circle | Followed::Retired(_) => return None,
                };
                Some((from.clone(), end))
            })
            .collect();
        for (from, standing) in shorter {
            self.set(from, standing);
        }
    }

    /// Whether what is said of an address on the way to another can't change any more.
    fn is_settled(&self, middle: &Address, end: &Address) -> bool {
        self.entry(middle).is_none_or(|entry| entry.standing != Standing::Published) || self.entry(end).is_some()
    }

    /// Fragments that went by themselves from a page in the middle of a chain lead there from its beginning, too: once the
    /// chain is shorter, it doesn't pass that page any more. A ledger that is kept knows which fragments there were.
    fn keep_fragments_of_chains(&mut self) {
        let is_kept = self.is_kept();
        let mut kept = Vec::new();
        for (from, entry) in self.moves().filter(|(from, _)| from.fragment.is_none()) {
            let Standing::Moved(Successor::Here(middle)) = &entry.standing else { continue };
            if middle.fragment.is_some() || self.follow(middle) == Followed::Here(middle.clone()) {
                continue;
            }
            for (id, went) in self.places_on(&middle.page) {
                let own = Address::place(&*from.page, id);
                let is_wanted = match self.entry(&own) {
                    Some(entry) => entry.standing == Standing::Published,
                    None => !is_kept,
                };
                if is_wanted && matches!(went.standing, Standing::Moved(_)) {
                    kept.push((own, went.standing.clone()));
                }
            }
        }
        for (address, standing) in kept {
            self.set(address, standing);
        }
    }
}
