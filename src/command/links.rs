//! `bokworm links`: what a page links to, and what links to it; what relations bring it together with.

use std::path::Path;

use anyhow::bail;
use serde_json::{Value, json};

use super::flags::Flags;
use super::rows::{Rows, RowsFormat};
use super::{Outcome, known, opened};
use crate::check::why;
use crate::session::{Purpose, State};
use crate::site::{Edition, PageOf, Place, RelationPlace, RelationSide, Resolution};
use crate::source::LineColumn;
use crate::terminal;

/// List the links of a page, from it and to it, and its relations
///
///   bokworm links content/Roles/Lead.md
///   bokworm links "Legal risk" --format json
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The page: its path, address, id or title
    #[arg(value_name = "PAGE", add = known::page())]
    pub page: String,
    /// For whom; paths are those of the pages at the other ends
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: RowsFormat,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// Lists the links of a page of the project of the folder `start`.
///
/// # Errors
/// If there is no such page, or the machine can't read the project.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = opened::project(start, &arguments.project.overrides())?;
    let state = opened::session(project, Purpose::Ask)?.state();
    let Some(of) = why::find(&state.library, &arguments.page) else {
        bail!("`{}` is no page\nhelp: name it by its path, its address, its id or its title", arguments.page);
    };
    let ends = ends(&state, of);
    let heads = ["direction", "what", "title", "address", "place", "told"].map(str::to_owned).to_vec();
    let text = match arguments.format {
        RowsFormat::Paths => {
            let mut files: Vec<&str> = ends.iter().filter_map(|end| end.file.as_deref()).collect();
            files.sort_unstable();
            files.dedup();
            files.into_iter().map(|file| format!("{file}\n")).collect()
        }
        RowsFormat::Table if ends.is_empty() => "The page has no links, and nothing links to it.\n".into(),
        format => Rows { heads, rows: ends.into_iter().map(|end| end.row).collect() }.written(format),
    };
    terminal::say(&text)?;
    Ok(Outcome::Clean)
}

/// One thing that a page has to do with.
struct LinkedEnd {
    row: Vec<Value>,
    /// The file of the page at the other end, if it is one.
    file: Option<String>,
}

/// From the page in order of place, then to it, then its relations.
fn ends(state: &State, of: PageOf) -> Vec<LinkedEnd> {
    let site = state.library.edition(of.edition);
    let page = &site.pages[of.page].page;
    let mut ends = Vec::new();
    for (link, to) in page.links.iter().zip(site.links(of.page)) {
        let LineColumn { line, column } = LineColumn::of(&page.text, link.span.place.start);
        let (title, file) = match to.place {
            Place::Page(id) => (site.pages[id].title.clone(), Some(shown(state, site, id))),
            _ => (link.text.clone(), None),
        };
        let row = ["out", kind(to), &title, &to.address].map(|text| json!(text)).into_iter();
        let place = json!(format!("{}:{line}:{column}", shown(state, site, of.page)));
        ends.push(LinkedEnd { row: row.chain([place, json!(problem(to))]).collect(), file });
    }
    for from in state.library.leading_to(of) {
        let other = state.library.edition(from.edition);
        let published = &other.pages[from.page];
        let file = shown(state, other, from.page);
        let row = ["in", "page", &published.title, &published.route, &file, ""].map(|text| json!(text));
        ends.push(LinkedEnd { row: row.to_vec(), file: Some(file) });
    }
    for relation in &site.relations().declared {
        for (side, direction) in [(RelationSide::Forward, "out"), (RelationSide::Inverse, "in")] {
            if side == RelationSide::Inverse && relation.symmetric {
                continue;
            }
            let name = match side {
                RelationSide::Forward => Some(&relation.name),
                RelationSide::Inverse => relation.inverse_name.as_ref().or(Some(&relation.name)),
            };
            for other in relation.others(of.page, side) {
                let (title, address, file) = match other.place {
                    RelationPlace::Page(id) => {
                        let published = &site.pages[id];
                        (published.title.clone(), published.route.clone(), Some(shown(state, site, id)))
                    }
                    RelationPlace::Entry(at) => {
                        let Some(entry) = site.catalogs.entry(at) else { continue };
                        (
                            entry.called(),
                            site.entry_route(at).or(site.entry_address(at)).unwrap_or_default().to_owned(),
                            None,
                        )
                    }
                    RelationPlace::Draft | RelationPlace::Nowhere => continue,
                };
                let note = other.note.unwrap_or_default();
                let row = [direction, name.map_or("", String::as_str), &title, &address].map(|text| json!(text));
                let rest = [json!(file.clone().unwrap_or_default()), json!(note)];
                ends.push(LinkedEnd { row: row.into_iter().chain(rest).collect(), file });
            }
        }
    }
    ends
}

fn shown(state: &State, site: &Edition, id: usize) -> String {
    let path = &site.pages[id].page.path;
    state.project.locate(path).map_or_else(|| path.to_string(), |file| state.project.shown(&file))
}

/// What a link leads to.
fn kind(to: &Resolution) -> &'static str {
    match to.place {
        Place::Page(_) => "page",
        Place::Here => "heading",
        Place::Route(_) => "made page",
        Place::File(_) => "file",
        Place::Elsewhere if to.book.is_some() => "other book",
        Place::Elsewhere => "other site",
        Place::Draft => "draft",
        Place::Nowhere => "nothing",
    }
}

/// What is wrong with a link, in a few words.
fn problem(to: &Resolution) -> &'static str {
    use crate::site::Problem;
    match &to.problem {
        None => "",
        Some(Problem::NoPage) => "no such page",
        Some(Problem::NoFile) => "no such file",
        Some(Problem::Case(_)) => "written in another case",
        Some(Problem::NoHeading(_)) => "no such heading",
        Some(Problem::HeadingCase(_)) => "heading in another case",
        Some(Problem::Draft) => "still a draft",
    }
}
