//! Tables in the copies in Markdown: data files, and pages crossed.

use super::in_markdown::{bracketed, entry_target, link_to, one_line, plain, target, whole_address};
use crate::page::Component;
use crate::render::data_table::{DataCell, DataPart, ShownTable};
use crate::render::facts;
use crate::render::listed::totals;
use crate::render::renderer::Renderer;
use crate::site::find::{Common, Group, Matrix};
use crate::site::{Edition, PageId, RelationPlace};

/// What a component shows as a table, where it does.
pub(super) fn of_component(renderer: &Renderer<'_>, id: PageId, used: &Component) -> Option<String> {
    let site = renderer.site;
    let declared = site.components.get(&used.name)?;
    if declared.implicits.iter().any(|implicit| implicit == "table") {
        return Some(data(site, used));
    }
    if !declared.crosses {
        return None;
    }
    let found = site.list(used, id, renderer.calendar());
    let crossed = site.matrix(used, &found, renderer.calendar());
    Some(crossed.map_or_else(String::new, |crossed| matrix(site, used, &crossed)))
}

/// A data file.
fn data(site: &Edition, used: &Component) -> String {
    let shown = ShownTable::of(site, used);
    let part = |part: &DataPart| {
        let text = bracketed(&one_line(&part.text));
        let to = part.leads_to.as_ref().map(|to| target(site, to).unwrap_or_else(|| plain(&to.address)));
        to.map_or_else(|| text.clone(), |to| format!("[{text}]({to})"))
    };
    let cell = |cell: &DataCell| cell.iter().map(part).collect::<Vec<_>>().join(", ");
    let rows: Vec<Vec<String>> = shown.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    table(shown.heads.iter().map(|head| one_line(head)).collect(), &rows)
}

/// Pages crossed: in each cell what the component shows there, and nothing in a gap.
fn matrix(site: &Edition, used: &Component, crossed: &Matrix) -> String {
    if crossed.rows.is_empty() || crossed.columns.is_empty() {
        return String::new();
    }
    let show = used.string("show").unwrap_or("count");
    let cell = |pages: &Vec<PageId>| match show {
        _ if pages.is_empty() => "–".to_owned(),
        "mark" => "✓".to_owned(),
        "pages" => pages.iter().map(|&id| page(site, id)).collect::<Vec<_>>().join(", "),
        _ => pages.len().to_string(),
    };
    let total = || site.words.get("matrix_total").to_owned();
    let heads = std::iter::once(String::new()).chain(crossed.columns.iter().map(|group| head(site, group)));
    let totals = totals(used, crossed);
    let row = |((group, cells), counted): ((&Group, &Vec<Vec<PageId>>), &usize)| {
        std::iter::once(head(site, group)).chain(cells.iter().map(cell)).chain([counted.to_string()]).collect()
    };
    let mut rows: Vec<Vec<String>> = crossed.rows.iter().zip(&crossed.cells).zip(&totals.rows).map(row).collect();
    let counts = totals.columns.iter().chain([&totals.all]);
    rows.push(std::iter::once(total()).chain(counts.map(ToString::to_string)).collect());
    table(heads.chain([total()]).collect(), &rows)
}

/// What pages have in common, leading where that is told of.
fn head(site: &Edition, group: &Group) -> String {
    let to = match group.common {
        Common::Tag(at) => Some(whole_address(site, &facts::copy_at(site, &site.tag_route(&site.tags[at])))),
        Common::Related(RelationPlace::Page(id)) => Some(link_to(site, id)),
        Common::Related(RelationPlace::Entry(at)) => entry_target(site, at),
        Common::Related(_) | Common::Words => None,
    };
    let label = bracketed(&one_line(&group.label));
    to.map_or_else(|| label.clone(), |to| format!("[{label}]({to})"))
}

fn page(site: &Edition, id: PageId) -> String {
    let published = &site.pages[id];
    let title = if published.title.is_empty() { &published.label } else { &published.title };
    format!("[{}]({})", bracketed(&one_line(title)), link_to(site, id))
}

/// A table of cells without line breaks; nothing without rows.
fn table(heads: Vec<String>, rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = vec!["---".to_owned(); heads.len()];
    [heads, rule].iter().chain(rows).map(|cells| line(cells)).collect::<Vec<_>>().join("\n")
}
