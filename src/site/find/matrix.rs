//! What was found, crossed: the tags of one kind against those of another, sections against values of a key. What has
//! no page is a gap, and as much a part of it as what has some.

use std::collections::{HashMap, HashSet};

use super::super::PageId;
use super::Question;
use super::arrange::{Common, Group};
use super::related::SeenRelation;
use crate::query::Grouping;

/// A table of pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// What stands at the side, each with the pages of its row.
    pub rows: Vec<Group>,
    /// What stands above, each with the pages of its column.
    pub columns: Vec<Group>,
    /// The pages of each cell, row by row.
    pub cells: Vec<Vec<Vec<PageId>>>,
}

/// What the rows of a table come to, its columns, and all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Of each row.
    pub rows: Vec<usize>,
    /// Of each column.
    pub columns: Vec<usize>,
    /// Of all.
    pub all: usize,
}

/// What is crossed with what.
#[derive(Clone, Debug, PartialEq)]
pub struct Axes {
    /// What the rows are.
    pub rows: Grouping,
    /// What the columns are.
    pub columns: Grouping,
}

/// A cell without pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap<'m> {
    /// What stands beside it.
    pub row: &'m str,
    /// What stands above it.
    pub column: &'m str,
}

impl Matrix {
    /// How many cells there are, and how many of them have pages.
    pub fn counts(&self) -> (usize, usize) {
        let all = self.rows.len() * self.columns.len();
        (all, all - self.gaps().count())
    }

    /// The cells without pages, row by row.
    pub fn gaps(&self) -> impl Iterator<Item = Gap<'_>> {
        self.rows.iter().zip(&self.cells).flat_map(|(row, cells)| {
            let empty = self.columns.iter().zip(cells).filter(|(_, pages)| pages.is_empty());
            empty.map(|(column, _)| Gap { row: &row.label, column: &column.label })
        })
    }

    /// How many pages there are: each counts once a row, once a column, and once in all.
    pub fn pages(&self) -> Totals {
        let of = |groups: &[Group]| groups.iter().map(|group| group.pages.len()).collect();
        let all = self.rows.iter().flat_map(|row| &row.pages).collect::<HashSet<_>>().len();
        Totals { rows: of(&self.rows), columns: of(&self.columns), all }
    }

    /// How many cells have pages. A page that is a row by itself counts in each.
    pub fn filled(&self) -> Totals {
        let is_filled = |pages: &&Vec<PageId>| !pages.is_empty();
        let rows = self.cells.iter().map(|cells| cells.iter().filter(is_filled).count()).collect();
        let of_column = |at: usize| self.cells.iter().map(|cells| &cells[at]).filter(is_filled).count();
        let columns = (0..self.columns.len()).map(of_column).collect();
        Totals { rows, columns, all: self.counts().1 }
    }

    /// How much is covered, in whole percent, rounded down; all of nothing.
    pub fn coverage(&self) -> usize {
        let (all, filled) = self.counts();
        (filled * 100).checked_div(all).unwrap_or(100)
    }
}

impl Question<'_> {
    /// Pages that are in order, crossed.
    pub fn matrix(&self, pages: &[PageId], by: &Axes) -> Matrix {
        let (mut rows, mut columns) = (self.axis(pages, &by.rows), self.axis(pages, &by.columns));
        // What stands in no cell counts nowhere.
        let in_any = |groups: &[Group]| groups.iter().flat_map(|group| &group.pages).copied().collect::<HashSet<_>>();
        let (in_rows, in_columns) = (in_any(&rows), in_any(&columns));
        rows.iter_mut().for_each(|row| row.pages.retain(|id| in_columns.contains(id)));
        columns.iter_mut().for_each(|column| column.pages.retain(|id| in_rows.contains(id)));
        let mut columns_of: HashMap<PageId, Vec<usize>> = HashMap::new();
        for (at, column) in columns.iter().enumerate() {
            column.pages.iter().for_each(|&id| columns_of.entry(id).or_default().push(at));
        }
        let cells = rows.iter().map(|row| {
            let mut cells = vec![Vec::new(); columns.len()];
            for id in &row.pages {
                columns_of.get(id).into_iter().flatten().for_each(|&column| cells[column].push(*id));
            }
            cells
        });
        let cells = cells.collect();
        Matrix { rows, columns, cells }
    }

    /// All that pages can have in common in one respect: of a kind, the tags that no page of these carries, too.
    fn axis(&self, pages: &[PageId], by: &Grouping) -> Vec<Group> {
        let mut groups = self.group(pages, by);
        groups.retain(|group| !group.label.is_empty());
        if let Grouping::Kind(kind) = by {
            let kind = kind.text.to_lowercase();
            let is_missing = |at: &usize| !groups.iter().any(|group| group.common == Common::Tag(*at));
            let tags = &self.site.tags;
            let of_kind = (0..tags.len()).filter(|&at| tags[at].kinds().contains(&kind));
            let missing: Vec<usize> = of_kind.filter(is_missing).collect();
            let empty =
                |at: usize| Group { label: tags[at].name().to_owned(), common: Common::Tag(at), pages: Vec::new() };
            groups.extend(missing.into_iter().map(empty));
            groups.sort_by_cached_key(|group| self.site.order.key(&group.label));
        }
        if let Grouping::Name(name) = by
            && let Some(seen) = SeenRelation::named(self.site, &name.text)
        {
            let known: HashSet<Common> = groups.iter().map(|group| group.common).collect();
            let missing = seen.allowed(self).into_iter().filter(|place| !known.contains(&Common::Related(*place)));
            groups.extend(missing.filter_map(|place| self.related_group(place, Vec::new())));
            groups.sort_by_cached_key(|group| self.site.order.key(&group.label));
        }
        groups
    }
}
