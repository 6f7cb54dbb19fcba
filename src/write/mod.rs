//! The one place that writes the site to disk. Files come in from any number of
//! threads and are made in a folder beside the site's; when all are there, the two
//! folders change places in one step. Files whose bytes are already published are
//! not written but linked over, so they keep their modification time; if nothing
//! at all differs, nothing is touched. Knows paths and bytes, not what they mean.
//!
//! Whatever happens before that one step (an error, a full disk, a kill) leaves
//! the old site as it was; the folder beside it is removed by the next build.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, anyhow, bail};
use foldhash::HashMap;
use rayon::prelude::*;

use crate::output::{Bytes, Output, path_flaw};
use crate::read::open::{self, Opened};

mod compare;
mod conflict;
mod list;
pub(crate) mod lock;
mod place;
pub mod record;
mod remove;
pub mod site;
mod swap;

use list::FileList;
use lock::Lock;
use place::OutputPlace;
use record::Stamp;

/// A site on its way to the disk.
#[derive(Debug)]
pub struct Publication {
    place: OutputPlace,
    /// The files of the site that is published now; empty if there is none.
    old: FileList,
    /// Where the new site is made.
    stage: PathBuf,
    /// Held from the moment that the stage exists.
    staged: Mutex<Option<Lock>>,
    /// Every file of the new site. This is where the threads that make pages meet.
    files: Mutex<HashMap<String, Put>>,
    finished: bool,
    _lock: Lock,
}

/// What became of one file of the new site.
#[derive(Clone, Copy, Debug)]
enum Put {
    /// Not yet on the disk.
    Begun,
    /// Made anew, with that length.
    Written(u64),
    /// As it is published already, with that length.
    Kept(u64),
}

/// What a publication did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenFiles {
    /// Files that the site has.
    pub files: usize,
    /// Those of them that are new or differ from the old site's.
    pub written: usize,
    /// Those whose bytes were there already.
    pub unchanged: usize,
    /// Files of the old site that the new one doesn't have.
    pub removed: usize,
    /// The length of all the site's files together.
    pub bytes: u64,
    /// Pairs of files that differ only in upper and lower case: some disks, and some
    /// hosts, can't tell them apart.
    pub alike: Vec<(String, String)>,
    /// Where the old site's folder was left, if someone put files of their own into it
    /// while the new one was made.
    pub left_aside: Option<PathBuf>,
}

impl Publication {
    /// Begins to publish a site as the folder `out`, which need not exist.
    ///
    /// `protected` are folders that must survive: the project's and those of its
    /// sources. From here to the end no other build can publish there.
    ///
    /// # Errors
    /// If bokworm did not make the folder, if it holds what bokworm did not make, if it
    /// is or contains a protected folder, or if another build is at work on it.
    pub fn begin(out: &Path, protected: &[PathBuf]) -> Result<Self> {
        let place = OutputPlace::find(out, protected)?;
        let lock = place.claim()?;
        remove::leavings(&place);
        let old = place.own_files()?;
        let stage = place.beside("new");
        let (staged, files) = (Mutex::default(), Mutex::default());
        Ok(Self { place, old, stage, staged, files, finished: false, _lock: lock })
    }

    /// Takes in one file of the new site, and says by what it can be known again. Can be called from many threads at once.
    ///
    /// # Errors
    /// If no file can have that path, another file has it already, or the disk is full.
    pub fn put(&self, output: &Output) -> Result<Option<Stamp>> {
        if let Some(flaw) = path_flaw(&output.path) {
            bail!("`{}` can't be published: {flaw}", shortened(&output.path));
        }
        self.begin_file(&output.path)?;
        let kept = match self.old.contains(&output.path) {
            true => compare::published(&self.place.out.join(&output.path), &output.bytes)?,
            false => None,
        };
        let (put, file) = match kept {
            Some(file) => (Put::Kept(file.len()), file),
            None => {
                let (len, file) = self.write(output).map_err(|error| self.explain(&output.path, error))?;
                (Put::Written(len), file)
            }
        };
        self.end_file(&output.path, put);
        Ok(Stamp::of(&file))
    }

    /// Takes over a file of the published site as it is, if it still lies there with that stamp. Says whether it does.
    ///
    /// # Errors
    /// If another file has that path already.
    pub fn keep(&self, path: &str, stamp: &Stamp) -> Result<bool> {
        let there = || self.place.out.join(path).symlink_metadata().ok().filter(fs::Metadata::is_file);
        if !self.old.contains(path) || there().and_then(|file| Stamp::of(&file)) != Some(*stamp) {
            return Ok(false);
        }
        self.begin_file(path)?;
        self.end_file(path, Put::Kept(stamp.len));
        Ok(true)
    }

    fn begin_file(&self, path: &str) -> Result<()> {
        if self.files().insert(path.to_owned(), Put::Begun).is_some() {
            bail!("two files would be published as `{path}`; give one of the pages another address");
        }
        Ok(())
    }

    fn end_file(&self, path: &str, put: Put) {
        if let Some(begun) = self.files().get_mut(path) {
            *begun = put;
        }
    }

    /// Where the site is published: absolute, without symbolic links.
    pub fn out(&self) -> &Path {
        &self.place.out
    }

    /// Makes the new site the published one, if all of it is there.
    ///
    /// # Errors
    /// If the site can't be completed or put in place; then the old one is as it was.
    pub fn finish(mut self) -> Result<WrittenFiles> {
        let files = std::mem::take(&mut *self.files());
        let mut written = WrittenFiles { files: files.len(), ..WrittenFiles::default() };
        for put in files.values() {
            match put {
                Put::Begun => bail!("the site in `{}` is as it was: the new one is not complete", self.place.shown),
                Put::Written(len) => (written.written, written.bytes) = (written.written + 1, written.bytes + len),
                Put::Kept(len) => (written.unchanged, written.bytes) = (written.unchanged + 1, written.bytes + len),
            }
        }
        written.removed = self.old.iter().filter(|path| !files.contains_key(*path)).count();
        let list = FileList::new(files.keys().cloned());
        written.alike = conflict::alike(&list);
        if written.written + written.removed > 0 || self.old.is_none() {
            self.complete(&files, &list)?;
            written.left_aside = self.go_live()?;
        }
        self.finished = true;
        Ok(written)
    }

    fn files(&self) -> MutexGuard<'_, HashMap<String, Put>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes one file in the stage.
    fn write(&self, output: &Output) -> io::Result<(u64, fs::Metadata)> {
        let target = self.stage.join(&output.path);
        let mut file = self.in_folder(&target, || File::create_new(&target))?;
        let len = match &output.bytes {
            Bytes::Owned(bytes) => file.write_all(bytes).map(|()| bytes.len() as u64)?,
            Bytes::File(from) => match open::ordinary(from)? {
                Opened::File(mut from, _) => io::copy(&mut from, &mut file)?,
                Opened::Gone | Opened::Moved => {
                    return Err(io::Error::other(format!(
                        "`{}` was moved or replaced while the site was being written; build again",
                        from.display()
                    )));
                }
            },
        };
        Ok((len, file.metadata()?))
    }

    /// Does something that makes `target`, and makes its folder first if that is missing.
    fn in_folder<T>(&self, target: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
        match make() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.begin_stage()?;
                fs::create_dir_all(target.parent().unwrap_or(&self.stage))?;
                make()
            }
            made => made,
        }
    }

    /// Makes the folder of the new site, once: locked, and with a list of no files in
    /// it, by which the next build knows whose it was if this one is killed.
    fn begin_stage(&self) -> io::Result<()> {
        let mut staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        if staged.is_some() {
            return Ok(());
        }
        fs::create_dir(&self.stage)?;
        let lock = Lock::take(&self.stage).and_then(|lock| list::begin(&self.stage).map(|()| lock));
        match lock {
            Ok(Some(lock)) => *staged = Some(lock),
            Ok(None) => return Err(io::Error::other("another program is at work in the new site's folder")),
            Err(error) => {
                _ = fs::remove_dir_all(&self.stage);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Links what is kept into the stage and writes the list of files.
    fn complete(&self, files: &HashMap<String, Put>, list: &FileList) -> Result<()> {
        if let Some((file, below)) = conflict::file_and_folder(list) {
            bail!("{}", conflict::sentence(file, below));
        }
        self.begin_stage().map_err(|error| self.explain("", error))?;
        let kept: Vec<&str> = list.iter().filter(|path| matches!(files.get(*path), Some(Put::Kept(_)))).collect();
        kept.par_iter().try_for_each(|path| {
            let (from, to) = (self.place.out.join(path), self.stage.join(path));
            self.in_folder(&to, || swap::link_or_copy(&from, &to)).map_err(|error| self.explain(path, error))
        })?;
        let permissions = || fs::set_permissions(&self.stage, fs::metadata(&self.place.out)?.permissions());
        list.write(&self.stage).and_then(|()| permissions()).map_err(|error| self.explain("", error))
    }

    /// Puts the new site in the old one's place and removes the old one, but for what
    /// is not bokworm's.
    fn go_live(&self) -> Result<Option<PathBuf>> {
        let replaced = swap::exchange(&self.stage, &self.place.out, &self.place.beside("old"))
            .with_context(|| format!("could not put the new site in the place of `{}`", self.place.shown))?;
        // The new site is published; what is left to do can't undo that.
        let gone = remove::site(&replaced, &self.old).unwrap_or(false);
        Ok((!gone).then_some(replaced))
    }

    /// What went wrong with a file, for people.
    fn explain(&self, path: &str, error: io::Error) -> anyhow::Error {
        let as_it_was = format!("the site in `{}` is as it was", self.place.shown);
        let path = if path.is_empty() { &self.place.shown } else { path };
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                anyhow!("the disk is full: `{path}` could not be written; {as_it_was}")
            }
            io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => {
                match conflict::of(path, self.files().keys().map(String::as_str)) {
                    Some(sentence) => anyhow!(sentence),
                    None => anyhow!(error).context(format!("could not write `{path}`; {as_it_was}")),
                }
            }
            _ => anyhow!(error).context(format!("could not write `{}`; {as_it_was}", shortened(path))),
        }
    }
}

impl Drop for Publication {
    /// A publication that was given up leaves nothing behind.
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        if self.staged.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            _ = remove::unfinished(&self.stage);
        }
        self.place.give_up();
    }
}

/// A path that fits into a sentence.
fn shortened(path: &str) -> String {
    match path.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &path[..end]),
        None => path.to_owned(),
    }
}
