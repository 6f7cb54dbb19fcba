//! Where links of a report lead: to a page of the report, or else to the preview; what leads to neither leads nowhere, which
//! is said by what it looks like.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::document::way_up;
use super::side::{LEADS_TO, REPORTED};
use crate::diff::marked::ids;
use crate::html::tree::{TreeElement, TreeNode};
use crate::site::address::encode_path;

/// Attributes that name other elements of the page.
const NAMING: [&str; 2] = ["aria-labelledby", "aria-describedby"];

/// What can be reached from a report.
pub(super) struct Addresses<'a> {
    /// The ids of each of its pages.
    ids: BTreeMap<String, BTreeSet<String>>,
    /// Where the edited site can be looked at.
    preview: Option<&'a str>,
}

impl<'a> Addresses<'a> {
    pub(super) fn of<'p>(pages: impl Iterator<Item = (&'p str, &'p Vec<TreeNode>)>, preview: Option<&'a str>) -> Self {
        Self { ids: pages.map(|(file, nodes)| (file.to_owned(), ids(nodes))).collect(), preview }
    }

    /// Has all links of a page lead somewhere, or nowhere.
    pub(super) fn settle(&self, file: &str, nodes: &mut [TreeNode]) {
        for node in nodes {
            if let TreeNode::Element(element) = node {
                element.each_mut(&mut |inner| self.settle_one(file, inner));
            }
        }
    }

    fn settle_one(&self, file: &str, element: &mut TreeElement) {
        let is_here = |id: &str| self.ids.get(file).is_some_and(|ids| ids.contains(id));
        for name in NAMING {
            if element.get(name).is_some_and(|named| !named.split_ascii_whitespace().all(is_here)) {
                element.take(name);
            }
        }
        if element.name == "img"
            && let Some(source) = element.take("src")
        {
            element.set("src", &format!("{}{}", way_up(file), encode_path(&source)));
        }
        if let Some(fragment) = element.get("href").and_then(|href| href.strip_prefix('#'))
            && !fragment.is_empty()
            && !is_here(&percent_decode_str(fragment).decode_utf8_lossy())
        {
            element.take("href");
        }
        if let Some(to) = element.take(LEADS_TO) {
            match self.href(file, &to) {
                Some(href) => element.set("href", &href),
                None if element.get("title").is_none() => element.set("title", &to),
                None => {}
            }
        }
    }

    fn href(&self, file: &str, to: &str) -> Option<String> {
        let Some(reported) = to.strip_prefix(REPORTED) else {
            let preview = self.preview?.trim_end_matches('/');
            return Some(format!("{preview}{to}"));
        };
        let (page, fragment) = reported.split_once('#').unwrap_or((reported, ""));
        let id = percent_decode_str(fragment).decode_utf8_lossy();
        let is_there = self.ids.get(page).is_some_and(|ids| ids.contains(&*id));
        let fragment = if is_there { format!("#{fragment}") } else { String::new() };
        if page == file && !fragment.is_empty() {
            return Some(fragment);
        }
        Some(format!("{}{}{fragment}", way_up(file), encode_path(page)))
    }
}
