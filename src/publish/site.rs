//! The files of a site that is to be published, each with what it is known by.

use std::path::Path;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::plan::SiteDigests;
use crate::output::{Bytes, path_flaw};
use crate::read::open::{self, Opened};

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Its path.
    pub path: String,
    /// What it holds.
    pub bytes: Bytes,
    /// How many bytes that are.
    pub len: u64,
    /// What it is known by.
    pub digest: String,
    /// What browsers are told of it, where the target keeps that: names in lower case.
    pub headers: Vec<(String, String)>,
}

/// All files of a site, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct SiteFiles {
    files: Vec<SiteFile>,
}

impl SiteFiles {
    /// Reads all files of a folder once to know them. `headers` says what browsers are told of each.
    ///
    /// # Errors
    /// If one can't be read, or can't be published.
    pub fn read(
        folder: &Path,
        paths: &[String],
        headers: impl Fn(&str) -> Vec<(String, String)> + Sync,
    ) -> Result<Self> {
        let file = |path: &String| -> Result<SiteFile> {
            if let Some(flaw) = path_flaw(path) {
                bail!("`{path}` can't be published: {flaw}");
            }
            let place = folder.join(path);
            let named = || format!("could not read `{}`", place.display());
            let Opened::File(mut open, metadata) = open::ordinary(&place).with_context(named)? else {
                bail!("`{}` is no file of the site any more: build it again", place.display());
            };
            let headers = headers(path);
            let mut hasher = blake3::Hasher::new();
            for (name, value) in &headers {
                hasher.update(format!("{}:{name}{}:{value}", name.len(), value.len()).as_bytes());
            }
            hasher.update(b"\n");
            hasher.update_reader(&mut open).with_context(named)?;
            let digest = hasher.finalize().to_hex()[..32].to_owned();
            Ok(SiteFile { path: path.clone(), len: metadata.len(), digest, headers, bytes: Bytes::File(place) })
        };
        Self::of(paths.par_iter().map(file).collect::<Result<Vec<SiteFile>>>()?)
    }

    /// These files.
    ///
    /// # Errors
    /// If two have one path.
    pub fn of(mut files: Vec<SiteFile>) -> Result<Self> {
        files.sort_by(|one, other| one.path.cmp(&other.path));
        if let Some(pair) = files.windows(2).find(|pair| pair[0].path == pair[1].path) {
            bail!("`{}` is in the site twice", pair[0].path);
        }
        Ok(Self { files })
    }

    /// The file of a path.
    pub fn file(&self, path: &str) -> Option<&SiteFile> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files.get(at)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &SiteFile> {
        self.files.iter()
    }

    /// What each is known by.
    pub fn digests(&self) -> SiteDigests {
        self.files.iter().map(|file| (file.path.clone(), file.digest.clone())).collect()
    }
}

impl SiteFile {
    /// All that it holds.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn whole(&self) -> Result<Vec<u8>> {
        match &self.bytes {
            Bytes::Owned(bytes) => Ok(bytes.clone()),
            Bytes::File(file) => std::fs::read(file).with_context(|| format!("could not read `{}`", file.display())),
        }
    }
}
