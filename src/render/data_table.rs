//! A data file as a component shows it: heads, and rows of cells, of which addresses lead on.

use serde_json::Value;

use super::listed;
use crate::page::{Component, LinkKind};
use crate::site::data::DataTable;
use crate::site::{Edition, Place, Resolution, TableColumn};

/// A table that a component asks for.
#[derive(Default)]
pub(super) struct ShownTable {
    /// What stands above the columns.
    pub heads: Vec<String>,
    /// The rows, each a cell a column.
    pub rows: Vec<Vec<DataCell>>,
}

/// The parts of a cell.
pub(super) type DataCell = Vec<DataPart>;

/// A text, and what it leads to if it is an address.
pub(super) struct DataPart {
    pub text: String,
    pub leads_to: Option<Resolution>,
}

impl ShownTable {
    /// The table of a component; nothing where the data that it asks for isn't there.
    pub(super) fn of(site: &Edition, used: &Component) -> Self {
        let file = used.string("from").and_then(|name| site.data.get(name));
        let Some(table) = file.and_then(DataTable::of) else { return Self::default() };
        let mut columns = TableColumn::read_all(used.string("columns").unwrap_or_default());
        if columns.is_empty() {
            let name = |name: &str| TableColumn { name: name.to_owned(), label: None };
            columns = table.names().into_iter().map(name).collect();
        }
        let row = |row: usize| columns.iter().map(|column| cell(site, &table, row, &column.name)).collect();
        let rows = (0..table.len()).map(row).collect();
        let own = |name: &str| match table.word(name) {
            Some(word) => site.words.get(word).to_owned(),
            None => listed::capital(name),
        };
        let head = |column: TableColumn| column.label.unwrap_or_else(|| own(&column.name));
        Self { heads: columns.into_iter().map(head).collect(), rows }
    }
}

fn cell(site: &Edition, table: &DataTable<'_>, row: usize, column: &str) -> DataCell {
    match table.key(row, column) {
        Some(key) => vec![part(site, key)],
        None => parts(site, table.value(row, column)),
    }
}

fn parts(site: &Edition, value: Option<&Value>) -> DataCell {
    match value {
        Some(Value::Array(values)) => values.iter().flat_map(|value| parts(site, Some(value))).collect(),
        Some(Value::String(text)) if is_address(text) => vec![part(site, text)],
        value => {
            let texts = listed::texts(value, site).into_iter();
            texts.map(|text| DataPart { text, leads_to: None }).collect()
        }
    }
}

/// A text; a page's title where it is the page's path or address.
fn part(site: &Edition, text: &str) -> DataPart {
    let leads_to = is_address(text).then(|| site.resolve_from_root(text, LinkKind::Link));
    let leads_to = leads_to.filter(|to| !matches!(to.place, Place::Here | Place::Draft | Place::Nowhere));
    let title = match leads_to.as_ref().map(|to| &to.place) {
        Some(Place::Page(id)) => Some(&site.pages[*id].title).filter(|title| !title.is_empty()),
        _ => None,
    };
    DataPart { text: title.map_or(text, String::as_str).to_owned(), leads_to }
}

/// Whether a text looks like an address: that of another site, or a path in this one.
fn is_address(text: &str) -> bool {
    if text.contains(char::is_whitespace) {
        return false;
    }
    let is_elsewhere = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
    is_elsewhere || (!text.contains(':') && (text.contains('/') || text.ends_with(".md") || text.ends_with(".mdx")))
}
