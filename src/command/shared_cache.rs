//! What machines that build one site make for each other, in an object store.

use anyhow::Result;

use crate::diagnostic::counted;
use crate::project::Project;
use crate::store::Shared;
use crate::terminal;

/// The place that a project's machines share, if they share one.
pub(super) fn of(project: &Project) -> Result<Option<Shared>> {
    project.shared_cache.as_deref().map(open).transpose()
}

/// Tells how it went with it.
pub(super) fn tell(project: &Project, shared: &Shared) -> Result<()> {
    let address = project.shared_cache.as_deref().unwrap_or_default();
    let (taken, given) = shared.counts();
    terminal::detail(|| format!("{} came from `{address}`, {given} went there", counted(taken, "picture")));
    if let Some(why) = shared.trouble() {
        terminal::note(&format!(
            "warning: the cache `{address}` was of no use: {why}\n  what is not in it was made here; the site is complete\n"
        ))?;
    }
    Ok(())
}

#[cfg(feature = "stores")]
fn open(address: &str) -> Result<Shared> {
    Ok(Shared::with(crate::bucket::shared::SharedBucket::open(address)?))
}

#[cfg(not(feature = "stores"))]
fn open(address: &str) -> Result<Shared> {
    anyhow::bail!(
        "this bokworm was built without object stores, so it can't keep anything in `{address}`\nhelp: the released \
         program can; from the sources, build it with `cargo build --release --features stores`"
    )
}
