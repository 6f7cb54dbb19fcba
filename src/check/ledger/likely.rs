//! Where an address most likely went that nothing answers at: to a page with the same last name, to a heading with the
//! same id or nearly. Knows only what is published now.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::Address;
use crate::nearest::nearest;
use crate::site::SiteAddresses;

/// Where an address may have gone.
pub(super) struct Guess {
    pub(super) address: Address,
    /// Why one thinks so, in a sentence.
    pub(super) why: String,
    /// Whether nobody has to look at it.
    pub(super) is_sure: bool,
}

/// Everything that is published, by what it may be recognised by.
pub(super) struct Likely<'a> {
    addresses: &'a SiteAddresses<'a>,
    published: &'a BTreeSet<Address>,
    by_name: OnceCell<BTreeMap<String, Vec<&'a Address>>>,
    by_id: OnceCell<BTreeMap<&'a str, Vec<&'a Address>>>,
}

impl<'a> Likely<'a> {
    pub(super) fn of(addresses: &'a SiteAddresses<'a>, published: &'a BTreeSet<Address>) -> Self {
        Self { addresses, published, by_name: OnceCell::new(), by_id: OnceCell::new() }
    }

    /// Where an address most likely went.
    pub(super) fn successor(&self, lost: &Address) -> Option<Guess> {
        match &lost.fragment {
            Some(id) => self.heading(lost, id),
            None => self.page(lost),
        }
    }

    fn page(&self, lost: &Address) -> Option<Guess> {
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name: BTreeMap<String, Vec<&Address>> = BTreeMap::new();
            for address in self.published.iter().filter(|address| address.fragment.is_none()) {
                by_name.entry(plain(last(&address.page))).or_default().push(address);
            }
            by_name
        });
        if let Some([only]) = by_name.get(&plain(last(&lost.page))).map(Vec::as_slice) {
            let why = format!("Only `{only}` is called the same.");
            return Some(Guess { address: (*only).clone(), why, is_sure: true });
        }
        let pages = self.published.iter().filter(|address| address.fragment.is_none());
        let near = nearest(&lost.page, pages.map(|address| address.page.as_str()))?;
        let address = Address::page(near);
        Some(Guess { why: format!("Did it go to `{address}`?"), address, is_sure: false })
    }

    fn heading(&self, lost: &Address, id: &str) -> Option<Guess> {
        let here = self.addresses.ids_on(&lost.page);
        if let Some(same) = here.iter().find(|other| plain(other) == plain(id)) {
            let address = Address::place(&*lost.page, same);
            return Some(Guess { why: format!("`{same}` is nearly the same."), address, is_sure: true });
        }
        let by_id = self.by_id.get_or_init(|| {
            let mut by_id: BTreeMap<&str, Vec<&Address>> = BTreeMap::new();
            for address in self.published {
                if let Some(id) = &address.fragment {
                    by_id.entry(id).or_default().push(address);
                }
            }
            by_id
        });
        if let Some([only]) = by_id.get(id).map(Vec::as_slice) {
            let why = format!("Only `{only}` has that id.");
            return Some(Guess { address: (*only).clone(), why, is_sure: true });
        }
        let near = nearest(id, here.iter().map(String::as_str))?;
        let address = Address::place(&*lost.page, near);
        Some(Guess { why: format!("Did it become `{address}`?"), address, is_sure: false })
    }
}

/// The last name of an address.
fn last(page: &str) -> &str {
    page.rsplit('/').next().unwrap_or_default()
}

/// A name without what people change about names: capitals, and how words are joined.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
