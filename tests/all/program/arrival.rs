//! Follows addresses in the files of a built site as a browser does: through redirects, and to where ids went.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bokworm::site::address;
use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};

/// The files of a built site.
pub struct BuiltSite {
    files: BTreeSet<String>,
    pages: BTreeMap<String, BuiltPage>,
}

/// What decides where somebody comes who asks for a page.
struct BuiltPage {
    ids: BTreeSet<String>,
    /// Where a redirect leads.
    leads_to: Option<String>,
    /// Ids that went elsewhere, with where.
    moved: BTreeMap<String, String>,
}

impl BuiltSite {
    pub fn of(folder: &Path) -> Self {
        let files: BTreeSet<String> = super::files(folder).into_iter().collect();
        let pages = files.iter().filter(|file| file.ends_with(".html"));
        let page = |file: &String| (file.clone(), BuiltPage::of(&super::read(folder, file)));
        Self { pages: pages.map(page).collect(), files }
    }

    /// Whether somebody who asks for an address of the site, as it is written in no URL, comes to what it names.
    pub fn arrives(&self, asked: &str) -> bool {
        let (path, fragment) = asked.split_once('#').unwrap_or((asked, ""));
        let (mut path, mut fragment) = (path.trim_matches('/').to_owned(), fragment.to_owned());
        let mut is_folder = false;
        for _ in 0..20 {
            let Some(file) = self.file(&path, is_folder) else { return false };
            let Some(page) = self.pages.get(&file) else { return fragment.is_empty() };
            let moved = page.moved.get(&fragment).filter(|_| !page.ids.contains(&fragment));
            let Some(href) = moved.or(page.leads_to.as_ref()) else {
                return fragment.is_empty() || page.ids.contains(&fragment);
            };
            let (to, new) = href.split_once('#').unwrap_or((href, ""));
            if !new.is_empty() {
                fragment = decoded(new);
            }
            if !to.is_empty() {
                let folder = format!("/{}", address::parent(&file));
                is_folder = to.ends_with('/');
                path = address::resolve(&folder, &decoded(to)).trim_matches('/').to_owned();
            }
        }
        false
    }

    /// What a host gives for an address; one with a slash at its end is a folder's, whatever else is called like it.
    fn file(&self, path: &str, is_folder: bool) -> Option<String> {
        let below = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
        let mut names = [path.to_owned(), format!("{path}.html"), below];
        if is_folder {
            names.reverse();
        }
        names.into_iter().find(|name| self.files.contains(name))
    }
}

impl BuiltPage {
    fn of(text: &str) -> Self {
        let html = Html::parse_document(text);
        let all = |selector: &str, attribute: &str| -> Vec<String> {
            let selector = Selector::parse(selector).unwrap();
            html.select(&selector).map(|one| one.attr(attribute).unwrap().to_owned()).collect()
        };
        let ids = all("[id]", "id").into_iter().chain(all("a[name]", "name")).collect();
        let moved = all("script[data-moved]", "data-moved").pop();
        let moved = moved.map(|json| serde_json::from_str(&json).unwrap()).unwrap_or_default();
        Self { ids, leads_to: all("a[data-redirect]", "href").pop(), moved }
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
