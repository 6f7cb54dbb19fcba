//! Values of the front matter compared with what a query asks: numbers as numbers, days as days, all else as text,
//! in capitals or not. Of a list, each value counts.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::Value;

use super::super::order::Order;
use crate::query::{self, Comparison, Day, Wildcards};

/// A text that is asked for.
pub(super) struct AskedText {
    pattern: Wildcards,
    number: Option<f64>,
}

impl AskedText {
    pub(super) fn of(pattern: &Wildcards) -> Self {
        Self { number: pattern.text().and_then(number), pattern: pattern.in_small_letters() }
    }

    /// Whether a value is that, or one of its values.
    pub(super) fn is(&self, written: &Value) -> bool {
        any(written, &mut |text| match (self.number, number(text)) {
            (Some(asked), Some(written)) => same(asked, written),
            _ => self.pattern.fits(&text.to_lowercase()),
        })
    }
}

/// What is compared with.
pub(super) enum Comparand {
    Number(f64),
    Day(Day),
    Text(AskedText, String),
}

impl Comparand {
    pub(super) fn of(written: &query::Operand, today: Day) -> Self {
        match written {
            query::Operand::Today(shift) => Self::Day(today.after(*shift)),
            query::Operand::Value(value) => {
                let text = value.pattern.text().unwrap_or_default();
                match (number(text), Day::read(text)) {
                    (_, Some(day)) => Self::Day(day),
                    (Some(number), _) => Self::Number(number),
                    _ => Self::Text(AskedText::of(&value.pattern), text.to_owned()),
                }
            }
        }
    }

    /// Whether a value compares like that, or one of its values; "not equal" holds if none is equal.
    pub(super) fn admits(&self, written: &Value, comparison: Comparison, order: &Order) -> bool {
        let compare = |text: &str| match self {
            Self::Number(asked) => number(text).map(|written| written.total_cmp(asked)),
            Self::Day(asked) => Day::read(text).map(|written| written.cmp(asked)),
            // What is a number or a day comes neither before nor after a word.
            Self::Text(..) if number(text).is_some() || Day::read(text).is_some() => None,
            Self::Text(_, asked) => Some(order.compare(&text.to_lowercase(), &asked.to_lowercase())),
        };
        let is_equal = || match self {
            Self::Text(asked, _) => asked.is(written),
            _ => any(written, &mut |text| compare(text) == Some(Ordering::Equal)),
        };
        let is = |admits: fn(Ordering) -> bool| any(written, &mut |text| compare(text).is_some_and(admits));
        match comparison {
            Comparison::Equal => is_equal(),
            Comparison::NotEqual => !is_equal(),
            Comparison::Less => is(Ordering::is_lt),
            Comparison::AtMost => is(Ordering::is_le),
            Comparison::More => is(Ordering::is_gt),
            Comparison::AtLeast => is(Ordering::is_ge),
        }
    }
}

/// Whether a value is more than an empty one.
pub(super) fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(values) => values.iter().any(says_something),
        Value::Object(values) => !values.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// Whether one of the values that a value holds is as it should be.
pub(super) fn any(value: &Value, is: &mut impl FnMut(&str) -> bool) -> bool {
    match value {
        Value::Array(values) => values.iter().any(|value| any(value, is)),
        Value::Null | Value::Object(_) => false,
        _ => text(value).is_some_and(|text| is(&text)),
    }
}

/// A single value as text.
pub(super) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(is) => Some(Cow::Borrowed(if *is { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The number that a text is. What computers call numbers besides (`inf`, `1e5`) is text to people.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || b".-+".contains(&byte));
    text.parse().ok().filter(|number: &f64| is_number && number.is_finite())
}

fn same(one: f64, other: f64) -> bool {
    one.total_cmp(&other).is_eq()
}
