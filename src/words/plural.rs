//! How languages count: which form of a word stands beside a number, as Unicode's tables say.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// The form that every language has.
pub(super) const OTHER: &str = "other";

/// The form that stands beside a number.
pub(super) fn form(language: &str, count: u64) -> &'static str {
    rules(language).map_or(OTHER, |rules| name(rules.category_for(count)))
}

/// All forms of a language, in Unicode's order.
pub(super) fn forms(language: &str) -> Vec<&'static str> {
    let Some(rules) = rules(language) else { return vec![OTHER] };
    let mut categories: Vec<PluralCategory> = rules.categories().collect();
    categories.sort_unstable();
    categories.into_iter().map(name).collect()
}

/// Whether that is a form of some language.
pub(super) fn is_form(name: &str) -> bool {
    PluralCategory::get_for_cldr_string(name).is_some()
}

fn rules(language: &str) -> Option<PluralRules> {
    let locale = Locale::try_from_str(language).ok()?;
    PluralRules::try_new_cardinal((&locale).into()).ok()
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_counts_as_its_speakers_do() {
        let counted = |language| [0, 1, 2, 3, 5, 11, 21, 100].map(|count| form(language, count));
        assert_eq!(counted("ar"), ["zero", "one", "two", "few", "few", "many", "many", "other"]);
        assert_eq!(counted("ru"), ["many", "one", "few", "few", "many", "many", "one", "many"]);
        assert_eq!(counted("pl"), ["many", "one", "few", "few", "many", "many", "many", "many"]);
        assert_eq!(counted("cy"), ["zero", "one", "two", "few", "other", "other", "other", "other"]);
        assert_eq!(counted("ja"), ["other"; 8]);
        assert_eq!(counted("en-GB")[..3], ["other", "one", "other"]);
    }

    #[test]
    fn a_language_that_nobody_knows_has_one_form() {
        for language in ["", "x", "no language", "tlh"] {
            assert_eq!((form(language, 1), forms(language)), (OTHER, vec![OTHER]), "{language}");
        }
    }

    #[test]
    fn forms_are_those_of_the_language() {
        assert_eq!(forms("ar"), ["zero", "one", "two", "few", "many", "other"]);
        assert_eq!(forms("fr"), ["one", "many", "other"]);
        assert_eq!(forms("zh-Hant"), ["other"]);
        assert!(["few", "other"].into_iter().all(is_form) && !is_form("several"));
    }
}
