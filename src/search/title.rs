//! A title as readers ask for it: without what its brackets hold, or by that alone, since this is mostly how it is called
//! for short: `Open Source Program Office (OSPO)`.

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

#[cfg(test)]
mod tests {
    use super::*;

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
