//! A query as a tree, with the place of each part of it.

use std::cmp::Ordering;
use std::fmt;

use super::pattern::Wildcards;
use crate::source::Span;

/// What pages must be like to be found.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// As one term says.
    Term(Term),
    /// Not as this says.
    Not(Box<Expression>),
    /// As each of these says: two or more.
    All(Vec<Expression>),
    /// As one of these says at least: two or more.
    Any(Vec<Expression>),
}

/// One thing that is asked: `tag:"Legal Risk"`, `reviewed < 2026-01-01`.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it is about: `tag`, a key of the front matter, a relation.
    pub name: Name,
    /// What must be so.
    pub test: Test,
    /// Where all of it stands in the query.
    pub span: Span,
}

/// What a term is about, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands in the query.
    pub span: Span,
}

/// What must be so of what a term is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// `name:value`: it is that.
    Is(AskedValue),
    /// `name:any`: there is one.
    Something,
    /// `name:none`: there is none.
    Nothing,
    /// `name:(…)`: one of these pages is at its other end.
    Leads(Box<Expression>),
    /// `name < value`.
    Compares(Comparison, Operand),
}

/// A value as written.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedValue {
    /// What it says; `*` stands for anything.
    pub pattern: Wildcards,
    /// Where it stands in the query, with its quotes.
    pub span: Span,
}

/// How a value must compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// Whether that is how one compares with the other.
    pub fn admits(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// What is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A number, a date or a text.
    Value(AskedValue),
    /// `today`, and so long before (less than 0) or after.
    Today(Shift),
}

/// A stretch of time: `- 12 months`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    /// Months, years among them.
    pub months: i32,
    /// Days, weeks among them.
    pub days: i32,
}

impl Expression {
    /// All terms, those at the other ends of others among them, in order.
    pub fn terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        self.collect(&mut terms);
        terms
    }

    fn collect<'e>(&'e self, terms: &mut Vec<&'e Term>) {
        match self {
            Self::Term(term) => {
                terms.push(term);
                if let Test::Leads(to) = &term.test {
                    to.collect(terms);
                }
            }
            Self::Not(of) => of.collect(terms),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.collect(terms)),
        }
    }

    /// Where it stands in the query, without brackets around it.
    pub fn span(&self) -> Span {
        match self {
            Self::Term(term) => term.span,
            Self::Not(of) => of.span(),
            Self::All(parts) | Self::Any(parts) => {
                let ends = parts.first().zip(parts.last());
                ends.map_or(Span::new(0, 0), |(first, last)| Span::new(first.span().start, last.span().end))
            }
        }
    }
}

impl Comparison {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// The query written anew: reads as the same.
impl fmt::Display for Expression {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Term(term) => term.fmt(out),
            Self::Not(of) if matches!(**of, Self::Term(_) | Self::Not(_)) => write!(out, "not {of}"),
            Self::Not(of) => write!(out, "not ({of})"),
            Self::All(parts) => joined(out, parts, " and ", |part| matches!(part, Self::All(_) | Self::Any(_))),
            Self::Any(parts) => joined(out, parts, " or ", |part| matches!(part, Self::Any(_))),
        }
    }
}

fn joined(
    out: &mut fmt::Formatter<'_>,
    parts: &[Expression],
    by: &str,
    in_brackets: impl Fn(&Expression) -> bool,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.write_str(by)?;
        }
        if in_brackets(part) { write!(out, "({part})")? } else { write!(out, "{part}")? }
    }
    Ok(())
}

impl fmt::Display for Term {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name.text)?;
        match &self.test {
            Test::Is(value) => write!(out, ":{}", value.pattern),
            Test::Something => out.write_str(":any"),
            Test::Nothing => out.write_str(":none"),
            Test::Leads(to) => write!(out, ":({to})"),
            Test::Compares(comparison, Operand::Value(value)) => {
                write!(out, " {} {}", comparison.sign(), value.pattern)
            }
            Test::Compares(comparison, Operand::Today(shift)) => write!(out, " {} today{shift}", comparison.sign()),
        }
    }
}

impl fmt::Display for Shift {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, unit) in [(self.months, "months"), (self.days, "days")] {
            if number != 0 {
                write!(out, " {} {} {unit}", if number < 0 { '-' } else { '+' }, number.unsigned_abs())?;
            }
        }
        Ok(())
    }
}
