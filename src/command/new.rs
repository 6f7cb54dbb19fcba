//! `bokworm new`: adds a page with its front matter filled in, named and placed
//! as its neighbours are. It writes one file, and over none that is there.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use super::{Outcome, draft, known, opened, tell_configuration};
use crate::nearest::nearest;
use crate::page::FrontMatter;
use crate::page::front_matter;
use crate::project::{Overrides, Project};
use crate::source::{Source, SourcePath};
use crate::terminal;

/// Add a page
///
/// Makes a page with its front matter filled in and prints where it lies. The file is named
/// as its neighbours are ("Page title" becomes Page-Title.md), and comes after them where they have
/// positions. A file that exists is never overwritten.
///
///   bokworm new "Page title" --in Activities/Level-2 --tag "Level 2 (OSMM)"
#[derive(clap::Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The page's title
    pub title: String,
    /// The folder of the page, below the folder of the pages; made if it doesn't exist
    #[arg(long = "in", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// A tag that the page carries; give it once for each
    #[arg(long = "tag", value_name = "TAG", add = known::tag())]
    pub tags: Vec<String>,
    /// The configuration; by default book.toml here or in the nearest folder above
    #[arg(long, value_name = "FILE", env = "BOKWORM_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,
    /// The folder of the pages, in place of the configuration's
    #[arg(long, value_name = "DIR", env = "BOKWORM_SOURCE", hide_env_values = true)]
    pub source: Option<PathBuf>,
}

/// A page that is there.
struct NeighbourPage {
    path: PathBuf,
    meta: FrontMatter,
}

impl NeighbourPage {
    fn stem(&self) -> &str {
        self.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
    }
}

/// Adds a page to the project of the folder `start`.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let (config, source) = (arguments.config.clone(), arguments.source.clone());
    let project = opened::project(start, &Overrides { config, source, ..Overrides::default() })?;
    tell_configuration(&project)?;
    if project.is_misconfigured() {
        return Ok(Outcome::Findings);
    }
    let title = draft::one_line(&arguments.title);
    let mut tags: Vec<String> = Vec::new();
    for tag in arguments.tags.iter().map(|tag| draft::one_line(tag)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    if title.is_empty() || tags.iter().any(String::is_empty) {
        bail!("a page needs a title, and a tag its name: there is nothing to read in what was given");
    }
    let folder = folder(&project, start, arguments.folder.as_deref())?;
    let pages = pages(&project);
    let siblings: Vec<&NeighbourPage> = pages.iter().filter(|page| page.path.parent() == Some(&folder)).collect();
    let stem = if siblings.is_empty() {
        draft::file_stem(&title, pages.iter().map(NeighbourPage::stem))
    } else {
        draft::file_stem(&title, siblings.iter().map(|page| page.stem()))
    };
    let place = folder.join(format!("{stem}.md"));
    if let Some(there) = taken(&folder, &stem) {
        bail!("`{}` exists already: nothing was written", shown(&there, start));
    }
    let is_new_folder = !folder.exists();
    write(&place, &draft::text(&title, position(&siblings), &tags))?;
    terminal::say(&format!("{}\n", shown(&place, start)))?;
    if is_new_folder {
        tell_new_folder(&folder, start)?;
    }
    tell_new_tags(&tags, &pages)?;
    Ok(Outcome::Clean)
}

/// The folder that the page goes to, which lies among the pages. A path that the shell completed
/// from the current folder (`content/Activities`) is understood as well.
fn folder(project: &Project, start: &Path, asked: Option<&Path>) -> anyhow::Result<PathBuf> {
    let source = project.source_dir.canonicalize().context("the folder of the pages can't be found")?;
    let inside = |folder: &Path| {
        let below =
            folder.canonicalize().ok().filter(|whole| whole.is_dir())?.strip_prefix(&source).ok()?.to_path_buf();
        Some(project.source_dir.join(below))
    };
    let Some(asked) = asked else {
        return Ok(inside(start).unwrap_or_else(|| project.source_dir.clone()));
    };
    let mut below = PathBuf::new();
    for part in asked.components() {
        match (part, part.as_os_str().to_str()) {
            (Component::CurDir, _) => {}
            (Component::Normal(_), Some(name)) if name.starts_with(['.', '_']) => {
                bail!("`{name}` is no folder for a page: what begins with `.` or `_` is not published");
            }
            (Component::Normal(_), Some(name)) if !name.contains(char::is_control) => below.push(name),
            (Component::Normal(_), _) => bail!("the name of the folder holds characters that no address can have"),
            _ => match inside(&start.join(asked)) {
                Some(folder) => return Ok(folder),
                None => return Err(outside(asked, project)),
            },
        }
    }
    let folder = project.source_dir.join(&below);
    if !folder.exists()
        && let Some(folder) = inside(&start.join(asked))
    {
        return Ok(folder);
    }
    // A link among the folders may lead anywhere, even where the last folders are still to be made.
    let there = folder.ancestors().find(|folder| fs::symlink_metadata(folder).is_ok()).unwrap_or(&folder);
    if !there.is_dir() {
        bail!("`{}` is not a folder", shown(there, start));
    }
    if inside(there).is_none() {
        return Err(outside(asked, project));
    }
    Ok(folder)
}

fn outside(asked: &Path, project: &Project) -> anyhow::Error {
    let pages = project.source_dir.display();
    anyhow::anyhow!("`{}` leads out of the folder of the pages, `{pages}`", asked.display())
}

/// Every page, in order of path. What can't be read has nothing to say here; `build` tells of it.
fn pages(project: &Project) -> Vec<NeighbourPage> {
    let hidden = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() > 0 && name.starts_with(['.', '_']) && name != "_index.md"
    };
    let walk = walkdir::WalkDir::new(&project.source_dir).sort_by_file_name();
    let entries = walk.into_iter().filter_entry(|entry| !hidden(entry)).filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.filter(|path| is_page(path)).filter_map(read).collect()
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md" || extension == "mdx")
}

fn read(path: PathBuf) -> Option<NeighbourPage> {
    let text: Arc<str> = String::from_utf8_lossy(&fs::read(&path).ok()?).into();
    let source = Source { path: SourcePath::content(path.to_string_lossy().into_owned()), text };
    Some(NeighbourPage { path, meta: front_matter::read(&source).meta })
}

/// The page that has this name already, perhaps in another case or with the other
/// extension: on some machines, or at one address, it would be the same.
fn taken(folder: &Path, stem: &str) -> Option<PathBuf> {
    let stem = stem.to_lowercase();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries.into_iter().find(|path| {
        is_page(path) && path.file_stem().is_some_and(|name| name.to_string_lossy().to_lowercase() == stem)
    })
}

/// The position after the last sibling's, under the key that they use, if they have positions.
fn position(siblings: &[&NeighbourPage]) -> Option<(&'static str, i64)> {
    let positions =
        siblings.iter().filter_map(|page| page.meta.sidebar_position).filter(|position| position.is_finite());
    let last = positions.reduce(f64::max)?;
    let has = |key: &str| siblings.iter().any(|page| page.meta.data.contains_key(key));
    let key = if has("weight") && !has("sidebar_position") { "weight" } else { "sidebar_position" };
    // A conversion from a float stops at the ends of the range.
    Some((key, (last.floor() as i64).saturating_add(1)))
}

fn write(place: &Path, text: &str) -> anyhow::Result<()> {
    let why = || format!("`{}` can't be written", place.display());
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).with_context(why)?;
    }
    let mut file = fs::File::create_new(place).with_context(why)?;
    file.write_all(text.as_bytes()).with_context(why)
}

fn tell_new_folder(folder: &Path, start: &Path) -> io::Result<()> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = folder.parent().and_then(|parent| fs::read_dir(parent).ok()).into_iter().flatten().flatten();
    let others: BTreeSet<String> = beside
        .filter(|entry| entry.path().is_dir() && entry.path() != folder)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let asked = nearest(&name, others.iter().map(String::as_str)).map(|near| format!("; did you mean `{near}`?"));
    terminal::note(&format!("note: the folder `{}` is new{}\n", shown(folder, start), asked.unwrap_or_default()))
}

/// Tells of tags that no page carries: often they are one that exists, misspelt.
fn tell_new_tags(tags: &[String], pages: &[NeighbourPage]) -> io::Result<()> {
    let known: BTreeSet<&str> = pages.iter().flat_map(|page| &page.meta.tags).map(|tag| tag.label.as_str()).collect();
    for tag in tags.iter().filter(|tag| !known.contains(tag.as_str())) {
        let asked = nearest(tag, known.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
        let asked = asked.unwrap_or_default();
        terminal::note(&format!("warning: no other page carries the tag `{tag}` yet{asked}\n"))?;
    }
    Ok(())
}

/// A path as it is shortest from where the command runs.
fn shown(path: &Path, start: &Path) -> String {
    let from = std::path::absolute(start).unwrap_or_default();
    path.strip_prefix(from).unwrap_or(path).display().to_string()
}
