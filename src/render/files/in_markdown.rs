//! How titles and addresses are written in Markdown that programs read: links by whole addresses, to copies where there are.

use crate::render::facts;
use crate::site::{Edition, EntryId, PageId, Place, Resolution, address};

/// Where a link of a copy leads; nothing where it stays as it is.
pub(crate) fn target(site: &Edition, to: &Resolution) -> Option<String> {
    let path = match &to.place {
        Place::Elsewhere if to.book.is_some() => plain(&to.address),
        Place::Page(id) => link_to(site, *id),
        Place::Route(route) => whole(site, &address::encode_page(&site.config.urls, route)),
        Place::File(route) => whole_address(site, route),
        _ => return None,
    };
    let query = if to.query.is_empty() { String::new() } else { format!("?{}", to.query) };
    let fragment = if to.fragment.is_empty() { String::new() } else { format!("#{}", plain(&to.fragment)) };
    Some(path + &query + &fragment)
}

pub(crate) fn link_to(site: &Edition, id: PageId) -> String {
    whole_address(site, &facts::markdown_file(site, id))
}

/// Where an entry of a catalogue can be read: its page's copy, or out of the site.
pub(crate) fn entry_target(site: &Edition, entry: EntryId) -> Option<String> {
    let own = site.entry_route(entry).map(|route| whole_address(site, &facts::copy_at(site, route)));
    own.or_else(|| site.entry_address(entry).map(plain))
}

/// The whole address of a file, or the way from the site's root where the site does not say where it lies.
pub(crate) fn whole_address(site: &Edition, file: &str) -> String {
    whole(site, &address::encode_path(file.trim_start_matches('/')))
}

/// The whole address of what lies at an encoded path.
pub(crate) fn whole(site: &Edition, path: &str) -> String {
    let base = facts::base_url(site).unwrap_or_else(|| site.config.site.base_path.clone());
    plain(&format!("{base}{path}"))
}

/// An encoded address that can stand in a link's parentheses.
pub(crate) fn plain(address: &str) -> String {
    address.replace('(', "%28").replace(')', "%29").replace(' ', "%20")
}

/// A text without line breaks.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn bracketed(text: &str) -> String {
    text.replace('[', "\\[").replace(']', "\\]")
}
