//! `bokworm query`: the pages that a query finds, read from the sources; and why a page is, or isn't, among them.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::bail;
use serde_json::{Value, json};

use super::asking::{AskedEdition, doubts, edition, unreadable};
use super::flags::Flags;
use super::rows::{Rows, RowsFormat};
use super::{Outcome, known, opened};
use crate::query::{Expression, Grouping, SortBy};
use crate::session::Purpose;
use crate::site::PageId;
use crate::site::find::{self, Question, page_named};
use crate::terminal;

/// List the pages that a query finds
///
/// The language is that of lists in pages (`<BokTagList query='…' />`):
///
///   bokworm query 'tag:"Developer (Role)" and in:Activities'
///   bokworm query 'status != Completed and updated < today - 12 months' --sort updated
///   bokworm query 'has:checklist' --columns status,tags --format csv
///   bokworm query 'kind:Role' --why-not content/Roles/Lead.md
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// What pages must be like; without it, all of them
    #[arg(value_name = "QUERY", default_value = "", hide_default_value = true, allow_hyphen_values = true, add = known::query())]
    pub query: String,
    /// What they are sorted by: position, title, updated or a key of the front matter; several with commas, `-` reverses
    #[arg(long, value_name = "KEYS", allow_hyphen_values = true, add = known::order())]
    pub sort: Option<String>,
    /// What puts them in groups: kind:Role, section or a key of the front matter
    #[arg(long, value_name = "BY", add = known::grouping())]
    pub group: Option<String>,
    /// How many at most
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// What is shown of each besides its file and its title: keys of the front matter, address, description, position, updated
    #[arg(long, value_name = "KEYS", value_delimiter = ',', add = known::column())]
    pub columns: Vec<String>,
    /// For whom
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: RowsFormat,
    /// Tell of this page whether the query finds it, term by term
    #[arg(long, value_name = "PAGE", conflicts_with_all = ["sort", "group", "limit", "columns", "format"], add = known::page())]
    pub why_not: Option<String>,
    /// The language whose pages are asked, where there are several; by default the original
    #[arg(long, value_name = "CODE", add = known::language())]
    pub language: Option<String>,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// Tells which pages of the project of the folder `start` a query finds.
///
/// # Errors
/// If the query can't be understood, or the machine can't read the project.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let expression = Expression::read(&arguments.query).map_err(|fault| unreadable(&arguments.query, &fault))?;
    let sort = arguments.sort.as_deref().map(|text| SortBy::read_all(text).map_err(|fault| unreadable(text, &fault)));
    let group = arguments.group.as_deref().map(|text| Grouping::read(text).map_err(|fault| unreadable(text, &fault)));
    let (sort, group) = (sort.transpose()?.unwrap_or_default(), group.transpose()?);
    let project = opened::project(start, &arguments.project.overrides())?;
    let state = opened::session(project, Purpose::Ask)?.state();
    let site = edition(&state, arguments.language.as_deref())?;
    let question = state.question_to(site);
    if let Some(name) = &arguments.why_not {
        terminal::say(&why_not(question, expression.as_ref(), name)?)?;
        return Ok(Outcome::Clean);
    }
    doubts(&arguments.query, expression.as_ref().map(|asked| find::doubts(site, asked)).unwrap_or_default())?;
    doubts(arguments.sort.as_deref().unwrap_or_default(), find::doubts_of_order(site, &sort))?;
    let doubt = group.as_ref().and_then(|by| find::doubts_of_grouping(site, by));
    doubts(arguments.group.as_deref().unwrap_or_default(), doubt.into_iter().collect())?;
    let mut found = question.find(expression.as_ref());
    let is_none = found.is_empty();
    question.sort(&mut found, &sort);
    found.truncate(arguments.limit.unwrap_or(usize::MAX));
    let shown = Shown { asking: AskedEdition { state: &state, question }, columns: &arguments.columns, is_none };
    terminal::say(&match arguments.format {
        RowsFormat::Paths => shown.asking.paths(&found),
        format => shown.rows(&found, group.as_ref(), format),
    })?;
    // The program ends here; taking thousands of pages apart first would only take time.
    std::mem::forget(state);
    Ok(Outcome::Clean)
}

/// What of pages is shown.
struct Shown<'a> {
    asking: AskedEdition<'a>,
    columns: &'a [String],
    /// Whether no page is like that, though fewer may be shown than there are.
    is_none: bool,
}

impl Shown<'_> {
    fn rows(&self, found: &[PageId], group: Option<&Grouping>, format: RowsFormat) -> String {
        let mut heads = vec!["path".to_owned(), "title".to_owned()];
        heads.extend(self.columns.iter().map(|column| column.trim().to_owned()));
        let row = |id: PageId| {
            let mut row = vec![json!(self.asking.path(id)), json!(self.asking.question.site.pages[id].title)];
            row.extend(self.columns.iter().map(|column| self.value(id, column.trim())));
            row
        };
        let Some(by) = group else {
            let rows = Rows { heads, rows: found.iter().map(|&id| row(id)).collect() };
            if format == RowsFormat::Table && self.is_none {
                return "No page is like that.\n".into();
            }
            return rows.written(format);
        };
        let groups = self.asking.question.group(found, by);
        if matches!(format, RowsFormat::Table | RowsFormat::Markdown) {
            let mut out = String::new();
            for group in groups {
                let label = if group.label.is_empty() { "Others" } else { &group.label };
                let mark = if format == RowsFormat::Markdown { "## " } else { "" };
                let rows = Rows { heads: heads.clone(), rows: group.pages.iter().map(|&id| row(id)).collect() };
                let _ =
                    write!(out, "{}{mark}{label}\n\n{}", if out.is_empty() { "" } else { "\n" }, rows.written(format));
            }
            return out;
        }
        heads.insert(0, "group".into());
        let in_group = |group: &find::Group, id: PageId| {
            let mut cells = row(id);
            cells.insert(0, json!(group.label));
            cells
        };
        let rows = groups.iter().flat_map(|group| group.pages.iter().map(move |&id| in_group(group, id)));
        Rows { heads, rows: rows.collect() }.written(format)
    }

    fn value(&self, id: PageId, column: &str) -> Value {
        let page = &self.asking.question.site.pages[id];
        match column {
            "address" => json!(page.route),
            "position" => page.position.map_or(Value::Null, |at| at.to_string().parse().unwrap_or_default()),
            "description" => json!(page.description()),
            "updated" => json!(page.page.meta.at("updated").cloned().or_else(|| {
                self.asking.question.site.updated(id, self.asking.question.calendar.changes).map(Into::into)
            })),
            _ => page.page.meta.at(column).cloned().unwrap_or_default(),
        }
    }
}

/// Whether a query finds a page, and which of its terms hold for it.
fn why_not(question: Question<'_>, expression: Option<&Expression>, name: &str) -> anyhow::Result<String> {
    let site = question.site;
    let Some(id) = page_named(site, name) else {
        bail!("`{name}` is no page\nhelp: name it by its path, its address, its id or its title");
    };
    let page = &site.pages[id];
    let title = if page.title.is_empty() { &page.id } else { &page.title };
    let is_found = expression.is_none_or(|asked| question.finds(asked, id)) && !page.page.meta.unlisted;
    let mut out = format!("{title} ({}) is {}found.\n", page.page.path, if is_found { "" } else { "not " });
    if page.page.meta.unlisted {
        out.push_str("  It is unlisted, so no query finds it.\n");
    }
    for answer in expression.map(|asked| question.answers(asked, id)).unwrap_or_default() {
        let holds = if answer.holds { "yes" } else { "no " };
        let denied = if answer.is_denied { "  (asked with `not`)" } else { "" };
        let _ = writeln!(out, "  {holds}  {}{denied}", answer.term);
    }
    Ok(out)
}
