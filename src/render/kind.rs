//! What is to be known of each kind of published file: which files there are of it, what each is made from, and how it
//! is made. Each kind says so in a file of its own; `kinds.rs` lists them.

use super::folder_cache::FolderCache;
use super::key::Keys;
use super::published::{Rendered, Which};
use super::renderer::Renderer;
use crate::diagnostic::Diagnostic;
use crate::store::Key;

/// A kind of published file.
pub struct PublishedKind {
    /// What it is called.
    pub name: &'static str,
    /// Whether each edition has files of it.
    pub scope: Scope,
    /// When its files are known.
    pub listing: Listing,
    /// All of its files.
    pub list: fn(&Renderer<'_>) -> Vec<Listed>,
    /// What a file is made from; nothing if only making it tells whether it is the same.
    pub key: fn(&Keys<'_>, &Which) -> Option<Key>,
    /// Makes a file. Of many, those of one folder, one after the other, share what is in the cache.
    pub make: fn(&Renderer<'_>, &mut FolderCache, &Which) -> Result<Rendered, Box<Diagnostic>>,
}

/// Whose files of a kind there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Each edition's.
    Edition,
    /// The site's: the original's stand for all.
    Site,
}

/// When it is known which files there are of a kind.
pub enum Listing {
    /// As soon as the site is assembled.
    AtOnce,
    /// Only when it is known of every page what it refers to, or says. A preview doesn't wait for that, and lists
    /// them when a path is asked for that may be one of them.
    Late(fn(&Renderer<'_>, &str) -> bool),
}

/// A file of a kind.
pub struct Listed {
    /// Its path in the output.
    pub path: String,
    /// Which it is.
    pub which: Which,
}

/// The only file of a kind.
pub(super) fn only(path: impl Into<String>) -> Vec<Listed> {
    vec![Listed { path: path.into(), which: Which::Only }]
}

/// The only file of a kind, if there is one.
pub(super) fn only_if(there_is: bool, path: &str) -> Vec<Listed> {
    if there_is { only(path) } else { Vec::new() }
}

/// Files by their places.
pub(super) fn in_order(paths: impl Iterator<Item = String>) -> Vec<Listed> {
    paths.enumerate().map(|(at, path)| Listed { path, which: Which::At(at) }).collect()
}
