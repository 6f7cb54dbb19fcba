//! What queries name, in lists on pages and in the configuration, with the place of each value.

use crate::page::QueryPart;
use crate::query::{Expression, Operand, Test};
use crate::source::Span;

/// A value that a query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QueriedValue {
    /// What it is about, in small letters: `in`.
    pub(super) about: String,
    /// What it says.
    pub(super) text: String,
    /// Where it stands in the query, with its quotes.
    pub(super) span: Span,
}

/// All plain values of a query.
pub(super) fn values(query: &str) -> Vec<QueriedValue> {
    let Ok(Some(expression)) = Expression::read(query) else { return Vec::new() };
    let value = |term: &crate::query::Term| match &term.test {
        Test::Is(value) | Test::Compares(_, Operand::Value(value)) => Some(QueriedValue {
            about: term.name.text.to_lowercase(),
            text: value.pattern.text()?.to_owned(),
            span: value.span,
        }),
        _ => None,
    };
    expression.terms().iter().filter_map(|term| value(term)).collect()
}

/// Where the query of an attribute begins in a file, if it is written as it reads.
pub(super) fn start(text: &str, part: &QueryPart) -> Option<usize> {
    let attribute = text.get(part.span.start..part.span.end)?;
    let equals = attribute.find('=')?;
    let at = attribute.get(equals..)?.find(&part.text)?;
    Some(part.span.start + equals + at)
}

/// Another value in the quotes of one; one without quotes gets those that don't stand around the query, if it needs some.
pub(super) fn written_as(raw: &str, value: &str, around: char) -> String {
    let is_bare = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'));
    let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        None if is_bare => value.to_owned(),
        _ => {
            let quote = quote.unwrap_or(if around == '\'' { '"' } else { '\'' });
            format!("{quote}{}{quote}", value.replace('\\', r"\\").replace(quote, &format!("\\{quote}")))
        }
    }
}
