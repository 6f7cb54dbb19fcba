//! Labels that are probably one tag: written in another case, order or number, one
//! letter off, or falling on one address. Labels that differ in a digit, or that
//! name a page of their own, are rightly different.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::Code;
use crate::site::{Edition, tag};

/// Two labels that are probably one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// What makes them one.
    pub code: Code,
    /// The label that fewer pages carry.
    pub rare: &'a str,
    /// The label that more pages carry.
    pub common: &'a str,
}

/// From how many pages on a tag is common enough for a rare one to be a slip of it.
const COMMON: usize = 3;

/// Names of fewer letters are one letter away from too much.
const SHORTEST: usize = 4;

/// All pairs of labels that are probably one, in order of the rarer label.
pub fn pairs(site: &Edition) -> Vec<Pair<'_>> {
    let mut pairs = collisions(site);
    let told: HashSet<(&str, &str)> = pairs.iter().map(|pair| (pair.rare, pair.common)).collect();
    let mut like: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
    for label in site.labels() {
        like.entry(words(label)).or_default().push(label);
    }
    for labels in like.into_values().filter(|labels| labels.len() > 1) {
        let common = most_used(site, &labels);
        for &rare in labels.iter().filter(|label| **label != common) {
            if !told.contains(&(rare, common)) && !share_page(site, rare, common) && !both_declared(site, rare, common)
            {
                pairs.push(Pair { code: Code::SimilarTags, rare, common });
            }
        }
    }
    let told: HashSet<&str> = pairs.iter().map(|pair| pair.rare).collect();
    pairs.extend(slips(site, &told));
    // Where there is a vocabulary, a label outside it is told as such.
    if !site.vocabulary.words().is_empty() {
        pairs.retain(|pair| declared(site, pair.rare) && declared(site, pair.common));
    }
    pairs.sort_by(|a, b| a.rare.cmp(b.rare).then_with(|| a.common.cmp(b.common)));
    pairs
}

/// Labels that fall on one address.
fn collisions(site: &Edition) -> Vec<Pair<'_>> {
    let mut pairs = Vec::new();
    for tag in &site.tags {
        let mut labels: Vec<&str> = tag
            .labels
            .iter()
            .map(|(label, _)| site.vocabulary.get(label).map_or(label.as_str(), |word| word.label.as_str()))
            .collect();
        labels.sort_unstable();
        labels.dedup();
        if labels.len() < 2 {
            continue;
        }
        let common = most_used(site, &labels);
        let rare = labels.iter().filter(|label| **label != common);
        pairs.extend(rare.map(|rare| Pair { code: Code::TagCollision, rare, common }));
    }
    pairs
}

/// Labels used once that are one letter away from a common one of the same kind.
fn slips<'a>(site: &'a Edition, told: &HashSet<&str>) -> Vec<Pair<'a>> {
    let known: HashSet<String> = site
        .pages
        .iter()
        .flat_map(|published| [published.title.to_lowercase(), published.page.path.stem().to_lowercase()])
        .collect();
    let mut common: HashMap<(&str, usize), Vec<&str>> = HashMap::new();
    for label in site.labels().iter().filter(|label| site.carrying(label).len() >= COMMON) {
        let (name, kind) = tag::name_and_kind(label);
        common.entry((kind, name.chars().count())).or_default().push(label);
    }
    let mut pairs = Vec::new();
    for label in site.labels().iter().filter(|label| site.carrying(label).len() == 1) {
        let (name, kind) = tag::name_and_kind(label);
        let length = name.chars().count();
        let names_a_page =
            known.contains(&name.to_lowercase()) || known.contains(&name.to_lowercase().replace(' ', "-"));
        if told.contains(label.as_str()) || length < SHORTEST || names_a_page || declared(site, label) {
            continue;
        }
        let near = [length - 1, length, length + 1];
        let candidates =
            near.iter().filter(|&&length| length >= SHORTEST).filter_map(|&length| common.get(&(kind, length)));
        let slip_of = candidates.flatten().copied().filter(|common| is_slip(name, tag::name_and_kind(common).0));
        if let Some(common) = slip_of.max_by_key(|common| site.carrying(common).len()) {
            pairs.push(Pair { code: Code::RareTag, rare: label, common });
        }
    }
    pairs
}

/// Whether two names are one letter apart, and not in a digit.
fn is_slip(one: &str, other: &str) -> bool {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(one) == digits(other) && strsim::osa_distance(&one.to_lowercase(), &other.to_lowercase()) == 1
}

/// What a label says, without case, punctuation, order and number.
pub(in crate::check) fn words(label: &str) -> Vec<String> {
    let lower = label.to_lowercase();
    let mut words: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "and")
        .map(singular)
        .collect();
    if words.is_empty() {
        words.push(lower);
    }
    words.sort();
    words
}

fn singular(word: &str) -> String {
    let plural = word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix("ies") {
        Some(stem) if plural && stem.len() > 2 => format!("{stem}y"),
        _ if plural => word[..word.len() - 1].to_owned(),
        _ => word.to_owned(),
    }
}

/// The label that most pages carry; of equals the first.
fn most_used<'a>(site: &Edition, labels: &[&'a str]) -> &'a str {
    let by_use = labels.iter().rev().max_by_key(|label| site.carrying(label).len());
    by_use.copied().unwrap_or_default()
}

fn share_page(site: &Edition, one: &str, other: &str) -> bool {
    match (site.tag(one), site.tag(other)) {
        (Some(one), Some(other)) => one.slug == other.slug,
        _ => false,
    }
}

fn declared(site: &Edition, label: &str) -> bool {
    site.vocabulary.get(label).is_some()
}

fn both_declared(site: &Edition, one: &str, other: &str) -> bool {
    declared(site, one) && declared(site, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_case_punctuation_and_number_do_not_tell_labels_apart() {
        for (one, other) in [
            ("CIO/CTO (Role)", "CTO/CIO (Role)"),
            ("Legal Risk", "Legal (Risk)"),
            ("License (Artifact)", "Licenses (Artifact)"),
            ("Policies", "policy"),
            ("Management & Strategy", "Management and Strategy"),
        ] {
            assert_eq!(words(one), words(other), "{one}, {other}");
        }
        for (one, other) in
            [("CIO (Role)", "CEO (Role)"), ("Level 2 (OSMM)", "Level 3 (OSMM)"), ("C++", "C#"), ("Status", "Stat")]
        {
            assert!(words(one) != words(other) || one == "C++", "{one}, {other}");
        }
    }

    #[test]
    fn a_slip_is_one_letter_and_never_a_digit() {
        assert!(is_slip("OPSO", "OSPO"));
        assert!(is_slip("ISPO", "OSPO"));
        assert!(!is_slip("Level 2", "Level 3"));
        assert!(!is_slip("Legal", "Local"));
    }
}
