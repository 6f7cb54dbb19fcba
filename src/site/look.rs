//! How tags look: a colour and an icon for each kind, and for each step of the kind that is steps. Both follow from the
//! configuration, from what kinds are called, and else from their order by address, which is the same in each language.

use super::steps;
use super::tag::{TagLook, TagPage};
use crate::config::{TagColour, TagsConfig};

/// The colours of kinds that say none, in turn.
const OF_KINDS: [TagColour; 7] = [
    TagColour::Blue,
    TagColour::Plum,
    TagColour::Amber,
    TagColour::Green,
    TagColour::Violet,
    TagColour::Teal,
    TagColour::Slate,
];

/// The colours of steps, from the first.
const OF_STEPS: [TagColour; 6] =
    [TagColour::Violet, TagColour::Blue, TagColour::Teal, TagColour::Green, TagColour::Amber, TagColour::Red];

/// How common kinds begin in languages that are often written, and their icons.
const KNOWN: [(&str, &[&str]); 5] = [
    ("shield", &["risk", "risi", "risque", "riesgo", "rischio", "ryzyk", "threat", "риск", "风险", "風險", "リスク"]),
    ("document", &["artifact", "artefa", "document", "dokument", "template", "文档", "文書"]),
    ("course", &["training", "course", "schulung", "kurs", "formation", "curso", "corso", "培训", "研修"]),
    ("tool", &["activity", "activit", "aktivi", "practice", "praktik", "pratique", "tool", "activid"]),
    ("person", &["role", "rolle", "rôle", "rol", "ruolo", "papel", "audience", "роль", "角色", "役割"]),
];

/// Gives each tag its look. The tags are in order of address.
pub(super) fn give(tags: &mut [TagPage], config: &TagsConfig) {
    let levels = steps::kind(tags, config).to_owned();
    let mut kinds: Vec<(String, TagColour)> = Vec::new();
    for tag in tags.iter().filter(|tag| !tag.kind.is_empty()) {
        if kinds.iter().all(|(known, _)| *known != tag.kind) {
            let colour = colour(&tag.kind, config, &kinds);
            kinds.push((tag.kind.clone(), colour));
        }
    }
    let mut names: Vec<String> =
        tags.iter().filter(|tag| is_step(tag, &levels)).map(|tag| tag.name().to_owned()).collect();
    names.sort_by_cached_key(|name| steps::order(name));
    for tag in tags {
        let place = is_step(tag, &levels).then(|| names.iter().position(|name| name == tag.name())).flatten();
        let said = config.kinds.get(&tag.kind);
        let icon = said.and_then(|kind| kind.icon.clone());
        tag.look = match (place, kinds.iter().find(|(kind, _)| *kind == tag.kind)) {
            (Some(at), _) => {
                let icon = icon.unwrap_or_else(|| if at < 5 { format!("step-{}", at + 1) } else { "steps".into() });
                TagLook { classes: classes(OF_STEPS[at % OF_STEPS.len()], &icon), is_step: true }
            }
            (None, Some((kind, colour))) => {
                let usual = || usual_icon(kind, &levels, config).to_owned();
                TagLook { classes: classes(*colour, &icon.unwrap_or_else(usual)), is_step: false }
            }
            (None, None) => TagLook::default(),
        };
    }
}

/// Whether a tag is a step; one that is called like its kind is about all of them.
fn is_step(tag: &TagPage, levels: &str) -> bool {
    tag.kind == levels && tag.name() != levels
}

fn classes(colour: TagColour, icon: &str) -> String {
    format!("tone-{} icon-{icon}", format!("{colour:?}").to_lowercase())
}

/// The colour of a kind: as configured, red for what threatens, or the next that no other kind has.
fn colour(kind: &str, config: &TagsConfig, taken: &[(String, TagColour)]) -> TagColour {
    if let Some(said) = config.kinds.get(kind).and_then(|kind| kind.colour) {
        return said;
    }
    if usual_icon(kind, "", config) == "shield" {
        return TagColour::Red;
    }
    let is_free = |colour: &&TagColour| {
        let said = config.kinds.values().any(|kind| kind.colour == Some(**colour));
        !said && taken.iter().all(|(_, known)| known != *colour)
    };
    OF_KINDS.iter().find(is_free).copied().unwrap_or(OF_KINDS[taken.len() % OF_KINDS.len()])
}

/// The icon of a kind that says none.
fn usual_icon(kind: &str, levels: &str, config: &TagsConfig) -> &'static str {
    if kind == levels {
        return "steps";
    }
    if kind == config.roles {
        return "person";
    }
    let kind = kind.to_lowercase();
    let begins = |(_, words): &&(&str, &[&str])| words.iter().any(|word| kind.starts_with(word));
    KNOWN.iter().find(begins).map_or("tag", |(icon, _)| icon)
}
