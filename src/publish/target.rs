//! What a place must be able to do so that a site can be published there.

use std::any::Any;
use std::collections::BTreeSet;

use anyhow::Result;

use super::site::SiteFile;

/// A place where a site is published, file by file. Several threads use it at once.
pub trait PublishTarget: Sync {
    /// What people call it.
    fn called(&self) -> String;

    /// All files there but those whose names begin with `.bokworm-`.
    ///
    /// # Errors
    /// If it can't be looked at.
    fn list(&self) -> Result<BTreeSet<String>>;

    /// What a small file there holds, if it is there.
    ///
    /// # Errors
    /// If it can't be read.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>>;

    /// Puts a file of the site there, whole or not at all.
    ///
    /// # Errors
    /// If it can't be put there.
    fn put(&self, file: &SiteFile) -> Result<()>;

    /// Puts a small file of bokworm's own there.
    ///
    /// # Errors
    /// If it can't be put there.
    fn write(&self, path: &str, bytes: Vec<u8>) -> Result<()>;

    /// Removes a file, which may be gone already.
    ///
    /// # Errors
    /// If it can't be removed.
    fn delete(&self, path: &str) -> Result<()>;

    /// Keeps others from publishing there for as long as what comes back is held; `None` if somebody else is.
    ///
    /// # Errors
    /// If that can't be found out.
    fn lock(&self) -> Result<Option<Box<dyn Any + Send + Sync>>>;

    /// How many things can be done there at once.
    fn width(&self) -> usize;

    /// Whether files lie in folders there, so that a file and a folder can't have one name.
    fn has_folders(&self) -> bool;

    /// Whether it keeps with each file what browsers are told of it.
    fn keeps_headers(&self) -> bool;
}
