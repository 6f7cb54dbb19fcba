//! Paths of files turned into addresses, and addresses into links and output
//! files. An address (route) is a path on the site without the base path: `/docs/a b`.
//! Knows the configuration's URL style, nothing of pages.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::config::{UrlStyle, Urls};

/// What is encoded in an address that stands by itself as text: what would end or change it.
const READABLE: &AsciiSet = &CONTROLS.add(b'#').add(b'%').add(b'?');

/// What is encoded in a path: what a URL forbids, and what HTML or a shell may trip over.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A file or folder name without its number prefix, and the number:
/// `01-intro` is `intro`, 1. Dates and versions (`2024-01-plan`, `1.2-notes`) are names.
pub fn split_number(name: &str) -> (&str, Option<f64>) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &name[digits..];
    let after = rest.trim_start_matches(' ').trim_start_matches(['-', '_', '.']).trim_start_matches(' ');
    let separated = rest.trim_start_matches(' ').starts_with(['-', '_', '.']);
    let is_date_or_version = after.starts_with(|c: char| c.is_ascii_digit());
    if digits == 0 || digits > 9 || !separated || after.is_empty() || is_date_or_version {
        return (name, None);
    }
    (after, name[..digits].parse().ok())
}

/// Joins parts of an address: one slash between, one in front, none at the end.
pub fn join(parts: &[&str]) -> String {
    let mut out = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for part in parts.iter().flat_map(|part| names(part)).filter(|part| !part.is_empty()) {
        out.push('/');
        out.push_str(part);
    }
    if out.is_empty() { "/".into() } else { out }
}

/// The longest part of an address in bytes: room is left for what the file's name adds to it.
const LONGEST_PART: usize = 240;

/// An address whose every part can be the name of a file on any host: without backslashes and control
/// characters, and not too long. What is cut is told apart by a hash of the whole.
pub fn publishable(route: &str) -> String {
    let is_odd = |c: char| c == '\\' || c.is_control();
    if !route.contains(is_odd) && route.split('/').all(|part| part.len() <= LONGEST_PART) {
        return route.to_owned();
    }
    let part = |part: &str| {
        let kept = part.replace(is_odd, "-");
        if kept.len() <= LONGEST_PART {
            return kept;
        }
        let hash = blake3::hash(part.as_bytes()).to_hex();
        let mut end = LONGEST_PART - 9;
        while !kept.is_char_boundary(end) {
            end -= 1;
        }
        format!("{}-{}", &kept[..end], &hash[..8])
    };
    route.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Resolves `.` and `..` and joins `relative` to `folder`. What leads above the root stays at it.
pub fn resolve(folder: &str, relative: &str) -> String {
    let all = if relative.starts_with('/') { [relative, ""] } else { [folder, relative] };
    let mut out = String::with_capacity(folder.len() + relative.len() + 2);
    for part in all.iter().flat_map(|text| names(text)) {
        match part {
            "" | "." => {}
            ".." => out.truncate(out.rfind('/').unwrap_or(0)),
            name => {
                out.push('/');
                out.push_str(name);
            }
        }
    }
    if out.is_empty() { "/".into() } else { out }
}

/// What stands between the slashes of a path. Written out for speed: every reference of every page comes by here,
/// and the standard library's `split` costs more to set up than such short texts to walk.
fn names(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(path);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(slash) = text.bytes().position(|b| b == b'/') else { return rest.take() };
        rest = Some(&text[slash + 1..]);
        Some(&text[..slash])
    })
}

/// The part of an address before its last name: the folder that relative links start from.
pub fn parent(route: &str) -> &str {
    route.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether the front page of a language lies at a path, whatever other pages' addresses look like.
fn is_front_page(urls: &Urls, path: &str) -> bool {
    urls.prefixes.iter().any(|prefix| prefix.trim_matches('/') == path)
}

/// The last part of the address of the page for all addresses that don't exist.
pub const NOT_FOUND: &str = "404";

/// Whether that page lies at an address: the one of a language, in its own part of the site.
pub fn is_not_found(urls: &Urls, route: &str) -> bool {
    let path = route.trim_matches('/');
    let above = path.strip_suffix(NOT_FOUND).map(|above| above.trim_end_matches('/'));
    path == NOT_FOUND || above.is_some_and(|above| path.ends_with("/404") && is_front_page(urls, above))
}

/// The file that holds the page at an address: `docs/a.html`.
pub fn output_file(urls: &Urls, route: &str) -> String {
    let path = route.trim_matches('/');
    match urls.style {
        _ if path.is_empty() => "index.html".into(),
        _ if is_front_page(urls, path) => format!("{path}/index.html"),
        // There hosts look for it, in either style.
        _ if is_not_found(urls, path) => format!("{path}.html"),
        UrlStyle::File => format!("{path}.html"),
        UrlStyle::Folder => format!("{path}/index.html"),
    }
}

/// An address as it stands in a URL below the base path: encoded, with the
/// configured end, without the first slash. Files keep their names.
pub fn encode_page<'r>(urls: &Urls, route: &'r str) -> Cow<'r, str> {
    let path = route.trim_matches('/');
    let mut encoded = encode_path(path);
    if urls.style == UrlStyle::Folder && is_not_found(urls, path) {
        encoded.to_mut().push_str(".html");
    } else if (urls.trailing_slash || is_front_page(urls, path)) && !encoded.is_empty() {
        encoded.to_mut().push('/');
    }
    encoded
}

/// The same, with everything left readable that does not end or change the address.
pub fn readable_page(urls: &Urls, route: &str) -> String {
    let path = route.trim_matches('/');
    let mut readable = readable_path(path);
    if (urls.trailing_slash || is_front_page(urls, path)) && !readable.is_empty() {
        readable.push('/');
    }
    readable
}

/// A path with only that encoded which would end or change it.
pub fn readable_path(path: &str) -> String {
    path.split('/').map(|part| utf8_percent_encode(part, READABLE).to_string()).collect::<Vec<_>>().join("/")
}

/// Percent-encodes a path, leaving its slashes.
pub fn encode_path(path: &str) -> Cow<'_, str> {
    // Most paths are plain, and each is written on many pages.
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.');
    if path.bytes().all(is_plain) {
        return Cow::Borrowed(path);
    }
    utf8_percent_encode(path, PATH).to_string().into()
}

/// The way from an output file's folder to the site's root: `../` for each folder.
pub fn way_to_root(output_file: &str) -> String {
    "../".repeat(output_file.matches('/').count())
}

/// The folder of an output file, as the start of relative links: encoded once for all links of a page.
#[derive(Clone, Debug)]
pub struct Start {
    folders: Vec<String>,
}

impl Start {
    /// For links that stand in an output file.
    pub fn of(output_file: &str) -> Self {
        let folder = output_file.rsplit_once('/').map(|(folder, _)| folder);
        Self {
            folders: folder
                .into_iter()
                .flat_map(|folder| folder.split('/'))
                .map(|name| encode_path(name).into_owned())
                .collect(),
        }
    }

    /// A relative link to an encoded path below the root: from `docs/a/b.html` to `docs/c` it is `../c`.
    pub fn to(&self, path: &str) -> String {
        let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
        let mut below = folder;
        let mut shared = 0;
        for own in &self.folders {
            let (first, rest) = below.split_once('/').unwrap_or((below, ""));
            if first.is_empty() || first != own {
                break;
            }
            below = rest;
            shared += 1;
        }
        let mut out = String::with_capacity(path.len() + 8);
        for _ in shared..self.folders.len() {
            out.push_str("../");
        }
        if !below.is_empty() {
            out.push_str(below);
            out.push('/');
        }
        out.push_str(name);
        if out.is_empty() || out.split('/').next().is_some_and(|first| first.contains(':')) {
            out.insert_str(0, "./");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_prefix_is_order_and_not_address() {
        assert_eq!(split_number("01-intro"), ("intro", Some(1.0)));
        assert_eq!(split_number("3. Third"), ("Third", Some(3.0)));
        assert_eq!(split_number("2024-01-plan"), ("2024-01-plan", None));
        assert_eq!(split_number("1.2-notes"), ("1.2-notes", None));
        assert_eq!(split_number("8Knot"), ("8Knot", None));
        assert_eq!(split_number("12"), ("12", None));
    }

    #[test]
    fn relative_links_start_from_the_file_that_holds_them() {
        for (from, to, link) in [
            ("docs/a/b.html", "docs/c", "../c"),
            ("docs/a/b.html", "docs/a/c", "c"),
            ("docs/a/b.html", "docs/a/b/c", "b/c"),
            ("docs/a/b.html", "x/y/", "../../x/y/"),
            ("index.html", "", "./"),
            ("a.html", "b:c", "./b:c"),
            ("a b/c.html", "a%20b/d", "d"),
            ("docs/a/index.html", "", "../../"),
            ("docs/a/index.html", "docs/a/", "./"),
        ] {
            assert_eq!(Start::of(from).to(to), link, "from {from} to {to}");
        }
    }

    #[test]
    fn the_page_for_what_is_not_there_lies_where_hosts_look_for_it() {
        let prefixes = vec![String::new(), "/ja".to_owned()];
        let urls = Urls { prefixes, ..Urls::default() };
        for (route, file, link) in [
            ("/404", "404.html", "404.html"),
            ("/ja/404", "ja/404.html", "ja/404.html"),
            ("/docs/404", "docs/404/index.html", "docs/404/"),
            ("/1404", "1404/index.html", "1404/"),
        ] {
            assert_eq!((output_file(&urls, route).as_str(), &*encode_page(&urls, route)), (file, link), "{route}");
        }
    }

    #[test]
    fn every_part_of_an_address_can_be_a_files_name() {
        assert_eq!(publishable("/a/b c"), "/a/b c");
        assert_eq!(publishable("/a\\b/\u{0}c"), "/a-b/-c");
        let long = publishable(&format!("/{}/x", "é".repeat(200)));
        assert!(long.split('/').all(|part| part.len() <= LONGEST_PART) && long.ends_with("/x"), "{long}");
    }

    #[test]
    fn dots_are_resolved_and_never_lead_above_the_root() {
        assert_eq!(resolve("/docs/a", "../b"), "/docs/b");
        assert_eq!(resolve("/docs/a", "/x/./y"), "/x/y");
        assert_eq!(resolve("/docs", "../../../b"), "/b");
    }
}
