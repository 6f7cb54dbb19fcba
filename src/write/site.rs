//! The published site as it lies on the disk, for who sends it elsewhere: its files by the list of them, and no build
//! that writes it meanwhile.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::list::{FileList, Marked};
use super::lock::Lock;
use super::place::OutputPlace;

/// A whole site in its folder. Nobody writes there while it is held.
#[derive(Debug)]
pub struct SiteOnDisk {
    /// Its folder: absolute, without symbolic links.
    pub folder: PathBuf,
    /// Its files, in order.
    pub paths: Vec<String>,
    _lock: Lock,
}

impl SiteOnDisk {
    /// Takes the site of a folder.
    ///
    /// # Errors
    /// If there is none, or another build is writing it.
    pub fn open(out: &Path, protected: &[PathBuf]) -> Result<Self> {
        let shown = out.display();
        if !out.is_dir() {
            bail!("there is no site in `{shown}` yet: `bokworm build` makes it");
        }
        let place = OutputPlace::find(out, protected)?;
        let lock = place.claim()?;
        let list = match FileList::of(&place.out).with_context(|| format!("could not read `{shown}`"))? {
            Marked::Site(list) => list,
            Marked::Not | Marked::Unfinished => bail!("`{shown}` holds no site that bokworm built: build it again"),
        };
        let mut paths: Vec<String> = list.iter().map(str::to_owned).collect();
        paths.sort_unstable();
        Ok(Self { folder: place.out, paths, _lock: lock })
    }
}
