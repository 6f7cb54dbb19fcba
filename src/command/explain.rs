//! `bokworm explain`: what a kind of finding means; why a page is, or isn't, in each
//! list; why a list holds what it holds.

use std::path::Path;

use anyhow::bail;

use super::flags::Flags;
use super::{Outcome, known, opened};
use crate::check::{explain, why};
use crate::diagnostic::Code;
use crate::nearest::nearest;
use crate::session::Purpose;
use crate::terminal;

/// Explain a kind of finding, a page, or a list
///
///   bokworm explain broken-link              what it means, with an example before and after
///   bokworm explain Roles/Lead.md            in which lists the page is, and why; who links to it
///   bokworm explain "Roles/Lead.md#Policy"   why the list of that tag on that page holds what it holds
///
/// Without a word it lists all kinds of findings.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// A kind of finding, a page (its path, address or title), or a page and one of its lists
    #[arg(value_name = "CODE|PAGE|PAGE#LIST", add = known::code_or_page())]
    pub subject: Option<String>,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// Explains what was asked for in the project of the folder `start`.
///
/// # Errors
/// If there is nothing of that name, or the machine can't read the project.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let text = match arguments.subject.as_deref() {
        None => all(),
        Some(name) => match Code::from_name(name) {
            Some(code) => one(code),
            None => in_project(name, &arguments.project, start)?,
        },
    };
    terminal::say(&text)?;
    Ok(Outcome::Clean)
}

fn all() -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
    let line = |code: &Code| {
        format!("{:<width$}  {:<7}  {}\n", code.as_str(), code.default_severity().as_str(), code.summary())
    };
    Code::ALL.iter().map(line).collect()
}

fn one(code: Code) -> String {
    format!("{} ({}): {}\n\n{}", code, code.default_severity().as_str(), code.summary(), explain::plain(code))
}

fn in_project(name: &str, flags: &Flags, start: &Path) -> anyhow::Result<String> {
    let project = match opened::project(start, &flags.overrides()) {
        Ok(project) => project,
        Err(error) if nearest_code(name).is_some() => return Err(error.context(unknown(name))),
        Err(error) => return Err(error),
    };
    let state = opened::session(project, Purpose::Check)?.state();
    if let Some(of) = why::find(&state.library, name) {
        return Ok(why::page(&state.library, of, state.calendar()));
    }
    let Some((page, list)) = name.rsplit_once('#') else { bail!(unknown(name)) };
    let Some(of) = why::find(&state.library, page) else { bail!(unknown(page)) };
    let site = state.library.edition(of.edition);
    let text = state.source(&site.pages[of.page].page.path).map_or("", |source| &*source.text);
    match why::lists_of(state.question_to(site), of.page, list, text) {
        Some(text) => Ok(text),
        None => {
            let names = why::list_names(state.question_to(site), of.page);
            let known =
                if names.is_empty() { "It has none.".to_owned() } else { format!("It has\n  {}", names.join("\n  ")) };
            bail!("`{page}` has no list `{list}`\nhelp: name it by its tag, its filter or its number. {known}")
        }
    }
}

fn nearest_code(name: &str) -> Option<&'static str> {
    nearest(name, Code::ALL.iter().map(|code| code.as_str()))
}

fn unknown(name: &str) -> String {
    let meant = nearest_code(name).map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
    format!(
        "`{name}` is neither a kind of finding nor a page{meant}\n\
         help: `bokworm explain` lists all kinds; a page is named by its path, its address or its title"
    )
}
