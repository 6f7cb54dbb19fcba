//! Days as people read them: in the site's language, or as its configuration says.

use jiff::civil::Date;
use jiff::fmt::strtime;

use crate::site::Edition;
use crate::words::Words;

/// A day that is written `2026-01-31`, for people.
pub(super) fn for_people(written: &str, site: &Edition) -> String {
    let Ok(day) = written.parse::<Date>() else { return written.to_owned() };
    let shown = match &site.config.dates.format {
        Some(format) => strtime::format(in_words(format, day, &site.words), day).ok(),
        None => site.words.find("date").map(|pattern| as_usual(pattern, day, &site.words)),
    };
    shown.unwrap_or_else(|| written.to_owned())
}

/// As the language writes it.
fn as_usual(pattern: &str, day: Date, words: &Words) -> String {
    let month = named("months", day.month(), words);
    pattern
        .replace("{day}", &day.day().to_string())
        .replace("{month}", month.unwrap_or_default())
        .replace("{year}", &day.year().to_string())
}

/// A format with the names of months and weekdays in it, which are English otherwise.
fn in_words(format: &str, day: Date, words: &Words) -> String {
    let mut out = String::with_capacity(format.len());
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let weekday = day.weekday().to_monday_one_offset();
        let name = match after.chars().next() {
            Some('B') => named("months", day.month(), words),
            Some('b' | 'h') => named("months_short", day.month(), words),
            Some('A') => named("weekdays", weekday, words),
            Some('a') => named("weekdays_short", weekday, words),
            _ => None,
        };
        match name {
            Some(name) => {
                out.push_str(&name.replace('%', "%%"));
                rest = &after[1..];
            }
            None => {
                // Two of them stand for one, and none of these begins a name.
                out.push('%');
                let taken = after.chars().next().map_or(0, char::len_utf8);
                out.push_str(&after[..taken]);
                rest = &after[taken..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The name of a month or of a day of the week, counted from 1.
fn named<'a>(list: &str, at: i8, words: &'a Words) -> Option<&'a str> {
    words.part(list, usize::try_from(at).ok()?.checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = jiff::civil::date(2026, 11, 5);

    #[test]
    fn a_day_is_written_as_its_language_writes_it() {
        for (language, expected) in [
            ("en", "5 November 2026"),
            ("de", "5. November 2026"),
            ("es-MX", "5 de noviembre de 2026"),
            ("fr", "5 novembre 2026"),
            ("pt", "5 de novembro de 2026"),
            ("ja", "2026年11月5日"),
            ("zh-CN", "2026年11月5日"),
            ("ko", "2026년 11월 5일"),
            ("ru", "5 ноября 2026 г."),
            ("pl", "5 listopada 2026"),
            ("tlh", "5 November 2026"),
        ] {
            let words = Words::of(language);
            assert_eq!(as_usual(words.get("date"), DAY, &words), expected, "{language}");
        }
    }

    #[test]
    fn a_format_of_the_sites_own_names_months_in_its_language() {
        let shown = |format, language| strtime::format(in_words(format, DAY, &Words::of(language)), DAY).unwrap();
        assert_eq!(shown("%A, %-d. %B %Y", "de"), "Donnerstag, 5. November 2026");
        assert_eq!(shown("%a %b %h %%B %-m", "en"), "Thu Nov Nov %B 11");
        assert_eq!(shown("%d/%m/%y", "fr"), "05/11/26");
    }
}
