//! Removes what earlier builds made, and nothing else: every file is either in a
//! list of bokworm's own, or in a folder that was never anything but unfinished.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::output::FILE_LIST;

use super::list::{FileList, Marked};
use super::lock::Lock;
use super::place::{OutputPlace, is_leavings};

/// Removes a site's files and the folders that are empty then; whether nothing is left.
pub(super) fn site(folder: &Path, list: &FileList) -> io::Result<bool> {
    if !below(folder, "", list)? {
        // What is left isn't bokworm's, so it must not look as if it were.
        fs::remove_file(folder.join(FILE_LIST))?;
        return Ok(false);
    }
    // The list goes last: a build that is killed here leaves a folder that says whose it is.
    match fs::remove_file(folder.join(FILE_LIST)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => fs::remove_dir(folder)?,
    }
    Ok(true)
}

fn below(folder: &Path, prefix: &str, list: &FileList) -> io::Result<bool> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let emptied = AtomicBool::new(true);
    entries.par_iter().try_for_each(|entry| {
        let name = entry.file_name();
        let path = name.to_str().map(|name| format!("{prefix}{name}"));
        let gone = match (path, entry.file_type()?) {
            (Some(path), _) if path == FILE_LIST => true,
            (Some(path), kind) if kind.is_dir() => {
                let emptied = below(&entry.path(), &format!("{path}/"), list)?;
                emptied && fs::remove_dir(entry.path()).is_ok()
            }
            (Some(path), kind) if kind.is_file() && (list.contains(&path) || is_leavings(&name)) => {
                fs::remove_file(entry.path())?;
                true
            }
            _ => false,
        };
        if !gone {
            emptied.store(false, Ordering::Relaxed);
        }
        io::Result::Ok(())
    })?;
    Ok(emptied.into_inner())
}

/// Removes a site that was never finished. Its list, empty as it is, goes last here too.
pub(super) fn unfinished(folder: &Path) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.par_iter().filter(|entry| entry.file_name() != FILE_LIST).try_for_each(|entry| {
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path()),
            false => fs::remove_file(entry.path()),
        }
    })?;
    fs::remove_file(folder.join(FILE_LIST))?;
    fs::remove_dir(folder)
}

/// Removes the folders of builds that were killed, beside the site's. The site's
/// lock is held, so whoever made them is not at work. What can't be removed stays,
/// since it is in nobody's way.
pub(super) fn leavings(place: &OutputPlace) {
    let left = |what| place.left_beside(what).unwrap_or_default();
    for folder in left("new").into_iter().chain(left("old")) {
        let Some(_lock) = Lock::take(&folder).ok().flatten().filter(Lock::is_real) else { continue };
        match FileList::of(&folder) {
            Ok(Marked::Site(list)) => _ = site(&folder, &list),
            Ok(Marked::Unfinished) => _ = unfinished(&folder),
            // Killed before the folder was marked: then it is empty, or else not ours.
            Ok(Marked::Not) => _ = fs::remove_dir(&folder),
            Err(_) => {}
        }
    }
}
