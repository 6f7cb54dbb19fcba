//! The one place that reads the project from disk: three folders become texts,
//! published files and templates, each sorted by path, with findings for what was
//! left out. It knows names and bytes, not what a page says.

use std::fs::Metadata;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Asset, RawFile, Root, Source, SourcePath, Span};

mod again;
mod exif;
mod picture;
pub(crate) mod open;
mod svg;
mod text;
mod walk;

pub use again::{Change, Memory, Reread};
use open::Opened;
use picture::Picture;
use walk::Found;

/// The largest file that is held in memory: a page, a category, a template. A book
/// of a thousand printed pages has about 3 MB.
pub const TEXT_LIMIT: u64 = 16 << 20;

/// Where a project's folders lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The pages; has to exist.
    pub content: PathBuf,
    /// Files that are published as they are; may be missing.
    pub static_files: PathBuf,
    /// The site's own templates; may be missing.
    pub templates: PathBuf,
    /// The published site, which is never read, wherever it lies.
    pub output: PathBuf,
    /// Whether pictures are read whole for their digests.
    pub digests: bool,
}

/// Everything that the project holds, in order of path.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Files with the extension `.md` or `.mdx`.
    pub pages: Vec<Source>,
    /// `_category_.yaml`, `.yml` and `.json`.
    pub categories: Vec<Source>,
    /// `tags.yml` or `tags.yaml` at the top of the content folder.
    pub vocabulary: Option<Source>,
    /// Every other file of the content folder and all of the static folder.
    pub assets: Vec<Asset>,
    /// The site's own templates: HTML, and other text that may hold template code.
    pub templates: Vec<Source>,
    /// The site's own style sheets, scripts and other files of its theme.
    pub theme_files: Vec<RawFile>,
    /// What was left out or could not be read as it stands.
    pub findings: Vec<Diagnostic>,
}

/// Reads the project from disk, once.
///
/// # Errors
/// If there is no content folder, or the machine can't read a file that is there.
pub fn project(places: &Places) -> Result<Tree> {
    require_content(places)?;
    let walked = walk::project(places)?;
    let readings = walked.files.par_iter().map(|found| read(found, places.digests)).collect::<Result<Vec<_>>>()?;
    let mut tree = Tree { findings: walked.findings, ..Tree::default() };
    for Reading { part, finding } in readings {
        tree.findings.extend(finding);
        if let Some(part) = part {
            tree.add(part);
        }
    }
    tree.findings.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    Ok(tree)
}

fn require_content(places: &Places) -> Result<()> {
    if !places.content.is_dir() {
        bail!(
            "the folder of the pages, `{}`, does not exist; make it, or name another one with --source",
            places.content.display()
        );
    }
    Ok(())
}

impl Tree {
    fn add(&mut self, part: Part) {
        match part {
            Part::Page(source) => self.pages.push(source),
            Part::Category(source) => self.categories.push(source),
            Part::Vocabulary(source) => _ = self.vocabulary.get_or_insert(source),
            Part::Asset(asset) => self.assets.push(asset),
            Part::Template(source) => self.templates.push(source),
            Part::ThemeFile(file) => self.theme_files.push(file),
        }
    }
}

/// What one file became, and what is to be said about it.
#[derive(Clone)]
struct Reading {
    part: Option<Part>,
    finding: Option<Diagnostic>,
}

#[derive(Clone)]
enum Part {
    Page(Source),
    Category(Source),
    Vocabulary(Source),
    Asset(Asset),
    Template(Source),
    ThemeFile(RawFile),
}

/// What a file is for, by its place and name.
enum Kind {
    Text(fn(Source) -> Part),
    Asset,
    Raw,
}

fn kind(path: &SourcePath) -> Kind {
    let name = path.file_name();
    match path.root() {
        Root::Content if is_page(name) => Kind::Text(Part::Page),
        Root::Content if is_category(name) => Kind::Text(Part::Category),
        Root::Content if matches!(path.as_str(), "tags.yml" | "tags.yaml") => Kind::Text(Part::Vocabulary),
        Root::Templates if has_extension(name, &["html", "xml", "txt"]) => Kind::Text(Part::Template),
        Root::Templates => Kind::Raw,
        _ => Kind::Asset,
    }
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, own)| extensions.iter().any(|one| own.eq_ignore_ascii_case(one)))
}

fn is_page(name: &str) -> bool {
    has_extension(name, &["md", "mdx"])
}

fn is_category(name: &str) -> bool {
    matches!(name, "_category_.yaml" | "_category_.yml" | "_category_.json")
}

/// Reads one file that was found. A file that has vanished since is passed over:
/// editors save by moving files about.
fn read(found: &Found, digests: bool) -> Result<Reading> {
    let named = || format!("could not read `{}`", found.file.display());
    let kind = kind(&found.path);
    let is_picture = matches!(kind, Kind::Asset) && picture::is_picture(found.path.file_name());
    if matches!(kind, Kind::Asset) && !is_picture {
        let metadata = found.file.symlink_metadata();
        return match metadata {
            Ok(metadata) if metadata.is_file() => Ok(asset(found, &metadata, Picture::default())),
            Ok(_) => Ok(moved(found)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Reading { part: None, finding: None }),
            Err(error) => Err(error).with_context(named),
        };
    }
    let (mut file, metadata) = match open::ordinary(&found.file).with_context(named)? {
        Opened::File(file, metadata) => (file, metadata),
        Opened::Moved => return Ok(moved(found)),
        Opened::Gone => return Ok(Reading { part: None, finding: None }),
    };
    let make = match kind {
        Kind::Asset => {
            let picture = picture::look(&mut file, found.path.file_name(), digests).with_context(named)?;
            return Ok(asset(found, &metadata, picture));
        }
        Kind::Text(make) => Some(make),
        Kind::Raw => None,
    };
    let Some(bytes) = text::bytes(&mut file, &metadata).with_context(named)? else {
        return Ok(Reading { part: None, finding: Some(oversized(&found.path)) });
    };
    Ok(match make {
        Some(make) => {
            let (source, finding) = text::source(&found.path, bytes);
            Reading { part: Some(make(source)), finding }
        }
        None => {
            let file = RawFile { path: found.path.clone(), bytes: bytes.into() };
            Reading { part: Some(Part::ThemeFile(file)), finding: None }
        }
    })
}

fn asset(found: &Found, metadata: &Metadata, Picture { dimensions, digest }: Picture) -> Reading {
    let asset = Asset {
        path: found.path.clone(),
        file: found.file.clone(),
        len: metadata.len(),
        modified: metadata.modified().ok(),
        dimensions,
        digest,
    };
    Reading { part: Some(Part::Asset(asset)), finding: None }
}

fn moved(found: &Found) -> Reading {
    Reading { part: None, finding: Some(walk::outside(&found.path)) }
}

fn oversized(path: &SourcePath) -> Diagnostic {
    let limit = TEXT_LIMIT >> 20;
    let message = format!("`{path}` is larger than {limit} MB");
    Diagnostic::new(Code::OversizedFile, path, Span::default(), message)
        .with_help("Split it into several files, or move what is not text to the folder of static files.")
}
