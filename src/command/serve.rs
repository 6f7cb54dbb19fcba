//! `bokworm serve`: shows a project while it is written.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::project::{CONFIG_FILE, Flags, Overrides, Project};
use super::{Outcome, tell_configuration};
use crate::serve::{self, Options, Setting};
use crate::source::{Root, Source, SourcePath};
use crate::terminal;

/// Preview the site while it is written
///
/// Shows the site in the browser as it will be published, and brings the page in view up to date
/// the moment that a file is saved. Nothing is written to disk. Like `build` it takes the project in
/// the current folder, or any folder of Markdown pages:
///
///   bokworm serve --open
///   bokworm serve --source docs
///
/// What is wrong is told here and in a bar on the page; a page that can't be rendered keeps its last
/// good state until it can. Only this machine can reach the preview unless `--host` says otherwise.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
    /// The port to listen on; by default 3000, or the next one that is free
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// The name or address to listen on; 0.0.0.0 lets other machines in
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// The address that the site is published at, in place of the configuration's: https://example.org/handbook/,
    /// or only its path
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,
}

/// Serves the project of the folder `start` until it is told to stop.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = open(arguments, start, None)?;
    tell_configuration(&project)?;
    if project.is_misconfigured() {
        return Ok(Outcome::Findings);
    }
    let options = Options {
        host: arguments.host.clone(),
        port: arguments.port,
        open: arguments.open,
        links: terminal::says_in_colour(),
    };
    let (drafts, config_path) = (arguments.drafts, project.config_path.clone());
    let (arguments, start) = (arguments.clone(), start.to_path_buf());
    let first = setting(project, drafts);
    let mut last: Option<(Stamp, Setting)> = None;
    let again = move || {
        let stamp = config_path.as_deref().and_then(|file| Stamp::of(file, last.as_ref().map(|(_, setting)| setting)));
        if let Some((_, setting)) = last.as_ref().filter(|(known, _)| stamp.as_ref() == Some(known)) {
            return Ok(setting.clone());
        }
        let setting = open(&arguments, &start, config_path.as_deref()).map(|project| setting(project, drafts))?;
        last = config_path
            .as_deref()
            .and_then(|file| Stamp::of(file, Some(&setting)))
            .map(|stamp| (stamp, setting.clone()));
        Ok(setting)
    };
    serve::run(&options, Box::new(again), first)?;
    Ok(Outcome::Clean)
}

/// What tells whether a configuration has to be read again: its file, and which of the folders that it
/// names there are.
#[derive(PartialEq, Eq)]
struct Stamp {
    modified: SystemTime,
    len: u64,
    folders: Vec<bool>,
}

impl Stamp {
    /// Disks count time in steps: of a file that changed just now nothing is certain.
    fn of(file: &Path, setting: Option<&Setting>) -> Option<Self> {
        let metadata = file.metadata().ok()?;
        let modified = metadata.modified().ok()?;
        let is_settled = modified.elapsed().is_ok_and(|age| age > Duration::from_millis(100));
        let setting = setting.filter(|_| is_settled)?;
        let named = &setting.config.folders;
        let named = [&named.source, &named.static_files, &named.templates];
        let folders = named.map(|folder| setting.root.join(folder).is_dir()).into();
        Some(Self { modified, len: metadata.len(), folders })
    }
}

/// Reads the project's configuration: the one that was found first, so that another project's
/// above it is never taken while an editor saves.
fn open(arguments: &Arguments, start: &Path, found: Option<&Path>) -> anyhow::Result<Project> {
    let mut flags = arguments.project.clone();
    flags.config = flags.config.or_else(|| found.map(Path::to_path_buf));
    let overrides = Overrides { base_url: arguments.base_url.as_deref(), ..Overrides::default() };
    Project::open(start, &flags, overrides)
}

fn setting(project: Project, drafts: bool) -> Setting {
    let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = project.config_path.as_ref().and_then(name).unwrap_or_else(|| CONFIG_FILE.to_owned());
    let configuration = project.config_path.is_some().then(|| {
        let path = SourcePath::new(Root::Project, name);
        Source { path, text: Arc::clone(&project.config_text) }
    });
    Setting {
        places: project.places(),
        cache: project.cache(),
        root: project.root,
        config: Arc::new(project.config),
        configuration,
        findings: project.findings,
        drafts,
        colour: terminal::notes_in_colour(),
    }
}
