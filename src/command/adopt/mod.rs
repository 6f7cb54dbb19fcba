//! Sites of other generators that `init` takes over: what each says of itself as settings of bokworm's, with the pages
//! where they lie. Nothing of theirs is changed.
//!
//! ```text
//! tokens ← script ← docusaurus ←┐
//! found ← addresses, order ← mkdocs, mdbook, folder ← mod
//! ```

mod tokens;
mod script;
mod found;
mod addresses;
mod order;
mod docusaurus;
mod mkdocs;
mod mdbook;
mod folder;

use std::path::Path;

pub(super) use found::FoundSite;

/// Looks for the site of one generator in a folder.
///
/// # Errors
/// If there is one, and it says something that can't be taken over.
type SiteFinder = fn(&Path) -> anyhow::Result<Option<FoundSite>>;

/// The site in the folder `root`, if there is one.
///
/// # Errors
/// If its configuration can't be read, or names pages that aren't there.
pub(super) fn find(root: &Path) -> anyhow::Result<Option<FoundSite>> {
    let finders: [SiteFinder; 4] = [docusaurus::find, mkdocs::find, mdbook::find, folder::find];
    for finder in finders {
        if let Some(mut found) = finder(root)? {
            // To Docusaurus `static` is what it is to bokworm.
            let known = usize::from(found.by.starts_with("docusaurus."));
            found.beside = OWN_FOLDERS.into_iter().skip(known).filter(|folder| root.join(folder).is_dir()).collect();
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// What bokworm reads beside the pages, by names that may be somebody else's.
const OWN_FOLDERS: [&str; 3] = ["static", "templates", "data"];
