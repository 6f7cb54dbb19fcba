//! MkDocs: what `mkdocs.yml` says.

use std::path::Path;

use anyhow::bail;

use super::addresses::{self, AddressesBefore};
use super::found::{FoundSite, first_file};
use super::order;
use crate::page::datum::{self, Datum, DatumKind};
use crate::project::CONFIG_FILE;
use crate::source::{Root, SourcePath};

/// Finds a site of MkDocs.
///
/// # Errors
/// If its configuration can't be read, or names pages that aren't there.
pub(super) fn find(root: &Path) -> anyhow::Result<Option<FoundSite>> {
    let Some((file, text)) = first_file(root, &["mkdocs.yml", "mkdocs.yaml"])? else { return Ok(None) };
    let config = match datum::read_data(&SourcePath::new(Root::Project, file), &text) {
        Ok(config) => config,
        Err(finding) => bail!("nothing was written: `{file}` can't be read: {}", finding.message),
    };
    let mut found = FoundSite::new("an MkDocs site", file, CONFIG_FILE);
    found.set_some("site", "title", config.text_at(&["site_name"]));
    found.set_some("site", "tagline", config.text_at(&["site_description"]));
    found.set_some("site", "language", config.get("theme").and_then(|theme| theme.text_at(&["language", "locale"])));
    found.set_some("site", "url", config.text_at(&["site_url"]));
    let source = config.text_at(&["docs_dir"]).unwrap_or("docs");
    found.set_source(root, source)?;
    let before = match config.text_at(&["use_directory_urls"]).map(str::to_lowercase).as_deref() {
        Some("false" | "no" | "off") => {
            found.set("urls", "style", "file");
            found.leave("`.html` at the end of links: pages answer with and without it, where the host looks for it");
            AddressesBefore::Files
        }
        _ => {
            found.set("urls", "style", "folder");
            AddressesBefore::Folders
        }
    };
    addresses::keep(&mut found, &root.join(source), "/", before);
    let nav = config.get("nav").map(order::of_nav).unwrap_or_default();
    let ordered = order::keep(&mut found, &root.join(source), &nav);
    for (key, what) in [
        (
            "nav",
            if ordered {
                "its names come from the pages"
            } else {
                "order and names come from the pages, their numbers and `sidebar_position`"
            },
        ),
        ("plugins", "bokworm has search, tags and lists of its own"),
        ("markdown_extensions", "`bokworm check` tells what of them pages use and bokworm doesn't know"),
    ] {
        if config.get(key).is_some_and(|value: &Datum| value.kind != DatumKind::Nothing) {
            found.leave(format!("`{key}`: {what}"));
        }
    }
    Ok(Some(found))
}
