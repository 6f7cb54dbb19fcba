//! Days below a plan: which are named there, and how.

use crate::day;

/// At most so many are named.
const MOST: usize = 40;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// A day, and its time where it has one.
pub(crate) fn written(at: f64) -> String {
    let (year, month, day) = day::date(at.floor() as i64);
    let minutes = ((at - at.floor()) * 1_440.0).round() as i64;
    let time = if minutes == 0 { String::new() } else { format!(" {:02}:{:02}", minutes / 60, minutes % 60) };
    format!("{year}-{month:02}-{day:02}{time}")
}

/// Some days that stand below the plan, as many as have room, or as many as its writer asks for by `tickInterval`.
pub(crate) fn ticks(start: f64, days: f64, format: &str, asked: &str) -> Vec<(f64, String)> {
    let steps = [1.0 / 24.0, 0.25, 1.0, 2.0, 7.0, 14.0, 28.0, 61.0, 122.0, 365.25, 1_826.0, 7_305.0];
    let fits = steps.into_iter().find(|step| days / step <= 6.0).unwrap_or(days / 5.0);
    let step = interval(asked).filter(|step| days / step < MOST as f64).unwrap_or(fits);
    let first = if step >= 1.0 { start.ceil() } else { (start / step).ceil() * step };
    let mut ticks = Vec::new();
    let mut at = first;
    while at <= start + days + 0.001 && ticks.len() < MOST {
        let said = match format {
            "" if step < 1.0 => formatted(at, "%H:%M"),
            "" => written(at),
            format => formatted(at, format),
        };
        ticks.push((at, said));
        at += step;
    }
    ticks
}

/// `1week`, in days.
fn interval(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let count: f64 = text[..end].parse().ok().filter(|count| *count > 0.0)?;
    let unit = match text[end..].trim_end_matches('s') {
        "minute" => 1.0 / 1_440.0,
        "hour" => 1.0 / 24.0,
        "day" => 1.0,
        "week" => 7.0,
        "month" => 30.4375,
        _ => return None,
    };
    Some(count * unit)
}

/// A day as `%d.%m.` or the like has it; what is not known stays as it is written.
fn formatted(at: f64, format: &str) -> String {
    let number = at.floor() as i64;
    let (year, month, day) = day::date(number);
    let minutes = ((at - at.floor()) * 1_440.0).round() as i64;
    let month_name = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    let weekday = WEEKDAYS[(number + 4).rem_euclid(7) as usize];
    let mut out = String::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let (is_short, sign) = after.strip_prefix('-').map_or((false, after), |after| (true, after));
        let two = |number: i64| if is_short { number.to_string() } else { format!("{number:02}") };
        let said = match sign.chars().next() {
            Some('Y') => year.to_string(),
            Some('y') => two(year.rem_euclid(100)),
            Some('m') => two(month),
            Some('d') => two(day),
            Some('e') => day.to_string(),
            Some('H') => two(minutes / 60),
            Some('I') => two((minutes / 60 + 11) % 12 + 1),
            Some('p') => if minutes < 720 { "AM" } else { "PM" }.to_owned(),
            Some('M') => two(minutes % 60),
            Some('S') => two(0),
            Some('B') => month_name.to_owned(),
            Some('b') => month_name[..month_name.len().min(3)].to_owned(),
            Some('A') => weekday.to_owned(),
            Some('a') => weekday[..3].to_owned(),
            Some('%') => "%".to_owned(),
            _ => {
                out.push('%');
                rest = after;
                continue;
            }
        };
        out.push_str(&said);
        rest = &sign[1..];
    }
    out + rest
}
