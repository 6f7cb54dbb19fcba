//! Where a page's script leads from fragments that went to other pages.

use std::collections::BTreeMap;

use super::links::Linker;
use crate::page::LinkKind;
use crate::site::Edition;

/// Old ids with addresses as the page writes them, as JSON; nothing for a page that needs no script.
pub(super) fn for_script(site: &Edition, linker: &Linker<'_>, moved: &BTreeMap<String, String>) -> Option<String> {
    if moved.is_empty() {
        return None;
    }
    let href = |to: &String| linker.link(&site.resolve_from_root(to, LinkKind::Link), to);
    let hrefs: BTreeMap<&String, String> = moved.iter().map(|(id, to)| (id, href(to))).collect();
    serde_json::to_string(&hrefs).ok()
}
