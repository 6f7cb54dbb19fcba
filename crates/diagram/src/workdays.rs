//! Days on which nothing is done, as `excludes` and `includes` of a plan name them.

/// Days that a plan leaves out: those of the week, from Sunday, and single ones; and those that count all the same.
#[derive(Debug, Default)]
pub(crate) struct Workdays {
    weekdays: [bool; 7],
    days: Vec<i64>,
    included: Vec<i64>,
    begins_on_friday: bool,
}

const NAMES: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

impl Workdays {
    /// `weekends, friday, 2026-05-01`; `date` reads a day as the plan writes it.
    pub(crate) fn exclude(&mut self, text: &str, date: impl Fn(&str) -> Option<i64>) {
        for word in words(text) {
            let name = word.to_ascii_lowercase();
            if name == "weekends" {
                self.weekdays[6] = true;
                self.weekdays[if self.begins_on_friday { 5 } else { 0 }] = true;
            } else if let Some(day) = NAMES.iter().position(|known| *known == name) {
                self.weekdays[day] = true;
            } else {
                self.days.extend(date(word));
            }
        }
    }

    pub(crate) fn include(&mut self, text: &str, date: impl Fn(&str) -> Option<i64>) {
        self.included.extend(words(text).filter_map(date));
    }

    /// `weekend friday`: which day a weekend begins on.
    pub(crate) fn begin_weekend(&mut self, day: &str) {
        self.begins_on_friday = day.eq_ignore_ascii_case("friday");
    }

    pub(crate) fn is_off(&self, day: i64) -> bool {
        // The first day that is counted was a Thursday.
        let weekday = (day + 4).rem_euclid(7) as usize;
        (self.weekdays[weekday] || self.days.contains(&day)) && !self.included.contains(&day)
    }

    /// When something ends that would end so if all days counted: each day off after the first makes it longer.
    pub(crate) fn end(&self, start: f64, mut end: f64, longest: f64) -> f64 {
        let mut day = start + 1.0;
        while day <= end && end - start <= longest {
            if self.is_off(day.floor() as i64) {
                end += 1.0;
            }
            day += 1.0;
        }
        end
    }

    /// When it is seen to end: before days off that only what follows has to wait for.
    pub(crate) fn seen_end(&self, start: f64, mut end: f64) -> f64 {
        while end - 1.0 > start && self.is_off((end - 1.0).floor() as i64) {
            end -= 1.0;
        }
        end
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '\t']).filter(|word| !word.is_empty())
}
