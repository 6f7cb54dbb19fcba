//! The folder of the published site: where it really lies, whether it may be
//! replaced at all, and whose it is while a build is at work.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, bail};

use crate::output::FILE_LIST;

use super::list::{FileList, Marked};
use super::lock::Lock;

/// Where a site is published.
#[derive(Debug)]
pub(super) struct OutputPlace {
    /// The folder: absolute, without symbolic links.
    pub out: PathBuf,
    /// The folder as it was named, for people.
    pub shown: String,
    parent: PathBuf,
    name: OsString,
    /// Whether this build made the folder, so that it can take it back.
    made: AtomicBool,
}

impl OutputPlace {
    /// The place that `out` names, unless no site may ever be published there.
    pub(super) fn find(out: &Path, protected: &[PathBuf]) -> Result<Self> {
        let shown = out.display().to_string();
        let out = real(out, &shown)?;
        let here = std::env::current_dir().ok();
        let guarded = protected
            .iter()
            .map(|folder| (folder.clone(), "the project's own files"))
            .chain(std::env::home_dir().map(|home| (home, "your home folder")))
            .chain(here.map(|here| (here, "the folder that you are in")));
        for (folder, what) in guarded {
            if folder.canonicalize().unwrap_or(folder).starts_with(&out) {
                bail!("`{shown}` holds {what}, and a site would replace all of it; choose another folder with --out");
            }
        }
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            bail!("`{shown}` is the whole disk, and a site would replace all of it; choose another folder with --out");
        };
        let (parent, name) = (parent.to_owned(), name.to_owned());
        let place = Self { out, shown, parent, name, made: AtomicBool::new(false) };
        place.refuse_repository()?;
        Ok(place)
    }

    fn refuse_repository(&self) -> Result<()> {
        let shown = &self.shown;
        if let Some(kind) =
            [".git", ".hg", ".svn", ".jj"].iter().find(|kind| self.out.join(kind).symlink_metadata().is_ok())
        {
            bail!(
                "`{shown}` is a repository's own folder (it holds `{kind}`), which bokworm won't replace; \
                 publish to a folder inside it, or copy the site there after the build"
            );
        }
        if is_mount_point(&self.out) {
            bail!("`{shown}` is a disk of its own and can't be replaced as one; choose a folder inside it with --out");
        }
        Ok(())
    }

    /// Makes the folder if it is missing and keeps other builds away from it.
    pub(super) fn claim(&self) -> Result<Lock> {
        let named = || format!("could not make the folder `{}`", self.shown);
        // Each turn but the last was lost to another build that finished just then.
        for _ in 0..100 {
            self.make().with_context(named)?;
            let lock = match Lock::take(&self.out) {
                Ok(Some(lock)) => lock,
                Ok(None) => bail!("another build is writing `{}`; wait until it is done, then build again", self.shown),
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error).with_context(|| format!("could not open `{}`", self.shown)),
            };
            if lock.is_of(&self.out) {
                return Ok(lock);
            }
        }
        bail!("other builds keep writing `{}`; wait until they are done, then build again", self.shown)
    }

    fn make(&self) -> Result<()> {
        if self.out.symlink_metadata().is_ok() {
            return Ok(());
        }
        fs::create_dir_all(&self.parent)?;
        if self.bring_back()? {
            return Ok(());
        }
        match fs::create_dir(&self.out) {
            Ok(()) => self.made.store(true, Ordering::Relaxed),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// A build that was killed between moving the old site aside and the new one in
    /// (see `swap`) has left the old one whole: it is published again.
    fn bring_back(&self) -> Result<bool> {
        for folder in self.left_beside("old")? {
            if !matches!(FileList::of(&folder), Ok(Marked::Site(_))) {
                continue;
            }
            let Some(_lock) = Lock::take(&folder)? else { bail!("another build is just putting its site there") };
            fs::rename(&folder, &self.out)?;
            return Ok(true);
        }
        Ok(false)
    }

    /// The list of bokworm's files in the folder; refuses one that holds others.
    pub(super) fn own_files(&self) -> Result<FileList> {
        let shown = &self.shown;
        let list = match FileList::of(&self.out).with_context(|| format!("could not read `{shown}`"))? {
            Marked::Site(list) => list,
            Marked::Not => FileList::default(),
            Marked::Unfinished => bail!(
                "`{shown}` holds a damaged list of bokworm's files (`{FILE_LIST}`), so it can't tell which are \
                 its own; see that nothing of yours is in there and remove the folder, or choose another one with --out"
            ),
        };
        let mut foreign = Vec::new();
        find_foreign(&self.out, "", &list, &mut foreign).with_context(|| format!("could not look into `{shown}`"))?;
        if foreign.is_empty() {
            return Ok(list);
        }
        foreign.sort_unstable();
        let mut names: Vec<String> = foreign.iter().take(3).map(|name| format!("`{name}`")).collect();
        if foreign.len() > 3 {
            names.push(format!("{} more", foreign.len() - 3));
        }
        bail!(
            "`{shown}` holds files that bokworm did not make ({}); \
             move them away (to the folder of static files, to publish them), or choose another folder with --out",
            names.join(", ")
        )
    }

    /// A free name beside the site's folder: `.public.bokworm-new-123`.
    pub(super) fn beside(&self, what: &str) -> PathBuf {
        let mut name = self.beginning(what);
        name.push(std::process::id().to_string());
        let mut path = self.parent.join(&name);
        for turn in 1_u32.. {
            if path.symlink_metadata().is_err() {
                break;
            }
            let mut next = name.clone();
            next.push(format!("-{turn}"));
            path = self.parent.join(next);
        }
        path
    }

    /// Folders that earlier builds left beside the site's.
    pub(super) fn left_beside(&self, what: &str) -> Result<Vec<PathBuf>> {
        let beginning = self.beginning(what);
        let named = || format!("could not look into `{}`", self.parent.display());
        let mut left = Vec::new();
        for entry in fs::read_dir(&self.parent).with_context(named)? {
            let entry = entry.with_context(named)?;
            let begins = entry.file_name().as_encoded_bytes().starts_with(beginning.as_encoded_bytes());
            if begins && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                left.push(entry.path());
            }
        }
        left.sort_unstable();
        Ok(left)
    }

    fn beginning(&self, what: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(format!(".bokworm-{what}-"));
        name
    }

    /// Takes back a folder that was made for a site which never came.
    pub(super) fn give_up(&self) {
        if self.made.load(Ordering::Relaxed) {
            _ = fs::remove_dir(&self.out);
        }
    }
}

/// What file managers leave in every folder that someone looks into.
pub(super) fn is_leavings(name: &OsStr) -> bool {
    [".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|known| name == *known)
}

/// Every file that bokworm did not make. It makes no links and nothing special.
fn find_foreign(folder: &Path, prefix: &str, list: &FileList, foreign: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let path = format!("{prefix}{}", name.to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            find_foreign(&entry.path(), &format!("{path}/"), list, foreign)?;
        } else if !(kind.is_file() && (list.contains(&path) || path == FILE_LIST || is_leavings(&name))) {
            foreign.push(path);
        }
    }
    Ok(())
}

/// Where a folder that may not exist yet really lies.
fn real(out: &Path, shown: &str) -> Result<PathBuf> {
    let named = || format!("could not find the folder `{shown}`");
    if out.as_os_str().is_empty() {
        bail!("the name of the folder to publish to is empty; name one with --out");
    }
    // Without the slash at its end, which would make a link look like a folder.
    let plain: PathBuf = std::path::absolute(out).with_context(named)?.components().collect();
    match plain.symlink_metadata() {
        Ok(metadata) if metadata.is_symlink() => {
            bail!("`{shown}` is a symbolic link; name the folder that it leads to with --out")
        }
        Ok(metadata) if !metadata.is_dir() => bail!("`{shown}` is a file; choose a folder with --out"),
        Ok(_) => return plain.canonicalize().with_context(named),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(named),
    }
    let there = plain.ancestors().find(|above| above.exists()).unwrap_or(Path::new("/"));
    let rest = plain.strip_prefix(there).unwrap_or(&plain);
    if rest.components().any(|part| part == Component::ParentDir) {
        bail!("`{shown}` leads through a folder that does not exist");
    }
    Ok(there.canonicalize().with_context(named)?.join(rest))
}

/// Whether a disk, or a container's volume, is attached just there: then the folder
/// can't change places with another.
#[cfg(target_os = "linux")]
fn is_mount_point(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::TYPE)
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mount_point(_: &Path) -> bool {
    false
}
