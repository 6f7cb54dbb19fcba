//! Days as people write them: whether a text is one, and which one it was meant to be.

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a text begins with a day of the calendar, and goes on with a time if at all.
pub(super) fn is_date(text: &str) -> bool {
    let text = text.trim();
    let Some((day, time)) = text.split_at_checked(10) else { return false };
    day.parse::<jiff::civil::Date>().is_ok() && (time.is_empty() || time.starts_with(['T', 't', ' ']))
}

/// A day that is written in another way as it should be, where it can only be that one: `2026/3/1`, `31.03.2026`,
/// `31 March 2026`. Of `3/4/2026` nobody knows which of the two is the month.
pub(super) fn meant(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 30 {
        return None;
    }
    if let Some(date) = in_words(text) {
        return Some(date);
    }
    let (first, second, third) = numbers(text)?;
    if first.len() == 4 {
        return day(first, second, third);
    }
    let mut ways = [day(third, second, first), day(third, first, second)];
    match ways.each_mut().map(Option::take) {
        [Some(date), None] => Some(date),
        [None, Some(date)] if !text.contains('.') => Some(date),
        // With dots the day goes before the month wherever that is usual.
        [Some(date), Some(other)] => (text.contains('.') || date == other).then_some(date),
        _ => None,
    }
}

/// Whether a text is written as a day, and the calendar doesn't have it: `2026-02-31`, `31/02/2026`.
pub(super) fn is_impossible(text: &str) -> bool {
    let day_alone = text.trim().split(['T', 't', ' ']).next().unwrap_or_default();
    let Some((first, second, third)) = numbers(day_alone) else { return false };
    let is_year = |year: &str| year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    match (is_year(first), is_year(third)) {
        (true, false) => day(first, second, third).is_none(),
        (false, true) => day(third, second, first).is_none() && day(third, first, second).is_none(),
        _ => false,
    }
}

/// The three numbers of a day, of which the first or the last is a year.
fn numbers(text: &str) -> Option<(&str, &str, &str)> {
    let mut parts = text.split(['-', '/', '.']).map(str::trim);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let has_year = (first.len() == 4) != (third.len() == 4);
    let well = is_number(first, 4) && is_number(second, 2) && is_number(third, 4);
    (parts.next().is_none() && has_year && well).then_some((first, second, third))
}

fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let date = format!("{year}-{month:0>2}-{day:0>2}");
    is_date(&date).then_some(date)
}

/// `31 March 2026` or `March 31, 2026`.
fn in_words(text: &str) -> Option<String> {
    let mut parts = text.split([' ', ',', '.']).filter(|part| !part.is_empty());
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = |word: &str| {
        let word = word.to_ascii_lowercase();
        let at = MONTHS.iter().position(|month| *month == word || (word.len() == 3 && month.starts_with(&word)))?;
        Some((at + 1).to_string())
    };
    let (month, number) = month(second).map(|month| (month, first)).or_else(|| Some((month(first)?, second)))?;
    (parts.next().is_none() && year.len() == 4).then(|| day(year, &month, number)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_begin_with_a_day() {
        for date in ["2026-03-31", "2026-03-31T10:00:00Z", "2026-03-31 10:00:00 +0200"] {
            assert!(is_date(date), "{date}");
        }
        for text in ["2026", "2026-02-30", "31.3.2026", "yesterday", "2026-03-311", "äöüäöüäöü"] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn a_day_is_written_as_it_should_be_where_it_can_only_be_one() {
        for (written, date) in [
            ("2026/3/1", "2026-03-01"),
            ("31.03.2026", "2026-03-31"),
            ("1.3.2026", "2026-03-01"),
            ("31/1/2026", "2026-01-31"),
            ("1/31/2026", "2026-01-31"),
            ("3/3/2026", "2026-03-03"),
            ("31 March 2026", "2026-03-31"),
            ("Mar 31, 2026", "2026-03-31"),
        ] {
            assert_eq!(meant(written).as_deref(), Some(date), "{written}");
        }
        for text in ["1/3/2026", "31/02/2026", "1.31.2026", "soon", "1-2-3", "May 2026", "é 1 2026", "2026-13-01"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_is_written_as_a_day_can_be_none() {
        for text in ["2026-02-31", "31/02/2026", "2026-13-01", "32.1.2026", "2026-02-30T10:00:00Z"] {
            assert!(is_impossible(text), "{text}");
        }
        for text in ["2026-02-28", "31/1/2026", "1/31/2026", "1234-56-78", "0800-12-34", "1.2.3", "soon", "2026-2027"] {
            assert!(!is_impossible(text), "{text}");
        }
    }
}
