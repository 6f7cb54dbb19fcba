//! Names of files told from those of pages.

/// Whether a path names a file that is not a page.
pub(in crate::site) fn names_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=5).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
            && extension.bytes().any(|b| b.is_ascii_alphabetic())
            && !matches!(extension.to_ascii_lowercase().as_str(), "md" | "mdx" | "html" | "htm")
    })
}
