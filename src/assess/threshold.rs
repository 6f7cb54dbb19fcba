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
use super::groups::{BitSet, CellGroup, CellOf};
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

impl Promise<'_> {
    /// How many results came since an earlier benchmark.
    fn came_since(&self, earlier: &Benchmark) -> i64 {
        self.results as i64 - earlier.results as i64
    }

    /// Whether so many, who came or went, are none or enough.
    fn holds_of(&self, came: i64) -> bool {
        came == 0 || came.unsigned_abs() as usize >= self.at_least
    }
}

/// The places of the groups that may be told. Where a few came since an earlier benchmark, there are none: whatever were
/// new could be theirs.
pub(super) fn tellable(groups: &[CellGroup], promise: &Promise<'_>) -> HashSet<usize> {
    if promise.at_least < 2 {
        return (0..groups.len()).collect();
    }
    if promise.earlier.iter().any(|earlier| !promise.holds_of(promise.came_since(earlier))) {
        return HashSet::new();
    }
    let mut told = ToldCells { promise, all: BitSet::of(0..promise.results), told: Vec::new(), atoms: HashMap::new() };
    for at in by_want(groups) {
        if let Some(atoms) = told.may(groups, at) {
            told.atoms.extend(atoms);
            told.told.push(at);
        }
    }
    told.told.into_iter().collect()
}

/// The widest cells first; of statements, those that are rated by the same results as many others: these come free.
fn by_want(groups: &[CellGroup]) -> Vec<usize> {
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
struct ToldCells<'a> {
    promise: &'a Promise<'a>,
    /// All results.
    all: BitSet,
    told: Vec<usize>,
    /// The groups that the cells of a family single out.
    atoms: HashMap<Family, Vec<BitSet>>,
}

impl ToldCells<'_> {
    /// Whether a cell may be told beside the others; if so, what its families single out then.
    fn may(&self, groups: &[CellGroup], at: usize) -> Option<Vec<(Family, Vec<BitSet>)>> {
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
    fn holds_since(&self, groups: &[CellGroup], at: usize, earlier: &Benchmark) -> bool {
        let promise = self.promise;
        let Some(own) = Since::of(&groups[at], earlier) else { return true };
        let others = promise.came_since(earlier) - own.came;
        if !promise.holds_of(own.came) || !promise.holds_of(others) || (own.came == 0 && !own.is_same) {
            return false;
        }
        let told: Vec<Since<'_>> = self.told.iter().filter_map(|&told| Since::of(&groups[told], earlier)).collect();
        let apart = |one: &Since<'_>, other: &Since<'_>| promise.holds_of(one.came - other.came);
        let is_related = |other: &&Since<'_>| own.is_within(other) || other.is_within(&own);
        told.iter().filter(is_related).all(|other| apart(&own, other)) && thirds_hold(promise, &own, &told)
    }
}

/// Whether nothing can be known of those that came and rated both of two cells, where a third is made of these: their
/// number follows from the three.
fn thirds_hold(promise: &Promise<'_>, own: &Since<'_>, told: &[Since<'_>]) -> bool {
    let whole: HashMap<&BitSet, i64> = told.iter().chain([own]).map(|since| (&since.group.items, since.came)).collect();
    let both = |one: &Since<'_>, other: &Since<'_>| {
        let union = whole.get(&one.group.items.or(&other.group.items));
        union.is_none_or(|whole| promise.holds_of(one.came + other.came - whole))
    };
    let parts: Vec<&Since<'_>> = told.iter().filter(|other| other.is_within(own)).collect();
    told.iter().all(|other| both(own, other))
        && parts.iter().enumerate().all(|(at, one)| parts[at + 1..].iter().all(|other| both(one, other)))
}

/// What happened to a cell since an earlier benchmark that told it.
struct Since<'a> {
    group: &'a CellGroup,
    /// How many more rated it.
    came: i64,
    /// Whether it tells the same.
    is_same: bool,
}

impl<'a> Since<'a> {
    fn of(group: &'a CellGroup, earlier: &Benchmark) -> Option<Self> {
        let cell = cell(earlier, group.of)?;
        let now = CellNumbers::of(&group.values).map_or(Cell::Empty, Cell::Told);
        Some(Self { group, came: group.values.len() as i64 - cell.count()? as i64, is_same: now == *cell })
    }
}

impl Since<'_> {
    /// Whether all of its statements are another's, too.
    fn is_within(&self, other: &Since<'_>) -> bool {
        self.group.items.minus(&other.group.items).is_empty()
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
