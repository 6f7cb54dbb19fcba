//! What `query` and `matrix` have in common: how somebody asks, and what is told of it.

use anyhow::{Context, anyhow};

use crate::query::QueryFault;
use crate::session::State;
use crate::site::find::Question;
use crate::site::{Edition, PageId};
use crate::terminal;

/// A question to one edition of a project.
#[derive(Clone, Copy)]
pub(super) struct AskedEdition<'a> {
    pub(super) state: &'a State,
    pub(super) question: Question<'a>,
}

impl AskedEdition<'_> {
    /// A page's file as people see it.
    pub(super) fn path(&self, id: PageId) -> String {
        let path = &self.question.site.pages[id].page.path;
        self.state.project.locate(path).map_or_else(|| path.to_string(), |file| self.state.project.shown(&file))
    }

    /// Files, one a line.
    pub(super) fn paths(&self, found: &[PageId]) -> String {
        found.iter().map(|&id| self.path(id) + "\n").collect()
    }
}

/// The edition in a language; the original where none is asked for.
pub(super) fn edition<'s>(state: &'s State, language: Option<&str>) -> anyhow::Result<&'s Edition> {
    let Some(asked) = language else { return Ok(state.original()) };
    let code = |edition: &Edition| edition.config.site.language.clone();
    let editions: Vec<&Edition> = state.library.editions().map(|(_, edition)| &**edition).collect();
    let found = editions.iter().find(|edition| code(edition).eq_ignore_ascii_case(asked));
    found.copied().with_context(|| {
        let known: Vec<String> = editions.iter().map(|edition| format!("`{}`", code(edition))).collect();
        format!("no pages are written in `{asked}`, but in {}", known.join(", "))
    })
}

/// A fault with the place in the query.
pub(super) fn unreadable(text: &str, fault: &QueryFault) -> anyhow::Error {
    anyhow!("{}\n{}help: {}", fault.message, marked(text, fault), fault.help)
}

/// Tells what the site doesn't have, and goes on.
pub(super) fn doubts(text: &str, faults: Vec<QueryFault>) -> anyhow::Result<()> {
    for fault in faults {
        terminal::note(&format!("warning: {}\n{}help: {}\n", fault.message, marked(text, &fault), fault.help))?;
    }
    Ok(())
}

/// The line of the query with the place marked below it.
fn marked(text: &str, fault: &QueryFault) -> String {
    let begin = text[..fault.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[begin..].lines().next().unwrap_or_default();
    let before = text[begin..fault.span.start].chars().count();
    let length = text[fault.span.start..fault.span.end].lines().next().map_or(0, |part| part.chars().count());
    format!("  {line}\n  {}{}\n", " ".repeat(before), "^".repeat(length.max(1)))
}
