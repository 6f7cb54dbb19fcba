//! How files come to where things are kept: in one step, out of git's sight, and without leaving halves behind.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Duration;

/// The folder that bokworm makes for itself in a project.
pub const OWN: &str = ".bokworm";

/// What the name of a file holds while it is being written.
const BEING_WRITTEN: &str = ".new-";
/// A file that is being written and is this old was left behind by a process that was killed.
const ABANDONED: Duration = Duration::from_secs(3600);

/// Puts a file in place in one step, so that no one ever sees half of it; makes its folder where that is missing.
///
/// # Errors
/// If it can't be written; then what was there before is.
pub fn replace(path: &Path, write: impl Fn(&mut BufWriter<&mut File>) -> io::Result<()>) -> io::Result<()> {
    // The folder is not there yet, or someone has removed it since.
    put(path, &write).or_else(|_| path.parent().map_or(Ok(()), prepare).and_then(|()| put(path, &write)))
}

/// Puts a file in place in one step where none is; whether none was there.
///
/// # Errors
/// If it can't be written.
pub fn put_first(path: &Path, write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<()>) -> io::Result<bool> {
    let Some(dir) = path.parent() else { return Ok(false) };
    prepare(dir)?;
    match written(path, write)?.persist_noclobber(path) {
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        put => put.map(|_| true).map_err(|error| error.error),
    }
}

/// Has a folder ready to keep things in.
pub(super) fn prepare(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    keep_out_of_git(dir)?;
    sweep(dir);
    Ok(())
}

/// Has git ignore what is kept in a project. A folder of another name may hold other people's files.
///
/// # Errors
/// If that can't be written.
pub fn keep_out_of_git(dir: &Path) -> io::Result<()> {
    let own = dir.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == OWN));
    match own.map(|own| own.join(".gitignore")) {
        Some(ignore) if !ignore.exists() => fs::write(ignore, "*\n"),
        _ => Ok(()),
    }
}

/// Puts a file into a folder that is there.
pub(super) fn put(path: &Path, write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<()>) -> io::Result<()> {
    if path.file_name().is_none() {
        return Ok(());
    }
    written(path, write)?.persist(path).map(drop).map_err(|error| error.error)
}

/// A file beside the one that it is to become.
fn written(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<()>,
) -> io::Result<tempfile::NamedTempFile> {
    let (Some(dir), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    };
    let prefix = format!("{}{BEING_WRITTEN}", name.to_string_lossy());
    let mut file = tempfile::Builder::new().prefix(&prefix).tempfile_in(dir)?;
    let mut buffered = BufWriter::new(file.as_file_mut());
    write(&mut buffered)?;
    buffered.flush()?;
    drop(buffered);
    Ok(file)
}

/// Removes what processes that were killed have left behind.
pub(super) fn sweep(dir: &Path) {
    for file in fs::read_dir(dir).into_iter().flatten().flatten() {
        let is_old = || file.metadata().ok()?.modified().ok()?.elapsed().ok().map(|age| age > ABANDONED);
        if file.file_name().to_string_lossy().contains(BEING_WRITTEN) && is_old() == Some(true) {
            let _ = fs::remove_file(file.path());
        }
    }
}
