//! Files asked for and put in place, each in one step.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Context;

/// Whether something of exactly that name is there: a disk that takes no notice of capitals says yes to others, too.
pub fn is_there(place: &Path) -> bool {
    if fs::symlink_metadata(place).is_err() {
        return false;
    }
    let (Some(folder), Some(name)) = (place.parent(), place.file_name()) else { return true };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    names.map(|entry| entry.file_name()).any(|there| there == name)
}

/// Whether two names are one file, as on a disk that takes no notice of capitals.
pub fn is_one_file(one: &Path, other: &Path) -> bool {
    !is_there(other) && fs::symlink_metadata(other).is_ok() && fs::symlink_metadata(one).is_ok()
}

/// What a file holds, if it is there and is text.
pub(super) fn text(file: &Path) -> Option<String> {
    fs::read_to_string(file).ok()
}

/// Puts a text in a file's place in one step, by a file in another folder that nobody reads.
pub(super) fn put(file: &Path, text: &str, staging: &Path) -> anyhow::Result<()> {
    let written = || -> anyhow::Result<()> {
        // A link stays a link: what it leads to is replaced.
        let place = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut staged = fs::File::create(staging)?;
        staged.write_all(text.as_bytes())?;
        if let Ok(metadata) = fs::metadata(&place) {
            staged.set_permissions(metadata.permissions())?;
        }
        staged.sync_all()?;
        if fs::rename(staging, &place).is_err() {
            // The project's folder and the file's may lie on two disks.
            let beside = place.with_file_name(".bokworm-new");
            fs::copy(staging, &beside)?;
            fs::rename(&beside, &place)?;
            fs::remove_file(staging)?;
        }
        Ok(())
    };
    written().with_context(|| format!("`{}` can't be written", file.display()))
}

/// Gives something another place.
pub(super) fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    let renamed = || -> std::io::Result<()> {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(from, to)
    };
    renamed().with_context(|| format!("`{}` can't become `{}`", from.display(), to.display()))
}

/// Removes a file that may be gone already.
pub(super) fn remove(file: &Path) -> anyhow::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("`{}` can't be removed", file.display()))
        }
        _ => Ok(()),
    }
}

/// Removes a folder if nothing is in it.
pub(super) fn remove_if_empty(folder: &Path) {
    let _ = fs::remove_dir(folder);
}
