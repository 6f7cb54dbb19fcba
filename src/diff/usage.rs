//! Which pages show a file that is published as it is: those that name it, by themselves, by a style sheet or by what stands
//! on every page.

use std::collections::{BTreeSet, HashMap};

use percent_encoding::percent_decode_str;

use super::view::{ComparedSite, PageSeen};
use crate::html::{sheet, unread};
use crate::page::LinkKind;
use crate::site::{Edition, Place, address};
use crate::source::Asset;

/// Who names the files of a site.
pub(super) struct FileUsers {
    /// For each address of a file, the pages that name it.
    pages: HashMap<String, BTreeSet<usize>>,
    /// For each address of a file, the addresses of style sheets that name it.
    sheets: HashMap<String, Vec<String>>,
}

impl FileUsers {
    /// Looks at all pages of a site, and at its style sheets, which `text` reads.
    pub(super) fn of(site: &ComparedSite<'_>, text: &dyn Fn(&Asset) -> Option<String>) -> Self {
        let mut users = Self { pages: HashMap::new(), sheets: HashMap::new() };
        let mut everywhere: HashMap<*const Edition, Vec<String>> = HashMap::new();
        for (place, page) in site.pages.iter().enumerate() {
            let framing = everywhere.entry(std::ptr::from_ref(page.edition)).or_insert_with(|| framing(page.edition));
            for route in named_on(page).into_iter().chain(framing.iter().cloned()) {
                users.pages.entry(route).or_default().insert(place);
            }
        }
        for file in site.files.values().filter(|file| file.route.to_ascii_lowercase().ends_with(".css")) {
            let Some(text) = text(file.asset) else { continue };
            for named in sheet::addresses(&text) {
                let (path, _) = named.span.of(&text).split_once(['?', '#']).unwrap_or((named.span.of(&text), ""));
                let path = percent_decode_str(path).decode_utf8_lossy();
                let meant = address::encode_path(&address::resolve(address::parent(file.route), &path)).into_owned();
                if let Some(route) = file.edition.resolve_from_root(&meant, LinkKind::Resource).place.file() {
                    users.sheets.entry(route).or_default().push(file.route.to_owned());
                }
            }
        }
        users
    }

    /// The pages that show the file at an address.
    pub(super) fn pages(&self, route: &str) -> BTreeSet<usize> {
        let (mut waiting, mut seen) = (vec![route], BTreeSet::from([route]));
        let mut pages = BTreeSet::new();
        while let Some(route) = waiting.pop() {
            pages.extend(self.pages.get(route).into_iter().flatten());
            let sheets = self.sheets.get(route).into_iter().flatten().map(String::as_str);
            waiting.extend(sheets.filter(|sheet| seen.insert(*sheet)));
        }
        pages
    }
}

/// The addresses of the files that a page names.
fn named_on(page: &PageSeen<'_>) -> BTreeSet<String> {
    let PageSeen { edition, id, page, .. } = *page;
    let mut named: BTreeSet<String> = edition.files_of(id).collect();
    let unread = unread::addresses(&page.text, page.body_start).into_iter();
    let places = unread.map(|written| edition.resolve_from(id, written.span.of(&page.text), LinkKind::Resource).place);
    named.extend(places.filter_map(Place::file));
    named
}

/// The addresses of the files that stand on each page of an edition.
fn framing(edition: &Edition) -> Vec<String> {
    let config = &edition.config;
    let sheets = config.theme.stylesheets.iter().map(String::as_str);
    let logo = config.site.logo.iter().flat_map(|logo| [Some(logo.light.as_str()), logo.dark.as_deref()]).flatten();
    let written = sheets.chain(logo).chain(config.site.favicon.as_deref());
    let files = written.map(|written| edition.resolve_from_root(written, LinkKind::Resource).place);
    files.filter_map(Place::file).collect()
}
