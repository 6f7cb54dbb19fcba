//! `bokworm matrix`: the pages of a query crossed, and whether enough of the table is filled.

use std::path::Path;

use anyhow::{anyhow, bail};
use serde_json::json;

use super::asking::{AskedEdition, doubts, edition, unreadable};
use super::flags::Flags;
use super::rows::{Rows, RowsFormat};
use super::{Outcome, known, opened};
use crate::query::{Expression, Grouping};
use crate::session::Purpose;
use crate::site::find::{self, Axes, Matrix};
use crate::site::query::least;
use crate::terminal;

/// Cross the pages that a query finds: roles against levels, sections against values of a key
///
///   bokworm matrix --rows kind:Role --columns kind:Level
///   bokworm matrix 'in:Activities' --rows section --columns status --min 80%
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// What pages must be like; without it, all of them
    #[arg(value_name = "QUERY", default_value = "", hide_default_value = true, allow_hyphen_values = true, add = known::query())]
    pub query: String,
    /// What the rows are: kind:Role, section or a key of the front matter
    #[arg(long, value_name = "BY", add = known::grouping())]
    pub rows: String,
    /// What the columns are
    #[arg(long, value_name = "BY", add = known::grouping())]
    pub columns: String,
    /// How many of the cells must have a page: 80%. With fewer, the exit code is 1
    #[arg(long, value_name = "PERCENT")]
    pub min: Option<String>,
    /// For whom; paths are those of the pages in it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: RowsFormat,
    /// The language whose pages are asked, where there are several; by default the original
    #[arg(long, value_name = "CODE", add = known::language())]
    pub language: Option<String>,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// Crosses pages of the project of the folder `start`.
///
/// # Errors
/// If what is asked can't be understood, or the machine can't read the project.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let expression = Expression::read(&arguments.query).map_err(|fault| unreadable(&arguments.query, &fault))?;
    let by = |text: &str| Grouping::read(text).map_err(|fault| unreadable(text, &fault));
    let axes = Axes { rows: by(&arguments.rows)?, columns: by(&arguments.columns)? };
    let least = arguments.min.as_deref().map(|text| least(text).map_err(|fault| anyhow!("{}", fault.message)));
    let least = least.transpose()?;
    let project = opened::project(start, &arguments.project.overrides())?;
    let state = opened::session(project, Purpose::Ask)?.state();
    let site = edition(&state, arguments.language.as_deref())?;
    let asking = AskedEdition { state: &state, question: state.question_to(site) };
    doubts(&arguments.query, expression.as_ref().map(|asked| find::doubts(site, asked)).unwrap_or_default())?;
    for (text, by) in [(&arguments.rows, &axes.rows), (&arguments.columns, &axes.columns)] {
        doubts(text, find::doubts_of_grouping(site, by).into_iter().collect())?;
    }
    let found = asking.question.find(expression.as_ref());
    let matrix = asking.question.matrix(&found, &axes);
    if matrix.rows.is_empty() || matrix.columns.is_empty() {
        bail!("there is nothing to cross: no page that is found has a row and a column");
    }
    terminal::say(&match arguments.format {
        RowsFormat::Paths => asking.paths(&found),
        format => table(&matrix).written(format),
    })?;
    let (all, filled) = matrix.counts();
    match least {
        Some(least) if filled * 100 < least * all => {
            terminal::note(&format!(
                "{filled} of {all} cells have pages, {} %: less than {least} %\n",
                matrix.coverage()
            ))?;
            for gap in matrix.gaps() {
                terminal::note(&format!("  {} × {}\n", gap.row, gap.column))?;
            }
            Ok(Outcome::Findings)
        }
        _ => Ok(Outcome::Clean),
    }
}

/// How many pages each cell has, with what they come to: a page counts once a row, and once a column.
fn table(matrix: &Matrix) -> Rows {
    let mut heads = vec!["row".to_owned()];
    heads.extend(matrix.columns.iter().map(|column| column.label.clone()));
    heads.push("total".to_owned());
    let totals = matrix.pages();
    let rows = matrix.rows.iter().zip(&matrix.cells).zip(totals.rows).map(|((row, cells), total)| {
        let mut line = vec![json!(row.label)];
        line.extend(cells.iter().map(|pages| json!(pages.len())));
        line.push(json!(total));
        line
    });
    let mut last = vec![json!("total")];
    last.extend(totals.columns.iter().chain([&totals.all]).map(|total| json!(total)));
    Rows { heads, rows: rows.chain([last]).collect() }
}
