//! The report of a result: one HTML file that stands alone, to be read on a screen or printed. Its template is the theme's
//! `assess-report.html`, in the site's language.

use serde::Serialize;
use tera::{Context, Value};

use super::day;
use super::radar::{self, RadarView};
use super::template_error::template_finding;
use super::theme::Theme;
use crate::assess::{AssessmentResult, ItemAnswer, Score, Settled, Tally};
use crate::diagnostic::Diagnostic;
use crate::site::Edition;
use crate::site::assessment::{Item, Model, ModelStep};

const TEMPLATE: &str = "assess-report.html";

/// What a report is made of.
pub struct ReportParts<'a> {
    /// The edition of the site, whose language it speaks.
    pub site: &'a Edition,
    /// The templates of that language.
    pub theme: &'a Theme,
    /// What was assessed.
    pub model: &'a Model,
    /// What it tells of.
    pub told: ReportedResult<'a>,
    /// What that is compared with.
    pub other: Option<ReportedResult<'a>>,
    /// Whether the file was changed by hand.
    pub is_changed: bool,
}

/// A result with its answers by today's statements.
#[derive(Clone, Copy)]
pub struct ReportedResult<'a> {
    /// The result.
    pub result: &'a AssessmentResult,
    /// Its answers.
    pub settled: &'a Settled,
}

#[derive(Serialize)]
struct ReportView<'a> {
    language: &'a str,
    direction: &'static str,
    site: &'a str,
    title: &'a str,
    name: &'a str,
    as_of: String,
    is_changed: bool,
    other_edition: bool,
    compared: Option<&'a str>,
    level: Option<&'a str>,
    has_levels: bool,
    done: usize,
    all: usize,
    enough: &'a str,
    overall: Option<String>,
    other_overall: Option<String>,
    ratings: Vec<RatingView<'a>>,
    rows: Vec<RowView<'a>>,
    topics: Vec<TopicView<'a>>,
    radar: Option<RadarView>,
    gaps: Vec<AnswerView<'a>>,
    next: Vec<AnswerView<'a>>,
    pages: Vec<PageAnswersView<'a>>,
    unmatched: Vec<AnswerView<'a>>,
}

#[derive(Clone, Serialize)]
struct RatingView<'a> {
    number: usize,
    name: &'a str,
    description: &'a str,
    color: String,
}

/// A level, the highest first; or all statements together.
#[derive(Serialize)]
struct RowView<'a> {
    name: &'a str,
    description: &'a str,
    is_reached: bool,
    share: Option<u32>,
    mean: Option<String>,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    count: usize,
    /// How much of its row it has, in percent.
    heat: usize,
    color: Option<String>,
}

/// An area, or a page.
#[derive(Serialize)]
struct TopicView<'a> {
    number: usize,
    name: &'a str,
    mean: Option<String>,
    percent: Option<u32>,
    other: Option<String>,
    other_percent: Option<u32>,
    difference: Option<String>,
}

#[derive(Serialize)]
struct PageAnswersView<'a> {
    title: &'a str,
    items: Vec<AnswerView<'a>>,
}

#[derive(Serialize)]
struct AnswerView<'a> {
    title: &'a str,
    description: &'a str,
    page: &'a str,
    rating: Option<RatingView<'a>>,
    is_out: bool,
    target: Option<RatingView<'a>>,
    reason: &'a str,
    note: &'a str,
    owner: &'a str,
    date: String,
}

/// Writes the report.
///
/// # Errors
/// A finding for a template that can't be rendered.
pub fn assess_report(parts: &ReportParts<'_>) -> Result<String, Box<Diagnostic>> {
    let mut values = Context::new();
    values.insert_value("report", Value::from_serializable(&view(parts)));
    let tera = &parts.theme.tera;
    tera.render(TEMPLATE, &values).map_err(|error| Box::new(template_finding(&error, None)))
}

fn view<'a>(parts: &'a ReportParts<'a>) -> ReportView<'a> {
    let ReportParts { site, model, told, other, is_changed, .. } = parts;
    let answers = told.settled.answers(model);
    let score = Score::of(model, &answers);
    let other_answers = other.map(|other| other.settled.answers(model));
    let other_score = other_answers.as_ref().map(|answers| Score::of(model, answers));
    let ratings = ratings(model);
    let shown = AnswersShown { site, model, ratings: &ratings, result: told };
    let items = |places: Vec<usize>| places.into_iter().map(|at| shown.item(at)).collect::<Vec<_>>();
    let reached = score.level_reached().reached;
    let all = score.tally(|_| true);
    let topics = topics(model, &score, other_score.as_ref());
    let highest = model.ratings.len().saturating_sub(1).max(1) as f64;
    ReportView {
        language: &site.config.site.language,
        direction: site.direction(),
        site: &site.config.site.title,
        title: &model.title,
        name: &told.result.name,
        as_of: day::for_people(&told.result.changed, site),
        is_changed: *is_changed,
        other_edition: told.result.model.edition != model.edition,
        compared: other.map(|other| other.result.name.as_str()),
        level: reached.map(|level| model.levels[level].name.as_str()),
        has_levels: !model.levels.is_empty(),
        done: all.done,
        all: all.items,
        enough: model.ratings.get(model.rule.rating).map_or("", |rating| rating.name.as_str()),
        overall: score.overall().map(number),
        other_overall: other_score.as_ref().and_then(Score::overall).map(number),
        rows: rows(model, &score, &ratings),
        radar: radar::radar(&topics.iter().map(|topic| topic.axis(highest)).collect::<Vec<_>>()),
        topics: topics.iter().enumerate().map(|(at, topic)| topic.view(at + 1, highest)).collect(),
        gaps: items(score.gaps().into_iter().map(|gap| gap.item).collect()),
        next: items(score.next()),
        pages: pages(model, &shown),
        unmatched: told.settled.unmatched.values().map(|answer| shown.answer(answer, None)).collect(),
        ratings: ratings.clone(),
    }
}

/// A number as it is read in a table: to one place.
fn number(value: f64) -> String {
    format!("{value:.1}")
}

/// The ratings with their colours; without a configured one, from red to green, each lighter than the one before.
fn ratings(model: &Model) -> Vec<RatingView<'_>> {
    let last = model.ratings.len().saturating_sub(1).max(1) as f64;
    let usual = |at: usize| {
        let part = at as f64 / last;
        format!("oklch({:.3} {:.3} {:.1})", 0.48 + 0.24 * part, 0.16 - 0.02 * part, 25.0 + 125.0 * part)
    };
    let view =
        |(number, rating): (usize, &'_ ModelStep)| (number, rating.color.clone().unwrap_or_else(|| usual(number)));
    let colors = model.ratings.iter().enumerate().map(view);
    let steps = model.ratings.iter().zip(colors);
    steps
        .map(|(step, (number, color))| RatingView { number, name: &step.name, description: &step.description, color })
        .collect()
}

/// The levels, the highest first; or all in one row where there are none.
fn rows<'a>(model: &'a Model, score: &Score<'_>, ratings: &[RatingView<'_>]) -> Vec<RowView<'a>> {
    let reached = score.level_reached().reached;
    let row = |name: &'a str, description: &'a str, level: Option<usize>| {
        let tally = score.tally(|item| level.is_none() || item.level == level);
        let counts = score.counts(level);
        let all: usize = counts.iter().sum();
        let cell = |(at, &count): (usize, &usize)| CellView {
            count,
            heat: 100 * count / all.max(1),
            color: ratings.get(at).map(|rating| rating.color.clone()),
        };
        RowView {
            name,
            description,
            is_reached: level.is_some() && level <= reached,
            share: tally.share.map(|share| share.floor() as u32),
            mean: tally.mean.map(number),
            cells: counts.iter().enumerate().map(cell).collect(),
        }
    };
    if model.levels.is_empty() {
        return vec![row(&model.title, "", None)];
    }
    let levels = model.levels.iter().enumerate().rev();
    levels.map(|(at, level)| row(&level.name, &level.description, Some(at))).collect()
}

/// What stands beside each other: areas, or else pages.
struct Topic<'a> {
    name: &'a str,
    mean: Option<f64>,
    /// Of what is compared.
    other: Option<f64>,
}

impl<'a> Topic<'a> {
    fn axis(&self, highest: f64) -> radar::Axis<'a> {
        radar::Axis {
            name: self.name,
            part: self.mean.unwrap_or(0.0) / highest,
            other: self.other.map(|other| other / highest),
        }
    }

    fn view(&self, place: usize, highest: f64) -> TopicView<'a> {
        let percent = |mean: f64| (100.0 * mean / highest).round() as u32;
        let Self { name, mean, other } = *self;
        let difference = mean.zip(other).map(|(mean, other)| format!("{:+.1}", mean - other));
        TopicView {
            number: place,
            name,
            mean: mean.map(number),
            percent: mean.map(percent),
            other: other.map(number),
            other_percent: other.map(percent),
            difference,
        }
    }
}

fn topics<'a>(model: &'a Model, score: &Score<'_>, other: Option<&Score<'_>>) -> Vec<Topic<'a>> {
    let topic = |name: &'a str, is_of: &dyn Fn(&Item) -> bool| {
        let mean = |tally: Tally| tally.mean;
        Topic { name, mean: mean(score.tally(is_of)), other: other.and_then(|other| mean(other.tally(is_of))) }
    };
    if model.areas.is_empty() {
        let pages = model.pages.iter().enumerate();
        return pages.map(|(at, page)| topic(&page.title, &move |item: &Item| item.page == at)).collect();
    }
    let areas = model.areas.iter().enumerate();
    areas.map(|(at, area)| topic(&area.name, &move |item: &Item| item.area == Some(at))).collect()
}

/// How answers are shown.
struct AnswersShown<'a, 'r> {
    site: &'a Edition,
    model: &'a Model,
    ratings: &'r [RatingView<'a>],
    result: &'a ReportedResult<'a>,
}

impl<'a> AnswersShown<'a, '_> {
    fn rating(&self, number: Option<usize>) -> Option<RatingView<'a>> {
        self.ratings.get(number?).cloned()
    }

    /// The answer to a statement, whether or not there is one.
    fn item(&self, at: usize) -> AnswerView<'a> {
        static NONE: ItemAnswer = ItemAnswer::NONE;
        let answer = self.result.settled.found.get(&at).map_or(&NONE, |(_, answer)| answer);
        self.answer(answer, Some(&self.model.items[at]))
    }

    fn answer(&self, answer: &'a ItemAnswer, item: Option<&'a Item>) -> AnswerView<'a> {
        AnswerView {
            title: item.map_or(&answer.title, |item| &item.title),
            description: item.map_or("", |item| &item.description),
            page: item.map_or(&answer.page, |item| &self.model.pages[item.page].title),
            rating: self.rating(answer.rating.filter(|_| !answer.not_applicable)),
            is_out: answer.not_applicable,
            target: self.rating(answer.target),
            reason: &answer.reason,
            note: &answer.note,
            owner: &answer.owner,
            date: if answer.date.is_empty() { String::new() } else { day::for_people(&answer.date, self.site) },
        }
    }
}

fn pages<'a>(model: &'a Model, shown: &AnswersShown<'a, '_>) -> Vec<PageAnswersView<'a>> {
    let items = |page: usize| {
        let items = model.items.iter().enumerate().filter(move |(_, item)| item.page == page);
        items.map(|(at, _)| shown.item(at)).collect()
    };
    model.pages.iter().enumerate().map(|(at, page)| PageAnswersView { title: &page.title, items: items(at) }).collect()
}
