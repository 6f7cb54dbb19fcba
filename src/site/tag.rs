//! Tags: which labels there are, which address each has, which pages carry it.
//! Labels that fall on one address share a page. Knows pages and the vocabulary
//! (`tags.yml`), not how a tag page is grouped or shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashMap;
use serde_json::Value;

use super::address;
use super::kebab::kebab_case;
use super::published::{PageId, Published};
use crate::page::Data;

/// A tag page: all labels that share an address.
#[derive(Clone, Debug)]
pub struct TagPage {
    /// The first label in page order, or the vocabulary's.
    pub label: String,
    /// All labels that fall here, with the number of pages that carry each, in order of first use.
    pub labels: Vec<(String, usize)>,
    /// What it is in every language: its key in the vocabulary, or else its address.
    pub key: String,
    /// Its address below the tag index.
    pub slug: String,
    /// What stands in the label's brackets, or what the vocabulary says: `Role`.
    pub kind: String,
    /// What it means, if the vocabulary says so.
    pub description: String,
    /// The pages that carry it, in page order.
    pub pages: Vec<PageId>,
    /// The page that is about it (`defines`); the first of several.
    pub defining: Option<PageId>,
    /// How it is shown.
    pub look: TagLook,
}

/// What a tag is shown with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagLook {
    /// The classes of its colour and its icon: `tone-red icon-shield`.
    pub classes: String,
    /// Whether it is a step of the kind that is steps.
    pub is_step: bool,
}

impl TagPage {
    /// The label without its kind.
    pub fn name(&self) -> &str {
        name_and_kind(&self.label).0
    }

    /// The kinds that it is of, in small letters: its own, and that of a series, as `Level 4` is a level.
    pub fn kinds(&self) -> Vec<String> {
        kinds(self.name(), &self.kind)
    }

    /// The kinds that one of its labels is of: where several share its page, each goes by its own brackets.
    pub fn kinds_of(&self, label: &str) -> Vec<String> {
        kinds(name_and_kind(label).0, self.kind_of(label))
    }

    /// The kind that one of its labels says; empty if none. What is only one of a series (`Summit 2026`) says none.
    pub fn kind_of<'l>(&'l self, label: &'l str) -> &'l str {
        let kind = name_and_kind(label).1;
        if kind.is_empty() && self.label == label { &self.kind } else { kind }
    }
}

fn kinds(name: &str, kind: &str) -> Vec<String> {
    let series = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let series = (series.len() < name.len()).then(|| series.trim_end()).filter(|series| !series.is_empty());
    let own = Some(kind).filter(|kind| !kind.is_empty());
    own.into_iter().chain(series).map(str::to_lowercase).collect()
}

/// `Developer (Role)` is `Developer` and `Role`.
pub fn name_and_kind(label: &str) -> (&str, &str) {
    label
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .map(|(name, kind)| (name.trim(), kind.trim()))
        .filter(|(name, kind)| !name.is_empty() && !kind.is_empty())
        .unwrap_or((label, ""))
}

/// A tag that `tags.yml` declares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeclaredTag {
    /// What it is in every language.
    pub key: String,
    /// The label; the key if none is written.
    pub label: String,
    /// Its address below the tag index, if not made from the label.
    pub permalink: Option<String>,
    /// What it means.
    pub description: String,
    /// Its kind, if not in the label's brackets.
    pub kind: Option<String>,
    /// Other labels for the same.
    pub aliases: Vec<String>,
}

/// The declared tags, by the label that pages write (or the key).
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: Vec<DeclaredTag>,
    by_label: BTreeMap<String, usize>,
}

impl Vocabulary {
    /// Reads `tags.yml` that was parsed into data. Labels that are written by language are those of the first of these
    /// languages that there is one for; the others are other labels for the same.
    pub fn read(data: &Data, languages: &[&str]) -> Self {
        let mut vocabulary = Self::default();
        for (key, value) in data {
            let text = |name: &str| value.get(name).and_then(|value| in_language(value, languages)).map(str::to_owned);
            let aliases = value.get("aliases").and_then(Value::as_array).into_iter().flatten();
            let others = value.get("label").and_then(Value::as_object).into_iter().flat_map(|labels| labels.values());
            let label = text("label").unwrap_or_else(|| key.clone());
            // One tag has one address below each language's index: as the original calls it.
            let in_original = value
                .get("label")
                .and_then(|value| in_language(value, &languages[languages.len().saturating_sub(1)..]));
            let by_original = in_original.filter(|original| **original != label).map(slug_of);
            let word = DeclaredTag {
                key: key.clone(),
                permalink: text("permalink").or(by_original),
                description: text("description").unwrap_or_default(),
                kind: text("kind"),
                aliases: aliases
                    .chain(others)
                    .filter_map(Value::as_str)
                    .filter(|alias| *alias != label)
                    .map(str::to_owned)
                    .collect(),
                label,
            };
            let at = vocabulary.words.len();
            for label in [key, &word.label].into_iter().chain(&word.aliases) {
                vocabulary.by_label.entry(label.clone()).or_insert(at);
            }
            vocabulary.words.push(word);
        }
        vocabulary
    }

    /// What is declared of a label, its key or an alias.
    pub fn get(&self, label: &str) -> Option<&DeclaredTag> {
        self.by_label.get(label).map(|&at| &self.words[at])
    }

    /// All declared tags, in the file's order.
    pub fn words(&self) -> &[DeclaredTag] {
        &self.words
    }
}

/// A text that may be written by language: as the first of these has it, or else the first that there is.
fn in_language<'v>(value: &'v Value, languages: &[&str]) -> Option<&'v str> {
    let Value::Object(written) = value else { return value.as_str() };
    let of = |code: &&str| written.iter().find(|(written, _)| written.eq_ignore_ascii_case(code));
    let found = languages.iter().find_map(of).or_else(|| written.iter().next());
    found.and_then(|(_, text)| text.as_str())
}

/// Gathers the tags of all published pages, in order of address.
pub fn gather(pages: &[Arc<Published>], vocabulary: &Vocabulary, endings: &[String]) -> Vec<TagPage> {
    let mut by_slug: BTreeMap<String, TagPage> = BTreeMap::new();
    let mut slugs: HashMap<&str, String> = HashMap::default();
    for (id, published) in pages.iter().enumerate().filter(|(_, published)| !published.page.meta.unlisted) {
        for carried in &published.page.meta.tags {
            let word = vocabulary.get(&carried.label);
            let label = word.map_or(carried.label.as_str(), |word| word.label.as_str());
            let permalink = word.and_then(|word| word.permalink.as_deref());
            let slug = slugs.entry(label).or_insert_with(|| permalink.map_or_else(|| slug_of(label), clean_permalink));
            if !by_slug.contains_key(slug) {
                let mut tag = new_tag(label, slug, word);
                if tag.kind.is_empty() {
                    tag.kind = ending_of(label, endings).unwrap_or_default().to_owned();
                }
                by_slug.insert(slug.clone(), tag);
            }
            let Some(tag) = by_slug.get_mut(slug) else { continue };
            match tag.labels.iter_mut().find(|(known, _)| *known == carried.label) {
                Some((_, count)) => *count += 1,
                None => tag.labels.push((carried.label.clone(), 1)),
            }
            if tag.pages.last() != Some(&id) {
                tag.pages.push(id);
            }
        }
    }
    for (id, published) in pages.iter().enumerate().filter(|(_, published)| !published.page.meta.unlisted) {
        for label in &published.page.meta.defines {
            let label = vocabulary.get(label).map_or(label.as_str(), |word| word.label.as_str());
            if let Some(tag) = slugs.get(label).and_then(|slug| by_slug.get_mut(slug)) {
                tag.defining.get_or_insert(id);
            }
        }
    }
    by_slug.into_values().collect()
}

/// All labels in the order of first use, and for each the pages that carry it, in order of id.
pub(super) fn labels(pages: &[Arc<Published>], vocabulary: &Vocabulary) -> (Vec<String>, HashMap<String, Vec<PageId>>) {
    let mut first_use = Vec::new();
    let mut by_label: HashMap<String, Vec<PageId>> = HashMap::default();
    for (id, published) in pages.iter().enumerate().filter(|(_, published)| !published.page.meta.unlisted) {
        for tag in &published.page.meta.tags {
            let label = vocabulary.get(&tag.label).map_or(tag.label.as_str(), |word| word.label.as_str());
            let carrying = by_label.entry(label.to_owned()).or_insert_with(|| {
                first_use.push(label.to_owned());
                Vec::new()
            });
            if carrying.last() != Some(&id) {
                carrying.push(id);
            }
        }
    }
    (first_use, by_label)
}

/// The kind that a label ends with: `Legal Risk` is a `Risk`.
fn ending_of<'e>(label: &str, endings: &'e [String]) -> Option<&'e str> {
    let ends = |ending: &&String| label.strip_suffix(ending.as_str()).is_some_and(|rest| rest.ends_with(' '));
    endings.iter().find(ends).map(String::as_str)
}

/// A tag that no page carries yet.
fn new_tag(label: &str, slug: &str, word: Option<&DeclaredTag>) -> TagPage {
    TagPage {
        // Set apart, since a declared tag may be called like another's address.
        key: word.map_or_else(|| format!("/{slug}"), |word| word.key.clone()),
        label: label.to_owned(),
        labels: Vec::new(),
        slug: slug.to_owned(),
        kind: word.and_then(|word| word.kind.clone()).unwrap_or_else(|| name_and_kind(label).1.to_owned()),
        description: word.map(|word| word.description.clone()).unwrap_or_default(),
        pages: Vec::new(),
        defining: None,
        look: TagLook::default(),
    }
}

/// The address of a label; one that holds no word is spelt out in hexadecimal.
pub fn slug_of(label: &str) -> String {
    let slug = kebab_case(label);
    if !slug.is_empty() {
        return address::publishable(&slug);
    }
    let spelt: Vec<String> = label.trim().chars().map(|c| format!("{:x}", u32::from(c))).collect();
    if spelt.is_empty() { "untitled".into() } else { address::publishable(&format!("u-{}", spelt.join("-"))) }
}

/// A declared permalink as a slug: without slashes at its ends and anything that would leave the tag index.
pub(super) fn clean_permalink(permalink: &str) -> String {
    address::publishable(address::resolve("", permalink).trim_matches('/'))
}
