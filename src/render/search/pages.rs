//! What is searched for on each page, and what a result shows of it: address, title, place in the
//! sidebar, sections, tags.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::posting::{self, About, Words};
use super::text::{self, Section};
use crate::site::tag::name_and_kind;
use crate::site::{PageId, Site, Tag, address};

/// How many levels of the sidebar results are grouped by.
const LEVELS: usize = 2;
/// How much of a section a result can show.
const SHOWN: usize = 4_000;

/// The words of each page, and what is shown of it.
pub fn read(site: &Site, listed: &[PageId]) -> Vec<(Words, Value)> {
    listed.par_iter().map(|&id| one(site, id)).collect()
}

fn one(site: &Site, id: PageId) -> (Words, Value) {
    let published = &site.pages[id];
    let meta = &published.page.meta;
    let sections = text::sections(&published.page);
    let tags: Vec<&str> = meta.tags.iter().map(|tag| tag.label.as_str()).collect();
    let tags: Vec<&str> = tags.into_iter().chain(meta.keywords.iter().map(String::as_str)).collect();
    let description = &published.description;
    let title = title(site, id);
    let name = published.route.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let words = posting::words(&About { title, tags: &tags, description, address: name, sections: &sections });
    let shown: Vec<Value> = sections.iter().map(shown).collect();
    let to = address::encode_page(&site.config.urls, &published.route);
    (words, json!([to, title, section(site, id), description, shown]))
}

/// A page without a title goes by its first heading or its name in the sidebar.
fn title(site: &Site, id: PageId) -> &str {
    let published = &site.pages[id];
    let heading = published.page.content_title.as_deref().unwrap_or_default();
    [published.title.as_str(), heading, &published.label].into_iter().find(|title| !title.is_empty()).unwrap_or("")
}

fn shown(section: &Section) -> Value {
    let text = section.text.trim();
    let end = text.char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| at);
    json!([section.id, section.heading, &text[..end]])
}

/// The top sections of the sidebar in which a page lies.
fn section(site: &Site, id: PageId) -> String {
    let mut labels = Vec::new();
    let mut nodes = &site.tree;
    for &at in site.trails[id].iter().flatten().take(LEVELS) {
        let Some(node) = nodes.get(at).filter(|node| node.section) else { break };
        labels.push(node.label.as_str());
        nodes = &node.children;
    }
    labels.join(" › ")
}

/// All tags as name and kind, and the tags that each page carries.
pub fn tags(site: &Site, listed: &[PageId]) -> (Vec<Value>, Vec<Vec<usize>>) {
    let mut carried = vec![Vec::new(); listed.len()];
    for (at, tag) in site.tags.iter().enumerate() {
        for id in &tag.pages {
            if let Ok(number) = listed.binary_search(id) {
                carried[number].push(at);
            }
        }
    }
    (site.tags.iter().map(name_and_kind_of).collect(), carried)
}

/// The brackets that only repeat the kind are left out.
fn name_and_kind_of(tag: &Tag) -> Value {
    let (name, kind) = name_and_kind(&tag.label);
    json!([if kind == tag.kind { name } else { &tag.label }, tag.kind])
}
