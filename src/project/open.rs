//! Finds the project that somebody means and reads its `book.toml`: what they say goes before what the file says.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};

use super::located::Project;
use super::title;
use crate::config::{self, Config, Folders, format};
use crate::diagnostic::Diagnostic;
use crate::history::{self, CommittedFiles};
use crate::query::Day;
use crate::source::{LineColumn, Root, Source, SourcePath};
use crate::store;

/// The name of the configuration file.
pub const CONFIG_FILE: &str = "book.toml";

/// Its name where a file of the other name is somebody else's, as mdBook's is: it goes before that.
pub const OTHER_CONFIG_FILE: &str = "bokworm.toml";

/// What somebody says of a project in place of its configuration.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The configuration; by default `book.toml` (or `bokworm.toml`) here or in the nearest folder above.
    pub config: Option<PathBuf>,
    /// The folder of the pages; with it, no configuration is needed.
    pub source: Option<PathBuf>,
    /// The folder of files that are published as they are.
    pub static_files: Option<PathBuf>,
    /// Where the site is written.
    pub out: Option<PathBuf>,
    /// The address and base path, or only the base path, of the published site.
    pub base_url: Option<String>,
    /// Where results are kept for the next build.
    pub cache: Option<PathBuf>,
    /// The place in an object store where other machines find them too.
    pub shared_cache: Option<String>,
    /// The day from which queries and the ages of pages count: `2026-01-31`.
    pub today: Option<String>,
}

impl Overrides {
    fn today(&self) -> anyhow::Result<Day> {
        let Some(said) = &self.today else { return Ok(history::today()) };
        Day::read(said).with_context(|| format!("`--today {said}` is no day: write one like 2026-01-31"))
    }
}

/// Finds and reads the project of the folder `start`, which the paths of `overrides` are relative to.
///
/// # Errors
/// If there is none, or a folder that it names doesn't exist.
pub fn open(start: &Path, overrides: &Overrides) -> anyhow::Result<Project> {
    let start = std::path::absolute(start).context("the current folder can't be found")?;
    open_on(&Disk, &start, overrides)
}

/// The same of a commit: the project as it was then, where `start` would be in a checkout.
///
/// # Errors
/// As `open`.
pub(super) fn open_committed(files: &CommittedFiles, start: &Path, overrides: &Overrides) -> anyhow::Result<Project> {
    let start = start.canonicalize().context("the current folder can't be found")?;
    let said = |path: &Option<PathBuf>| path.as_ref().map(|path| history::plain(&start.join(path)));
    let (config, source, static_files) =
        (said(&overrides.config), said(&overrides.source), said(&overrides.static_files));
    let overrides = Overrides { config, source, static_files, ..overrides.clone() };
    let project = open_on(files, &start, &overrides)?;
    Ok(Project { revision: Some(files.revision.clone()), ..project })
}

fn open_on(ground: &impl Ground, start: &Path, overrides: &Overrides) -> anyhow::Result<Project> {
    let config_path = match &overrides.config {
        Some(path) => Some(start.join(path)),
        None => nearest_config(ground, start),
    };
    match config_path {
        Some(path) => configured(ground, start, path, overrides),
        None => bare(ground, start, overrides),
    }
}

/// What a project lies on: what opening it asks of the disk, or of a commit.
trait Ground {
    fn is_folder(&self, place: &Path) -> bool;
    fn is_file(&self, place: &Path) -> bool;
    fn bytes(&self, place: &Path) -> anyhow::Result<Vec<u8>>;
}

struct Disk;

impl Ground for Disk {
    fn is_folder(&self, place: &Path) -> bool {
        place.is_dir()
    }

    fn is_file(&self, place: &Path) -> bool {
        place.is_file()
    }

    fn bytes(&self, place: &Path) -> anyhow::Result<Vec<u8>> {
        Ok(std::fs::read(place)?)
    }
}

impl Ground for CommittedFiles {
    fn is_folder(&self, place: &Path) -> bool {
        self.real(place).is_some_and(|path| CommittedFiles::is_folder(self, &path))
    }

    fn is_file(&self, place: &Path) -> bool {
        self.real(place).is_some_and(|path| self.file(&path).is_some())
    }

    fn bytes(&self, place: &Path) -> anyhow::Result<Vec<u8>> {
        let bytes = self.real(place).and_then(|path| CommittedFiles::bytes(self, &path));
        bytes.with_context(|| format!("it isn't in `{}`", self.revision.name))
    }
}

/// A project with a `book.toml`.
fn configured(ground: &impl Ground, start: &Path, path: PathBuf, overrides: &Overrides) -> anyhow::Result<Project> {
    let bytes = ground.bytes(&path).with_context(|| format!("`{}` can't be read", path.display()))?;
    let text: Arc<str> = String::from_utf8_lossy(&bytes).into();
    if config::is_of_mdbook(&text) {
        bail!(
            "`{}` is mdBook's configuration, and not bokworm's\n\
             help: `bokworm init` writes `{OTHER_CONFIG_FILE}` beside it, for the same pages; then `bokworm build` takes that",
            path.display()
        );
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let source_path = SourcePath::new(Root::Project, name);
    let (mut config, findings) = config::parse(&source_path, &text);
    let root = path.parent().map_or_else(|| start.to_path_buf(), Path::to_path_buf);
    rebase(&mut config, overrides.base_url.as_deref())?;
    let named = |said: &Option<PathBuf>, folder: &str, usual: &str, what: &str| match said {
        Some(said) => existing(ground, start.join(said), what).map(Some),
        None if folder == usual && !ground.is_folder(&root.join(folder)) => Ok(None),
        None => existing(ground, root.join(folder), what).map(Some),
    };
    let (folders, usual) = (&config.folders, Folders::default());
    let source = overrides.source.as_ref().map_or_else(|| root.join(&folders.source), |said| start.join(said));
    let (out, cache) = (&overrides.out, &overrides.cache);
    let data = root.join(&folders.data);
    // What is called so and holds pages or files to publish, holds no data.
    let is_other = data.starts_with(&source) || [&folders.static_files, &folders.templates].contains(&&folders.data);
    Ok(Project {
        data_dir: match is_other && folders.data == usual.data {
            true => None,
            false => named(&None, &folders.data, &usual.data, "the folder of data")?,
        },
        source_dir: existing(ground, source, "the folder of the pages").map_err(|fault| match overrides.source {
            Some(_) => fault,
            None => anyhow!("{fault}{}", why_lacking(&path, &text, &findings)),
        })?,
        static_dir: named(&overrides.static_files, &folders.static_files, &usual.static_files, STATIC)?,
        templates_dir: named(&None, &folders.templates, &usual.templates, "the folder of templates")?,
        // A folder of pages may be called so where nothing speaks of catalogues.
        catalogs_dir: match config.relations.is_empty()
            && config.catalogs.is_empty()
            && folders.catalogs == usual.catalogs
        {
            true => None,
            false => named(&None, &folders.catalogs, &usual.catalogs, "the folder of catalogues")?,
        },
        out_dir: out.as_ref().map_or_else(|| root.join(&folders.output), |out| start.join(out)),
        cache_dir: Some(cache.as_ref().map_or_else(|| root.join(store::OWN).join("cache"), |cache| start.join(cache))),
        shared_cache: overrides.shared_cache.clone(),
        today: overrides.today()?,
        revision: None,
        root,
        config: Arc::new(config),
        config_path: Some(path),
        configuration: Some(Source { path: source_path, text }),
        findings,
    })
}

/// Pages without a `book.toml`: a folder laid out like a project is one; of a folder that somebody
/// names, only what is named is read, since `templates/` beside it may be anything.
fn bare(ground: &impl Ground, start: &Path, overrides: &Overrides) -> anyhow::Result<Project> {
    let mut config = Config::default();
    let source = match &overrides.source {
        Some(source) => existing(ground, start.join(source), "the folder of the pages")?,
        None if ground.is_folder(&start.join(&config.folders.source)) => start.join(&config.folders.source),
        None => bail!(
            "there is no `{CONFIG_FILE}` in this folder or one above it\n\
             help: `bokworm init` starts a project here; `--source DIR` takes any folder of Markdown pages"
        ),
    };
    let is_named = overrides.source.is_some();
    let beside = |folder: &str| Some(start.join(folder)).filter(|folder| !is_named && ground.is_folder(folder));
    let static_files = match &overrides.static_files {
        Some(said) => Some(existing(ground, start.join(said), STATIC)?),
        None => beside(&config.folders.static_files),
    };
    let templates = beside(&config.folders.templates);
    config.site.title = title::title_from(&source);
    // Who tries a folder wants to see its pages soon.
    config.images.resize = false;
    config.theme.cards = overrides.cache.is_some();
    rebase(&mut config, overrides.base_url.as_deref())?;
    if let Some(shared) = &overrides.shared_cache {
        bail!(
            "`--cache {shared}` needs a project, which keeps here what it takes from there\n\
             help: `bokworm init` writes a `{CONFIG_FILE}` for these pages"
        );
    }
    Ok(Project {
        out_dir: start.join(overrides.out.as_deref().unwrap_or(Path::new(&config.folders.output))),
        root: if is_named { source.clone() } else { start.to_path_buf() },
        config_path: None,
        configuration: None,
        findings: Vec::new(),
        source_dir: source,
        static_dir: static_files,
        templates_dir: templates,
        catalogs_dir: None,
        data_dir: None,
        today: overrides.today()?,
        revision: None,
        cache_dir: overrides.cache.as_ref().map(|cache| start.join(cache)),
        shared_cache: None,
        config: Arc::new(config),
    })
}

const STATIC: &str = "the folder of static files";

/// The configuration in the folder or the nearest one above that has one.
fn nearest_config(ground: &impl Ground, start: &Path) -> Option<PathBuf> {
    let names = |folder: &Path| [OTHER_CONFIG_FILE, CONFIG_FILE].map(|name| folder.join(name));
    start.ancestors().flat_map(names).find(|file| ground.is_file(file))
}

/// The configuration of a project in that folder itself; what is mdBook's is none.
pub fn configured_in(folder: &Path) -> Option<PathBuf> {
    let file =
        [OTHER_CONFIG_FILE, CONFIG_FILE].map(|name| folder.join(name)).into_iter().find(|file| file.is_file())?;
    let is_other = std::fs::read(&file).is_ok_and(|bytes| config::is_of_mdbook(&String::from_utf8_lossy(&bytes)));
    (!is_other).then_some(file)
}

fn existing(ground: &impl Ground, folder: PathBuf, what: &str) -> anyhow::Result<PathBuf> {
    if ground.is_folder(&folder) {
        return Ok(folder);
    }
    let why = if ground.is_file(&folder) { "is not a folder" } else { "does not exist" };
    bail!("{what}, `{}`, {why}", folder.display())
}

/// What to do where the folder of the pages is lacking; where the configuration has mistakes, it was perhaps meant to be named.
fn why_lacking(path: &Path, text: &str, findings: &[Diagnostic]) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut help = format!(
        "\nhelp: make it, or say below `[folders]` in `{name}` which folder the pages are in: `source = \"docs\"`"
    );
    for finding in findings {
        let LineColumn { line, column } = LineColumn::of(text, finding.span.start.min(text.len()));
        let _ = write!(help, "\n{name}:{line}:{column}: {}", finding.message);
    }
    help
}

/// Puts the site at another address: a whole one, or a path alone.
fn rebase(config: &mut Config, base_url: Option<&str>) -> anyhow::Result<()> {
    let Some(base_url) = base_url else { return Ok(()) };
    let read = if base_url.starts_with('/') && !base_url.starts_with("//") {
        format::check("base-path", base_url).map(|path| (config.site.url.clone(), path))
    } else {
        format::split_address(base_url)
    };
    match read {
        Ok(parts) => (config.site.url, config.site.base_path) = parts,
        Err(fault) => bail!("`--base-url` {}: `{base_url}`\nhelp: {}", fault.problem, fault.help),
    }
    Ok(())
}
