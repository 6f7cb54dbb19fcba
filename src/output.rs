//! One published file: its place in the site and its bytes. Knows which places a
//! file can have, not what makes the bytes nor how they reach the disk.

use std::path::PathBuf;

/// The list of bokworm's files in a published site. It marks a folder as one that
/// bokworm made; nothing else is published under its name.
pub const FILE_LIST: &str = ".bokworm-site";

/// What the names of all files begin with that bokworm keeps beside a site, here and where it is published.
pub const OWN_FILES: &str = ".bokworm-";

/// One published file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its place below the site's folder, with `/` between parts: `docs/a.html`.
    pub path: String,
    /// What it holds.
    pub bytes: Bytes,
}

impl Output {
    /// A file that was made: a page, a feed, a style sheet.
    pub fn made(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: Bytes::Owned(bytes.into()) }
    }

    /// A file that is copied as it is.
    pub fn copied(path: impl Into<String>, from: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), bytes: Bytes::File(from.into()) }
    }
}

/// What a published file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bytes {
    /// These bytes.
    Owned(Vec<u8>),
    /// Those of this file (`Asset::file`), which never pass through memory as a whole.
    File(PathBuf),
}

/// Why no file can be published at `path`, as the end of the sentence "it can't be
/// published because …"; `None` if one can.
pub fn path_flaw(path: &str) -> Option<&'static str> {
    if path == FILE_LIST {
        return Some("bokworm keeps its own list of files under that name");
    }
    if path.starts_with(OWN_FILES) {
        return Some("bokworm keeps files of its own under names that begin with `.bokworm-`");
    }
    if path.contains('\0') {
        return Some("its address holds a NUL character");
    }
    if path.contains('\\') {
        return Some("its address holds a backslash, which separates folders on some systems");
    }
    path.split('/').find_map(|part| match part {
        "" => Some("its address has an empty part (two slashes in a row, or one at an end)"),
        "." | ".." => Some("its address has a part `.` or `..`, which would lead to another folder"),
        part if part.len() > 255 => {
            Some("a part of its address is longer than the 255 bytes that a file's name can have")
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_places_have_no_flaw() {
        for path in ["index.html", "docs/a b.html", ".well-known/security.txt", "ä/\u{200e}手册.html", "a..b/...html"]
        {
            assert_eq!(path_flaw(path), None, "{path}");
        }
        assert_eq!(path_flaw(&"a".repeat(255)), None);
    }

    #[test]
    fn places_outside_the_site_or_impossible_on_a_disk_have_one() {
        for path in [
            "",
            "/",
            "/etc/passwd",
            "a//b",
            "a/",
            "..",
            "../a",
            "a/../b",
            "./a",
            "a\\..\\b",
            "a\0",
            FILE_LIST,
            ".bokworm-lock",
        ] {
            assert!(path_flaw(path).is_some(), "{path:?}");
        }
        assert!(path_flaw(&"é".repeat(128)).is_some());
    }
}
