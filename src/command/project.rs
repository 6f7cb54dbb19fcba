//! Finds the project that a command works on and reads its `book.toml`: where
//! everything lies, with the command line's word before the file's. It reads that
//! one file; the pages are `read`'s.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use crate::config::{self, Config, Folders, format};
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::Places;
use crate::source::{Root, SourcePath};
use crate::store::{self, Cache};

/// The name of the configuration file.
pub const CONFIG_FILE: &str = "book.toml";

/// What every command that reads a project can be told about it.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Flags {
    /// The configuration; by default book.toml here or in the nearest folder above
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of the pages, in place of the configuration's; with it, no configuration is needed
    #[arg(long, value_name = "DIR")]
    pub source: Option<PathBuf>,
    /// The folder of files that are published as they are, in place of the configuration's
    #[arg(long = "static", value_name = "DIR")]
    pub static_files: Option<PathBuf>,
}

/// What only some commands can be told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overrides<'a> {
    /// Where the site is written.
    pub out: Option<&'a Path>,
    /// The address and base path, or only the base path, of the published site.
    pub base_url: Option<&'a str>,
    /// Where results are kept for the next build.
    pub cache: Option<&'a Path>,
}

/// A project: its configuration, and where its parts lie as absolute paths.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder of `book.toml`; without one, the folder of the pages.
    pub root: PathBuf,
    /// The configuration, with what the command line says in its place.
    pub config: Config,
    /// Where it was read, if there is a file.
    pub config_path: Option<PathBuf>,
    /// Its text, which `findings` speak of.
    pub config_text: Arc<str>,
    /// What is wrong in it.
    pub findings: Vec<Diagnostic>,
    /// The pages. The folder exists.
    pub source_dir: PathBuf,
    /// Files that are published as they are, if there are any. The folder exists.
    pub static_dir: Option<PathBuf>,
    /// The site's own templates, if there are any. The folder exists.
    pub templates_dir: Option<PathBuf>,
    /// Where the site is written. It may not exist, and nothing has been checked about it.
    pub out_dir: PathBuf,
    /// Where results are kept for the next build; nowhere without a project, unless told.
    pub cache_dir: Option<PathBuf>,
}

impl Project {
    /// Finds and reads the project of the folder `start`, which paths of the command line are
    /// relative to. Fails where there is none, or a folder that it names doesn't exist.
    pub fn open(start: &Path, flags: &Flags, overrides: Overrides<'_>) -> anyhow::Result<Self> {
        let start = std::path::absolute(start).context("the current folder can't be found")?;
        let config_path = match &flags.config {
            Some(path) => Some(start.join(path)),
            None => nearest_config(&start),
        };
        match config_path {
            Some(path) => Self::configured(&start, path, flags, overrides),
            None => Self::bare(&start, flags, overrides),
        }
    }

    /// A project with a `book.toml`.
    fn configured(start: &Path, path: PathBuf, flags: &Flags, overrides: Overrides<'_>) -> anyhow::Result<Self> {
        let bytes = std::fs::read(&path).with_context(|| format!("`{}` can't be read", path.display()))?;
        let text: Arc<str> = String::from_utf8_lossy(&bytes).into();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (mut config, findings) = config::parse(&SourcePath::new(Root::Project, name), &text);
        let root = path.parent().map_or_else(|| start.to_path_buf(), Path::to_path_buf);
        rebase(&mut config, overrides.base_url)?;
        let named = |flag: &Option<PathBuf>, folder: &str, usual: &str, what: &str| match flag {
            Some(flag) => existing(start.join(flag), what).map(Some),
            None if folder == usual && !root.join(folder).is_dir() => Ok(None),
            None => existing(root.join(folder), what).map(Some),
        };
        let (folders, usual) = (&config.folders, Folders::default());
        let source = flags.source.as_ref().map_or_else(|| root.join(&folders.source), |flag| start.join(flag));
        Ok(Self {
            source_dir: existing(source, "the folder of the pages")?,
            static_dir: named(&flags.static_files, &folders.static_files, &usual.static_files, STATIC)?,
            templates_dir: named(&None, &folders.templates, &usual.templates, "the folder of templates")?,
            out_dir: overrides.out.map_or_else(|| root.join(&folders.output), |out| start.join(out)),
            cache_dir: Some(
                overrides.cache.map_or_else(|| root.join(store::OWN).join("cache"), |cache| start.join(cache)),
            ),
            root,
            config,
            config_path: Some(path),
            config_text: text,
            findings,
        })
    }

    /// Pages without a `book.toml`: a folder laid out like a project is one; of a folder that the
    /// command line names, only what is named is read, since `templates/` beside it may be anything.
    fn bare(start: &Path, flags: &Flags, overrides: Overrides<'_>) -> anyhow::Result<Self> {
        let mut config = Config::default();
        let source = match &flags.source {
            Some(source) => existing(start.join(source), "the folder of the pages")?,
            None if start.join(&config.folders.source).is_dir() => start.join(&config.folders.source),
            None => bail!(
                "there is no `{CONFIG_FILE}` in this folder or one above it\n\
                 help: `bokworm init` starts a project here; `--source DIR` takes any folder of Markdown pages"
            ),
        };
        let beside = |folder: &str| Some(start.join(folder)).filter(|folder| flags.source.is_none() && folder.is_dir());
        let static_files = match &flags.static_files {
            Some(flag) => Some(existing(start.join(flag), STATIC)?),
            None => beside(&config.folders.static_files),
        };
        let templates = beside(&config.folders.templates);
        config.site.title = title_from(&source);
        // Who tries a folder wants to see its pages soon.
        config.images.resize = false;
        config.theme.cards = overrides.cache.is_some();
        rebase(&mut config, overrides.base_url)?;
        Ok(Self {
            out_dir: start.join(overrides.out.unwrap_or(Path::new(&config.folders.output))),
            root: source.clone(),
            config_path: None,
            config_text: "".into(),
            findings: Vec::new(),
            source_dir: source,
            static_dir: static_files,
            templates_dir: templates,
            cache_dir: overrides.cache.map(|cache| start.join(cache)),
            config,
        })
    }

    /// Where its parts lie, for reading.
    pub fn places(&self) -> Places {
        let nowhere = || self.root.join(store::OWN).join("nothing");
        Places {
            content: self.source_dir.clone(),
            static_files: self.static_dir.clone().unwrap_or_else(nowhere),
            templates: self.templates_dir.clone().unwrap_or_else(nowhere),
            output: self.out_dir.clone(),
            digests: self.config.images.resize,
        }
    }

    /// Where results are kept for the next build.
    pub fn cache(&self) -> Cache {
        self.cache_dir.as_ref().map_or_else(Cache::none, Cache::at)
    }

    /// Folders that no published site may replace.
    pub fn protected(&self) -> Vec<PathBuf> {
        let folders = [Some(&self.root), Some(&self.source_dir), self.static_dir.as_ref(), self.templates_dir.as_ref()];
        folders.into_iter().flatten().cloned().collect()
    }

    /// A path as people see it: relative to the folder that they are in, where it lies below.
    pub fn shown(&self, path: &Path) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        path.strip_prefix(here).unwrap_or(path).display().to_string()
    }

    /// The place on disk of a file of the project; none for the theme's own files.
    pub fn locate(&self, path: &SourcePath) -> Option<PathBuf> {
        let folder = match path.root() {
            Root::Content => Some(&self.source_dir),
            Root::Static => self.static_dir.as_ref(),
            Root::Templates => self.templates_dir.as_ref(),
            Root::Project => Some(&self.root),
            Root::Theme => None,
        };
        folder.map(|folder| folder.join(path.as_str()))
    }

    /// Whether the configuration has mistakes that keep a command from doing what was meant.
    pub fn is_misconfigured(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

const STATIC: &str = "the folder of static files";

/// `book.toml` in the folder or the nearest one above that has it.
fn nearest_config(start: &Path) -> Option<PathBuf> {
    start.ancestors().map(|folder| folder.join(CONFIG_FILE)).find(|file| file.is_file())
}

fn existing(folder: PathBuf, what: &str) -> anyhow::Result<PathBuf> {
    if folder.is_dir() {
        return Ok(folder);
    }
    let why = if folder.exists() { "is not a folder" } else { "does not exist" };
    bail!("{what}, `{}`, {why}", folder.display())
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

/// What pages without a configuration are called: as their folder, or as the one
/// around it where the name only says that there are pages in it.
fn title_from(source: &Path) -> String {
    let whole = source.canonicalize().unwrap_or_else(|_| source.to_path_buf());
    let mut names = whole.ancestors().filter_map(Path::file_name).map(|name| name.to_string_lossy());
    let telling = names.find(|name| !matches!(&*name.to_lowercase(), "content" | "docs" | "pages" | "src" | "source"));
    readable(&telling.unwrap_or_default()).unwrap_or_else(|| Config::default().site.title)
}

/// A folder's name as a title: `open-source_handbook` as `Open source handbook`.
pub(super) fn readable(name: &str) -> Option<String> {
    let spaced: String = name.chars().map(|c| if matches!(c, '-' | '_') || c.is_control() { ' ' } else { c }).collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = words.chars().next()?;
    Some(first.to_uppercase().chain(words.chars().skip(1)).collect())
}
