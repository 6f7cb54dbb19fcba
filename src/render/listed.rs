//! What a list's template gets besides its entries: the entries in groups, cells of a table, a sum of a key.

use std::sync::Arc;

use serde_json::Value as Data;
use tera::Value;
use tera::value::Map;

use super::context::FileContext;
use super::day;
use super::folder_cache::FolderCache;
use super::view::{entry, map, with};
use crate::page::Component;
use crate::site::find::{Common, Group, Matrix, Totals};
use crate::site::{Edition, PageId, RelationPlace, TableColumn};

/// The columns that a table of pages has besides their titles: keys of the front matter, or `tags`, `updated`, `section`,
/// `description`.
fn columns(used: &Component) -> Vec<TableColumn> {
    TableColumn::read_all(used.string("columns").unwrap_or_default())
}

/// Whether a component shows the days when pages changed.
pub(super) fn shows_days(used: &Component) -> bool {
    columns(used).iter().any(|column| column.name == "updated")
}

/// What a table of pages crossed comes to: what its cells show is what is added up.
pub(super) fn totals(used: &Component, crossed: &Matrix) -> Totals {
    match used.string("show") {
        Some("mark") => crossed.filled(),
        _ => crossed.pages(),
    }
}

/// `next_review` as it stands above a column: `Next review`.
pub(super) fn capital(name: &str) -> String {
    let spaced = name.rsplit('.').next().unwrap_or(name).replace(['_', '-'], " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a list is written with.
pub(super) struct ListWriter<'a> {
    /// The file that it stands in.
    pub context: FileContext<'a>,
    /// The page that it stands on.
    pub asking: PageId,
    /// The list.
    pub used: &'a Component,
}

impl ListWriter<'_> {
    fn site(&self) -> &Edition {
        self.context.site()
    }

    fn found(&self) -> Arc<[PageId]> {
        self.site().list(self.used, self.asking, self.context.renderer.calendar())
    }

    /// As many as there are pages, with nothing in them: for who only counts.
    pub(super) fn blanks(&self) -> Value {
        vec![Value::none(); self.found().len()].into()
    }

    /// The pages as entries.
    pub(super) fn entries(&self, cache: &mut FolderCache) -> Value {
        self.entries_of(cache, &self.found())
    }

    /// Where a group leads: to its tag, to the page or entry that its pages are related to.
    fn href(&self, group: &Group) -> String {
        let (site, linker) = (self.site(), self.context.linker);
        match group.common {
            Common::Tag(at) => linker.page(&site.tag_route(&site.tags[at])),
            Common::Related(RelationPlace::Page(id)) => linker.page(&site.pages[id].route),
            Common::Related(RelationPlace::Entry(at)) => {
                let own = site.entry_route(at).map(|route| linker.page(route));
                own.or_else(|| site.entry_address(at).map(str::to_owned)).unwrap_or_default()
            }
            Common::Related(_) | Common::Words => String::new(),
        }
    }

    /// The classes of the colour and the icon of a group's tag.
    fn look(&self, group: &Group) -> &str {
        match group.common {
            Common::Tag(at) => &self.site().tags[at].look.classes,
            Common::Related(_) | Common::Words => "",
        }
    }

    /// Some pages as entries.
    pub(super) fn entries_of(&self, cache: &mut FolderCache, pages: &[PageId]) -> Value {
        let entry = |&id: &PageId| cache.entry(self.site(), self.context.linker, id, Some(self.asking));
        pages.iter().map(entry).collect::<Vec<_>>().into()
    }

    /// The same in groups; one without a label where nothing says how to group them.
    pub(super) fn groups(&self, cache: &mut FolderCache) -> Value {
        let (site, found) = (self.site(), self.found());
        let groups = site.groups(self.used, &found, self.context.renderer.calendar());
        let is_grouped = groups.is_some();
        let groups = groups
            .unwrap_or_else(|| vec![Group { label: String::new(), common: Common::Words, pages: found.to_vec() }]);
        let columns = columns(self.used);
        let several = groups.len() > 1;
        let of_group = |group: Group| {
            let rest = if is_grouped && several { site.words.get("other_pages") } else { "" };
            let label = if group.label.is_empty() { rest } else { &group.label };
            let (href, look) = (self.href(&group), self.look(&group));
            let rows = if columns.is_empty() { Vec::new() } else { self.rows(cache, &group.pages, &columns) };
            map([
                ("label", Value::from(label)),
                ("href", Value::from(href)),
                ("look", Value::from(look)),
                ("entries", self.entries_of(cache, &group.pages)),
                ("rows", Value::from(rows)),
            ])
        };
        groups.into_iter().filter(|group| !group.pages.is_empty()).map(of_group).collect::<Vec<_>>().into()
    }

    /// What stands above the columns of a table besides the titles.
    pub(super) fn heads(&self) -> Value {
        let words = &self.site().words;
        let usual = |name: &str| match name {
            "tags" => words.get("tags").to_owned(),
            "description" => words.get("page_description").to_owned(),
            "updated" => words.get("page_updated").to_owned(),
            "section" => words.get("page_section").to_owned(),
            _ => capital(name),
        };
        let head = |column: TableColumn| Value::from(column.label.unwrap_or_else(|| usual(&column.name)));
        columns(self.used).into_iter().map(head).collect::<Vec<_>>().into()
    }

    fn rows(&self, cache: &mut FolderCache, pages: &[PageId], columns: &[TableColumn]) -> Vec<Value> {
        let row = |&id: &PageId| {
            let entry = cache.entry(self.site(), self.context.linker, id, Some(self.asking));
            let cells: Vec<Value> = columns.iter().map(|column| Value::from(self.cell(id, &column.name))).collect();
            map([("entry", entry), ("cells", Value::from(cells))])
        };
        pages.iter().map(row).collect()
    }

    /// The parts of a cell, each a text that may lead somewhere.
    fn cell(&self, id: PageId, column: &str) -> Vec<Value> {
        let (site, linker) = (self.site(), self.context.linker);
        let page = &site.pages[id];
        let part = |text: &str, href: &str| map([("text", Value::from(text)), ("href", Value::from(href))]);
        let written = page.page.meta.at(column);
        match column {
            "tags" => {
                let tags = page.page.meta.tags.iter().filter_map(|tag| entry::carried_tag(site, linker, &tag.label));
                tags.map(|tag| part(&tag.name, &tag.href)).collect()
            }
            "position" if written.is_none() => {
                page.position.map(|position| part(&position.to_string(), "")).into_iter().collect()
            }
            "description" => vec![part(page.description(), "")],
            "section" => super::facts::sections(site, id).map(|section| part(section, "")).collect(),
            "updated" if written.is_none() => {
                let day = site.updated(id, self.context.renderer.history);
                day.map(|day| part(&day::for_people(day, site), "")).into_iter().collect()
            }
            _ => texts(written, site).iter().map(|text| part(text, "")).collect(),
        }
    }

    /// The pages crossed: heads above, and rows of cells, each with its pages as entries.
    pub(super) fn matrix(&self, cache: &mut FolderCache) -> Value {
        let (site, found) = (self.site(), self.found());
        let Some(matrix) = site.matrix(self.used, &found, self.context.renderer.calendar()) else {
            return Value::from(Map::new());
        };
        let totals = totals(self.used, &matrix);
        let head = |(group, total): (&Group, &usize)| {
            map([
                ("label", Value::from(group.label.as_str())),
                ("href", Value::from(self.href(group))),
                ("look", Value::from(self.look(group))),
                ("count", Value::from(*total)),
            ])
        };
        let columns: Vec<Value> = matrix.columns.iter().zip(&totals.columns).map(head).collect();
        let row = |(counted, cells): ((&Group, &usize), &Vec<Vec<PageId>>)| {
            let cells: Vec<Value> = cells.iter().map(|pages| self.entries_of(cache, pages)).collect();
            with(head(counted), "cells", Value::from(cells))
        };
        let rows: Vec<Value> = matrix.rows.iter().zip(&totals.rows).zip(&matrix.cells).map(row).collect();
        let (all, filled) = matrix.counts();
        map([
            ("columns", Value::from(columns)),
            ("rows", Value::from(rows)),
            ("all", Value::from(all)),
            ("filled", Value::from(filled)),
            ("total", Value::from(totals.all)),
        ])
    }

    /// What the numbers of a key come to: their sum, or what they are on average.
    pub(super) fn amount(&self) -> Value {
        let key = self.used.string("of").unwrap_or_default();
        let site = self.site();
        let number = |id: &PageId| match site.pages[*id].page.meta.at(key)? {
            Data::Number(number) => number.as_f64(),
            Data::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let numbers: Vec<f64> =
            self.found().iter().filter_map(number).filter(|number: &f64| number.is_finite()).collect();
        let sum: f64 = numbers.iter().sum();
        let amount = match self.used.string("layout") {
            Some("average") if numbers.is_empty() => return Value::from(""),
            Some("average") => sum / count(numbers.len()),
            _ => sum,
        };
        // To the hundredth: what computers add up differs from what people do far behind the point.
        Value::from(format!("{amount:.2}").trim_end_matches('0').trim_end_matches('.'))
    }
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

/// A value of the front matter as texts.
pub(super) fn texts(value: Option<&Data>, site: &Edition) -> Vec<String> {
    match value {
        None | Some(Data::Null | Data::Object(_)) => Vec::new(),
        Some(Data::Array(values)) => values.iter().flat_map(|value| texts(Some(value), site)).collect(),
        Some(Data::String(text)) if crate::query::Day::read(text).is_some() => vec![day::for_people(text, site)],
        Some(Data::String(text)) => vec![text.clone()],
        Some(Data::Bool(is)) => vec![if *is { "✓" } else { "–" }.to_owned()],
        Some(Data::Number(number)) => vec![number.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use super::capital;

    #[test]
    fn a_key_is_written_as_a_head() {
        assert_eq!(
            ["status", "next_review", "course.code", "élan"].map(capital),
            ["Status", "Next review", "Code", "Élan"]
        );
    }
}
