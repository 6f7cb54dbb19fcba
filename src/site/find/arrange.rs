//! What was found, put in order and in groups.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::Value;

use super::super::catalog::CatalogEntry;
use super::super::order::SortKey as TextKey;
use super::super::relation::RelationPlace;
use super::super::{Edition, PageId};
use super::related::SeenRelation;
use super::{Question, keys};
use crate::query::{Day, Grouping, SortBy};

/// What pages have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Common {
    /// A tag: its place among the edition's.
    Tag(usize),
    /// That a relation brings them together with it.
    Related(RelationPlace),
    /// A section, a value of a key, or nothing.
    Words,
}

/// Pages that have something in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they have in common, for people; empty for those that lack it.
    pub label: String,
    /// What that is.
    pub common: Common,
    /// The pages, in the order that was asked for.
    pub pages: Vec<PageId>,
}

/// What one page is sorted by, in one respect. What has nothing comes last, whichever order is asked for.
#[derive(Clone, Debug, PartialEq)]
enum Rank {
    Number(f64),
    Day(Day),
    Text(TextKey),
    Nothing,
}

impl Question<'_> {
    /// Puts pages in order: by what is asked for, or else by position; those that are the same in it stay by id.
    pub fn sort(&self, pages: &mut Vec<PageId>, by: &[SortBy]) {
        if by.is_empty() {
            pages.sort_by(|&a, &b| self.site.columns.positions[a].total_cmp(&self.site.columns.positions[b]));
            return;
        }
        let ranks = |id: PageId| by.iter().map(|key| self.rank(id, &key.name.text)).collect::<Vec<_>>();
        let mut ranked: Vec<(Vec<Rank>, PageId)> = pages.iter().map(|&id| (ranks(id), id)).collect();
        ranked.sort_by(|(one, _), (other, _)| {
            let compared = by.iter().zip(one.iter().zip(other)).map(|(key, (one, other))| one.compare(other, key));
            compared.fold(Ordering::Equal, Ordering::then)
        });
        *pages = ranked.into_iter().map(|(_, id)| id).collect();
    }

    fn rank(&self, id: PageId, name: &str) -> Rank {
        let page = &self.site.pages[id];
        match name.to_lowercase().as_str() {
            "position" => page.position.map_or(Rank::Nothing, Rank::Number),
            "title" => Rank::Text(self.site.order.key(&page.title)),
            "updated" => {
                let changed = self.site.updated(id, self.calendar.changes);
                changed.and_then(Day::read).map_or(Rank::Nothing, Rank::Day)
            }
            _ => page.page.meta.at(name).map_or(Rank::Nothing, |value| rank_of(self.site, value)),
        }
    }

    /// Puts pages that are in order in groups, in the order of their labels; those that fit none come last.
    pub fn group(&self, pages: &[PageId], by: &Grouping) -> Vec<Group> {
        match by {
            Grouping::Kind(kind) => self.by_kind(pages, &kind.text.to_lowercase()),
            Grouping::Name(name) if name.text.eq_ignore_ascii_case("section") => self.by_section(pages),
            Grouping::Name(name) if name.text.eq_ignore_ascii_case("page") => {
                let alone = pages.iter().map(|&id| self.related_group(RelationPlace::Page(id), vec![id]));
                alone.flatten().collect()
            }
            Grouping::Name(name) => match SeenRelation::named(self.site, &name.text) {
                Some(seen) => self.by_relation(pages, seen),
                None => self.by_key(pages, &name.text),
            },
        }
    }

    /// By what a relation brings pages together with, in the order of its titles.
    fn by_relation(&self, pages: &[PageId], seen: SeenRelation<'_>) -> Vec<Group> {
        let mut by_place: BTreeMap<RelationPlace, Vec<PageId>> = BTreeMap::new();
        for &id in pages {
            seen.others(id).into_iter().for_each(|place| by_place.entry(place).or_default().push(id));
        }
        let groups = by_place.into_iter().filter_map(|(place, pages)| self.related_group(place, pages));
        let mut groups: Vec<Group> = groups.collect();
        groups.sort_by_cached_key(|group| self.site.order.key(&group.label));
        with_others(groups, pages)
    }

    /// Pages that are brought together with something; nothing where that is none.
    pub(super) fn related_group(&self, place: RelationPlace, pages: Vec<PageId>) -> Option<Group> {
        let label = match place {
            RelationPlace::Page(id) => self.site.pages[id].title.clone(),
            RelationPlace::Entry(at) => self.site.catalogs.entry(at).map(CatalogEntry::called)?,
            RelationPlace::Draft | RelationPlace::Nowhere => return None,
        };
        Some(Group { label, common: Common::Related(place), pages })
    }

    fn by_kind(&self, pages: &[PageId], kind: &str) -> Vec<Group> {
        let site = self.site;
        let mut of_kind: Vec<usize> = (0..site.tags.len()).collect();
        of_kind.retain(|&at| site.tags[at].kinds().iter().any(|of| of == kind));
        of_kind.sort_by_cached_key(|&at| site.order.key(&site.tags[at].label));
        let mut groups: Vec<Group> = Vec::new();
        for at in of_kind {
            let carrying = &site.tags[at].pages;
            let pages: Vec<PageId> = pages.iter().copied().filter(|id| carrying.binary_search(id).is_ok()).collect();
            if !pages.is_empty() {
                groups.push(Group { label: site.tags[at].name().to_owned(), common: Common::Tag(at), pages });
            }
        }
        with_others(groups, pages)
    }

    /// By the topmost section, in the sidebar's order.
    fn by_section(&self, pages: &[PageId]) -> Vec<Group> {
        let mut by_section: BTreeMap<usize, Vec<PageId>> = BTreeMap::new();
        for &id in pages {
            let section = self.site.trails[id].as_ref().and_then(|trail| trail.first().copied());
            if let Some(section) = section.filter(|&at| self.site.tree[at].section) {
                by_section.entry(section).or_default().push(id);
            }
        }
        let label = |at: usize| self.site.tree[at].label.clone();
        let groups = by_section.into_iter().map(|(at, pages)| Group { label: label(at), common: Common::Words, pages });
        with_others(groups.collect(), pages)
    }

    fn by_key(&self, pages: &[PageId], name: &str) -> Vec<Group> {
        let mut by_value: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
        for &id in pages {
            let Some(value) = self.site.pages[id].page.meta.at(name) else { continue };
            keys::any(value, &mut |text| {
                let pages = by_value.entry(text.to_owned()).or_default();
                if !text.trim().is_empty() && pages.last() != Some(&id) {
                    pages.push(id);
                }
                false
            });
        }
        by_value.retain(|_, pages| !pages.is_empty());
        let mut groups: Vec<Group> =
            by_value.into_iter().map(|(label, pages)| Group { label, common: Common::Words, pages }).collect();
        groups.sort_by_cached_key(|group| self.site.order.key(&group.label));
        with_others(groups, pages)
    }
}

/// The first value of a list counts.
fn rank_of(site: &Edition, value: &Value) -> Rank {
    if let Value::Array(values) = value {
        return values.first().map_or(Rank::Nothing, |first| rank_of(site, first));
    }
    let Some(text) = keys::text(value).filter(|text| !text.trim().is_empty()) else { return Rank::Nothing };
    match (keys::number(&text), Day::read(&text)) {
        (_, Some(day)) => Rank::Day(day),
        (Some(number), _) => Rank::Number(number),
        _ => Rank::Text(site.order.key(&text)),
    }
}

impl Rank {
    fn compare(&self, other: &Self, by: &SortBy) -> Ordering {
        let compared = match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Day(one), Self::Day(other)) => one.cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            _ => {
                let one = self.place().cmp(&other.place());
                return if by.is_reversed && !self.is_nothing() && !other.is_nothing() { one.reverse() } else { one };
            }
        };
        if by.is_reversed { compared.reverse() } else { compared }
    }

    fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }

    fn place(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Day(_) => 1,
            Self::Text(_) => 2,
            Self::Nothing => 3,
        }
    }
}

/// With a last group of those that stand in no other.
fn with_others(mut groups: Vec<Group>, pages: &[PageId]) -> Vec<Group> {
    let mut grouped: Vec<PageId> = groups.iter().flat_map(|group| &group.pages).copied().collect();
    grouped.sort_unstable();
    let others: Vec<PageId> = pages.iter().copied().filter(|id| grouped.binary_search(id).is_err()).collect();
    if !others.is_empty() {
        groups.push(Group { label: String::new(), common: Common::Words, pages: others });
    }
    groups
}
