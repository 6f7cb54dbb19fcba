//! A project published on one thread, one stage after the other for all pages, so that
//! `bench/instructions.py` can count what each stage takes. The calls are those of `bokworm build`; here
//! code is highlighted before pages are rendered, and pages are written when all are rendered.
//!
//!     cargo run --release --example stages -- PROJECT OUT

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use bokworm::check;
use bokworm::diagnostic::Diagnostic;
use bokworm::highlight::Highlighter;
use bokworm::history::History;
use bokworm::output::Output;
use bokworm::project::{self, Overrides};
use bokworm::read::Tree;
use bokworm::render::{FolderCache, Materials, Rendered, SiteRenderer, Subject};
use bokworm::search::Search;
use bokworm::session::{ParsedPages, Workspace};
use bokworm::site::{Edition, Library, address};
use bokworm::source::Source;
use bokworm::store::Cache;
use bokworm::{read, write::Publication};

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [folder, out] = &arguments[..] else { bail!("usage: stages PROJECT OUT") };
    // Work that would go to other threads stays here, where its instructions are counted in order.
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global()?;
    let overrides = Overrides { out: Some(out.into()), ..Overrides::default() };
    let project = project::open(Path::new(folder), &overrides)?;
    let publication = Publication::begin(&project.out_dir, &project.protected())?;
    stage_ends("start");

    let tree = read::project(&project.places())?;
    stage_ends("read");
    let theme = Tree { templates: tree.templates.clone(), theme_files: tree.theme_files.clone(), ..Tree::default() };
    let mut workspace = Workspace::new(Arc::clone(&project.config), false, theme, &ParsedPages::default());
    stage_ends("theme");
    workspace.take(tree);
    stage_ends("parse");
    let library = workspace.library();
    let site = library.original();
    stage_ends("assemble");
    let sources: Vec<Source> = workspace.sources().cloned().collect();
    let found = check(site, &sources);
    stage_ends("check");
    publish(&workspace, &library, publication)?;
    // Not counted: what only a program that goes on has to do.
    eprintln!("{} findings", found.len());
    std::process::exit(0);
}

fn check(site: &Edition, sources: &[Source]) -> Vec<Diagnostic> {
    let severities = BTreeMap::new();
    let history = History::default();
    let (configuration, earlier) = (None, Vec::new());
    check::run(check::Input {
        translations: Vec::new(),
        site,
        sources,
        configuration,
        history: &history,
        today: bokworm::history::today(),
        earlier,
        severities: &severities,
    })
}

/// Highlights, indexes, renders and writes.
fn publish(workspace: &Workspace, library: &Library, publication: Publication) -> Result<()> {
    let site = library.original();
    // A cache that is never saved: what was highlighted is there when pages are rendered.
    let nowhere = std::env::temp_dir().join("bokworm-stages-keeps-nothing");
    let highlighter = Highlighter::new(&Cache::at(nowhere));
    for code in site.pages.iter().flat_map(|published| &published.page.code) {
        std::hint::black_box(highlighter.block(code));
    }
    // Patience with a grammar is counted in seconds: on a busy machine it may end, and less is done.
    if !highlighter.worn_out().is_empty() {
        bail!("the machine is too busy: highlighting was given up");
    }
    stage_ends("highlight");
    let (searches, history, outdated) = ([Search::default()], History::default(), BTreeSet::new());
    searches[0].part(site, "index");
    stage_ends("search");
    let outputs = render(&SiteRenderer::of(Materials {
        library,
        themes: workspace.themes(),
        searches: &searches,
        highlighter: &highlighter,
        history: &history,
        today: bokworm::history::today(),
        outdated: &outdated,
    }))?;
    stage_ends("render");
    for output in &outputs {
        publication.put(output)?;
    }
    publication.finish()?;
    stage_ends("write");
    Ok(())
}

/// All files of the site, in the order in which `build` makes them.
fn render(renderer: &SiteRenderer<'_>) -> Result<Vec<Output>> {
    let contents = renderer.contents();
    let mut files: Vec<(&String, &Subject)> = contents.iter().collect();
    files.sort_by_key(|(path, _)| address::parent(path));
    let mut cache = FolderCache::new(&renderer.editions()[0]);
    let one = |(path, subject): (&String, &Subject)| match renderer.render_with(&mut cache, subject) {
        Ok(Rendered::Bytes(bytes)) => Ok(Output::made(path, bytes)),
        Ok(Rendered::CopyOf(file)) => Ok(Output::copied(path, file)),
        // Their pixels aren't counted.
        Ok(Rendered::Drawn(_) | Rendered::Smaller(_) | Rendered::Bound(_)) => Ok(Output::made(path, Vec::new())),
        Err(finding) => Err(anyhow!("{path}: {}", finding.message)),
    };
    files.into_iter().map(one).collect()
}

/// Says that a stage is over. Callgrind is told to write its counters down and to begin again at zero
/// whenever this is called, so it has to stay a function of its own.
#[inline(never)]
fn stage_ends(stage: &str) {
    println!("{stage}");
}
