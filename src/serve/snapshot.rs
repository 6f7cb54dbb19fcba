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
use crate::highlight::Highlighter;
use crate::history::History;
use crate::make::{Made, Unmade, make};
use crate::output;
use crate::picture::Pictures;
use crate::render::picture;
use crate::render::theme::Theme;
use crate::render::{FolderCache, Renderer, Subject};
use crate::search::Search;
use crate::site::Site;
use crate::source::Root;

/// How many bytes of rendered pages are kept.
const ROOM: usize = 64 << 20;

/// Everything that pages are rendered from.
pub struct Stock {
    /// The frozen site.
    pub site: Arc<Site>,
    /// Its templates.
    pub theme: Arc<Theme>,
    /// Colours code.
    pub highlighter: Arc<Highlighter>,
    /// Makes smaller pictures, each when it is first asked for.
    pub pictures: Arc<Pictures>,
    /// When pages last changed.
    pub history: Arc<History>,
    /// The index that readers search, made when it is first asked for.
    pub search: Search,
}

impl Stock {
    fn renderer(&self) -> Renderer<'_> {
        let Self { site, theme, highlighter, history, search, .. } = self;
        Renderer { site, theme, highlighter, history, search }
    }
}

/// One state of the site.
pub struct Snapshot {
    /// What pages are rendered from.
    pub stock: Stock,
    /// What is published at each path, but for files beside pages, smaller pictures and the search index.
    contents: Arc<BTreeMap<String, Subject>>,
    /// The addresses of files beside pages; found out when one is first asked for.
    beside: OnceLock<BTreeSet<String>>,
    /// The smaller pictures, likewise.
    pictures: OnceLock<BTreeMap<String, Subject>>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    pages: HashMap<String, Arc<OnceCell<Arc<Answer>>>>,
    bytes: usize,
}

/// What a path of the site holds.
#[derive(Debug)]
pub enum Answer {
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
    /// Freezes what pages are rendered from.
    pub fn new(stock: Stock) -> Self {
        let contents = Arc::new(stock.renderer().contents_at_once());
        Self::with(stock, contents)
    }

    /// The same for the state after this one, which may publish the same paths.
    pub fn next(&self, stock: Stock) -> Self {
        let same = stock.site.has_frame_of(&self.stock.site) && Arc::ptr_eq(&stock.theme, &self.stock.theme);
        if same { Self::with(stock, Arc::clone(&self.contents)) } else { Self::new(stock) }
    }

    fn with(stock: Stock, contents: Arc<BTreeMap<String, Subject>>) -> Self {
        Self { stock, contents, beside: OnceLock::new(), pictures: OnceLock::new(), kept: Mutex::default() }
    }

    /// The configuration of this state.
    pub fn config(&self) -> &Config {
        &self.stock.site.config
    }

    /// What lies at a request's path.
    pub fn find(&self, path: &str) -> Result<Found, Malformed> {
        route::find(|path| self.published(path), &self.config().site.base_path, path)
    }

    /// What is published at a path of the output.
    pub fn published(&self, path: &str) -> Option<Subject> {
        let made = self.contents.get(path);
        let route = format!("/{path}");
        let lies_beside = self.stock.site.files.get(&route).is_some_and(|file| file.path.root() == Root::Content);
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
            return self.pictures.get_or_init(|| self.stock.renderer().pictures()).get(path).cloned();
        }
        let part = || self.stock.search.name_at(&self.stock.site, path);
        made.cloned().or_else(|| part().map(|name| Subject::Search(name.into())))
    }

    fn beside(&self) -> &BTreeSet<String> {
        self.beside.get_or_init(|| self.stock.renderer().beside().into_iter().map(str::to_owned).collect())
    }

    /// What a published path holds. Those who ask for one page at once wait for one rendering.
    pub async fn answer(self: &Arc<Self>, path: &str, subject: &Subject) -> Arc<Answer> {
        if let Subject::File(route) = subject {
            return Arc::new(Answer::File(self.stock.site.files[route].file.clone()));
        }
        let cell = self.cell(path);
        if let Some(answer) = cell.get() {
            return Arc::clone(answer);
        }
        let make = || async {
            let (snapshot, subject, path) = (Arc::clone(self), subject.clone(), path.to_owned());
            let rendering = tokio::task::spawn_blocking(move || snapshot.render(&path, &subject));
            let answer = Arc::new(rendering.await.unwrap_or(Answer::Panicked));
            self.weigh(&answer);
            answer
        };
        Arc::clone(cell.get_or_init(make).await)
    }

    fn cell(&self, path: &str) -> Arc<OnceCell<Arc<Answer>>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes > ROOM {
            *kept = Kept::default();
        }
        match kept.pages.get(path) {
            Some(cell) => Arc::clone(cell),
            None => Arc::clone(kept.pages.entry(path.to_owned()).or_default()),
        }
    }

    fn weigh(&self, answer: &Answer) {
        if let Answer::Made(bytes, _) = answer {
            self.kept.lock().unwrap_or_else(PoisonError::into_inner).bytes += bytes.len();
        }
    }

    fn render(&self, path: &str, subject: &Subject) -> Answer {
        let (renderer, pictures) = (self.stock.renderer(), &self.stock.pictures);
        let bytes = match make(&renderer, pictures, &mut FolderCache::new(renderer.theme), subject) {
            Ok(Made { bytes: output::Bytes::Owned(bytes), .. }) => bytes,
            Ok(Made { bytes: output::Bytes::File(file), .. }) => return Answer::File(file),
            // It changed this moment; the next state of the site names another.
            Err(Unmade::Original { file, .. }) => return Answer::File(file),
            Err(Unmade::Template(finding)) => return Answer::Failed(finding),
        };
        let is_page = path.ends_with(".html") && !matches!(subject, Subject::ThemeFile(_));
        let bytes = if is_page { inject::into_page(&bytes) } else { bytes };
        let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..24]);
        Answer::Made(bytes.into(), tag)
    }
}
