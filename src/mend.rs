//! Fixes put into the files of a project: computed in memory until nothing is left to
//! mend, so that a second run has nothing to do, then written one file at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;

use crate::check::fix;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::project::Project;
use crate::session::Session;
use crate::source::SourcePath;

/// What mending changes.
#[derive(Debug, Default)]
pub(crate) struct Mended {
    /// The files that change, in order of path.
    pub files: Vec<MendedFile>,
    /// How many findings are settled.
    pub settled: usize,
    /// The files that are left as they are, since git left conflicts in them.
    pub left: BTreeSet<SourcePath>,
}

/// A file that mending changes.
#[derive(Debug)]
pub(crate) struct MendedFile {
    /// Where it lies on disk.
    pub on_disk: PathBuf,
    /// What it held.
    pub old: Arc<str>,
    /// What it is to hold.
    pub new: Arc<str>,
}

/// After so many rounds fixes are chasing each other.
const ROUNDS: usize = 8;

/// Mends everything that `keep` leaves among the findings, in memory.
///
/// # Errors
/// If a file can't be read that is to change.
pub(crate) fn all(
    session: &mut Session,
    severities: &[(Code, Severity)],
    keep: impl Fn(&Project, &mut Vec<Diagnostic>),
) -> anyhow::Result<Mended> {
    let mut changed: BTreeMap<SourcePath, (Arc<str>, Arc<str>)> = BTreeMap::new();
    let (mut settled, mut left) = (0, BTreeSet::new());
    for _ in 0..ROUNDS {
        let state = session.state();
        let mut findings = state.check(&state.severities(severities), Vec::new());
        keep(&state.project, &mut findings);
        let conflicts = findings.iter().filter(|finding| finding.code == Code::MergeConflict);
        left.extend(conflicts.map(|finding| finding.path.clone()));
        let mut by_file: BTreeMap<&SourcePath, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.fix.is_some()) {
            by_file.entry(&finding.path).or_default().push(finding);
        }
        let mut texts: BTreeMap<SourcePath, Arc<str>> = BTreeMap::new();
        for (path, findings) in by_file {
            let Some(source) = state.source(path) else { continue };
            let Some(on_disk) = state.project.locate(path) else { continue };
            let original = changed.get(path).map_or(&source.text, |(old, _)| old);
            if !is_as_read(&on_disk, original)? {
                continue;
            }
            let fixed = fix::apply(&source.text, &findings);
            if fixed.text == *source.text {
                continue;
            }
            settled += fixed.settled;
            let old = Arc::clone(original);
            let new: Arc<str> = fixed.text.into();
            changed.insert(path.clone(), (old, Arc::clone(&new)));
            texts.insert(path.clone(), new);
        }
        if texts.is_empty() {
            break;
        }
        session.rewrite(&texts);
    }
    let files = changed
        .into_iter()
        .filter_map(|(path, (old, new))| Some(MendedFile { on_disk: session.project().locate(&path)?, old, new }));
    Ok(Mended { files: files.collect(), settled, left })
}

/// Writes what changes, if the files are still as they were read.
///
/// # Errors
/// If a file can't be written. It is then as it was.
pub(crate) fn write(mended: &Mended) -> anyhow::Result<()> {
    for file in &mended.files {
        anyhow::ensure!(
            is_as_read(&file.on_disk, &file.old)?,
            "`{}` was changed by somebody else meanwhile, and is left as it is",
            file.on_disk.display()
        );
        replace(&file.on_disk, &file.new)?;
    }
    Ok(())
}

/// Whether a file holds exactly what was read: not if it isn't UTF-8, or was changed since.
pub(crate) fn is_as_read(file: &Path, text: &str) -> anyhow::Result<bool> {
    let bytes = fs::read(file).with_context(|| format!("`{}` can't be read", file.display()))?;
    Ok(bytes == text.as_bytes())
}

/// Puts a new text in a file's place in one step, so that the file is never half written.
pub(crate) fn replace(file: &Path, text: &str) -> anyhow::Result<()> {
    // A link stays a link: what it leads to is replaced.
    let file = file.canonicalize().with_context(|| format!("`{}` can't be found", file.display()))?;
    let written = || -> anyhow::Result<()> {
        let new = beside(&file, text)?;
        new.as_file().set_permissions(fs::metadata(&file)?.permissions())?;
        new.as_file().sync_all()?;
        new.persist(&file)?;
        Ok(())
    };
    written().with_context(|| format!("`{}` can't be written", file.display()))
}

/// Writes a file that isn't there yet, and the folders above it.
///
/// # Errors
/// If it is there by now, or can't be written.
pub(crate) fn create(file: &Path, text: &str) -> anyhow::Result<()> {
    let written = || -> anyhow::Result<()> {
        fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
        // Made with the permissions that new files have here, which a temporary one hasn't.
        let mut new = fs::File::create_new(file)?;
        new.write_all(text.as_bytes())?;
        Ok(new.sync_all()?)
    };
    written().with_context(|| format!("`{}` can't be written", file.display()))
}

/// A temporary file with a text, in the folder of a file.
fn beside(file: &Path, text: &str) -> anyhow::Result<tempfile::NamedTempFile> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".bokworm-").tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    Ok(new)
}
