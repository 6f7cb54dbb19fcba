//! Projects that lie only in memory, rendered: what `bokworm build` would publish as HTML.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use bokworm::config::{self, Config};
use bokworm::highlight::Highlighter;
use bokworm::history::History;
use bokworm::read::Tree;
use bokworm::render::{FolderCache, Materials, Rendered, SiteRenderer, Subject};
use bokworm::search::Search;
use bokworm::session::{ParsedPages, Workspace};
use bokworm::source::{Asset, Root, Source, SourcePath};
use bokworm::store::Cache;

use super::Project;

/// Renders one project after the other with the same theme.
pub struct Press {
    workspace: Workspace,
    highlighter: Highlighter,
}

impl Press {
    pub fn new() -> Self {
        let workspace = Workspace::new(Arc::new(Config::default()), false, Tree::default(), &ParsedPages::default());
        // A cache that is never saved.
        let nowhere = std::env::temp_dir().join("bokworm-hostile-keeps-nothing");
        Self { workspace, highlighter: Highlighter::new(&Cache::at(nowhere)) }
    }

    /// The HTML that a project is published as: paths and texts, or why there is none.
    pub fn published(&mut self, project: &Project) -> Vec<(String, Result<String, String>)> {
        let (tree, config) = read(project);
        self.workspace.configure(Arc::new(config));
        self.workspace.take(tree);
        let library = self.workspace.library();
        let (history, searches, outdated) = (History::default(), [Search::default()], BTreeSet::new());
        let renderer = SiteRenderer::of(Materials {
            library: &library,
            themes: self.workspace.themes(),
            searches: &searches,
            highlighter: &self.highlighter,
            history: &history,
            today: bokworm::history::today(),
            outdated: &outdated,
        });
        let mut cache = FolderCache::new(&renderer.editions()[0]);
        let mut published = Vec::new();
        for (path, subject) in renderer.contents_at_once() {
            if !is_shown(&subject) {
                continue;
            }
            let html = match renderer.render_with(&mut cache, &subject) {
                Ok(Rendered::Bytes(bytes)) => String::from_utf8(bytes).map_err(|error| error.to_string()),
                Ok(_) => Err("no text".to_owned()),
                Err(finding) => Err(finding.message),
            };
            published.push((path, html));
        }
        published
    }
}

/// Whether a browser shows it.
fn is_shown(subject: &Subject) -> bool {
    ["page", "folder index", "tag", "tag index", "print", "redirect", "not found"].contains(&subject.kind)
}

fn read(project: &Project) -> (Tree, Config) {
    let mut tree = Tree { assets: vec![picture()], ..Tree::default() };
    let mut config = Config::default();
    for (path, text) in &project.files {
        let Some(below) = path.strip_prefix("content/") else {
            config = config::parse(&SourcePath::new(Root::Project, path.as_str()), text).0;
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
    (tree, config)
}

/// A picture that is large enough to be published in several sizes.
fn picture() -> Asset {
    Asset {
        path: SourcePath::new(Root::Static, "pic.png"),
        file: PathBuf::from("pic.png"),
        len: 500_000,
        modified: None,
        dimensions: Some((2400, 1200)),
        picture_type: None,
        digest: Some([7; 16]),
        typeface: None,
    }
}
