//! Queries that can't be understood, and those that name what the site doesn't have: told at the word that is meant.

use super::context::SiteContext;
use super::list::List;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::QueryPart;
use crate::query::{Expression, Grouping, QueryFault, SortBy};
use crate::site::find;
use crate::site::query::limit;
use crate::source::{SourcePath, Span};

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    for list in &context.lists {
        let page = &context.site.pages[list.page].page;
        let attribute = Attribute { path: &page.path, text: &page.text };
        findings.extend(mistakes(context, list).into_iter().map(|mistake| attribute.finding(mistake)));
    }
}

/// Whether something is wrong with a list's query, so that nobody is to be told besides that it finds nothing.
pub(super) fn has_mistake(context: &SiteContext<'_>, list: &List<'_>) -> bool {
    !mistakes(context, list).is_empty()
}

/// What is wrong with an attribute.
struct Mistake<'a> {
    code: Code,
    attribute: &'a QueryPart,
    fault: QueryFault,
}

fn mistakes<'a>(context: &SiteContext<'_>, list: &'a List<'_>) -> Vec<Mistake<'a>> {
    let site = context.site;
    let mut mistakes = Vec::new();
    let mut tell = |attribute: &'a QueryPart, read: Result<Vec<QueryFault>, QueryFault>| match read {
        Err(fault) => mistakes.push(Mistake { code: Code::UnreadableQuery, attribute, fault }),
        Ok(doubts) => {
            let doubts = doubts.into_iter();
            mistakes.extend(doubts.map(|fault| Mistake { code: Code::DoubtfulQuery, attribute, fault }));
        }
    };
    if let Some(term) = &list.query.query {
        let read = Expression::read(&term.text);
        tell(term, read.map(|asked| asked.map(|asked| find::doubts(site, &asked)).unwrap_or_default()));
    }
    if let Some(term) = &list.query.sort {
        tell(term, SortBy::read_all(&term.text).map(|by| find::doubts_of_order(site, &by)));
    }
    if let Some(term) = &list.query.group {
        let read = Grouping::read(&term.text);
        tell(term, read.map(|by| find::doubts_of_grouping(site, &by).into_iter().collect()));
    }
    if let Some(term) = &list.query.limit {
        tell(term, limit(term).map(|_| Vec::new()));
    }
    mistakes
}

/// The page that an attribute stands in.
struct Attribute<'a> {
    path: &'a SourcePath,
    text: &'a str,
}

impl Attribute<'_> {
    /// At the word that is meant, where the value is written as it reads; else at the attribute.
    fn finding(&self, mistake: Mistake<'_>) -> Diagnostic {
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
