//! Days, as front matter and queries write them: `2026-01-31`.

use std::fmt;

use jiff::Span;
use jiff::civil::Date;

use super::expression::Shift;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day that a text names: `2026-01-31`, also `2026/01/31`, and with a time after it.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, rest) = text.split_at_checked(10)?;
        if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
            return None;
        }
        let mut parts = day.split(['-', '/']);
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok().map(Self)
    }

    /// A day of the calendar.
    pub fn of(date: Date) -> Self {
        Self(date)
    }

    /// The day so long after it: at a month's end the last day of a shorter month.
    #[must_use]
    pub fn after(self, shift: Shift) -> Self {
        let by = |date: Date, number: i32, span: Result<Span, jiff::Error>| {
            let end = if number < 0 { Date::MIN } else { Date::MAX };
            span.and_then(|span| date.checked_add(span)).unwrap_or(end)
        };
        let by_months = by(self.0, shift.months, Span::new().try_months(shift.months));
        Self(by(by_months, shift.days, Span::new().try_days(shift.days)))
    }
}

impl Day {
    /// How many days have passed since another; none if it is yet to come.
    pub fn days_since(self, other: Self) -> u64 {
        self.0.since(other.0).map_or(0, |span| u64::try_from(span.get_days()).unwrap_or_default())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Shift};

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["2026-01-31", "2026/01/31", " 2026-01-31T10:00:00Z", "2026-01-31 10:00"] {
            assert_eq!(Day::read(text).map(|day| day.to_string()).as_deref(), Some("2026-01-31"), "{text}");
        }
        for text in ["2026-02-30", "31-01-2026", "2026-1-31", "2026-01-311", "2026", "", "2026-01-3é"] {
            assert_eq!(Day::read(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_over_years() {
        let day = |text| Day::read(text).unwrap();
        assert_eq!(day("2026-03-01").days_since(day("2024-02-28")), 732);
        assert_eq!(day("2026-03-01").days_since(day("2026-03-02")), 0);
    }

    #[test]
    fn a_month_after_its_end_is_the_end_of_the_next() {
        let after = |months, days| Day::read("2026-03-31").map(|day| day.after(Shift { months, days }).to_string());
        assert_eq!(after(-1, 0).as_deref(), Some("2026-02-28"));
        assert_eq!(after(-12, -31).as_deref(), Some("2025-02-28"));
        assert_eq!(after(i32::MAX, 0).as_deref(), Some("9999-12-31"));
        assert_eq!(after(i32::MIN, i32::MIN).as_deref(), Some("-009999-01-01"));
    }
}
