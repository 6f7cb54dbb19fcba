//! What comes of a comparison, as plain values: for people (`told/`), and as JSON for programs.

use serde::Serialize;

/// What an edit does to a site.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    /// Pages that are new, gone, moved, or say or show something else, by their paths.
    pub pages: Vec<PageChange>,
    /// Lists, pages of tags, sections and cells of matrices that hold other pages, or the same in another order.
    pub lists: Vec<ListChange>,
    /// Tags that pages carry.
    pub tags: TagChanges,
    /// Relations between pages.
    pub relations: Vec<RelationChange>,
    /// Files that are published as they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<AssetChange>,
    /// What `bokworm check` tells.
    pub findings: FindingChanges,
}

/// What happened to a file that is published as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AssetEvent {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has other bytes.
    Changed,
}

/// A file that is published as it is, and what happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssetChange {
    /// What happened to it.
    pub event: AssetEvent,
    /// Where it lies, or lay.
    pub path: String,
    /// Its address: before the edit where it is gone.
    pub address: String,
    /// Of one that is gone: whether something answers at its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirected: Option<bool>,
    /// The pages that show it, and what shows these, as far as was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shown_by: Vec<ImpactedPage>,
}

/// What happened to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PageEvent {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its file has another path; it may say something else, too.
    Renamed,
    /// It says something else.
    Changed,
    /// Its file is as it was, but its address, its title or what its links lead to isn't.
    Affected,
    /// Its file is written otherwise, and says the same.
    Rewritten,
}

impl PageEvent {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 6] =
        [Self::Added, Self::Removed, Self::Renamed, Self::Changed, Self::Affected, Self::Rewritten];
}

/// A page, and what is different of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageChange {
    /// What happened to it.
    pub event: PageEvent,
    /// Its file after the edit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its file before, where that is another, or where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_path: Option<String>,
    /// Its title: after the edit, or before where it is gone.
    pub title: String,
    /// Its title before, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_title: Option<String>,
    /// Its address after the edit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its address before, where that is another, or where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_address: Option<String>,
    /// Whether its former address leads on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirected: Option<bool>,
    /// How many words are new.
    pub words_added: usize,
    /// How many words are gone.
    pub words_removed: usize,
    /// Keys of its front matter whose values are others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    /// Headings that it has now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headings_added: Vec<String>,
    /// Headings that are gone, with those who link to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headings_gone: Vec<GoneHeading>,
    /// Its links that lead nowhere now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links_broken: Vec<String>,
    /// Its links that led nowhere and lead somewhere now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links_mended: Vec<String>,
    /// Its checklist.
    #[serde(skip_serializing_if = "StatementChanges::is_empty")]
    pub checklist: StatementChanges,
    /// What shows it, as far as was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shown_by: Vec<ImpactedPage>,
}

impl PageChange {
    /// A page of which nothing is known yet but what happened.
    pub(super) fn of(event: PageEvent, title: &str) -> Self {
        Self {
            event,
            path: None,
            former_path: None,
            title: title.to_owned(),
            former_title: None,
            address: None,
            former_address: None,
            redirected: None,
            words_added: 0,
            words_removed: 0,
            keys: Vec::new(),
            headings_added: Vec::new(),
            headings_gone: Vec::new(),
            links_broken: Vec::new(),
            links_mended: Vec::new(),
            checklist: StatementChanges::default(),
            shown_by: Vec::new(),
        }
    }

    /// The path that it is told by.
    pub fn place(&self) -> &str {
        self.path.as_deref().or(self.former_path.as_deref()).unwrap_or_default()
    }
}

/// A heading that a page had.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GoneHeading {
    /// Its address on the page.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Pages that linked to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub linked_from: Vec<String>,
}

/// What became of a checklist's statements.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StatementChanges {
    /// Those that are new.
    pub added: Vec<String>,
    /// Those that are gone.
    pub removed: Vec<String>,
    /// Those that are worded otherwise.
    pub reworded: Vec<String>,
}

impl StatementChanges {
    /// Whether nothing became of them.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A page that shows a changed one, or shows what shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ImpactedPage {
    /// Over how many steps.
    pub steps: usize,
    /// Its file.
    pub path: String,
}

/// What holds pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ListKind {
    /// A list on a page.
    List,
    /// A cell of a matrix on a page.
    Cell,
    /// The page of a tag.
    Tag,
    /// A section of the sidebar.
    Section,
}

/// What holds other pages than before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListChange {
    /// What it is.
    pub kind: ListKind,
    /// What it asks for, or is called.
    pub name: String,
    /// The page that it stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// Pages that it holds now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gained: Vec<PageInList>,
    /// Pages that it held.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<PageInList>,
    /// Whether the pages that stay stand in another order.
    pub reordered: bool,
}

/// A page in a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PageInList {
    /// Its file.
    pub path: String,
    /// The tag that it carries now, or no more, and that the list asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
}

/// What became of tags.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TagChanges {
    /// Those that no page carried.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub appeared: Vec<String>,
    /// Those that no page carries any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vanished: Vec<String>,
    /// Those that are written otherwise: as they were, and as they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub respelt: Vec<(String, String)>,
}

/// A relation between two pages that is new or gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RelationChange {
    /// What it is called.
    pub name: String,
    /// The page that names the other.
    pub from: String,
    /// The other: a page's file, or an entry of a catalogue.
    pub to: String,
    /// Whether it is new; else it is gone.
    pub added: bool,
}

/// What `bokworm check` tells now, and what it told.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FindingChanges {
    /// What is told now, and wasn't.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub new: Vec<FindingFact>,
    /// What was told, and isn't any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<FindingFact>,
}

/// What is told of a file, wherever in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct FindingFact {
    /// The file.
    pub path: String,
    /// The kind of finding: `broken-link`.
    pub code: String,
    /// How much it matters.
    pub severity: String,
    /// What is told.
    pub message: String,
    /// The line where it stands: after the edit, or before where it is gone.
    pub line: usize,
}

impl Difference {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
