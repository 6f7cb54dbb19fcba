//! A request's path to the published file that answers it, as a plain file host
//! finds it: below the base path, `/a` for `a.html`, a folder's `index.html` behind a
//! slash. Only what is published can be found; nothing here knows a disk.

use percent_encoding::percent_decode_str;

use crate::render::Subject;
use crate::site::address;

/// What lies at a request's path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A published file: its path and what it holds.
    File(String, Subject),
    /// Something under another address, which is given with its base path, encoded.
    Elsewhere(String),
    /// Nothing.
    Nothing,
}

/// The path is no text: half an escape, bytes that are not UTF-8, a NUL.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// What addresses look like.
#[derive(Clone, Copy)]
pub(super) struct ServedAddresses<'a> {
    /// The path before all of them.
    pub base_path: &'a str,
    /// Whether a folder's page answers without a slash, too.
    pub slash_is_optional: bool,
}

/// Finds what is published at a request's path, which is still percent-encoded. `published` says
/// what lies at a path of the output.
pub(super) fn find(
    published: impl Fn(&str) -> Option<Subject>,
    ServedAddresses { base_path, slash_is_optional }: ServedAddresses<'_>,
    path: &str,
) -> Result<Found, Malformed> {
    let path = decoded(path)?;
    let Some(below) = path.strip_prefix(base_path) else {
        let at_base = path == "/" || format!("{path}/") == base_path;
        return Ok(if at_base { Found::Elsewhere(base_path.to_owned()) } else { Found::Nothing });
    };
    let file = |key: String| published(&key).map(|subject| Found::File(key, subject));
    if below.is_empty() || below.ends_with('/') {
        let page = below.trim_end_matches('/');
        let elsewhere = || {
            let one_slash = below.len() == page.len() + 1;
            (one_slash && published(&format!("{page}.html")).is_some()).then(|| in_base(base_path, page))
        };
        let found = file(format!("{below}index.html")).or_else(|| elsewhere().map(Found::Elsewhere));
        return Ok(found.unwrap_or(Found::Nothing));
    }
    let found = file(below.to_owned()).or_else(|| file(format!("{below}.html"))).or_else(|| {
        let index = file(format!("{below}/index.html"));
        if slash_is_optional {
            return index;
        }
        index.map(|_| Found::Elsewhere(in_base(base_path, &format!("{below}/"))))
    });
    Ok(found.unwrap_or(Found::Nothing))
}

/// The address of a path on the site: of something published, so never `//elsewhere`.
fn in_base(base_path: &str, path: &str) -> String {
    format!("{}{}", address::encode_path(base_path), address::encode_path(path))
}

fn decoded(path: &str) -> Result<String, Malformed> {
    let bytes = path.as_bytes();
    let whole = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    if memchr::memchr_iter(b'%', bytes).any(|at| !whole(at)) {
        return Err(Malformed);
    }
    let text = percent_decode_str(path).decode_utf8().map_err(|_| Malformed)?;
    if text.contains('\0') { Err(Malformed) } else { Ok(text.into_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::published::Which;
    use crate::site::EditionId;
    use std::collections::BTreeMap;

    fn contents(paths: &[&str]) -> BTreeMap<String, Subject> {
        paths
            .iter()
            .map(|path| {
                ((*path).to_owned(), Subject { edition: EditionId::ORIGINAL, kind: "page", which: Which::Only })
            })
            .collect()
    }

    fn told(contents: &BTreeMap<String, Subject>, base: &str, path: &str) -> String {
        told_of(contents, ServedAddresses { base_path: base, slash_is_optional: false }, path)
    }

    fn told_of(contents: &BTreeMap<String, Subject>, addresses: ServedAddresses<'_>, path: &str) -> String {
        match find(|key| contents.get(key).cloned(), addresses, path) {
            Ok(Found::File(key, _)) => key,
            Ok(Found::Elsewhere(to)) => format!("-> {to}"),
            Ok(Found::Nothing) => "nothing".into(),
            Err(Malformed) => "malformed".into(),
        }
    }

    #[test]
    fn a_page_is_found_with_and_without_its_extension() {
        let site = contents(&["index.html", "a.html", "b/c d.html", "f/index.html", "img/x.png"]);
        for (path, found) in [
            ("/", "index.html"),
            ("/index.html", "index.html"),
            ("/index", "index.html"),
            ("/a", "a.html"),
            ("/a.html", "a.html"),
            ("/a/", "-> /a"),
            ("/b/c%20d", "b/c d.html"),
            ("/f", "-> /f/"),
            ("/f/", "f/index.html"),
            ("/f/index.html", "f/index.html"),
            ("/img/x.png", "img/x.png"),
            ("/img", "nothing"),
            ("/img/", "nothing"),
            ("/img/x.png/", "nothing"),
            ("/A", "nothing"),
        ] {
            assert_eq!(told(&site, "/", path), found, "{path}");
        }
    }

    #[test]
    fn where_the_slash_is_optional_nobody_is_sent_there() {
        let site = contents(&["index.html", "f/index.html"]);
        let addresses = ServedAddresses { base_path: "/", slash_is_optional: true };
        for (path, found) in [("/f", "f/index.html"), ("/f/", "f/index.html"), ("/g", "nothing")] {
            assert_eq!(told_of(&site, addresses, path), found, "{path}");
        }
    }

    #[test]
    fn a_site_below_a_base_path_is_only_there() {
        let site = contents(&["index.html", "a.html", "ä/index.html"]);
        for (path, found) in [
            ("/book/", "index.html"),
            ("/book", "-> /book/"),
            ("/", "-> /book/"),
            ("/book/a", "a.html"),
            ("/a", "nothing"),
            ("/bookkeeping/a", "nothing"),
            ("/book/%C3%A4", "-> /book/%C3%A4/"),
        ] {
            assert_eq!(told(&site, "/book/", path), found, "{path}");
        }
    }

    #[test]
    fn no_spelling_leads_out_of_what_is_published() {
        let site = contents(&["index.html", "a.html", "f/index.html", "etc/passwd.html"]);
        for path in [
            "/../a",
            "/%2e%2e/a",
            "/%2e%2e%2fa",
            "/%252e%252e%252fa",
            "/..%5ca",
            "/f/../a",
            "//a",
            "//f",
            "/a//",
            "//evil.example/",
            "//evil.example/f",
            "/%5cevil",
            "/%2fevil.example/f",
            "/a/c:/windows/win.ini",
            "/a::$DATA",
            "/./a",
            "/a/.",
            "/%0d%0aSet-Cookie:x",
        ] {
            assert_eq!(told(&site, "/", path), "nothing", "{path}");
        }
        for path in ["/%", "/%0", "/%zz", "/a%00.html", "/%c0%ae%c0%ae/a", "/%ff%fe"] {
            assert_eq!(told(&site, "/", path), "malformed", "{path}");
        }
    }
}
