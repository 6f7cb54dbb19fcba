//! The tags by which results are narrowed, in parts: `n…` says what they are called, `t…` which of them
//! each entry carries. Those that most pages carry come first: they have the smallest numbers.

use std::cmp::Reverse;

use super::entry::{self, Entry};
use super::run::write_number;
use super::script::Script;
use crate::site::Edition;

/// How many numbers of entries stand in one part.
pub(super) const CARRIED: usize = 2048;
/// So many tags are offered before anything is asked for.
const FREQUENT: usize = 8;
/// How many tags' names stand in one part.
pub(super) const NAMES: usize = 512;

/// The tags of a site, by number.
#[derive(Debug, Default)]
pub(super) struct TagIndex {
    /// Their places in `Edition::tags`.
    order: Vec<usize>,
    /// Entries and tags, by number, in order.
    carried: Vec<(u32, u32)>,
}

impl TagIndex {
    /// The tags of a site whose entries have these numbers.
    pub(super) fn of(site: &Edition, numbered: impl Iterator<Item = (usize, Entry)>) -> Self {
        let mut order: Vec<usize> = (0..site.tags.len()).collect();
        order.sort_by_key(|&at| Reverse(site.tags[at].pages.len()));
        let mut numbers = vec![None; site.pages.len()];
        for (number, entry) in numbered {
            if let Entry::Page(id) = entry {
                numbers[id] = Some(number as u32);
            }
        }
        let mut carried = Vec::new();
        for (tag, &at) in (0..).zip(&order) {
            carried.extend(site.tags[at].pages.iter().filter_map(|&id| Some((numbers[id]?, tag))));
        }
        carried.sort_unstable();
        Self { order, carried }
    }

    /// How many tags there are.
    pub(super) fn count(&self) -> usize {
        self.order.len()
    }

    /// All that the parts are made of.
    pub(super) fn hash(&self, site: &Edition, hasher: &mut blake3::Hasher) {
        for &at in &self.order {
            let (name, kind) = entry::name_and_kind(&site.tags[at]);
            for text in [name, kind, &site.tags[at].look.classes] {
                hasher.update(text.as_bytes()).update(&[0]);
            }
        }
        for (number, tag) in &self.carried {
            hasher.update(&number.to_le_bytes()).update(&tag.to_le_bytes());
        }
    }

    /// Writes the names, kinds and looks of a part.
    pub(super) fn write_names(&self, site: &Edition, at: usize, script: &mut Script) {
        Self::write_some(site, self.order.chunks(NAMES).nth(at).unwrap_or_default(), script);
    }

    /// Writes those of the tags that most pages carry.
    pub(super) fn write_frequent(&self, site: &Edition, script: &mut Script) {
        Self::write_some(site, &self.order[..self.order.len().min(FREQUENT)], script);
    }

    fn write_some(site: &Edition, tags: &[usize], script: &mut Script) {
        script.list(tags, |script, &tag| {
            let (name, kind) = entry::name_and_kind(&site.tags[tag]);
            script.raw(b"[").string(name).raw(b",").string(kind);
            let look = &site.tags[tag].look.classes;
            if !look.is_empty() {
                script.raw(b",").string(look);
            }
            script.raw(b"]");
        });
    }

    /// Writes what the entries of a part carry: numbers of tags, each entry's ended by a space.
    pub(super) fn write_carried(&self, at: usize, script: &mut Script) {
        let place = |number: usize| self.carried.partition_point(|&(carrier, _)| (carrier as usize) < number);
        let from = at * CARRIED;
        let mut next = from;
        script.raw(b"\"");
        for &(number, tag) in &self.carried[place(from)..place(from + CARRIED)] {
            while next < number as usize {
                script.raw(b" ");
                next += 1;
            }
            write_number(tag as usize, script.out());
        }
        script.raw(b"\"");
    }
}
