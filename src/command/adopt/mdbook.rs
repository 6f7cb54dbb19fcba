//! mdBook: what its `book.toml` says. Bokworm's own configuration stands beside it under its other name.

use std::path::Path;

use toml::{Table, Value};

use super::addresses::{self, AddressesBefore};
use super::found::{FoundSite, first_file};
use super::order;
use crate::config;
use crate::project::{CONFIG_FILE, OTHER_CONFIG_FILE};

/// Finds a book of mdBook.
///
/// # Errors
/// If its configuration can't be read, or names pages that aren't there.
pub(super) fn find(root: &Path) -> anyhow::Result<Option<FoundSite>> {
    let Some((file, text)) = first_file(root, &[CONFIG_FILE])? else { return Ok(None) };
    if !config::is_of_mdbook(&text) {
        return Ok(None);
    }
    let config: Table = text.parse().unwrap_or_default();
    let book = config.get("book").and_then(Value::as_table);
    let said = |key: &str| book.and_then(|book| book.get(key)?.as_str());
    let mut found = FoundSite::new("a book of mdBook", file, OTHER_CONFIG_FILE);
    found.set_some("site", "title", said("title"));
    found.set_some("site", "tagline", said("description"));
    found.set_some("site", "language", said("language"));
    found.set_some("site", "authors", book.and_then(|book| book.get("authors").cloned()));
    let address = config.get("output").and_then(|output| output.get("html")?.get("site-url")?.as_str());
    let (key, address) =
        if address.is_some_and(|it| it.contains("://")) { ("url", address) } else { ("base_path", address) };
    found.set_some("site", key, address.filter(|address| *address != "/"));
    let source = said("src").unwrap_or("src");
    found.set_source(root, source)?;
    // `chapter.html` answers at that address on every host.
    found.set("urls", "style", "file");
    found.leave("`.html` at the end of links: pages answer with and without it, where the host looks for it");
    addresses::keep(&mut found, &root.join(source), "/", AddressesBefore::Files);
    if let Some((_, summary)) = first_file(&root.join(source), &["SUMMARY.md"])? {
        found.set("folders", "leave_out", vec!["SUMMARY.md"]);
        let is_kept = order::keep(&mut found, &root.join(source), &order::of_summary(&summary));
        let names = "its names come from the pages";
        let why = if is_kept {
            names.into()
        } else {
            format!("{names}, and the order from their numbers and `sidebar_position`")
        };
        found.leave(format!("`SUMMARY.md`: {why}"));
    }
    for key in ["preprocessor", "output"] {
        if config.get(key).is_some() {
            found.leave(format!("`[{key}]`, what is for mdBook alone"));
        }
    }
    Ok(Some(found))
}
