//! Which tags are steps, one after the other, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use super::tag::TagPage;
use crate::config::{TagsConfig, USUAL_LEVELS};

/// The kind of tags that are steps: as configured, or the first whose tags are numbered from 1.
pub fn kind<'a>(tags: &'a [TagPage], config: &'a TagsConfig) -> &'a str {
    if let Some(configured) = &config.levels {
        return configured;
    }
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for tag in tags.iter().filter(|tag| !tag.kind.is_empty()) {
        kinds.entry(&tag.kind).or_default().push(tag.name());
    }
    kinds.iter().find(|(_, names)| are_steps(names)).map_or(USUAL_LEVELS, |(kind, _)| kind)
}

/// Whether names are numbered: the first and the second are there, and alike but for the number.
fn are_steps(names: &[&str]) -> bool {
    let numbered: BTreeSet<(&str, &str, u32)> = names.iter().filter_map(|name| number(name)).collect();
    numbered.iter().any(|&(before, after, at)| at == 1 && numbered.contains(&(before, after, 2)))
}

/// The place of a step among others: by its number where it has one, then by its name.
pub fn order(name: &str) -> (u32, String) {
    (number(name).map_or(u32::MAX, |(_, _, at)| at), name.to_owned())
}

/// A name taken apart at the only number in it: `Level 1`, `第1級`.
fn number(name: &str) -> Option<(&str, &str, u32)> {
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let end = name[start..].find(|c: char| !c.is_ascii_digit()).map_or(name.len(), |length| start + length);
    let (before, after) = (&name[..start], &name[end..]);
    let is_word = before.chars().chain(after.chars()).any(char::is_alphabetic);
    let is_only = is_word && !after.contains(|c: char| c.is_ascii_digit());
    is_only.then(|| name[start..end].parse().ok())?.map(|at| (before, after, at))
}

#[cfg(test)]
mod tests {
    use super::are_steps;

    #[test]
    fn steps_are_numbered_from_one_in_any_language() {
        for names in [
            &["Level 2", "Level 1", "Introduction"][..],
            &["第1級", "第2級"],
            &["Stufe 1", "Stufe 2", "Stufe 10"],
            &["1. Schritt", "2. Schritt"],
        ] {
            assert!(are_steps(names), "{names:?}");
        }
        for names in
            [&["Level 1"][..], &["Level 2", "Level 3"], &["Python 1", "Rust 2"], &["1", "2"], &["A1 1", "A1 2"]]
        {
            assert!(!are_steps(names), "{names:?}");
        }
    }
}
