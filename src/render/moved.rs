//! Where a page's script leads from fragments that went to other pages.

use std::collections::BTreeMap;

use super::links::Linker;
use crate::ledger::Address;
use crate::site::Edition;

/// Old ids with addresses as the page writes them, as JSON; nothing for a page that needs no script.
pub(super) fn for_script(site: &Edition, linker: &Linker<'_>, moved: &BTreeMap<String, String>) -> Option<String> {
    if moved.is_empty() {
        return None;
    }
    let hrefs: BTreeMap<&String, String> = moved.iter().map(|(id, to)| (id, href(site, linker, to))).collect();
    serde_json::to_string(&hrefs).ok()
}

/// A link to an address of the ledger: it is exactly that, in whichever language the page is.
fn href(site: &Edition, linker: &Linker<'_>, to: &str) -> String {
    let Some(address) = Address::read(to) else { return to.to_owned() };
    let mut href =
        if site.file(&address.page).is_some() { linker.file(&address.page) } else { linker.page(&address.page) };
    if let Some(id) = address.fragment {
        href.push_str(&Address::place("", id).to_string());
    }
    href
}
