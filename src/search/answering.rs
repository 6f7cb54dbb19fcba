//! Which pages answer a question of a kind, as far as its first word says it: who asks `who` asks for people. Such pages
//! are told by their titles and by what the sections of the sidebar above them are called.

use super::token;

/// Of a language: a question's word, and what is said of pages that answer it.
const ANSWERS: [(&str, &str, &[&str]); 1] = [(
    "en",
    "who",
    &[
        "board",
        "boards",
        "committee",
        "committees",
        "contact",
        "contacts",
        "maintainers",
        "member",
        "members",
        "people",
        "person",
        "persons",
        "responsibilities",
        "role",
        "roles",
        "staff",
        "team",
        "teams",
    ],
)];

/// The questions' words of a language that pages are known to answer, with spaces between.
pub(super) fn questions(language: &str) -> String {
    of(language).map(|(word, _)| word).collect::<Vec<_>>().join(" ")
}

/// The questions' words that a page answers which is called so, and lies below what is called so.
pub(super) fn answered<'a>(language: &str, names: &(impl Iterator<Item = &'a str> + Clone)) -> Vec<&'static str> {
    let says = |answers: &[&str]| {
        let is_one = |word: &[u8]| answers.iter().any(|answer| answer.as_bytes() == word);
        names.clone().any(|name| token::count(name, is_one) > 0)
    };
    of(language).filter(|(_, answers)| says(answers)).map(|(word, _)| word).collect()
}

fn of(language: &str) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let main = language.split(['-', '_']).next().unwrap_or_default();
    let is_its = move |of: &str| main.eq_ignore_ascii_case(of);
    ANSWERS.into_iter().filter(move |(of, ..)| is_its(of)).map(|(_, word, answers)| (word, answers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_people_in_english() {
        let answered = |language, names: &[&str]| !answered(language, &names.iter().copied()).is_empty();
        assert!(answered("en-GB", &["Treasurer", "Roles and duties"]));
        assert!(answered("en", &["Our Team"]));
        assert!(!answered("en", &["Teamwork", "Guides"]));
        assert!(!answered("de", &["Team"]));
        assert_eq!((questions("en"), questions("fr")), ("who".into(), String::new()));
    }
}
