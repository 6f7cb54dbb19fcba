//! One state of the site, frozen, from which every request of its time is answered.
//! Pages are rendered when they are first asked for and kept while there is room; a page
//! that takes long or panics costs only those who wait for it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;
use tokio::sync::OnceCell;

use super::inject;
use super::route::{self, Found, Malformed};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::make::{Made, Tools, Unmade, make};
use crate::output;
use crate::render::picture;
use crate::render::{FolderCache, Renderer, Subject};
use crate::search::Search;
use crate::session::State;
use crate::source::Root;

/// How many bytes of rendered pages are kept.
const ROOM: usize = 64 << 20;

/// One state of the site.
pub struct Snapshot {
    /// What pages are rendered from.
    pub state: State,
    /// What they are made with.
    tools: Arc<Tools>,
    /// The index that readers search, made when it is first asked for.
    search: Search,
    /// What is published at each path, but for files beside pages, smaller pictures and the search index.
    contents: Arc<BTreeMap<String, Subject>>,
    /// The addresses of files beside pages; found out when one is first asked for.
    beside: OnceLock<BTreeSet<String>>,
    /// The smaller pictures, likewise.
    pictures: OnceLock<BTreeMap<String, Subject>>,
    answers: Mutex<Answers>,
}

/// The answers that were given already.
#[derive(Default)]
struct Answers {
    pages: HashMap<String, Arc<OnceCell<Arc<PathAnswer>>>>,
    bytes: usize,
}

/// What a path of the site holds.
#[derive(Debug)]
pub enum PathAnswer {
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
    pub fn new(state: State, tools: Arc<Tools>, before: Option<&Self>) -> Self {
        let search = tools.search();
        let same = |old: &State| state.site.has_frame_of(&old.site) && Arc::ptr_eq(&state.theme, &old.theme);
        let contents = match before.filter(|before| same(&before.state)) {
            Some(before) => Arc::clone(&before.contents),
            None => Arc::new(tools.renderer(&state, &search).contents_at_once()),
        };
        let (beside, pictures, answers) = (OnceLock::new(), OnceLock::new(), Mutex::default());
        Self { state, tools, search, contents, beside, pictures, answers }
    }

    fn renderer(&self) -> Renderer<'_> {
        self.tools.renderer(&self.state, &self.search)
    }

    /// The configuration of this state.
    pub fn config(&self) -> &Config {
        &self.state.site.config
    }

    /// What lies at a request's path.
    pub fn find(&self, path: &str) -> Result<Found, Malformed> {
        route::find(|path| self.published(path), &self.config().site.base_path, path)
    }

    /// What is published at a path of the output.
    pub fn published(&self, path: &str) -> Option<Subject> {
        let made = self.contents.get(path);
        let route = format!("/{path}");
        let lies_beside = self.state.site.files.get(&route).is_some_and(|file| file.path.root() == Root::Content);
        let first = matches!(
            made,
            Some(
                Subject::Page(_)
                    | Subject::Index(_)
                    | Subject::Tag(_)
                    | Subject::TagIndex
                    | Subject::Print(_)
                    | Subject::Redirect(_)
            )
        );
        if lies_beside && !first && self.beside().contains(&route) {
            return Some(Subject::File(route));
        }
        if made.is_none() && path.starts_with(picture::FOLDER) {
            return self.pictures.get_or_init(|| self.renderer().pictures()).get(path).cloned();
        }
        let part = || self.search.name_at(&self.state.site, path);
        made.cloned().or_else(|| part().map(|name| Subject::Search(name.into())))
    }

    fn beside(&self) -> &BTreeSet<String> {
        self.beside.get_or_init(|| self.renderer().beside().into_iter().map(str::to_owned).collect())
    }

    /// What a published path holds. Those who ask for one page at once wait for one rendering.
    pub async fn answer(self: &Arc<Self>, path: &str, subject: &Subject) -> Arc<PathAnswer> {
        if let Subject::File(route) = subject {
            return Arc::new(PathAnswer::File(self.state.site.files[route].file.clone()));
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

    fn render(&self, path: &str, subject: &Subject) -> PathAnswer {
        let (renderer, pictures) = (self.renderer(), &self.tools.pictures);
        let bytes = match make(&renderer, pictures, &mut FolderCache::new(renderer.theme), subject) {
            Ok(Made { bytes: output::Bytes::Owned(bytes), .. }) => bytes,
            Ok(Made { bytes: output::Bytes::File(file), .. }) => return PathAnswer::File(file),
            // It changed this moment; the next state of the site names another.
            Err(Unmade::Original { file, .. }) => return PathAnswer::File(file),
            Err(Unmade::Template(finding)) => return PathAnswer::Failed(finding),
        };
        let is_page = path.ends_with(".html") && !matches!(subject, Subject::ThemeFile(_));
        let bytes = if is_page { inject::into_page(&bytes) } else { bytes };
        let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..24]);
        PathAnswer::Made(bytes.into(), tag)
    }
}
