//! What `[tags]` says: how tag pages group what they list, which kinds of tags there are, and how these look.

use std::collections::BTreeMap;

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kind of tags that are steps, where none is configured and no tags are numbered.
pub const USUAL_LEVELS: &str = "Level";

/// How tag pages group what they list, and what kinds of tags stand for.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct TagsConfig {
    /// Folder names: pages with that folder in their address stand under it, in this order.
    /// Pages that fit none come last. Without groups a tag page is one list.
    pub groups: Vec<String>,
    /// Kinds that stand at the end of tags: with `["Risk"]`, `Legal Risk` and `Security Risk` are of the kind `Risk`.
    pub endings: Vec<String>,
    /// The kind of tags that say whom a page concerns, as in `Developer (Role)`: ways in on a front page, and a
    /// column of lists of courses.
    pub roles: String,
    /// The kind of tags that are steps, one after the other, on a front page. Without it the kind whose tags are
    /// numbered from 1, as in `Level 1 (Maturity)`, or else the one that is called `Level`.
    pub levels: Option<String>,
    /// TagColour and icon of kinds of tags, by their names: `Risk = { colour = "red", icon = "shield" }`. What isn't said
    /// is chosen: known icons for common names, and for each kind another colour.
    pub kinds: BTreeMap<String, KindConfig>,
}

impl Default for TagsConfig {
    fn default() -> Self {
        Self { groups: Vec::new(), endings: Vec::new(), roles: "Role".into(), levels: None, kinds: BTreeMap::new() }
    }
}

/// How the tags of a kind look wherever they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct KindConfig {
    /// Their colour.
    pub colour: Option<TagColour>,
    /// Their icon: `person`, `shield`, `document`, `course`, `tool`, `tag`, `steps`, or one that a style sheet of the
    /// site's own draws (`.icon-NAME`).
    #[cfg_attr(test, schemars(regex(pattern = "^[a-z][a-z0-9-]*$")))]
    pub icon: Option<String>,
}

/// A colour of the theme, which can be read on light and on dark ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TagColour {
    /// As the sea.
    Blue,
    /// As plums.
    Plum,
    /// As honey.
    Amber,
    /// As violets.
    Violet,
    /// As leaves.
    Green,
    /// As brick.
    Red,
    /// As ponds.
    Teal,
    /// As slate: hardly a colour.
    Slate,
}
