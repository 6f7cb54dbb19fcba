//! One state of the site, frozen, from which every request of its time is answered.
//! Pages are rendered when they are first asked for and kept while there is room; a page
//! that takes long or panics costs only those who wait for it.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;
use tokio::sync::OnceCell;

use super::inject;
use super::route::{self, Found, Malformed, ServedAddresses};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::make::{Made, Tools, Unmade, make};
use crate::output;
use crate::render::{FolderCache, PublishedKind, SiteRenderer, Subject, THEME_FILE, first, late};
use crate::search::Search;
use crate::session::State;

/// How many bytes of rendered pages are kept.
const ROOM: usize = 64 << 20;

/// One state of the site.
pub(super) struct Snapshot {
    /// What pages are rendered from.
    pub state: State,
    /// What they are made with.
    tools: Arc<Tools>,
    /// The index that readers search, made when it is first asked for.
    search: Vec<Search>,
    /// What is published at each path, but for what is known late.
    contents: Arc<BTreeMap<String, Subject>>,
    /// The files of each kind that is known late, listed when one may be asked for.
    late: Vec<OnceLock<BTreeMap<String, Subject>>>,
    answers: Mutex<Answers>,
}

/// The answers that were given already.
#[derive(Default)]
struct Answers {
    pages: HashMap<String, Arc<OnceCell<Arc<PathAnswer>>>>,
    /// What is to be told of pages that lack a part.
    told: HashMap<String, Vec<Diagnostic>>,
    bytes: usize,
}

/// What a path of the site holds.
#[derive(Debug)]
pub(super) enum PathAnswer {
    /// These bytes, and what tells them from others.
    Made(Bytes, String),
    /// This file.
    File(PathBuf),
    /// Nothing: a template can't be rendered.
    Failed(Box<Diagnostic>),
    /// Nothing: the renderer broke down over it.
    Panicked,
}

impl Snapshot {
    /// Freezes a state, which may publish the same paths as the one `before` it.
    pub(super) fn new(state: State, tools: Arc<Tools>, before: Option<&Self>) -> Self {
        let search = tools.search(&state);
        let same = |old: &State| state.library.has_frame_of(&old.library) && Arc::ptr_eq(&state.themes, &old.themes);
        let contents = match before.filter(|before| same(&before.state)) {
            Some(before) => Arc::clone(&before.contents),
            None => Arc::new(tools.renderer(&state, &search).contents_at_once()),
        };
        let late = late().map(|_| OnceLock::new()).collect();
        Self { state, tools, search, contents, late, answers: Mutex::default() }
    }

    fn renderer(&self) -> SiteRenderer<'_> {
        self.tools.renderer(&self.state, &self.search)
    }

    /// The configuration of this state.
    pub(super) fn config(&self) -> &Config {
        &self.state.original().config
    }

    /// What lies at a request's path.
    pub(super) fn find(&self, path: &str) -> Result<Found, Malformed> {
        let Config { site, urls, .. } = self.config();
        let slash_is_optional = urls.answer_with_and_without_slash();
        route::find(
            |path| self.published(path),
            ServedAddresses { base_path: &site.base_path, slash_is_optional },
            path,
        )
    }

    /// What is published at a path of the output.
    pub(super) fn published(&self, path: &str) -> Option<Subject> {
        let made = self.contents.get(path).cloned();
        let renderer = self.renderer();
        let may_be = |kind: &PublishedKind| renderer.may_be(kind, path);
        let found = late().zip(&self.late).filter(|(kind, _)| may_be(kind)).find_map(|(kind, listed)| {
            listed.get_or_init(|| renderer.listed(std::iter::once(kind))).get(path).cloned()
        });
        first(made, found)
    }

    /// What a published path holds. Those who ask for one page at once wait for one rendering.
    pub(super) async fn answer(self: &Arc<Self>, path: &str, subject: &Subject) -> Arc<PathAnswer> {
        if let Some(file) = self.renderer().copied(subject) {
            return Arc::new(PathAnswer::File(file.to_owned()));
        }
        let cell = self.cell(path);
        if let Some(answer) = cell.get() {
            return Arc::clone(answer);
        }
        let make = || async {
            let (snapshot, subject, path) = (Arc::clone(self), subject.clone(), path.to_owned());
            let rendering = tokio::task::spawn_blocking(move || snapshot.render(&path, &subject));
            let answer = Arc::new(rendering.await.unwrap_or(PathAnswer::Panicked));
            self.weigh(&answer);
            answer
        };
        Arc::clone(cell.get_or_init(make).await)
    }

    fn cell(&self, path: &str) -> Arc<OnceCell<Arc<PathAnswer>>> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.bytes > ROOM {
            *answers = Answers::default();
        }
        match answers.pages.get(path) {
            Some(cell) => Arc::clone(cell),
            None => Arc::clone(answers.pages.entry(path.to_owned()).or_default()),
        }
    }

    fn weigh(&self, answer: &PathAnswer) {
        if let PathAnswer::Made(bytes, _) = answer {
            self.answers.lock().unwrap_or_else(PoisonError::into_inner).bytes += bytes.len();
        }
    }

    fn note(&self, path: &str, told: Vec<Diagnostic>) {
        if !told.is_empty() {
            self.answers.lock().unwrap_or_else(PoisonError::into_inner).told.insert(path.to_owned(), told);
        }
    }

    /// What is to be told of the page at a path that was made.
    pub(super) fn told(&self, path: &str) -> Vec<Diagnostic> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.told.get(path).cloned().unwrap_or_default()
    }

    fn render(&self, path: &str, subject: &Subject) -> PathAnswer {
        let (renderer, pictures) = (self.renderer(), &self.tools.pictures);
        let bytes =
            match make(&renderer, pictures, &mut FolderCache::new(renderer.of_edition(subject.edition)), subject) {
                Ok(Made { bytes: output::Bytes::Owned(bytes), told }) => {
                    self.note(path, told);
                    bytes
                }
                Ok(Made { bytes: output::Bytes::File(file), .. }) => return PathAnswer::File(file),
                // It changed this moment; the next state of the site names another.
                Err(Unmade::Original { file, .. }) => return PathAnswer::File(file),
                Err(Unmade::Template(finding)) => return PathAnswer::Failed(finding),
            };
        let is_page = path.ends_with(".html") && subject.kind != THEME_FILE;
        let bytes = if is_page { inject::into_page(&bytes) } else { bytes };
        let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..24]);
        PathAnswer::Made(bytes.into(), tag)
    }
}
