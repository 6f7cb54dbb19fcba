//! `[assessment]` against the pages: levels and areas that nothing belongs to, and checklists that belong to none.

use super::configuration::ConfigTexts;
use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::query::Expression;
use crate::site::assessment::{Model, ModelStep};
use crate::site::find::{self, Calendar, Question};
use crate::source::{Source, Span};

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    // What a translation shares with its original is told there.
    if context.others.is_none() {
        return;
    }
    let calendar = Calendar { today: context.today, changes: context.history };
    let model = Model::of(Question::to(context.site, calendar), None);
    if let Some(file) = context.configuration {
        configured(context, &model, file, findings);
    }
    unplaced(context, &model, findings);
}

/// Queries that name what isn't there, and levels and areas that no statement belongs to.
fn configured(context: &SiteContext<'_>, model: &Model, file: &Source, findings: &mut Vec<Diagnostic>) {
    let config = &context.site.config.assessment;
    let levels = config.levels.iter().flatten().map(|level| level.pages.as_str()).enumerate();
    let areas = config.areas.iter().flatten().map(|area| area.pages.as_str()).enumerate();
    let queries = levels.map(|(at, query)| ("levels", at, query)).chain(areas.map(|(at, query)| ("areas", at, query)));
    let mut values = None;
    for (list, at, query) in queries {
        let Ok(read) = Expression::read(query) else { continue };
        let values = values.get_or_insert_with(|| ConfigTexts::read(&file.text));
        let whole = values.place(&format!("assessment.{list}[{at}].pages")).map_or(Span::default(), |(span, _)| span);
        let doubts = read.map(|query| find::doubts(context.site, &query)).unwrap_or_default();
        let is_doubtful = !doubts.is_empty();
        for doubt in doubts {
            let inside = file.text.get(whole.start..whole.end) == Some(query);
            let span = if inside { doubt.span.shifted(whole.start) } else { whole };
            findings.push(Diagnostic::new(Code::DoubtfulQuery, &file.path, span, doubt.message).with_help(doubt.help));
        }
        let is_used = model.items.iter().any(|item| match list {
            "levels" => item.level == Some(at),
            _ => item.area == Some(at),
        });
        if !is_used && !is_doubtful && !model.items.is_empty() {
            let steps: &[ModelStep] = if list == "levels" { &model.levels } else { &model.areas };
            let name = steps.get(at).map_or("", |step| step.name.as_str());
            let message = format!("no statement of a checklist belongs to `{name}`");
            let help = "A page belongs to the first whose query finds it: put narrow ones before wide ones, or take this one away.";
            findings.push(Diagnostic::new(Code::UnplacedChecklist, &file.path, whole, message).with_help(help));
        }
    }
}

/// Pages whose answers count for no level, or for no area, where there are some.
fn unplaced(context: &SiteContext<'_>, model: &Model, findings: &mut Vec<Diagnostic>) {
    for (place, assessed) in model.pages.iter().enumerate() {
        let Some(item) = model.items_of(place).next() else { continue };
        let lacks = |steps: &[ModelStep], place: Option<usize>| !steps.is_empty() && place.is_none();
        let what = match (lacks(&model.levels, item.level), lacks(&model.areas, item.area)) {
            (true, true) => "no level and no area",
            (true, false) => "no level",
            (false, true) => "no area",
            (false, false) => continue,
        };
        let page = &context.site.pages[assessed.id].page;
        let span = page.meta.spans.get("checklist").copied().unwrap_or_default();
        let message = format!("this checklist belongs to {what}, so its answers count for none");
        let by_tags = context.site.config.assessment.levels.is_none() && what == "no level";
        let help = match by_tags {
            true => "Give the page the tag of its level, as in `Level 2 (OSMM)`.",
            false => "Give the page what the queries at `[assessment]` in `book.toml` ask for, or change these.",
        };
        findings.push(Diagnostic::new(Code::UnplacedChecklist, &page.path, span, message).with_help(help));
    }
}
