//! Two editions of a model compared: what was added, removed, renamed, reworded, moved or weighed anew, and what that does
//! to answers that were given to the older one.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::settle;
use super::result::{AssessmentResult, ItemAnswer};
use crate::site::assessment::{Item, Model, ModelRule, ModelStep};

/// Titles on one page that are so alike are probably one statement, reworded.
const PROBABLY_ONE: f64 = 0.6;

/// Of longer titles only the words are compared: letter by letter costs the product of lengths.
const LONGEST_COMPARED: usize = 400;

/// How two editions of a model differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModelDifference {
    /// The old rule and the new one, if they differ.
    pub rule: Option<(ModelRule, ModelRule)>,
    /// How many ratings there were and are, if that differs.
    pub ratings: Option<(usize, usize)>,
    /// What happened to ratings, levels and areas.
    pub steps: Vec<StepChange>,
    /// What happened to statements, in the new order, and then those that were removed, in the old one.
    pub items: Vec<ItemChange>,
    /// To how many statements nothing happened.
    pub unchanged: usize,
}

/// What is rated with, or what statements are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// A rating.
    Rating,
    /// A level.
    Level,
    /// An area.
    Area,
}

/// A rating, a level or an area that was added, removed, renamed or weighed anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepChange {
    /// Which of these.
    pub kind: StepKind,
    /// What it was called, if it was there.
    pub old: Option<String>,
    /// What it is called, if it is there.
    pub new: Option<String>,
    /// How much it counted and counts, if that differs.
    pub weight: Option<(u32, u32)>,
}

/// What happened to a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// Its place in the old edition, if it was there.
    pub old: Option<usize>,
    /// Its place in the new one, if it is there.
    pub new: Option<usize>,
    /// What becomes of answers to it.
    pub fate: Fate,
    /// What of it is another.
    pub moved: Vec<Moved>,
}

/// What of a statement is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// What it is called.
    Title,
    /// What it says besides.
    Description,
    /// The page that it stands on.
    Page,
    /// Its level.
    Level,
    /// Its area.
    Area,
    /// How much it counts.
    Weight,
}

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// There was none.
    New,
    /// It stays.
    Kept,
    /// It is found again, under another id.
    Renamed,
    /// It fits no statement any more, although there is one that is probably the same: `was` would tell.
    ProbablyRenamed,
    /// It fits no statement any more.
    Lost,
}

/// Compares two editions.
pub fn difference(old: &Model, new: &Model) -> ModelDifference {
    let mut told = ModelDifference {
        rule: (old.rule != new.rule).then_some((old.rule, new.rule)),
        ratings: (old.ratings.len() != new.ratings.len()).then_some((old.ratings.len(), new.ratings.len())),
        ..ModelDifference::default()
    };
    let levels = StepsSeen::of(StepKind::Level, &old.levels, &new.levels);
    let areas = StepsSeen::of(StepKind::Area, &old.areas, &new.areas);
    let ratings = StepsSeen::of(StepKind::Rating, &old.ratings, &new.ratings);
    let pairs = ItemPairs::of(old, new);
    for (at, item) in new.items.iter().enumerate() {
        let Some(&(before, ref fate)) = pairs.of_new.get(&at) else {
            told.items.push(ItemChange { old: None, new: Some(at), fate: Fate::New, moved: Vec::new() });
            continue;
        };
        let moved = moved(&Beside { old, new, levels: &levels, areas: &areas }, &old.items[before], item);
        match moved.is_empty() && *fate == Fate::Kept {
            true => told.unchanged += 1,
            false => told.items.push(ItemChange { old: Some(before), new: Some(at), fate: fate.clone(), moved }),
        }
    }
    let stays: BTreeSet<usize> = pairs.of_new.values().map(|(old, _)| *old).collect();
    let removed = (0..old.items.len()).filter(|at| !stays.contains(at));
    told.items.extend(removed.map(|at| ItemChange { old: Some(at), new: None, fate: Fate::Lost, moved: Vec::new() }));
    told.steps = [ratings, levels, areas].into_iter().flat_map(|seen| seen.changes).collect();
    told
}

impl ModelDifference {
    /// Whether nothing differs.
    pub fn is_nothing(&self) -> bool {
        let Self { rule, ratings, steps, items, unchanged: _ } = self;
        rule.is_none() && ratings.is_none() && steps.is_empty() && items.is_empty()
    }
}

/// Which statement of the old edition each of the new one was.
struct ItemPairs {
    of_new: BTreeMap<usize, (usize, Fate)>,
}

impl ItemPairs {
    /// Those that answers find; of the others, those whose titles are close, on the same page.
    fn of(old: &Model, new: &Model) -> Self {
        let asked = |item: &Item| {
            let page = &old.pages[item.page];
            let (page, address, title) = (page.title.clone(), page.route.clone(), item.title.clone());
            (item.id.clone(), ItemAnswer { page, address, title, ..ItemAnswer::default() })
        };
        let result = AssessmentResult { answers: old.items.iter().map(asked).collect(), ..AssessmentResult::default() };
        let places: BTreeMap<&str, usize> =
            old.items.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
        let mut of_new = BTreeMap::new();
        for (at, (id, _)) in settle(&result, new).found {
            let fate = if new.items[at].id == id { Fate::Kept } else { Fate::Renamed };
            of_new.extend(places.get(id.as_str()).map(|&before| (at, (before, fate))));
        }
        let mut gone: BTreeSet<usize> = (0..old.items.len()).collect();
        of_new.values().for_each(|(before, _)| _ = gone.remove(before));
        let mut close: Vec<(f64, usize, usize)> = Vec::new();
        for at in (0..new.items.len()).filter(|at| !of_new.contains_key(at)) {
            for &before in gone.iter().filter(|&&before| is_one_page(old, before, new, at)) {
                let likeness = likeness(&old.items[before].title, &new.items[at].title);
                close.extend((likeness >= PROBABLY_ONE).then_some((likeness, at, before)));
            }
        }
        close.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, at, before) in close {
            if gone.contains(&before) && !of_new.contains_key(&at) {
                gone.remove(&before);
                of_new.insert(at, (before, Fate::ProbablyRenamed));
            }
        }
        Self { of_new }
    }
}

/// Whether two statements stand on what is one page, wherever it lies by now.
fn is_one_page(old: &Model, before: usize, new: &Model, at: usize) -> bool {
    let (before, now) = (&old.pages[old.items[before].page], &new.pages[new.items[at].page]);
    before.key == now.key || before.route == now.route || now.was.contains(&before.route) || before.title == now.title
}

/// How alike two titles are: their letters in order, or their words in any.
fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    let (own, others) = (words(one), words(other));
    let shared = own.intersection(&others).count() as f64;
    let by_words = 2.0 * shared / (own.len() + others.len()).max(1) as f64;
    if one.len().max(other.len()) > LONGEST_COMPARED {
        return by_words;
    }
    by_words.max(strsim::normalized_levenshtein(&one.to_lowercase(), &other.to_lowercase()))
}

/// The steps of both editions, and which of the new ones each of the old ones is.
struct StepsSeen {
    new_of_old: Vec<Option<usize>>,
    changes: Vec<StepChange>,
}

impl StepsSeen {
    /// The same name, or else the same place where both names are nowhere else.
    fn of(kind: StepKind, old: &[ModelStep], new: &[ModelStep]) -> Self {
        let named = |steps: &[ModelStep], name: &str| steps.iter().position(|step| step.name == name);
        let same_place = |at: usize| {
            let now = new.get(at)?;
            (named(old, &now.name).is_none()).then_some(at)
        };
        let new_of_old: Vec<Option<usize>> =
            old.iter().enumerate().map(|(at, step)| named(new, &step.name).or_else(|| same_place(at))).collect();
        let mut changes = Vec::new();
        for (step, now) in old.iter().zip(&new_of_old) {
            let now = now.map(|at| &new[at]);
            let weight = now.map(|now| (step.weight, now.weight)).filter(|(was, is)| was != is);
            if weight.is_some() || now.is_none_or(|now| now.name != step.name) {
                let (old, new) = (Some(step.name.clone()), now.map(|now| now.name.clone()));
                changes.push(StepChange { kind, old, new, weight });
            }
        }
        let added = (0..new.len()).filter(|at| !new_of_old.contains(&Some(*at)));
        let added = added.map(|at| StepChange { kind, old: None, new: Some(new[at].name.clone()), weight: None });
        changes.extend(added);
        Self { new_of_old, changes }
    }

    fn is_another(&self, old: Option<usize>, new: Option<usize>) -> bool {
        old.and_then(|old| self.new_of_old[old]) != new || old.is_some() != new.is_some()
    }
}

/// Two editions beside each other.
struct Beside<'a> {
    old: &'a Model,
    new: &'a Model,
    levels: &'a StepsSeen,
    areas: &'a StepsSeen,
}

fn moved(beside: &Beside<'_>, before: &Item, now: &Item) -> Vec<Moved> {
    let Beside { old, new, levels, areas } = beside;
    let aspects = [
        (Moved::Title, before.title != now.title),
        (Moved::Description, before.description != now.description),
        (Moved::Page, old.pages[before.page].key != new.pages[now.page].key),
        (Moved::Level, levels.is_another(before.level, now.level)),
        (Moved::Area, areas.is_another(before.area, now.area)),
        (Moved::Weight, before.weight != now.weight),
    ];
    aspects.into_iter().filter(|(_, is_another)| *is_another).map(|(what, _)| what).collect()
}

/// What becomes of somebody's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FateOfAnswer {
    /// The id that it has.
    pub id: String,
    /// What was answered.
    pub answer: ItemAnswer,
    /// What becomes of it.
    pub fate: Fate,
    /// The place of its statement in the new edition, or of that which it probably is.
    pub new: Option<usize>,
    /// Whether its rating is on no scale any more.
    pub is_off_scale: bool,
}

/// What becomes of the answers of a result, in the order of their ids.
pub fn fates(result: &AssessmentResult, old: &Model, new: &Model) -> Vec<FateOfAnswer> {
    let settled = settle(result, new);
    let place: BTreeMap<&str, usize> = settled.found.iter().map(|(&at, (id, _))| (id.as_str(), at)).collect();
    let pairs = ItemPairs::of(old, new);
    let probably: BTreeMap<&str, usize> = pairs
        .of_new
        .iter()
        .filter(|(_, (_, fate))| *fate == Fate::ProbablyRenamed)
        .map(|(&at, (before, _))| (old.items[*before].id.as_str(), at))
        .collect();
    let all: BTreeMap<&String, &ItemAnswer> = result.answers.iter().chain(&result.unmatched).collect();
    let fate = |(id, answer): (&String, &ItemAnswer)| {
        let is_off_scale = answer.rating.max(answer.target).is_some_and(|rating| rating >= new.ratings.len());
        let (fate, at) = match (place.get(id.as_str()), probably.get(id.as_str())) {
            (Some(&at), _) if new.items[at].id == *id => (Fate::Kept, Some(at)),
            (Some(&at), _) => (Fate::Renamed, Some(at)),
            (None, Some(&at)) if !is_off_scale => (Fate::ProbablyRenamed, Some(at)),
            _ => (Fate::Lost, None),
        };
        FateOfAnswer { id: id.clone(), answer: answer.clone(), fate, new: at, is_off_scale }
    };
    all.into_iter().map(fate).collect()
}
