//! Where the objects of a site lie in a store, and how a store is waited for.

use std::future::Future;
use std::sync::Arc;

use anyhow::{Context, Result};
use object_store::ObjectStore;
use object_store::path::Path;

/// Where objects lie.
#[derive(Debug)]
pub(super) struct StorePlace {
    pub store: Arc<dyn ObjectStore>,
    pub prefix: String,
}

impl StorePlace {
    /// The object of a path.
    pub(super) fn object(&self, path: &str) -> Result<Path> {
        let whole = if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        Path::parse(&whole).with_context(|| format!("`{path}` can't be the name of an object"))
    }
}

/// Waits for a store's answer. Each thread waits for one at a time.
pub(super) fn answer<T>(asked: impl Future<Output = T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    Ok(runtime.context("nothing can be asked of a store")?.block_on(asked))
}
