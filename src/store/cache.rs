//! Where things are kept, if anywhere: opens the kinds of the table in one folder.

use std::path::PathBuf;

use super::blobs::Blobs;
use super::kept::Kind;
use super::pack::Pack;
use super::shared::Shared;

/// Where things are kept, if anywhere.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    dir: Option<PathBuf>,
    shared: Option<Shared>,
}

impl Cache {
    /// A cache in a folder, which need not exist.
    pub fn at(dir: impl Into<PathBuf>) -> Cache {
        Cache { dir: Some(dir.into()), shared: None }
    }

    /// A cache that keeps nothing.
    pub fn none() -> Cache {
        Cache::default()
    }

    /// The same cache, whose large things other machines have too.
    pub fn sharing(self, shared: Shared) -> Cache {
        Cache { shared: Some(shared), ..self }
    }

    /// Whether anything is kept at all.
    pub fn keeps(&self) -> bool {
        self.dir.is_some()
    }

    /// The things of a kind of which there are many small ones. `made_by` names all that they depend on besides their
    /// keys.
    pub fn pack(&self, kind: &Kind, made_by: &str) -> Pack {
        Pack::open(self.dir.as_deref(), kind, made_by)
    }

    /// The things of a kind that are large. `made_by` names all that they depend on besides their keys.
    pub fn blobs(&self, kind: &Kind, made_by: &str) -> Blobs {
        Blobs::open(self.dir.as_deref(), kind, made_by)
    }

    /// The same of things that take long to make and are the same on every machine.
    pub fn shared_blobs(&self, kind: &Kind, made_by: &str) -> Blobs {
        self.blobs(kind, made_by).sharing(self.shared.clone())
    }

    /// The file of a kind that people may want to read.
    pub fn json_file(&self, kind: &Kind) -> Option<PathBuf> {
        self.dir.as_ref().map(|dir| dir.join(kind.name).with_extension("json"))
    }
}
