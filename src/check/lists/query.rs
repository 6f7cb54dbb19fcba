//! Queries that can't be understood, and those that name what the site doesn't have: told at the word that is meant.

use super::list::List;
use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Component, QueryPart};
use crate::query::{Expression, Grouping, QueryFault, SortBy};
use crate::site::find::{self, Calendar};
use crate::site::query::{axis, least, limit};
use crate::source::{SourcePath, Span};

/// So many gaps are named.
const SHOWN_GAPS: usize = 5;

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    for list in &context.lists {
        let page = &context.site.pages[list.page].page;
        let attribute = Attribute { path: &page.path, text: &page.text };
        findings.extend(mistakes(context, list).into_iter().map(|mistake| attribute.finding(mistake)));
        findings.extend(coverage(context, list));
    }
}

/// Whether something is wrong with a list's query, so that nobody is to be told besides that it finds nothing.
pub(super) fn has_mistake(context: &SiteContext<'_>, list: &List<'_>) -> bool {
    !mistakes(context, list).is_empty()
}

/// What is wrong with an attribute.
struct Mistake {
    code: Code,
    attribute: QueryPart,
    fault: QueryFault,
}

fn mistakes(context: &SiteContext<'_>, list: &List<'_>) -> Vec<Mistake> {
    let site = context.site;
    let mut mistakes = Vec::new();
    let mut tell = |attribute: QueryPart, read: Result<Vec<QueryFault>, QueryFault>| match read {
        Err(fault) => mistakes.push(Mistake { code: Code::UnreadableQuery, attribute, fault }),
        Ok(doubts) => {
            let doubts = doubts.into_iter();
            let doubt = |fault| Mistake { code: Code::DoubtfulQuery, attribute: attribute.clone(), fault };
            mistakes.extend(doubts.map(doubt));
        }
    };
    if let Some(term) = list.query.query.clone() {
        let read = Expression::read(&term.text);
        tell(term, read.map(|asked| asked.map(|asked| find::doubts(site, &asked)).unwrap_or_default()));
    }
    if let Some(term) = list.query.sort.clone() {
        let read = SortBy::read_all(&term.text);
        tell(term, read.map(|by| find::doubts_of_order(site, &by)));
    }
    if let Some(term) = list.query.group.clone() {
        let read = Grouping::read(&term.text);
        tell(term, read.map(|by| find::doubts_of_grouping(site, &by).into_iter().collect()));
    }
    if let Some(term) = list.query.limit.clone() {
        let read = limit(&term);
        tell(term, read.map(|_| Vec::new()));
    }
    if site.crosses(list.component) {
        for name in ["rows", "columns"] {
            if let Some((part, read)) = part(list.component, name).zip(axis(list.component, name)) {
                tell(part, read.map(|by| find::doubts_of_grouping(site, &by).into_iter().collect()));
            }
        }
        if let Some(part) = part(list.component, "min") {
            let read = least(&part.text);
            tell(part, read.map(|_| Vec::new()));
        }
    }
    mistakes
}

/// What stands in an attribute that isn't part of every query.
fn part(used: &Component, name: &str) -> Option<QueryPart> {
    let attribute = used.attribute(name)?;
    Some(QueryPart { text: attribute.value.as_str()?.to_owned(), span: attribute.span })
}

/// Tells of a matrix that has more gaps than it may have.
fn coverage(context: &SiteContext<'_>, list: &List<'_>) -> Option<Diagnostic> {
    let least = least(list.component.string("min")?).ok()?;
    let calendar = Calendar { today: context.today, changes: context.history };
    let matrix = context.site.matrix(list.component, &list.found, calendar)?;
    let (all, filled) = matrix.counts();
    if all == 0 || filled * 100 >= least * all {
        return None;
    }
    let covered = matrix.coverage();
    let message = format!("of this matrix {covered} % are filled ({filled} of {all} cells), less than {least} %");
    let gaps: Vec<String> = matrix.gaps().take(SHOWN_GAPS).map(|gap| format!("{} × {}", gap.row, gap.column)).collect();
    let more =
        if all - filled > gaps.len() { format!(" and {} more", all - filled - gaps.len()) } else { String::new() };
    let help = format!("No page stands at {}{more}.", gaps.join(", "));
    let path = &context.site.pages[list.page].page.path;
    let span = list.component.attribute("min").map_or(list.component.span, |attribute| attribute.span);
    let identity = list.component.span.of(&context.site.pages[list.page].page.text);
    Some(Diagnostic::new(Code::LowCoverage, path, span, message).with_identity(identity).with_help(help))
}

/// The page that an attribute stands in.
struct Attribute<'a> {
    path: &'a SourcePath,
    text: &'a str,
}

impl Attribute<'_> {
    /// At the word that is meant, where the value is written as it reads; else at the attribute.
    fn finding(&self, mistake: Mistake) -> Diagnostic {
        let Mistake { code, attribute, fault } = mistake;
        let written = attribute.span.of(self.text);
        let value = written.find(&attribute.text).filter(|_| !attribute.text.is_empty());
        let span = value.map_or(attribute.span, |value| {
            let start = attribute.span.start + value;
            Span::new(start + fault.span.start, start + fault.span.end)
        });
        Diagnostic::new(code, self.path, span, fault.message).with_help(fault.help)
    }
}
