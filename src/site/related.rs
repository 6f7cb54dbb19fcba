//! The pages that have most to do with a page: those that carry the same tags, rare ones above all, and those that it
//! links to or that link to it, and those that it has relations with. Reckoned in whole numbers, so that it comes out the same on every machine.

use std::collections::HashMap;

use super::edition::Edition;
use super::published::PageId;
use super::relation::RelationSide;
use super::tag::TagPage;

/// What a link from one of the two to the other counts, in thousandths.
const LINK: u64 = 2000;

/// What a relation between the two counts, whichever of them names the other.
const RELATION: u64 = 3000;

/// ln 2 in 2^16ths.
const LN_2: u64 = 45_426;

impl Edition {
    /// The pages nearest to one, the nearest first; of two that are as near, the first by id. A shared tag counts
    /// ln(1 + all pages / pages that carry it), and nothing if more than half of all pages carry it.
    pub fn related(&self, id: PageId, limit: usize) -> Vec<PageId> {
        let all = self.listed;
        let mut near: HashMap<PageId, u64> = HashMap::new();
        for tag in self.tags_of(id) {
            if tag.pages.len() * 2 <= all {
                let counts = rarity(all, tag.pages.len());
                tag.pages.iter().for_each(|&other| *near.entry(other).or_default() += counts);
            }
        }
        for &other in self.linked_from(id).iter().chain(self.linking_to(id)) {
            *near.entry(other).or_default() += LINK;
        }
        let ends = [RelationSide::Forward, RelationSide::Inverse].map(|side| self.at_relations(id, side));
        let [forward, inverse] = ends;
        for (mut others, back) in forward.into_iter().zip(inverse) {
            others.extend(back);
            others.sort_unstable();
            others.dedup();
            others.into_iter().for_each(|other| *near.entry(other).or_default() += RELATION);
        }
        near.retain(|&other, _| other != id && !self.pages[other].page.meta.unlisted);
        let mut near: Vec<(PageId, u64)> = near.into_iter().collect();
        near.sort_unstable_by_key(|&(other, counts)| (std::cmp::Reverse(counts), other));
        near.into_iter().take(limit).map(|(other, _)| other).collect()
    }

    /// The tags that a page carries, each once.
    fn tags_of(&self, id: PageId) -> Vec<&TagPage> {
        let mut tags: Vec<&TagPage> =
            self.pages[id].page.meta.tags.iter().filter_map(|tag| self.tag(&tag.label)).collect();
        tags.sort_unstable_by_key(|tag| tag.slug.as_str());
        tags.dedup_by_key(|tag| tag.slug.as_str());
        tags
    }
}

/// ln(1 + all / some), in thousandths.
fn rarity(all: usize, some: usize) -> u64 {
    let some = some.max(1);
    (binary_logarithm((all + some) as u64, some as u64) * LN_2 * 1000) >> 32
}

/// The binary logarithm of a fraction that is 1 or more, in 2^16ths.
pub fn binary_logarithm(above: u64, below: u64) -> u64 {
    let below = u128::from(below.max(1));
    // The fraction in 2^32ths, halved until it lies between 1 and 2; each squaring then brings a digit.
    let mut rest = ((u128::from(above) << 32) / below).max(1 << 32);
    let whole = rest.ilog2() - 32;
    rest >>= whole;
    let mut logarithm = u64::from(whole);
    for _ in 0..16 {
        rest = (rest * rest) >> 32;
        logarithm <<= 1;
        if rest >= 2 << 32 {
            rest >>= 1;
            logarithm |= 1;
        }
    }
    logarithm
}

#[cfg(test)]
mod tests {
    use super::{binary_logarithm, rarity};

    #[test]
    fn logarithms_are_those_of_mathematics() {
        assert_eq!(binary_logarithm(1, 1), 0);
        assert_eq!(binary_logarithm(8, 1), 3 << 16);
        assert_eq!(binary_logarithm(3, 2), 38_336, "0.58496 × 2^16");
        assert_eq!([(100, 1), (100, 10), (100, 50)].map(|(all, some)| rarity(all, some)), [4615, 2397, 1098]);
    }
}
