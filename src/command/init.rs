//! `bokworm init`: a small project that builds at once, or one of a site that is there. It writes all of its files
//! or none, and over none that is there.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::Outcome;
use super::adopt::{self, FoundSite};
use super::workflows::{self, Service, Workflows};
use crate::config;
use crate::project;
use crate::terminal;

/// Start a project
///
/// Makes a small site that builds at once: a book.toml with its options explained, a few pages that
/// show tags and lists, and a picture. Nothing that is there is overwritten: where a file of the same
/// name says something else, nothing is written at all.
///
/// In a folder that holds a site of Docusaurus, MkDocs or mdBook, or a folder of Markdown pages (content,
/// docs, or at its top), it writes no pages: a configuration that reads those that are there, as they are, and
/// keeps their addresses. What is taken over, and what not, is told.
///
///   bokworm init handbook
///   cd handbook
///   bokworm build
///
/// With --ci it adds workflows to it, or to a project that is there already: one that publishes the site
/// and one that tells what pull requests change.
#[derive(clap::Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The folder of the project; made if it doesn't exist
    #[arg(value_name = "DIR", default_value = ".")]
    pub directory: PathBuf,
    /// Make the small site also where there are pages already
    #[arg(long)]
    pub demo: bool,
    /// Add the workflows of the service on which the repository lies
    #[arg(long, value_enum, value_name = "SERVICE")]
    pub ci: Option<Service>,
}

/// The files of a new project, by their places in it.
const SKELETON: [(&str, &str); 8] = [
    ("content/index.md", include_str!("skeleton/content/index.md")),
    ("content/practices/index.md", include_str!("skeleton/content/practices/index.md")),
    ("content/practices/Write-Decisions-Down.md", include_str!("skeleton/content/practices/Write-Decisions-Down.md")),
    ("content/practices/Keep-a-Glossary.md", include_str!("skeleton/content/practices/Keep-a-Glossary.md")),
    ("content/roles/_category_.yml", include_str!("skeleton/content/roles/_category_.yml")),
    ("content/roles/Lead.md", include_str!("skeleton/content/roles/Lead.md")),
    ("static/img/mark.svg", include_str!("skeleton/static/img/mark.svg")),
    (GITIGNORE, include_str!("skeleton/gitignore")),
];

/// The one file that is somebody else's as often as not: it is left alone where it exists.
const GITIGNORE: &str = ".gitignore";

/// What becomes of each file below a folder.
#[derive(Debug, Default)]
struct InitPlan {
    root: PathBuf,
    write: Vec<(&'static str, Cow<'static, str>)>,
    leave: Vec<&'static str>,
    conflicts: Vec<String>,
}

/// Makes a project in a folder below `start`.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let root = start.join(&arguments.directory);
    let (mut plans, mut adopted) = (Vec::new(), None);
    if arguments.ci.is_none() || !workflows::is_project(&root) {
        adopted = if arguments.demo { None } else { adopt::find(&root)? };
        let files = adopted.as_ref().map_or_else(|| project_files(&root), |found| Ok(adopting_files(found)))?;
        plans.push(plan(&root, files));
    }
    if let Some(service) = arguments.ci {
        let Workflows { repository, files } = workflows::workflows(service, &root)?;
        plans.push(plan(&repository, files));
    }
    let conflicts: Vec<&str> = plans.iter().flat_map(|plan| &plan.conflicts).map(String::as_str).collect();
    if !conflicts.is_empty() {
        let is_there = adopted.is_some() || plans.len() == 1 && arguments.ci.is_some();
        let help = if is_there { ANOTHER_PLACE } else { ANOTHER_FOLDER };
        bail!(
            "nothing was written, because these exist already and are not what `init` would write: {}\nhelp: {help}",
            conflicts.join(", ")
        );
    }
    let mut made = Vec::new();
    if let Err(error) = plans.iter().try_for_each(|plan| write(plan, &mut made)) {
        undo(&made);
        return Err(error.context("nothing was written"));
    }
    terminal::say(&adopted.as_ref().map(FoundSite::told).unwrap_or_default())?;
    tell(&arguments.directory, &plans)?;
    if arguments.ci.is_some() {
        tell_workflows()?;
    }
    Ok(Outcome::Clean)
}

const ANOTHER_FOLDER: &str = "name another folder, as in `bokworm init handbook`";
const ANOTHER_PLACE: &str = "move them away, and take over by hand what you want to keep of them";

/// The files that make a project of a site that is there.
fn adopting_files(found: &FoundSite) -> Vec<(&'static str, Cow<'static, str>)> {
    vec![
        (found.file, found.configuration().into()),
        ("book.schema.json", config::SCHEMA.into()),
        (GITIGNORE, include_str!("skeleton/gitignore").into()),
    ]
}

/// The files of a new project.
fn project_files(root: &Path) -> anyhow::Result<Vec<(&'static str, Cow<'static, str>)>> {
    let absolute = std::path::absolute(root).context("the current folder can't be found")?;
    let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let title = project::readable(&name).unwrap_or_else(|| "Handbook".into());
    let mut files =
        vec![(project::CONFIG_FILE, configuration(&title).into()), ("book.schema.json", config::SCHEMA.into())];
    files.extend(SKELETON.map(|(path, text)| (path, Cow::from(text))));
    Ok(files)
}

fn plan(root: &Path, files: Vec<(&'static str, Cow<'static, str>)>) -> InitPlan {
    let mut plan = InitPlan { root: root.to_path_buf(), ..InitPlan::default() };
    for (path, text) in files {
        match in_the_way(root, path) {
            Some(obstacle) => plan.conflicts.push(format!("`{obstacle}`")),
            None if fs::symlink_metadata(root.join(path)).is_err() => plan.write.push((path, text)),
            None if path == GITIGNORE || fs::read(root.join(path)).is_ok_and(|there| there == text.as_bytes()) => {
                plan.leave.push(path);
            }
            None => plan.conflicts.push(format!("`{path}`")),
        }
    }
    plan.conflicts.dedup();
    plan
}

/// The `book.toml` of a new project.
fn configuration(title: &str) -> String {
    let line = format!("title = {}", toml::Value::from(title));
    include_str!("skeleton/book.toml").replacen("title = \"Handbook\"", &line, 1)
}

/// The first thing on a file's way that is there and is no folder.
fn in_the_way(root: &Path, path: &str) -> Option<String> {
    if fs::metadata(root).is_ok_and(|it| !it.is_dir()) {
        return Some(root.display().to_string());
    }
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    let mut blocked = folders.filter(|folder| {
        let place = root.join(folder);
        fs::symlink_metadata(&place).is_ok() && !place.is_dir()
    });
    blocked.next().map(str::to_owned)
}

/// Writes what is planned, and keeps what it made in `made`, so that it can be undone.
fn write(plan: &InitPlan, made: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for (path, text) in &plan.write {
        let place = plan.root.join(path);
        let missing: Vec<&Path> = place.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir(folder).with_context(|| format!("`{}` can't be made", folder.display()))?;
            made.push(folder.to_path_buf());
        }
        // `create_new` also refuses what came to be since the plan was made.
        let mut file = fs::File::create_new(&place).with_context(|| format!("`{}` can't be made", place.display()))?;
        made.push(place.clone());
        file.write_all(text.as_bytes()).with_context(|| format!("`{}` can't be written", place.display()))?;
    }
    Ok(())
}

/// Takes away what this run made, newest first; a folder that somebody else has used since stays.
fn undo(made: &[PathBuf]) {
    for place in made.iter().rev() {
        let _ = if place.is_dir() { fs::remove_dir(place) } else { fs::remove_file(place) };
    }
}

fn tell(directory: &Path, plans: &[InitPlan]) -> io::Result<()> {
    let mut out = String::new();
    for plan in plans {
        for (path, _) in &plan.write {
            let _ = writeln!(out, "made {path}");
        }
        for path in &plan.leave {
            let _ = writeln!(out, "left {path}, which was there");
        }
        let ignored = fs::read_to_string(plan.root.join(GITIGNORE)).unwrap_or_default();
        if plan.leave.contains(&GITIGNORE) && !ignored.contains("public") {
            let _ = writeln!(out, "Add /public/ and /.bokworm/ to {GITIGNORE}, so that what is built isn't committed.");
        }
    }
    let here = directory == Path::new(".");
    let step = if here { String::new() } else { format!("cd {} && ", directory.display()) };
    let _ = writeln!(out, "\nNow build it: {step}bokworm build");
    terminal::say(&out)
}

/// What is to be done before the workflows can run.
fn tell_workflows() -> io::Result<()> {
    let mut out = String::from("Once, in the repository's settings on GitHub: Pages, Source, \"GitHub Actions\".\n");
    if workflows::has_no_source() {
        out +=
            "There, too: the variable BOKWORM_REPOSITORY, the address of the git repository with bokworm's source.\n";
    }
    terminal::say(&out)
}
