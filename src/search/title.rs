//! A title as readers ask for it: without what its brackets hold, or by that alone, since this is mostly how it is called
//! for short: `Open Source Program Office (OSPO)`.

use super::function_words::FunctionWords;
use super::token;

/// What a title can be called: what stands outside brackets, and what stands in each of them.
pub(super) fn names(title: &str) -> Vec<String> {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut rest = title;
    while let Some((before, after)) = rest.split_once(['(', '（']) {
        let Some((held, behind)) = after.split_once([')', '）']) else { break };
        outside.push_str(before);
        inside.push(held.to_owned());
        rest = behind;
    }
    outside.push_str(rest);
    std::iter::once(outside).chain(inside).filter(|name| !name.trim().is_empty()).collect()
}

/// So many words a title has that may be called by their first letters.
const SPELLED: std::ops::RangeInclusive<usize> = 3..=6;

/// The first letters of a title's words, by which it may be called: all of them, and those of the words that tell.
pub(super) fn initials(name: &str, functions: &FunctionWords) -> Vec<String> {
    let (mut all, mut telling) = (String::new(), String::new());
    token::words(name, |word| {
        let Some(first) = std::str::from_utf8(word).ok().and_then(|word| word.chars().next()) else { return };
        all.push(first);
        if !functions.contains(word) {
            telling.push(first);
        }
    });
    let mut initials = vec![all, telling];
    initials.dedup();
    let is_name = |initials: &String| {
        SPELLED.contains(&initials.chars().count())
            && initials.chars().all(|c| c.is_alphabetic() && !token::is_unspaced(c))
    };
    initials.retain(is_name);
    initials
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_called_by_its_first_letters() {
        let all: [(&str, &[&str]); 5] = [
            ("Line of Business", &["lob"]),
            ("Open Source Maturity Model", &["osmm"]),
            ("Two words", &[]),
            ("The 3 lines", &[]),
            ("开源软件", &[]),
        ];
        for (title, expected) in all {
            assert_eq!(initials(title, &FunctionWords::of("en")), expected, "{title}");
        }
    }

    #[test]
    fn what_stands_in_brackets_is_a_name_of_its_own() {
        let all: [(&str, &[&str]); 6] = [
            ("Office (OSPO)", &["Office ", "OSPO"]),
            ("One (two) three（四）", &["One  three", "two", "四"]),
            ("(All of it)", &["All of it"]),
            ("One (two", &["One (two"]),
            ("One) two", &["One) two"]),
            ("", &[]),
        ];
        for (title, expected) in all {
            assert_eq!(names(title), expected, "{title}");
        }
    }
}
