//! A value of a data file, with its place.

use crate::source::Span;

/// A value and its place in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Datum {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: DatumKind,
}

/// What a value is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DatumKind {
    /// Nothing: an empty value, or `null`.
    #[default]
    Nothing,
    /// A text, a number, `true` or `false`, as written.
    Text(String),
    /// Several values.
    List(Vec<Datum>),
    /// Values by name, in order.
    Map(Vec<DatumEntry>),
}

/// A value by name.
#[derive(Clone, Debug, PartialEq)]
pub struct DatumEntry {
    /// The name.
    pub key: String,
    /// Where the name stands.
    pub key_span: Span,
    /// The value.
    pub value: Datum,
}

/// Why a file can't be read.
#[derive(Debug)]
pub(in crate::page) struct DatumFault {
    pub span: Span,
    pub message: String,
    pub help: &'static str,
}

impl Datum {
    /// The value of a name, if it is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let DatumKind::Map(entries) = &self.kind else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The text, if it is one that isn't blank.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            DatumKind::Text(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    /// The text of the first of these names that has one.
    pub fn text_at(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.get(key)?.text())
    }

    /// Its values, if it is a list; else none.
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            DatumKind::List(items) => items,
            _ => &[],
        }
    }
}
