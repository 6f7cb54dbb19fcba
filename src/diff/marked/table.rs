//! A table before and after: rows and cells, as long as it has as many columns.

use super::mark::{EditMark, bound};
use super::pairs::{PartStep, steps};
use super::parts::parts;
use crate::html::tree::{TreeElement, TreeNode};

/// How what stands in a cell before and after becomes one.
type OfCell<'c> = &'c dyn Fn(&TreeElement, &TreeElement) -> Vec<TreeNode>;

/// What stands in a table; nothing if its columns are others.
pub(super) fn content(old: &TreeElement, new: &TreeElement, of_cell: OfCell<'_>) -> Option<Vec<TreeNode>> {
    let (before, after) = (TableShape::of(old)?, TableShape::of(new)?);
    if before != after {
        return None;
    }
    let mut old_parts = old.elements();
    let mut out = Vec::new();
    for node in &new.children {
        let TreeNode::Element(part) = node else {
            out.push(node.clone());
            continue;
        };
        let old_part = old_parts.next()?;
        let children = if is_of_rows(part) { rows(old_part, part, of_cell) } else { of_cell(old_part, part) };
        out.push(TreeNode::Element(TreeElement { children, ..part.clone() }));
    }
    Some(out)
}

/// What has to be alike, so that cells can be compared: the parts of a table, and how many cells a row has.
#[derive(PartialEq)]
struct TableShape {
    parts: Vec<String>,
    columns: usize,
}

impl TableShape {
    /// Nothing for a table whose rows differ in length, or whose cells go over several.
    fn of(table: &TreeElement) -> Option<Self> {
        let mut lengths: Vec<usize> = Vec::new();
        let mut spans = false;
        table.each(&mut |element| {
            spans |= element.get("colspan").is_some() || element.get("rowspan").is_some();
            if element.name == "tr" {
                lengths.push(element.elements().count());
            }
        });
        let columns = *lengths.first()?;
        let parts = table.elements().map(|part| part.name.clone()).collect();
        (!spans && lengths.iter().all(|length| *length == columns)).then_some(Self { parts, columns })
    }
}

fn is_of_rows(part: &TreeElement) -> bool {
    matches!(part.name.as_str(), "thead" | "tbody" | "tfoot")
}

fn rows(old: &TreeElement, new: &TreeElement, of_cell: OfCell<'_>) -> Vec<TreeNode> {
    let (before, after) = (parts(&old.children), parts(&new.children));
    let mut out = Vec::new();
    let mut push = |element: TreeElement| out.extend([TreeNode::Text("\n".into()), TreeNode::Element(element)]);
    for step in steps(&before, &after) {
        match step {
            PartStep::Same(at) => after[at].element().into_iter().for_each(|row| push(row.clone())),
            PartStep::Changed(from, to) => {
                if let (Some(old), Some(new)) = (before[from].element(), after[to].element()) {
                    push(row(old, new, of_cell));
                }
            }
            PartStep::Replaced(gone, come) => {
                let gone = gone.into_iter().filter_map(|at| Some((EditMark::Deleted, before[at].element()?)));
                let come = come.into_iter().filter_map(|at| Some((EditMark::Inserted, after[at].element()?)));
                gone.chain(come).for_each(|(mark, row)| push(bound(mark, row)));
            }
        }
    }
    out.push(TreeNode::Text("\n".into()));
    out
}

fn row(old: &TreeElement, new: &TreeElement, of_cell: OfCell<'_>) -> TreeElement {
    let cells = old.elements().zip(new.elements());
    let cells = cells.map(|(old, new)| TreeNode::Element(TreeElement { children: of_cell(old, new), ..new.clone() }));
    TreeElement { children: cells.collect(), ..new.clone() }
}
