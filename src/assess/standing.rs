//! What answers add up to: how much is answered, means, the level reached, gaps, and what to do next. Scripts reckon the
//! same (`templates/assess/score.js`).

use std::collections::BTreeMap;

use super::result::ItemAnswer;
use crate::site::assessment::{Item, Model};

/// A share may be wrong by so little, since 0.1 + 0.2 is not 0.3.
const ALMOST: f64 = 1e-9;

/// Where somebody stands: a model with the answers to its statements.
pub struct Score<'a> {
    model: &'a Model,
    answers: Vec<Option<&'a ItemAnswer>>,
}

/// What some statements add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// How many there are.
    pub items: usize,
    /// How many of them apply.
    pub applicable: usize,
    /// How many of these are rated.
    pub rated: usize,
    /// How many are rated or don't apply.
    pub done: usize,
    /// The mean rating by weight, if any is rated.
    pub mean: Option<f64>,
    /// How much of what applies is rated high enough, in percent, if any applies.
    pub share: Option<f64>,
}

/// The level reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LevelReached {
    /// Its place; none if none is.
    pub reached: Option<usize>,
    /// The lowest that isn't, if there is one.
    pub next: Option<usize>,
}

/// A statement that is rated lower than it is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetGap {
    /// Its place.
    pub item: usize,
    /// By how much.
    pub by: usize,
}

impl<'a> Score<'a> {
    /// That of answers by the ids of their statements.
    pub fn of(model: &'a Model, answers: &'a BTreeMap<String, ItemAnswer>) -> Self {
        Self { model, answers: model.items.iter().map(|item| answers.get(&item.id)).collect() }
    }

    /// What was answered to a statement.
    pub fn answer(&self, item: usize) -> Option<&'a ItemAnswer> {
        self.answers.get(item).copied().flatten()
    }

    /// The rating of a statement that applies; one that is on no scale counts as none.
    pub fn rating(&self, item: usize) -> Option<usize> {
        let answer = self.answer(item).filter(|answer| !answer.not_applicable)?;
        answer.rating.filter(|rating| *rating < self.model.ratings.len())
    }

    /// Whether a statement doesn't apply.
    pub fn is_out(&self, item: usize) -> bool {
        self.answer(item).is_some_and(|answer| answer.not_applicable)
    }

    fn is_enough(&self, item: usize) -> bool {
        self.rating(item).is_some_and(|rating| rating >= self.model.rule.rating)
    }

    /// What some statements add up to.
    pub fn tally(&self, is_of: impl Fn(&Item) -> bool) -> Tally {
        let mut told = Tally::default();
        let (mut all, mut enough, mut rated, mut sum) = (0.0, 0.0, 0.0, 0.0);
        for (at, item) in self.model.items.iter().enumerate().filter(|(_, item)| is_of(item)) {
            told.items += 1;
            if self.is_out(at) {
                told.done += 1;
                continue;
            }
            told.applicable += 1;
            all += item.weight;
            if let Some(rating) = self.rating(at) {
                told.rated += 1;
                told.done += 1;
                rated += item.weight;
                sum += item.weight * rating as f64;
            }
            if self.is_enough(at) {
                enough += item.weight;
            }
        }
        told.mean = (rated > 0.0).then(|| sum / rated);
        told.share = (all > 0.0).then(|| 100.0 * enough / all);
        told
    }

    /// The level reached: it and all below it have enough. Those without statements are passed over, and of those that
    /// don't apply at all none counts before something was rated.
    pub fn level_reached(&self) -> LevelReached {
        let (mut told, mut is_rated) = (LevelReached::default(), false);
        for level in 0..self.model.levels.len() {
            let own = self.tally(|item| item.level == Some(level));
            if own.items == 0 {
                continue;
            }
            if own.share.is_some_and(|share| share < f64::from(self.model.rule.share) - ALMOST) {
                return LevelReached { next: Some(level), ..told };
            }
            is_rated |= own.rated > 0;
            if is_rated {
                told.reached = Some(level);
            }
        }
        told
    }

    /// What is missing for a level: its statements that apply and aren't rated high enough.
    pub fn missing_for(&self, level: usize) -> Vec<usize> {
        self.missing(|item| item.level == Some(level))
    }

    fn missing(&self, is_of: impl Fn(&Item) -> bool) -> Vec<usize> {
        let all = self.model.items.iter().enumerate();
        all.filter(|(at, item)| is_of(item) && !self.is_out(*at) && !self.is_enough(*at)).map(|(at, _)| at).collect()
    }

    /// What to do next, the lowest first: of the lowest level that isn't reached, or of all where there are no levels.
    pub fn next(&self) -> Vec<usize> {
        let mut open = match self.model.levels.is_empty() {
            true => self.missing(|_| true),
            false => self.level_reached().next.map_or_else(Vec::new, |level| self.missing_for(level)),
        };
        let weight = |at: &usize| self.model.items[*at].weight;
        open.sort_by(|a, b| self.rating(*a).cmp(&self.rating(*b)).then(weight(b).total_cmp(&weight(a))));
        open
    }

    /// The statements with a target above their rating, the widest gap first.
    pub fn gaps(&self) -> Vec<TargetGap> {
        let gap = |item: usize| {
            let target = self.answer(item)?.target?;
            let by = target.saturating_sub(self.rating(item).unwrap_or(0));
            (by > 0 && !self.is_out(item)).then_some(TargetGap { item, by })
        };
        let mut gaps: Vec<TargetGap> = (0..self.model.items.len()).filter_map(gap).collect();
        gaps.sort_by_key(|gap| std::cmp::Reverse(gap.by));
        gaps
    }

    /// One number for all: of areas by their weights where there are no levels, else of all statements.
    pub fn overall(&self) -> Option<f64> {
        if !self.model.levels.is_empty() || self.model.areas.is_empty() {
            return self.tally(|_| true).mean;
        }
        let areas = self.model.areas.iter().enumerate();
        let means: Vec<(f64, f64)> = areas
            .filter_map(|(at, area)| Some((f64::from(area.weight), self.tally(|item| item.area == Some(at)).mean?)))
            .collect();
        let weight: f64 = means.iter().map(|(weight, _)| weight).sum();
        (weight > 0.0).then(|| means.iter().map(|(weight, mean)| weight * mean).sum::<f64>() / weight)
    }

    /// How many statements of a level (of all, where there are none) have each rating, then how many aren't rated, then how
    /// many don't apply.
    pub fn counts(&self, level: Option<usize>) -> Vec<usize> {
        let columns = self.model.ratings.len();
        let mut counts = vec![0; columns + 2];
        for (at, _) in self.model.items.iter().enumerate().filter(|(_, item)| level.is_none() || item.level == level) {
            let column = if self.is_out(at) { columns + 1 } else { self.rating(at).unwrap_or(columns) };
            counts[column] += 1;
        }
        counts
    }
}
