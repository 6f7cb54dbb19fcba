//! What a change of several files is made of, and how far it is, as it is written down.

use serde::{Deserialize, Serialize};

/// A change of several files. Paths are those below the project's folder, as far as it holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// What somebody asked for, in words that a program compares.
    pub asked: Vec<String>,
    /// How far it is.
    pub standing: ChangeStanding,
    /// Files and folders that get another place, in order.
    pub renames: Vec<Rename>,
    /// Files that get another text, at the place that they have afterwards.
    pub texts: Vec<TextChange>,
    /// Folders that are made for it, the outer ones first.
    pub folders: Vec<String>,
}

/// How far a change is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeStanding {
    /// It is being made.
    #[default]
    Going,
    /// It is made.
    Done,
    /// It is being taken back.
    Returning,
}

/// A file or folder that gets another place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rename {
    /// Where it lies before.
    pub from: String,
    /// Where it lies afterwards.
    pub to: String,
}

/// A file that gets another text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextChange {
    /// The file, where it lies afterwards.
    pub file: String,
    /// What it held; nothing if there was none.
    pub old: Option<String>,
    /// What it is to hold.
    pub new: String,
}

impl Journal {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.renames.is_empty() && self.texts.is_empty()
    }

    /// Where a file lay before, by where it lies afterwards.
    pub(super) fn former_place(&self, file: &str) -> Option<String> {
        let former = self.renames.iter().rev().find_map(|rename| {
            let below = file.strip_prefix(rename.to.as_str())?;
            (below.is_empty() || below.starts_with('/')).then(|| format!("{}{below}", rename.from))
        })?;
        Some(former)
    }
}
