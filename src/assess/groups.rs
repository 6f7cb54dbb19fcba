//! The cells of a benchmark's tables: which statements each is about, which results rated at least one of them, and what
//! these gave.

use super::standing::Score;
use crate::site::assessment::Model;

/// What a cell is about, by its place in the model. The order is that in which cells are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum CellOf {
    All,
    Level(usize),
    Area(usize),
    Page(usize),
    Item(usize),
}

/// A set of results, or of statements: those whose bits are set.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct BitSet(Vec<u64>);

impl BitSet {
    pub(super) fn of(members: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::default();
        for member in members {
            let (word, bit) = (member / 64, member % 64);
            if set.0.len() <= word {
                set.0.resize(word + 1, 0);
            }
            set.0[word] |= 1 << bit;
        }
        set
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self::trimmed(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        let word = |at: usize| other.0.get(at).copied().unwrap_or(0);
        Self::trimmed(self.0.iter().enumerate().map(|(at, own)| own & !word(at)).collect())
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        let (long, short) = if self.0.len() < other.0.len() { (other, self) } else { (self, other) };
        let word = |at: usize| short.0.get(at).copied().unwrap_or(0);
        Self(long.0.iter().enumerate().map(|(at, own)| own | word(at)).collect())
    }

    /// Equal sets are equal words.
    fn trimmed(mut words: Vec<u64>) -> Self {
        while words.last() == Some(&0) {
            words.pop();
        }
        Self(words)
    }
}

/// A cell with what is known of it, whether or not it may be told.
pub(super) struct CellGroup {
    pub of: CellOf,
    /// Its statements.
    pub items: BitSet,
    /// The results that rated any of them.
    pub results: BitSet,
    /// What each of these gave on average, in order of size.
    pub values: Vec<f64>,
}

/// All cells of a model, in the order in which they are wanted.
pub(super) fn groups(model: &Model, standings: &[Score<'_>]) -> Vec<CellGroup> {
    let places = |count: usize, of: fn(usize) -> CellOf| (0..count).map(of);
    let cells = std::iter::once(CellOf::All)
        .chain(places(model.levels.len(), CellOf::Level))
        .chain(places(model.areas.len(), CellOf::Area))
        .chain(places(model.pages.len(), CellOf::Page))
        .chain(places(model.items.len(), CellOf::Item));
    cells.map(|of| group(of, model, standings)).collect()
}

fn group(of: CellOf, model: &Model, standings: &[Score<'_>]) -> CellGroup {
    let is_of = |at: usize| {
        let item = &model.items[at];
        match of {
            CellOf::All => true,
            CellOf::Level(level) => item.level == Some(level),
            CellOf::Area(area) => item.area == Some(area),
            CellOf::Page(page) => item.page == page,
            CellOf::Item(only) => at == only,
        }
    };
    let items: Vec<usize> = (0..model.items.len()).filter(|at| is_of(*at)).collect();
    let mean = |standing: &Score<'_>| {
        let rated = items.iter().filter_map(|&at| Some((model.items[at].weight, standing.rating(at)? as f64)));
        let (weight, sum) = rated.fold((0.0, 0.0), |(weight, sum), (own, rating)| (weight + own, sum + own * rating));
        (weight > 0.0).then(|| sum / weight)
    };
    let means = standings.iter().enumerate().filter_map(|(at, standing)| Some((at, mean(standing)?)));
    let (results, mut values): (Vec<usize>, Vec<f64>) = means.unzip();
    values.sort_by(f64::total_cmp);
    CellGroup { of, items: BitSet::of(items), results: BitSet::of(results), values }
}
