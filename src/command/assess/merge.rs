//! `bokworm assess merge`: results of many → a benchmark. Every file that is left out is told with the reason.

use super::super::opened;
use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::files::{model, text, write};
use crate::assess::{self, Benchmark, Cell, MergeWanted, NamedText};
use crate::command::Outcome;
use crate::command::flags::Flags;
use crate::command::rows::{Rows, RowsFormat};
use crate::diagnostic::counted;
use crate::session::{Purpose, State};
use crate::site::assessment::Model;
use crate::terminal;

/// So many results are needed where nobody is to be known.
const USUAL_LEAST: usize = 5;

/// What `assess merge` is told.
#[derive(clap::Args, Clone, Debug)]
pub struct MergeArguments {
    /// The results: files, or folders of JSON files
    #[arg(value_name = "RESULTS", required = true)]
    pub results: Vec<PathBuf>,
    /// The folder that the benchmark is written to; without it, the JSON is printed
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Leave out what the results are called, and withhold what tells of fewer than 5
    #[arg(long)]
    pub anonymous: bool,
    /// Withhold what tells of fewer results than that; by default 5 with --anonymous, else 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub at_least: Option<u32>,
    /// A benchmark that was published before: what both together would tell of too few is withheld, too
    #[arg(long, value_name = "FILE")]
    pub previous: Vec<PathBuf>,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// Merges results for the project of the folder `start`.
pub(super) fn run(arguments: &MergeArguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = opened::project(start, &arguments.project.overrides())?;
    let state = opened::session(project, Purpose::Ask)?.state();
    let model = model(&state, None)?;
    let earlier = arguments.previous.iter().map(|file| previous(&start.join(file), &model));
    let earlier = earlier.collect::<anyhow::Result<Vec<Benchmark>>>()?;
    let files = files(arguments, start)?;
    let least = arguments.at_least.map(|least| least as usize);
    let at_least = least.unwrap_or(if arguments.anonymous { USUAL_LEAST } else { 1 });
    let wanted = MergeWanted { anonymous: arguments.anonymous, at_least, earlier: &earlier };
    let merged = assess::merge(&model, &files, wanted);
    for (name, why) in &merged.left_out {
        terminal::note(&format!("left out: `{name}` {why}\n"))?;
    }
    let benchmark = &merged.benchmark;
    ensure!(benchmark.results > 0, "none of {} is a result of this model", counted(files.len(), "file"));
    terminal::note(&summary(benchmark, merged.left_out.len()))?;
    let json = benchmark.as_file(&model);
    let Some(out) = &arguments.out else {
        terminal::say(&json)?;
        return Ok(Outcome::Clean);
    };
    let out = start.join(out);
    write(&out.join("benchmark.json"), &json)?;
    write(&out.join("benchmark.csv"), &table(benchmark, &model).written(RowsFormat::Csv))?;
    write(&out.join("benchmark.md"), &page(benchmark, &state))?;
    Ok(Outcome::Clean)
}

fn summary(benchmark: &Benchmark, left_out: usize) -> String {
    let merged = counted(benchmark.results, "result");
    let without = if left_out == 0 { String::new() } else { format!(", {} left out", counted(left_out, "file")) };
    let (cells, withheld) = benchmark.withheld();
    let withheld = match withheld {
        0 => String::new(),
        some => format!(
            "{some} of {cells} cells are withheld: they could tell of fewer than {}.\n",
            counted(benchmark.at_least, "result")
        ),
    };
    format!("{merged} merged{without}.\n{withheld}")
}

/// The files that are asked for, each once; of a folder, its JSON files.
fn files(arguments: &MergeArguments, start: &Path) -> anyhow::Result<Vec<NamedText>> {
    let mut named: Vec<(String, PathBuf)> = Vec::new();
    for asked in &arguments.results {
        let place = start.join(asked);
        if !place.exists() {
            bail!("`{}` doesn't exist", asked.display());
        }
        if !place.is_dir() {
            named.push((asked.display().to_string(), place));
            continue;
        }
        for entry in walkdir::WalkDir::new(&place).sort_by_file_name() {
            let entry = entry.map_err(|error| anyhow::anyhow!("`{}` can't be read: {error}", asked.display()))?;
            let is_json = entry.path().extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
            if entry.file_type().is_file() && is_json {
                let below = entry.path().strip_prefix(&place).unwrap_or(entry.path());
                named.push((asked.join(below).display().to_string(), entry.into_path()));
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    named.retain(|(_, place)| seen.insert(place.canonicalize().unwrap_or_else(|_| place.clone())));
    if named.is_empty() {
        bail!("there are no JSON files in what you name");
    }
    Ok(named.into_par_iter().map(|(name, place)| NamedText { name, text: text(&place) }).collect())
}

fn previous(file: &Path, model: &Model) -> anyhow::Result<Benchmark> {
    let shown = file.display();
    let text = text(file).map_err(|why| anyhow::anyhow!("`{shown}` {why}"))?;
    assess::read_benchmark(&text, model).map_err(|why| anyhow::anyhow!("`{shown}` {why}"))
}

/// A row a cell.
fn table(benchmark: &Benchmark, model: &Model) -> Rows {
    let heads = ["about", "id", "title", "results", "median", "lower quartile", "upper quartile", "spread", "withheld"];
    let row = |about: &str, id: &str, title: &str, cell: &Cell| {
        let numbers = cell.numbers();
        let number = |value: Option<f64>| value.map_or(Value::Null, Value::from);
        vec![
            json!(about),
            json!(id),
            json!(title),
            json!(cell.count()),
            number(numbers.map(|numbers| numbers.median)),
            number(numbers.map(|numbers| numbers.lower)),
            number(numbers.map(|numbers| numbers.upper)),
            number(numbers.map(|numbers| numbers.spread)),
            if *cell == Cell::Withheld { json!("yes") } else { Value::Null },
        ]
    };
    let mut rows = vec![row("all", "", &model.title, &benchmark.all)];
    rows.extend(model.levels.iter().zip(&benchmark.levels).map(|(level, cell)| row("level", "", &level.name, cell)));
    rows.extend(model.areas.iter().zip(&benchmark.areas).map(|(area, cell)| row("area", "", &area.name, cell)));
    let pages = model.pages.iter().zip(&benchmark.pages);
    rows.extend(pages.map(|(page, cell)| row("page", &page.route, &page.title, cell)));
    let items = model.items.iter().zip(&benchmark.items);
    rows.extend(items.map(|(item, cell)| row("statement", &item.id, &item.title, cell)));
    Rows { heads: heads.map(str::to_owned).into(), rows }
}

/// A page of the site that shows the benchmark, in the site's language.
fn page(benchmark: &Benchmark, state: &State) -> String {
    let words = &state.original().words;
    let title = words.get("report_benchmark").replace("{title}", &benchmark.model.title);
    let lead = format!("{} {}", words.get("results_merged"), benchmark.results);
    format!("---\ntitle: {}\n---\n\n{lead}\n\n<Benchmark data=\"benchmark\" />\n", json!(title))
}
