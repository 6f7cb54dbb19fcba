//! A folder of Markdown without a generator's configuration.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::found::FoundSite;
use crate::project::{self, CONFIG_FILE};

/// Where pages are looked for, one after the other.
const FOLDERS: [&str; 3] = ["content", "docs", "."];

/// What repositories have at their top besides pages.
const NO_PAGES: [&str; 8] =
    ["readme", "license", "changelog", "contributing", "code_of_conduct", "security", "agents", "claude"];

/// Finds pages in a folder that has no other project of bokworm's.
///
/// # Errors
/// If its name can't be found.
pub(super) fn find(root: &Path) -> anyhow::Result<Option<FoundSite>> {
    let Some(source) = FOLDERS.iter().find(|folder| has_pages(&root.join(folder), **folder == ".")) else {
        return Ok(None);
    };
    let shown = if *source == "." { "*.md".to_owned() } else { format!("{source}/*.md") };
    let mut found = FoundSite::new("a folder of Markdown", shown, CONFIG_FILE);
    let absolute = std::path::absolute(root).context("the current folder can't be found")?;
    let name = absolute.file_name().and_then(|name| project::readable(&name.to_string_lossy()));
    found.set_some("site", "title", heading(root, source).or(name));
    found.set_source(root, source)?;
    found.set("urls", "style", "folder");
    // A project that is there is one of these only if this made it.
    let there = project::configured_in(root).map(fs::read);
    let is_other = there.is_some_and(|text| !text.is_ok_and(|text| text == found.configuration().as_bytes()));
    Ok((!is_other).then_some(found))
}

/// Whether pages lie in a folder itself.
fn has_pages(folder: &Path, is_top: bool) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let Some(stem) = name.strip_suffix(".md").or_else(|| name.strip_suffix(".mdx")) else { return false };
        let is_other = is_top && NO_PAGES.contains(&stem);
        !is_other && !stem.starts_with(['.', '_']) && entry.path().is_file()
    })
}

/// The heading of the page that speaks for the folder, if it is plain text.
fn heading(root: &Path, source: &str) -> Option<String> {
    let places = ["README.md".to_owned(), format!("{source}/index.md"), format!("{source}/README.md")];
    let text = places.iter().find_map(|place| fs::read_to_string(root.join(place)).ok())?;
    let heading = text.lines().find_map(|line| line.strip_prefix("# "))?.trim();
    let is_plain = !heading.is_empty() && !heading.contains(['[', '<', '!', '`', '*', '{', '&', '\\']);
    is_plain.then(|| heading.to_owned())
}
