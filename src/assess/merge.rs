//! Many results → a benchmark. What doesn't fit is left out, each with its reason.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::benchmark::{Benchmark, Cell, CellNumbers};
use super::groups::{CellOf, groups};
use super::read::{self, ResultFile};
use super::result::{AssessmentResult, ModelName};
use super::standing::Score;
use super::threshold::{Promise, tellable};
use crate::site::assessment::Model;

/// A file as read: its name, and its text or why it has none.
pub struct NamedText {
    /// What it is called.
    pub name: String,
    /// Its text, or why it can't be read.
    pub text: Result<String, String>,
}

/// What is wanted of a benchmark.
#[derive(Clone, Copy, Debug, Default)]
pub struct MergeWanted<'a> {
    /// Whether the results' names are left out.
    pub anonymous: bool,
    /// The smallest group that anything may be told of.
    pub at_least: usize,
    /// What was told before.
    pub earlier: &'a [Benchmark],
}

/// A benchmark, and what is not in it.
#[derive(Debug)]
pub struct Merged {
    /// What the results come to.
    pub benchmark: Benchmark,
    /// The files that were left out, each with the reason as a sentence without its subject.
    pub left_out: Vec<(String, String)>,
}

/// Merges the results of a model.
pub fn merge(model: &Model, files: &[NamedText], wanted: MergeWanted<'_>) -> Merged {
    let ids: BTreeSet<&str> = model.items.iter().map(|item| item.id.as_str()).collect();
    let read: Vec<Result<ResultFile, String>> = files.par_iter().map(|file| accepted(file, model, &ids)).collect();
    let mut results: Vec<AssessmentResult> = Vec::new();
    let mut left_out = Vec::new();
    let mut known: HashMap<String, &str> = HashMap::new();
    for (file, read) in files.iter().zip(read) {
        let accepted =
            read.and_then(|ResultFile { result, checksum }| match known.entry(checksum.unwrap_or_default()) {
                Entry::Occupied(first) => Err(format!("says the same as `{}`", first.get())),
                Entry::Vacant(free) => {
                    free.insert(&file.name);
                    Ok(result)
                }
            });
        match accepted {
            Ok(result) => results.push(result),
            Err(why) => left_out.push((file.name.clone(), why)),
        }
    }
    Merged { benchmark: benchmark(model, &results, wanted), left_out }
}

/// A file's result, if it can be counted; it has its checksum then.
fn accepted(file: &NamedText, model: &Model, ids: &BTreeSet<&str>) -> Result<ResultFile, String> {
    let file = read::read(file.text.as_ref().map_err(Clone::clone)?)?;
    let named = &file.result.model;
    if named.id != model.id {
        let told = |name: &str| if name.is_empty() { "no id".to_owned() } else { format!("the id `{name}`") };
        return Err(format!("is of another model: that has {}, this one {}", told(&named.id), told(&model.id)));
    }
    if named.edition != model.edition {
        return Err("is of another edition of the model: open it on the site of today and export it again".into());
    }
    if file.checksum.is_none() {
        return Err("has no checksum: export it again".into());
    }
    if !file.is_untouched() {
        return Err("was changed after it was exported: its checksum is another".into());
    }
    let highest = model.ratings.len().saturating_sub(1);
    for (id, answer) in &file.result.answers {
        if !ids.contains(id.as_str()) {
            return Err(format!("has an answer to `{id}`, which is no statement of the model"));
        }
        if answer.rating.max(answer.target).is_some_and(|rating| rating > highest) {
            return Err(format!("has an answer to `{id}` that is no rating: the highest is {highest}"));
        }
    }
    Ok(file)
}

fn benchmark(model: &Model, results: &[AssessmentResult], wanted: MergeWanted<'_>) -> Benchmark {
    let standings: Vec<Score<'_>> = results.iter().map(|result| Score::of(model, &result.answers)).collect();
    let groups = groups(model, &standings);
    let at_least = wanted.at_least.max(1);
    let tellable = tellable(&groups, &Promise { model, results: results.len(), at_least, earlier: wanted.earlier });
    let mut names: Vec<String> = results.iter().map(|result| result.name.clone()).collect();
    names.sort();
    let mut benchmark = Benchmark {
        model: ModelName { id: model.id.clone(), title: model.title.clone(), edition: model.edition.clone() },
        results: results.len(),
        at_least,
        names: (!wanted.anonymous).then_some(names),
        all: Cell::Withheld,
        levels: Vec::new(),
        areas: Vec::new(),
        pages: Vec::new(),
        items: Vec::new(),
    };
    for (at, group) in groups.iter().enumerate() {
        let cell = match CellNumbers::of(&group.values) {
            _ if !tellable.contains(&at) => Cell::Withheld,
            Some(numbers) => Cell::Told(numbers),
            None => Cell::Empty,
        };
        match group.of {
            CellOf::All => benchmark.all = cell,
            CellOf::Level(_) => benchmark.levels.push(cell),
            CellOf::Area(_) => benchmark.areas.push(cell),
            CellOf::Page(_) => benchmark.pages.push(cell),
            CellOf::Item(_) => benchmark.items.push(cell),
        }
    }
    benchmark
}
