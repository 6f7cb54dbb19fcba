//! The ids on a page that links can name, whoever makes them: headings, raw HTML, components.

use std::collections::{BTreeMap, HashSet};

use crate::component::Components;
use crate::page::{OF_SIGNS, Page};

/// The ids on a page: its headings', those of raw HTML, and those that components make of an attribute.
pub(super) fn anchors(page: &Page, components: &Components) -> Vec<String> {
    let mut anchors: Vec<String> = page.headings.iter().map(|heading| heading.id.clone()).collect();
    for id in &page.raw_ids {
        if !anchors.contains(id) {
            anchors.push(id.clone());
        }
    }
    anchors.extend(component_anchors(page, components).into_values());
    anchors
}

/// The ids that components make of an attribute, by the component's place on the page. Each is
/// numbered past those that are taken, as headings are.
pub fn component_anchors(page: &Page, components: &Components) -> BTreeMap<usize, String> {
    let mut taken: HashSet<String> = page.headings.iter().map(|heading| heading.id.clone()).collect();
    taken.extend(page.raw_ids.iter().cloned());
    let mut anchors = BTreeMap::new();
    for (at, component) in page.components.iter().enumerate() {
        let attribute = components.get(&component.name).and_then(|declared| declared.anchor.as_deref());
        let Some(text) = attribute.and_then(|name| component.string(name)).filter(|text| !text.is_empty()) else {
            continue;
        };
        let wanted = heading_anchor(text);
        let mut id = wanted.clone();
        let mut number = 1;
        while !taken.insert(id.clone()) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        anchors.insert(at, id);
    }
    anchors
}

/// The id of a heading that a component or a list writes; empty only where it says nothing.
pub fn heading_anchor(text: &str) -> String {
    let id = component_anchor(text);
    if id.is_empty() && !text.trim().is_empty() { OF_SIGNS.to_owned() } else { id }
}

/// The id that a component makes of a text: word characters and hyphens, lower-cased.
pub fn component_anchor(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).flat_map(char::to_lowercase).collect()
}
