//! Which cells of a benchmark may be told, so that no one is known by what is told of groups.
//!
//! What is promised of all cells that are told, with `at_least` = N:
//!
//! 1. The results that rated a cell, and those that didn't, are none or at least N.
//! 2. So are, of any two cells, those that rated both, and those that rated one but not the other.
//! 3. So are, of a *family* (all with its levels; all with its areas; a level or an area with its pages; a page with its
//!    statements), those that any combination of its cells can single out. In a family each knows what the cells add up to
//!    (who rated a page rated one of its statements), so that differences of differences can be reckoned there.
//! 4. Of what was told before (`earlier`), the same holds for those that came or went since, as far as numbers tell.
//!
//! Cells are taken in the order in which they are wanted, the widest first; one that would break a promise is withheld. That
//! all cells together (and not each family) be so is not asked: of 1,000 results that leave a tenth of 71 statements out,
//! only 4 statements could be told then; so, about 50. (Of 100 and fewer, both come to nearly the same.)

use std::collections::{HashMap, HashSet};

use super::benchmark::{Benchmark, Cell, CellNumbers};
use super::groups::{BitSet, CellOf, Group};
use crate::site::assessment::Model;

/// A family of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Family {
    Levels,
    Areas,
    Level(usize),
    Area(usize),
    Page(usize),
}

/// What is promised, and to whom.
pub(super) struct Promise<'a> {
    pub model: &'a Model,
    pub results: usize,
    pub at_least: usize,
    pub earlier: &'a [Benchmark],
}

/// The places of the groups that may be told.
pub(super) fn tellable(groups: &[Group], promise: &Promise<'_>) -> HashSet<usize> {
    if promise.at_least < 2 {
        return (0..groups.len()).collect();
    }
    let mut told = Told { promise, all: BitSet::of(0..promise.results), told: Vec::new(), atoms: HashMap::new() };
    for at in by_want(groups) {
        if let Some(atoms) = told.may(groups, at) {
            told.atoms.extend(atoms);
            told.told.push(at);
        }
    }
    told.told.into_iter().collect()
}

/// The widest cells first; of statements, those that are rated by the same results as many others: these come free.
fn by_want(groups: &[Group]) -> Vec<usize> {
    let mut shared: HashMap<&BitSet, usize> = HashMap::new();
    for group in groups {
        *shared.entry(&group.results).or_default() += 1;
    }
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&at| {
        let group = &groups[at];
        let is_item = matches!(group.of, CellOf::Item(_));
        (is_item, if is_item { usize::MAX - shared[&group.results] } else { 0 }, group.of)
    });
    order
}

/// What is told already.
struct Told<'a> {
    promise: &'a Promise<'a>,
    /// All results.
    all: BitSet,
    told: Vec<usize>,
    /// The groups that the cells of a family single out.
    atoms: HashMap<Family, Vec<BitSet>>,
}

impl Told<'_> {
    /// Whether a cell may be told beside the others; if so, what its families single out then.
    fn may(&self, groups: &[Group], at: usize) -> Option<Vec<(Family, Vec<BitSet>)>> {
        let own = &groups[at].results;
        let is_fine = |set: &BitSet| set.is_empty() || set.len() >= self.promise.at_least;
        if !is_fine(own) || !is_fine(&self.all.minus(own)) {
            return None;
        }
        let parts = |other: &BitSet| [own.and(other), own.minus(other), other.minus(own)];
        if !self.told.iter().all(|told| parts(&groups[*told].results).iter().all(is_fine)) {
            return None;
        }
        let mut atoms = Vec::new();
        for family in families(groups[at].of, self.promise.model) {
            let before = self.atoms.get(&family).cloned().unwrap_or_else(|| vec![self.all.clone()]);
            let split = before.iter().flat_map(|atom| [atom.and(own), atom.minus(own)]);
            let after: Vec<BitSet> = split.filter(|atom| !atom.is_empty()).collect();
            if !after.iter().all(is_fine) {
                return None;
            }
            atoms.push((family, after));
        }
        self.promise.earlier.iter().all(|earlier| self.holds_since(groups, at, earlier)).then_some(atoms)
    }

    /// Whether nothing can be known of those few that came or went since an earlier benchmark. It tells only how many
    /// there were; so this holds as long as its results are still among those of today.
    fn holds_since(&self, groups: &[Group], at: usize, earlier: &Benchmark) -> bool {
        let Some(own) = Since::of(&groups[at], earlier) else { return true };
        let came = self.promise.results as i64 - earlier.results as i64;
        let is_fine = |came: i64| came == 0 || came.unsigned_abs() as usize >= self.promise.at_least;
        if !is_fine(own.came) || !is_fine(came - own.came) || (own.came == 0 && !own.is_same) {
            return false;
        }
        let others: Vec<(&Group, i64)> = self
            .told
            .iter()
            .filter_map(|&told| Some((&groups[told], Since::of(&groups[told], earlier)?.came)))
            .collect();
        others.iter().all(|(other, came)| {
            let (own_items, items) = (&groups[at].items, &other.items);
            let is_within = own_items.minus(items).is_empty() || items.minus(own_items).is_empty();
            !is_within || is_fine(came - own.came)
        }) && self.pairs_hold(&groups[at], own.came, &others, is_fine)
    }

    /// Of two cells that make up a third, those that rated both are known by their numbers.
    fn pairs_hold(&self, own: &Group, own_came: i64, others: &[(&Group, i64)], is_fine: impl Fn(i64) -> bool) -> bool {
        let known: HashMap<&BitSet, i64> =
            others.iter().map(|(group, came)| (&group.items, *came)).chain([(&own.items, own_came)]).collect();
        let both =
            |one: i64, other: i64, union: &BitSet| known.get(union).is_none_or(|whole| is_fine(one + other - whole));
        let beside = others.iter().all(|(other, came)| both(own_came, *came, &own.items.or(&other.items)));
        let parts: Vec<&(&Group, i64)> =
            others.iter().filter(|(other, _)| other.items.minus(&own.items).is_empty()).collect();
        let made_of = parts.iter().enumerate().all(|(at, (one, came))| {
            let later = parts[at + 1..].iter().filter(|(other, _)| one.items.or(&other.items) == own.items);
            later.into_iter().all(|(_, other_came)| is_fine(came + other_came - own_came))
        });
        beside && made_of
    }
}

/// What happened to a cell since an earlier benchmark that told it.
struct Since {
    /// How many more rated it.
    came: i64,
    /// Whether it tells the same.
    is_same: bool,
}

impl Since {
    fn of(group: &Group, earlier: &Benchmark) -> Option<Self> {
        let cell = cell(earlier, group.of)?;
        let now = CellNumbers::of(&group.values).map_or(Cell::Empty, Cell::Told);
        Some(Self { came: group.values.len() as i64 - cell.count()? as i64, is_same: now == *cell })
    }
}

/// A cell of a benchmark.
fn cell(benchmark: &Benchmark, of: CellOf) -> Option<&Cell> {
    match of {
        CellOf::All => Some(&benchmark.all),
        CellOf::Level(at) => benchmark.levels.get(at),
        CellOf::Area(at) => benchmark.areas.get(at),
        CellOf::Page(at) => benchmark.pages.get(at),
        CellOf::Item(at) => benchmark.items.get(at),
    }
}

/// The families that a cell belongs to.
fn families(of: CellOf, model: &Model) -> Vec<Family> {
    let items = |page: usize| model.items_of(page);
    match of {
        CellOf::All => vec![Family::Levels, Family::Areas],
        CellOf::Level(at) => vec![Family::Levels, Family::Level(at)],
        CellOf::Area(at) => vec![Family::Areas, Family::Area(at)],
        CellOf::Page(at) => {
            let levels: HashSet<usize> = items(at).filter_map(|item| item.level).collect();
            let areas: HashSet<usize> = items(at).filter_map(|item| item.area).collect();
            let families = levels.into_iter().map(Family::Level).chain(areas.into_iter().map(Family::Area));
            families.chain([Family::Page(at)]).collect()
        }
        CellOf::Item(at) => vec![Family::Page(model.items[at].page)],
    }
}
