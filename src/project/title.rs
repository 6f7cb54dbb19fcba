//! What pages without a configuration are called.

use std::path::Path;

use crate::config::Config;

/// What pages without a configuration are called: as their folder, or as the one
/// around it where the name only says that there are pages in it.
pub(super) fn title_from(source: &Path) -> String {
    let whole = source.canonicalize().unwrap_or_else(|_| source.to_path_buf());
    let mut names = whole.ancestors().filter_map(Path::file_name).map(|name| name.to_string_lossy());
    let telling = names.find(|name| !matches!(&*name.to_lowercase(), "content" | "docs" | "pages" | "src" | "source"));
    readable(&telling.unwrap_or_default()).unwrap_or_else(|| Config::default().site.title)
}

/// A folder's name as a title: `open-source_handbook` as `Open source handbook`.
pub fn readable(name: &str) -> Option<String> {
    let spaced: String = name.chars().map(|c| if matches!(c, '-' | '_') || c.is_control() { ' ' } else { c }).collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = words.chars().next()?;
    Some(first.to_uppercase().chain(words.chars().skip(1)).collect())
}
