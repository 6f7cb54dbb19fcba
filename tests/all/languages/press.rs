//! A site in several languages that lies only in memory, published: every file that a build would write, by language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bokworm::config;
use bokworm::diagnostic::{Diagnostic, Severity};
use bokworm::highlight::Highlighter;
use bokworm::history::History;
use bokworm::read::Tree;
use bokworm::render::{FolderCache, Materials, Rendered, SiteRenderer};
use bokworm::search::Search;
use bokworm::session::{ParsedPages, Workspace};
use bokworm::source::{Root, Source, SourcePath};
use bokworm::store::Cache;

/// A published file.
pub struct File {
    /// The code of its language.
    pub language: String,
    /// What kind of file it is.
    pub kind: &'static str,
    /// What it holds; empty for what is no text.
    pub text: String,
}

/// A site as it is published.
pub struct Site {
    /// Its files, by their paths.
    pub files: BTreeMap<String, File>,
    /// What is wrong with it as a whole.
    pub errors: Vec<Diagnostic>,
}

/// Publishes a site of these texts, `book.toml` among them.
pub fn publish(texts: &[(String, String)]) -> Site {
    let mut tree = Tree::default();
    let mut configuration = config::Config::default();
    for (path, text) in texts {
        let Some(below) = path.strip_prefix("content/") else {
            let (read, wrong) = config::parse(&SourcePath::new(Root::Project, path.as_str()), text);
            assert_eq!(wrong, [], "{text}");
            configuration = read;
            continue;
        };
        let source = Source { path: SourcePath::content(below), text: Arc::from(text.as_str()) };
        match below.rsplit('/').next() {
            Some("_category_.yml") => tree.categories.push(source),
            Some("tags.yml") => tree.vocabulary = Some(source),
            _ => tree.pages.push(source),
        }
    }
    tree.pages.sort_by(|a, b| a.path.cmp(&b.path));
    let workspace = Workspace::new(Arc::new(configuration), false, tree, &ParsedPages::default());
    files_of(&workspace)
}

fn files_of(workspace: &Workspace) -> Site {
    let library = workspace.library();
    let highlighter = Highlighter::new(&Cache::none());
    let (history, outdated) = (History::default(), BTreeSet::new());
    let searches: Vec<Search> = library.editions().map(|_| Search::default()).collect();
    let renderer = SiteRenderer::of(Materials {
        library: &library,
        themes: workspace.themes(),
        searches: &searches,
        highlighter: &highlighter,
        history: &history,
        today: bokworm::history::today(),
        outdated: &outdated,
    });
    let mut cache = FolderCache::new(&renderer.editions()[0]);
    let mut files = BTreeMap::new();
    for (path, subject) in renderer.contents() {
        let text = match renderer.render_with(&mut cache, &subject) {
            Ok(Rendered::Bytes(bytes)) => String::from_utf8(bytes).unwrap_or_default(),
            Ok(_) => String::new(),
            Err(finding) => panic!("{path}: {}", finding.message),
        };
        let language = library.edition(subject.edition).config.site.language.clone();
        files.insert(path, File { language, kind: subject.kind, text });
    }
    let findings = library.editions().flat_map(|(_, edition)| edition.findings.clone()).chain(library.findings());
    Site { files, errors: findings.filter(|finding| finding.severity == Severity::Error).collect() }
}
