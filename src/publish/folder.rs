//! A folder elsewhere, such as a mounted share, as a place to publish to. Each file gets its place in one step, by a file
//! beside the site that nobody reads. No symbolic link below the folder is followed.

use std::any::Any;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};

use super::site::SiteFile;
use super::target::PublishTarget;
use crate::output::{Bytes, OWN_FILES};
use crate::read::open::{self, Opened};
use crate::write::lock::Lock;

/// Where files lie until they get their places.
const STAGING: &str = ".bokworm-new";

/// What one publish has open while it is at work.
const LOCK: &str = ".bokworm-lock";

/// A folder.
#[derive(Debug)]
pub struct FolderTarget {
    /// Absolute, without symbolic links.
    folder: PathBuf,
    shown: String,
    count: AtomicUsize,
}

impl FolderTarget {
    /// A folder, which need not be there yet. `apart` are folders that it may neither hold nor lie in.
    ///
    /// # Errors
    /// If no site can be published there.
    pub fn open(folder: &Path, apart: &[PathBuf]) -> Result<Self> {
        let shown = folder.display().to_string();
        let named = || format!("could not find the folder `{shown}`");
        let plain: PathBuf = std::path::absolute(folder).with_context(named)?.components().collect();
        let real = match plain.canonicalize() {
            Ok(real) if !real.is_dir() => bail!("`{shown}` is a file; a site is published to a folder"),
            Ok(real) => real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // What is missing is one folder: where more is, a share may not be mounted.
                let (parent, name) = plain.parent().zip(plain.file_name()).with_context(named)?;
                let parent = parent.canonicalize();
                parent.with_context(|| format!("the folder in which `{shown}` would be isn't there"))?.join(name)
            }
            Err(error) => return Err(error).with_context(named),
        };
        for own in apart {
            let own = own.canonicalize().unwrap_or_else(|_| own.clone());
            if own.starts_with(&real) || real.starts_with(&own) {
                bail!(
                    "`{shown}` and `{}` lie in each other: publish to a folder outside of the project",
                    own.display()
                );
            }
        }
        Ok(Self { folder: real, shown, count: AtomicUsize::new(0) })
    }

    /// The place of a path, if no symbolic link leads there; its folders are made.
    fn place(&self, path: &str, make: bool) -> Result<PathBuf> {
        let mut place = self.folder.clone();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            place.push(part);
            if parts.peek().is_none() {
                break;
            }
            match place.symlink_metadata() {
                Ok(there) if there.is_dir() => {}
                Ok(there) if there.is_symlink() => {
                    bail!("`{}` is a symbolic link, and would lead out of the published site", place.display())
                }
                Ok(_) => bail!("`{}` is a file where a folder of the site has to be", place.display()),
                Err(error) if error.kind() == io::ErrorKind::NotFound && make => match fs::create_dir(&place) {
                    Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                        return Err(error).with_context(|| format!("could not make `{}`", place.display()));
                    }
                    _ => {}
                },
                // Nothing lies below it either.
                Err(_) => {}
            }
        }
        Ok(place)
    }

    /// Puts bytes in a place in one step.
    fn put_bytes(&self, path: &str, bytes: &Bytes) -> Result<()> {
        let place = self.place(path, true)?;
        let staging = self.folder.join(STAGING);
        let named = || format!("could not write `{}`", place.display());
        fs::create_dir_all(&staging).with_context(named)?;
        let staged = staging.join(format!("{}-{}", std::process::id(), self.count.fetch_add(1, Ordering::Relaxed)));
        let written = || -> io::Result<()> {
            let mut file = File::create(&staged)?;
            match bytes {
                Bytes::Owned(bytes) => file.write_all(bytes)?,
                Bytes::File(from) => match open::ordinary(from)? {
                    Opened::File(mut from, _) => _ = io::copy(&mut from, &mut file)?,
                    Opened::Gone | Opened::Moved => {
                        return Err(io::Error::other(format!("`{}` is no file any more", from.display())));
                    }
                },
            }
            drop(file);
            // A link that stands there is replaced, not followed.
            fs::rename(&staged, &place)
        };
        written().with_context(named)
    }
}

impl PublishTarget for FolderTarget {
    fn called(&self) -> String {
        self.shown.clone()
    }

    fn list(&self) -> Result<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        if self.folder.is_dir() {
            files_below(&self.folder, "", &mut found)
                .with_context(|| format!("could not look into `{}`", self.shown))?;
        }
        Ok(found)
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let place = self.place(path, false)?;
        match open::ordinary(&place).with_context(|| format!("could not read `{}`", place.display()))? {
            Opened::File(mut file, _) => {
                let mut bytes = Vec::new();
                io::Read::read_to_end(&mut file, &mut bytes)
                    .with_context(|| format!("could not read `{}`", place.display()))?;
                Ok(Some(bytes))
            }
            Opened::Gone => Ok(None),
            Opened::Moved => bail!("`{}` is no ordinary file", place.display()),
        }
    }

    fn put(&self, file: &SiteFile) -> Result<()> {
        self.put_bytes(&file.path, &file.bytes)
    }

    fn write(&self, path: &str, bytes: Vec<u8>) -> Result<()> {
        self.put_bytes(path, &Bytes::Owned(bytes))
    }

    fn delete(&self, path: &str) -> Result<()> {
        let place = self.place(path, false)?;
        match fs::remove_file(&place) {
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(error).with_context(|| format!("could not remove `{}`", place.display()));
            }
            _ => {}
        }
        // Folders that are empty now go too; the first that isn't ends it.
        let above = place.ancestors().skip(1).take_while(|above| *above != self.folder);
        above.take_while(|above| fs::remove_dir(above).is_ok()).for_each(drop);
        Ok(())
    }

    fn lock(&self) -> Result<Option<Box<dyn Any + Send + Sync>>> {
        let named = || format!("could not write into `{}`", self.shown);
        if !self.folder.is_dir() {
            fs::create_dir(&self.folder).with_context(named)?;
        }
        let lock = self.folder.join(LOCK);
        if lock.symlink_metadata().is_ok_and(|there| !there.is_file()) {
            bail!("`{}` is no ordinary file", lock.display());
        }
        let Some(lock) = Lock::take_file(&lock).with_context(named)? else { return Ok(None) };
        // What one that was killed left behind.
        let staging = self.folder.join(STAGING);
        if lock.is_real() && staging.symlink_metadata().is_ok_and(|there| there.is_dir()) {
            _ = fs::remove_dir_all(&staging);
        }
        Ok(Some(Box::new(FolderLock { _lock: lock, staging })))
    }

    fn width(&self) -> usize {
        4
    }

    fn has_folders(&self) -> bool {
        true
    }

    fn keeps_headers(&self) -> bool {
        false
    }
}

/// Held while a site is published to a folder.
struct FolderLock {
    _lock: Lock,
    staging: PathBuf,
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        _ = fs::remove_dir(&self.staging);
    }
}

/// All that lies in a folder and is no folder, links among it.
fn files_below(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if path.starts_with(OWN_FILES) {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => files_below(&entry.path(), &format!("{path}/"), found)?,
            false => _ = found.insert(path),
        }
    }
    Ok(())
}
