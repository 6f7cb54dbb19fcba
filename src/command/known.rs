//! What a project has that somebody may be typing: for shells, which ask while a command is written. Where there is no
//! project, or none that can be read, nothing is offered.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use super::shell_words::typed_words;
use crate::diagnostic::Code;
use crate::project::{self, Overrides};
use crate::render::theme;
use crate::session::{Purpose, Session, State};
use crate::site::Edition;
use crate::site::find::{continued, front_matter_keys, kinds};

/// A query, by one word more.
pub(super) fn query() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let Some(state) = state() else { return vec![] };
        continued(state.original(), &typed.to_string_lossy()).into_iter().map(CompletionCandidate::new).collect()
    })
}

/// A page's file; its address where somebody begins with `/`.
pub(super) fn page() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| of_site(typed, pages))
}

/// A finding's code, or a page.
pub(super) fn code_or_page() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let mut found = fitting(typed, Code::ALL.iter().map(|code| code.as_str().to_owned()).collect());
        found.extend(of_site(typed, pages));
        found
    })
}

/// The code of `CODE=LEVEL`.
pub(super) fn code_of_level() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        fitting(typed, Code::ALL.iter().map(|code| format!("{}=", code.as_str())).collect())
    })
}

/// A tag.
pub(super) fn tag() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| of_site(typed, |_, site, _| site.labels().to_vec()))
}

/// Another book that pages link to.
pub(super) fn book() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| of_site(typed, |_, site, _| site.config.books.keys().cloned().collect()))
}

/// What can be moved: a page, or `tag:` and a tag.
pub(super) fn movable() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        of_site(typed, |state, site, typed| {
            if typed.starts_with("tag:") {
                return site.labels().iter().map(|label| format!("tag:{label}")).collect();
            }
            pages(state, site, typed)
        })
    })
}

/// What puts pages in groups.
pub(super) fn grouping() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        of_site(typed, |_, site, _| {
            let kinds = kinds(site).into_iter().map(|kind| format!("kind:{kind}"));
            let relations = site.relations().names().map(str::to_owned);
            kinds.chain(["section".to_owned()]).chain(relations).chain(front_matter_keys(site)).collect()
        })
    })
}

/// A key of the front matter, or what else of a page can be shown.
pub(super) fn column() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| of_site(typed, |_, site, _| columns(site)))
}

/// Keys to sort by, with commas between them and `-` before each.
pub(super) fn order() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        of_site(typed, |_, site, typed| {
            let (before, last) = typed.split_at(typed.rfind(',').map_or(0, |comma| comma + 1));
            let sign = if last.starts_with('-') { "-" } else { "" };
            columns(site).into_iter().map(|key| format!("{before}{sign}{key}")).collect()
        })
    })
}

/// A language of the project's.
pub(super) fn language() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        of_site(typed, |state, _, _| {
            state.library.editions().map(|(_, edition)| edition.config.site.language.clone()).collect()
        })
    })
}

/// A file of the theme.
pub(super) fn theme_file() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| fitting(typed, [theme::built_in_names(), theme::word_tables()].concat()))
}

fn columns(site: &Edition) -> Vec<String> {
    let own = ["title", "position", "updated", "address", "description"].map(str::to_owned);
    own.into_iter().chain(front_matter_keys(site)).collect()
}

fn pages(state: &State, site: &Edition, typed: &str) -> Vec<String> {
    if typed.starts_with('/') {
        return site.pages.iter().map(|page| page.route.clone()).collect();
    }
    let file = |path| state.project.locate(path).map(|file| state.project.shown(&file));
    site.pages.iter().filter_map(|page| file(&page.page.path)).collect()
}

/// What the original of the project in which somebody types offers.
fn of_site(typed: &OsStr, offered: impl Fn(&State, &Edition, &str) -> Vec<String>) -> Vec<CompletionCandidate> {
    let Some(state) = state() else { return vec![] };
    let found = offered(&state, state.original(), &typed.to_string_lossy());
    fitting(typed, found)
}

fn state() -> Option<State> {
    let project = project::open(&start(), &Overrides::default()).ok()?;
    Some(Session::open(project, Purpose::Ask).ok()?.state())
}

/// The folder in which the command will run: `-C` names another.
fn start() -> PathBuf {
    let words = typed_words();
    let named = words.windows(2).find(|two| two[0] == "-C").map(|two| PathBuf::from(&two[1]));
    named.unwrap_or_else(|| Path::new(".").to_path_buf())
}

/// Those that begin with what is typed, in whatever letters.
fn fitting(typed: &OsStr, all: Vec<String>) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy().to_lowercase();
    all.into_iter().filter(|one| one.to_lowercase().starts_with(&typed)).map(CompletionCandidate::new).collect()
}
