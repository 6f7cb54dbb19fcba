//! `bokworm books`: the other books that a project links to, and what is known of each, fetched anew.

use std::fmt::Write as _;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, bail};
use serde_json::json;

use super::flags::Flags;
use super::{Outcome, known, opened};
use crate::config::BookConfig;
use crate::diagnostic::counted;
use crate::external;
use crate::nearest::nearest;
use crate::project::Project;
use crate::query::Day;
use crate::site::book::BookFacts;
use crate::store;
use crate::terminal;

/// List the other books that pages link to, or fetch what they say of their pages
///
///   bokworm books
///   bokworm books --format json
///   bokworm books update
///   bokworm books update handbook
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment, args_conflicts_with_subcommands = false)]
pub struct Arguments {
    /// What to do; without it, list them
    #[command(subcommand)]
    pub action: Option<BooksAction>,
    /// For whom
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: BooksFormat,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// For whom books are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum BooksFormat {
    /// For people
    #[default]
    Human,
    /// One JSON object a line: the book, its site and file, how many pages it has, how many days ago it was fetched
    Json,
}

/// What can be done with books.
#[derive(clap::Subcommand, Clone, Debug)]
pub enum BooksAction {
    /// Fetch the site.json of one book, or of all that are on the web, and keep it in books/, to be committed
    Update {
        /// The book, as `[books.NAME]` calls it
        #[arg(add = known::book())]
        name: Option<String>,
    },
}

/// Lists or fetches the books of the project of the folder `start`.
///
/// # Errors
/// If there is no such book, or one can't be fetched.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = opened::project(start, &arguments.project.overrides())?;
    if project.is_misconfigured() {
        super::tell_configuration(&project)?;
    }
    match &arguments.action {
        None => list(&project, arguments.format)?,
        Some(BooksAction::Update { name }) => return update(&project, name.as_deref()),
    }
    Ok(Outcome::Clean)
}

/// What is known of a book.
struct ListedBook<'a> {
    name: &'a str,
    site: &'a str,
    file: String,
    /// What its file says, or why it says nothing; none if there is no file.
    read: Option<Result<BookFacts, String>>,
    days: Option<u64>,
}

fn listed<'a>(project: &Project, name: &'a str, book: &'a BookConfig) -> ListedBook<'a> {
    let file = book.file(name);
    let place = project.root.join(&file);
    let read = std::fs::read(&place).ok().map(|bytes| BookFacts::read(&String::from_utf8_lossy(&bytes)));
    let fetched = read.as_ref().and_then(|read| Day::read(read.as_ref().ok()?.fetched.as_deref()?));
    let days = match fetched {
        Some(day) => Some(project.today.days_since(day)),
        // What nobody fetched was published then.
        None => place.metadata().and_then(|metadata| metadata.modified()).ok().and_then(days_ago),
    };
    ListedBook { name, site: &book.site, file, days: days.filter(|_| read.is_some()), read }
}

fn days_ago(time: SystemTime) -> Option<u64> {
    Some(time.elapsed().ok()?.as_secs() / (24 * 60 * 60))
}

fn list(project: &Project, format: BooksFormat) -> anyhow::Result<()> {
    let books = project.config.books.iter().map(|(name, book)| listed(project, name, book));
    let mut out = String::new();
    for book in books {
        match format {
            BooksFormat::Json => _ = writeln!(out, "{}", line(&book)),
            BooksFormat::Human => told(&mut out, &book),
        }
    }
    if out.is_empty() && format == BooksFormat::Human {
        out.push_str("There are no other books: `[books.NAME]` in `book.toml` names one.\n");
    }
    Ok(terminal::say(&out)?)
}

fn line(book: &ListedBook<'_>) -> serde_json::Value {
    let ListedBook { name, site, file, read, days } = book;
    let facts = read.as_ref().and_then(|read| read.as_ref().ok());
    json!({
        "book": name,
        "site": site,
        "file": file,
        "title": facts.map(|facts| &facts.title),
        "url": facts.and_then(|facts| facts.url.as_ref()),
        "pages": facts.map(|facts| facts.pages.len()),
        "days": days,
        "problem": match read {
            None => Some("there is no such file"),
            Some(read) => read.as_ref().err().map(String::as_str),
        },
    })
}

fn told(out: &mut String, book: &ListedBook<'_>) {
    let ListedBook { name, file, read, days, .. } = book;
    let _ = match read {
        None => writeln!(out, "{name}: nothing yet; `{file}` is not there"),
        Some(Err(why)) => writeln!(out, "{name}: nothing, for of `{file}`, {why}"),
        Some(Ok(facts)) => {
            let age = match days {
                Some(0) => "of today".to_owned(),
                Some(days) => format!("{} old", counted(usize::try_from(*days).unwrap_or(usize::MAX), "day")),
                None => "of an unknown day".to_owned(),
            };
            let (pages, title) = (counted(facts.pages.len(), "page"), &facts.title);
            writeln!(out, "{name}: {pages}, {age} ({title}, `{file}`)")
        }
    };
}

/// Fetches one book, or all. One that can't be had leaves what is known of it as it is, and the others come all the same.
fn update(project: &Project, name: Option<&str>) -> anyhow::Result<Outcome> {
    let books = &project.config.books;
    let mut chosen: Vec<(&String, &BookConfig)> = books.iter().collect();
    if let Some(name) = name {
        chosen.retain(|(other, _)| *other == name);
        if chosen.is_empty() {
            let meant = nearest(name, books.keys().map(String::as_str));
            let meant = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
            bail!("`book.toml` names no book `{name}`{meant}\nhelp: write `[books.{name}]` with its `site`");
        }
    }
    let mut outcome = Outcome::Clean;
    for (name, book) in chosen {
        if !book.is_on_web() {
            terminal::say(&format!("{name}: `{}` is a file of yours, and read as it is\n", book.site))?;
            continue;
        }
        match fetched(project, name, book) {
            Ok(done) => terminal::say(&done)?,
            Err(error) => {
                terminal::note(&format!("error: the book `{name}` can't be fetched: {error:#}\n"))?;
                outcome = Outcome::Findings;
            }
        }
    }
    Ok(outcome)
}

/// Fetches a book and keeps what links need of it; says what came.
fn fetched(project: &Project, name: &str, book: &BookConfig) -> anyhow::Result<String> {
    let bytes = external::fetch(&book.site).map_err(|why| anyhow::anyhow!("`{}`: {why}", book.site))?;
    let text = String::from_utf8(bytes).ok().context("it is no text in UTF-8")?;
    let mut facts = BookFacts::read(&text).map_err(|why| anyhow::anyhow!("`{}`: {why}", book.site))?;
    if facts.url.is_none() {
        facts.url = book.base().map(str::to_owned);
    }
    let file = book.file(name);
    let place = project.root.join(&file);
    let before = std::fs::read_to_string(&place).ok().and_then(|text| BookFacts::read(&text).ok());
    let known = before.map(|before| before.pages.len());
    facts.fetched = Some(project.today.to_string());
    store::replace(&place, |out| std::io::Write::write_all(out, facts.written().as_bytes()))
        .with_context(|| format!("`{file}` can't be written"))?;
    let pages = counted(facts.pages.len(), "page");
    Ok(match known {
        Some(before) if before != facts.pages.len() => format!("{name}: {pages}, {before} before (`{file}`)\n"),
        Some(_) => format!("{name}: {pages}, as many as before (`{file}`)\n"),
        None => format!("{name}: {pages} (`{file}`, to be committed)\n"),
    })
}
