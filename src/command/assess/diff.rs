//! `bokworm assess diff`: how two editions of the model differ, and what that does to answers.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::files::{ensure_of, model, result};
use crate::assess::{self, Fate, FateOfAnswer, ItemChange, ModelDifference, Moved, ResultFile, StepKind};
use crate::command::Outcome;
use crate::command::flags::Flags;
use crate::command::side::{Compared, side};
use crate::diagnostic::counted;
use crate::session::Purpose;
use crate::site::assessment::{Item, Model, ModelRule, ModelStep};
use crate::terminal;

/// What `assess diff` is told.
#[derive(clap::Args, Clone, Debug)]
pub struct DiffArguments {
    /// The older edition
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The newer one; by default the working tree
    #[arg(value_name = "NEW")]
    pub new: Option<String>,
    /// Tell what becomes of the answers of this result
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// For whom
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: DiffFormat,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// For whom a comparison is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum DiffFormat {
    /// For people
    #[default]
    Human,
    /// For a page, or a pull request
    Markdown,
    /// For programs
    Json,
}

/// Compares editions of the project of the folder `start`.
pub(super) fn run(arguments: &DiffArguments, start: &Path) -> anyhow::Result<Outcome> {
    let compared = Compared { start, flags: &arguments.project, purpose: Purpose::Ask };
    let old = side(Some(&arguments.old), compared)?;
    let new = side(arguments.new.as_deref(), compared)?;
    let file = arguments.answers.as_ref().map(|file| result(&start.join(file))).transpose()?;
    let (old_model, new_model) = (model(&old.state, None)?, model(&new.state, None)?);
    if let (Some(file), Some(shown)) = (&file, &arguments.answers) {
        ensure_of(&new_model, file, shown)?;
        if !file.is_untouched() {
            terminal::note("warning: the result was changed after it was exported, or has no checksum\n")?;
        }
    }
    let told = ToldDifference {
        called: [&old.called, &new.called],
        difference: assess::difference(&old_model, &new_model),
        answers: file.as_ref().map(|ResultFile { result, .. }| assess::fates(result, &old_model, &new_model)),
        old: &old_model,
        new: &new_model,
    };
    terminal::say(&match arguments.format {
        DiffFormat::Human => told.text(false),
        DiffFormat::Markdown => told.text(true),
        DiffFormat::Json => format!("{:#}\n", told.json()),
    })?;
    Ok(Outcome::Clean)
}

/// What is told of a comparison.
struct ToldDifference<'a> {
    called: [&'a str; 2],
    difference: ModelDifference,
    answers: Option<Vec<FateOfAnswer>>,
    old: &'a Model,
    new: &'a Model,
}

/// Lines below a heading.
struct DiffSection {
    heading: String,
    lines: Vec<String>,
}

impl ToldDifference<'_> {
    /// For people, or as Markdown.
    fn text(&self, is_markdown: bool) -> String {
        let [old, new] = self.called;
        let head = format!("{}: from {old} to {new}", self.new.title);
        let mut out = if is_markdown { format!("# {}\n", escaped(&head)) } else { format!("{head}\n") };
        if self.difference.is_nothing() {
            let count = counted(self.difference.unchanged, "statement");
            out.push_str(&format!("\nNothing differs: {count}.\n"));
        }
        for DiffSection { heading, lines } in
            self.sections(is_markdown).into_iter().filter(|part| !part.lines.is_empty())
        {
            let mark = if is_markdown { "## " } else { "" };
            out.push_str(&format!("\n{mark}{heading} ({})\n{}", lines.len(), if is_markdown { "\n" } else { "" }));
            for line in lines {
                out.push_str(if is_markdown { "- " } else { "  " });
                out.push_str(&line);
                out.push('\n');
            }
        }
        if !self.difference.is_nothing() && self.difference.unchanged > 0 {
            out.push_str(&format!("\nUnchanged: {}.\n", counted(self.difference.unchanged, "statement")));
        }
        if self.old.edition != self.new.edition {
            let (old, new) = (&self.old.edition, &self.new.edition);
            out.push_str(&format!("\nThe edition is another: {old} is now {new}. Results of both can't be merged.\n"));
        }
        out
    }

    fn sections(&self, is_markdown: bool) -> Vec<DiffSection> {
        let shown = |text: &str| if is_markdown { escaped(text) } else { one_line(text) };
        let items = |is_wanted: &dyn Fn(&ItemChange) -> bool, line: &dyn Fn(&ItemChange) -> String| {
            self.difference.items.iter().filter(|change| is_wanted(change)).map(|change| shown(&line(change))).collect()
        };
        let section = |heading: &str, lines: Vec<String>| DiffSection { heading: heading.to_owned(), lines };
        let mut sections = vec![
            section("The model", self.steps().iter().map(|line| shown(line)).collect()),
            section("Added", items(&|change| change.old.is_none(), &|change| self.named(change))),
            section(
                "Removed: answers to these fit nothing any more",
                items(&|change| change.new.is_none(), &|change| self.named(change)),
            ),
            section(
                "Probably renamed: answers are lost unless the page says `was`",
                items(&|change| change.fate == Fate::ProbablyRenamed, &|change| self.hint(change)),
            ),
            section(
                "Changed: answers stay",
                items(&|change| matches!(change.fate, Fate::Kept | Fate::Renamed), &|change| self.changed(change)),
            ),
        ];
        sections.extend(self.answers.as_ref().map(|answers| DiffSection {
            heading: "Answers".into(),
            lines: self.answer_lines(answers).iter().map(|line| shown(line)).collect(),
        }));
        sections
    }

    fn steps(&self) -> Vec<String> {
        let ModelDifference { rule, ratings, steps, .. } = &self.difference;
        let mut lines = Vec::new();
        if let Some((old, new)) = rule {
            let told = |rule: &ModelRule| format!("{} % rated {} or better", rule.share, rule.rating);
            lines.push(format!("a level is reached with {}, no more with {}", told(new), told(old)));
        }
        if let Some((old, new)) = ratings {
            let lost =
                if new < old { format!(": answers rated {new} or better fit nothing any more") } else { String::new() };
            lines.push(format!("{new} ratings, no more {old}{lost}"));
        }
        for change in steps {
            let kind = kind_of(change.kind);
            let line = match (&change.old, &change.new) {
                (Some(old), None) => format!("{kind} removed: {old}"),
                (None, Some(new)) => format!("{kind} added: {new}"),
                (Some(old), Some(new)) if old != new => format!("{kind} renamed: {old} is now {new}"),
                _ => format!("{kind} {} counts otherwise", change.new.as_deref().unwrap_or_default()),
            };
            let weight = change.weight.map(|(old, new)| format!(" ({new}, no more {old})"));
            lines.push(line + &weight.unwrap_or_default());
        }
        lines
    }

    fn old_item(&self, change: &ItemChange) -> Option<&Item> {
        change.old.map(|at| &self.old.items[at])
    }

    fn new_item(&self, change: &ItemChange) -> Option<&Item> {
        change.new.map(|at| &self.new.items[at])
    }

    /// A statement with its page.
    fn named(&self, change: &ItemChange) -> String {
        let (item, page) = match (self.new_item(change), self.old_item(change)) {
            (Some(item), _) => (item, &self.new.pages[item.page]),
            (None, Some(item)) => (item, &self.old.pages[item.page]),
            (None, None) => return String::new(),
        };
        format!("{}: {}", page.title, item.title)
    }

    /// What an author can do about it.
    fn hint(&self, change: &ItemChange) -> String {
        let old = self.old_item(change).map_or("", |item| item.title.as_str());
        format!("{} (was: {})", self.named(change), json!(old))
    }

    fn changed(&self, change: &ItemChange) -> String {
        let (Some(old), Some(new)) = (self.old_item(change), self.new_item(change)) else { return String::new() };
        let step =
            |steps: &[ModelStep], at: Option<usize>| at.map_or_else(|| "none".to_owned(), |at| steps[at].name.clone());
        let of = |moved: &Moved| match moved {
            Moved::Title => format!("renamed from “{}”", old.title),
            Moved::Description => "reworded".to_owned(),
            Moved::Page => format!("moved from the page “{}”", self.old.pages[old.page].title),
            Moved::Level => format!(
                "moved from level {} to {}",
                step(&self.old.levels, old.level),
                step(&self.new.levels, new.level)
            ),
            Moved::Area => {
                format!("moved from area {} to {}", step(&self.old.areas, old.area), step(&self.new.areas, new.area))
            }
            Moved::Weight => format!("weight {}, no more {}", new.weight, old.weight),
        };
        let mut what: Vec<String> = change.moved.iter().map(of).collect();
        if what.is_empty() {
            what.push(format!("its id is {}, no more {}", new.id, old.id));
        }
        format!("{}: {}", self.named(change), what.join("; "))
    }

    fn answer_lines(&self, answers: &[FateOfAnswer]) -> Vec<String> {
        let count = |fate: &Fate| answers.iter().filter(|answer| answer.fate == *fate).count();
        let lost = count(&Fate::Lost) + count(&Fate::ProbablyRenamed);
        let mut lines = vec![format!(
            "{} stay, {} are found again under another id, {lost} fit nothing any more",
            count(&Fate::Kept),
            count(&Fate::Renamed)
        )];
        for answer in answers.iter().filter(|answer| answer.fate != Fate::Kept) {
            let title = if answer.answer.title.is_empty() { &answer.id } else { &answer.answer.title };
            let now = answer.new.map(|at| self.new.items[at].title.as_str()).unwrap_or_default();
            lines.push(match answer.fate {
                Fate::Renamed => format!("moves: {title} → {now}"),
                Fate::ProbablyRenamed => format!("lost: {title} (probably {now} now)"),
                _ if answer.is_off_scale => format!("lost: {title} (its rating is on no scale any more)"),
                _ => format!("lost: {title}"),
            });
        }
        lines
    }

    fn json(&self) -> Value {
        let ModelDifference { rule, ratings, steps, items, unchanged } = &self.difference;
        let of_rule = |rule: &ModelRule| json!({ "rating": rule.rating, "share": rule.share });
        let item = |model: &Model, item: &Item| {
            let named = |steps: &[ModelStep], at: Option<usize>| at.map(|at| steps[at].name.clone());
            json!({
                "id": item.id, "title": item.title, "page": model.pages[item.page].title,
                "address": model.pages[item.page].route, "weight": item.weight,
                "level": named(&model.levels, item.level), "area": named(&model.areas, item.area),
            })
        };
        let of_item = |change: &ItemChange| {
            json!({
                "fate": fate_of(&change.fate),
                "changed": change.moved.iter().map(|moved| moved_of(*moved)).collect::<Vec<_>>(),
                "old": self.old_item(change).map(|of| item(self.old, of)),
                "new": self.new_item(change).map(|of| item(self.new, of)),
            })
        };
        let of_step = |change: &assess::StepChange| {
            let weight = change.weight.map(|(old, new)| json!({ "old": old, "new": new }));
            json!({ "kind": kind_of(change.kind), "old": change.old, "new": change.new, "weight": weight })
        };
        let of_answer = |answer: &FateOfAnswer| {
            let new = answer.new.map(|at| self.new.items[at].id.clone());
            json!({ "id": answer.id, "fate": fate_of(&answer.fate), "offScale": answer.is_off_scale, "new": new })
        };
        json!({
            "old": { "name": self.called[0], "edition": self.old.edition },
            "new": { "name": self.called[1], "edition": self.new.edition },
            "rule": rule.as_ref().map(|(old, new)| json!({ "old": of_rule(old), "new": of_rule(new) })),
            "ratings": ratings.map(|(old, new)| json!({ "old": old, "new": new })),
            "steps": steps.iter().map(of_step).collect::<Vec<_>>(),
            "items": items.iter().map(of_item).collect::<Vec<_>>(),
            "unchanged": unchanged,
            "answers": self.answers.as_ref().map(|answers| answers.iter().map(of_answer).collect::<Vec<_>>()),
        })
    }
}

fn kind_of(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Rating => "rating",
        StepKind::Level => "level",
        StepKind::Area => "area",
    }
}

fn fate_of(fate: &Fate) -> &'static str {
    match fate {
        Fate::New => "new",
        Fate::Kept => "kept",
        Fate::Renamed => "renamed",
        Fate::ProbablyRenamed => "probably-renamed",
        Fate::Lost => "lost",
    }
}

fn moved_of(moved: Moved) -> &'static str {
    match moved {
        Moved::Title => "title",
        Moved::Description => "description",
        Moved::Page => "page",
        Moved::Level => "level",
        Moved::Area => "area",
        Moved::Weight => "weight",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line of Markdown that says what it says.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if r"\`*_[]<>#|".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
