//! Other books that this one links to, `[books.NAME]`: what they may be called, and where their pages are told of.

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Config;

/// The folder beside `book.toml` in which what was fetched of books is kept.
const BOOKS: &str = "books";

/// Another book that pages link to: by its whole addresses, or by its name, as in `handbook:/roles/lead`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BookConfig {
    /// Its `site.json`: an address on the web, from which `bokworm books update` fetches what is kept at
    /// `books/NAME.json`; or the path of such a file, from the folder of `book.toml`.
    #[cfg_attr(test, schemars(extend("format" = "book-site")))]
    pub site: String,
}

impl BookConfig {
    /// Whether its pages are told of on the web.
    pub fn is_on_web(&self) -> bool {
        self.site.contains("://")
    }

    /// The file that its pages are read from, from the folder of `book.toml`.
    pub fn file(&self, name: &str) -> String {
        if self.is_on_web() { format!("{BOOKS}/{name}.json") } else { self.site.clone() }
    }

    /// The address below which it is published, as far as the one of its `site.json` tells: with a slash at its end.
    pub fn base(&self) -> Option<&str> {
        self.site.rfind('/').filter(|_| self.is_on_web()).map(|slash| &self.site[..=slash])
    }
}

impl Config {
    /// The address below which the site itself is published, with a slash at its end; empty if that isn't said.
    pub fn own_base(&self) -> String {
        let url = self.site.url.trim_end_matches('/');
        if url.is_empty() { String::new() } else { format!("{url}{}", self.site.base_path) }
    }
}

/// What addresses begin with that people write, and programs know.
const SCHEMES: [&str; 42] = [
    "about",
    "blob",
    "callto",
    "chrome",
    "data",
    "dav",
    "dns",
    "doi",
    "facetime",
    "feed",
    "file",
    "ftp",
    "ftps",
    "geo",
    "git",
    "gopher",
    "gs",
    "http",
    "https",
    "imap",
    "info",
    "irc",
    "ircs",
    "isbn",
    "javascript",
    "jar",
    "ldap",
    "magnet",
    "mailto",
    "matrix",
    "news",
    "nntp",
    "sftp",
    "sip",
    "skype",
    "slack",
    "sms",
    "ssh",
    "tel",
    "urn",
    "vbscript",
    "ws",
];

/// Why what is said of a book is refused.
#[derive(Debug)]
pub(super) struct BookFault {
    /// What is wrong, to follow the key's name.
    pub(super) problem: &'static str,
    /// What to do about it.
    pub(super) help: String,
    /// What to write instead, where that is plain.
    pub(super) instead: Option<String>,
}

impl BookFault {
    fn new(problem: &'static str, help: impl Into<String>) -> Self {
        Self { problem, help: help.into(), instead: None }
    }
}

/// What a book may be called: what stands before the colon of a link.
pub(super) fn name(text: &str) -> Result<String, BookFault> {
    const HELP: &str = "Write two or more small letters, digits and `-`, a letter first, as in `handbook`.";
    let is_plain = text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let lower = text.to_ascii_lowercase();
    if SCHEMES.contains(&lower.as_str()) || lower == "wss" || lower.starts_with("web-") {
        let help = format!("A link to `{text}:…` already means something else: give the book a name of its own.");
        return Err(BookFault::new("is what addresses begin with", help));
    }
    if is_plain {
        return Ok(text.to_owned());
    }
    let instead = Some(lower).filter(|lower| lower != text && name(lower).is_ok());
    Err(BookFault { instead, ..BookFault::new("is not a name for a book", HELP) })
}

/// Where a book's pages are told of.
pub(super) fn site(text: &str) -> Result<String, BookFault> {
    const HELP: &str = "Write it as in `https://example.org/handbook/site.json`, or the path of such a file, as in `../handbook/public/site.json`.";
    const NO_FILE: &str = "names no `site.json`";
    let Some((_, below)) = text.split_once("://") else {
        let is_path = text.ends_with(".json") && !text.contains('\\');
        return if is_path { Ok(text.to_owned()) } else { Err(BookFault::new(NO_FILE, HELP)) };
    };
    let host = below.split('/').next().unwrap_or_default();
    if host.is_empty() || below.contains(['?', '#', ' ', '"', '<', '>', '\\']) {
        return Err(BookFault::new("is no address of a file", HELP));
    }
    if !may_be_fetched(text) {
        return Err(BookFault::new("does not begin with `https://`", HELP));
    }
    if !below.ends_with(".json") {
        let instead = Some(format!("{}/site.json", text.trim_end_matches('/')));
        return Err(BookFault { instead, ..BookFault::new(NO_FILE, HELP) });
    }
    Ok(text.to_owned())
}

/// Whether nobody on the way can change what comes from an address.
pub fn may_be_fetched(address: &str) -> bool {
    let host = |address: &str| address.split('/').next().is_some_and(is_loopback);
    address.starts_with("https://") || address.strip_prefix("http://").is_some_and(host)
}

/// Whether a host, with its port, is this very computer.
fn is_loopback(host: &str) -> bool {
    let (name, port) = match host.strip_prefix("[::1]") {
        Some(port) => ("127.0.0.1", port),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port =
        port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.bytes().all(|b| b.is_ascii_digit()));
    let numbers: Option<Vec<u8>> = name.split('.').map(|part| part.parse().ok()).collect();
    let is_here = name.eq_ignore_ascii_case("localhost") || numbers.is_some_and(|all| all.len() == 4 && all[0] == 127);
    is_port && is_here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_books_name_is_nothing_that_addresses_begin_with() {
        for good in ["handbook", "other-book", "b2"] {
            assert_eq!(name(good).ok().as_deref(), Some(good));
        }
        for bad in ["http", "mailto", "MAILTO", "c", "2b", "a b", "a:b", "", "wss"] {
            assert!(name(bad).is_err(), "{bad}");
        }
        assert_eq!(name("Handbook").err().and_then(|fault| fault.instead).as_deref(), Some("handbook"));
    }

    #[test]
    fn a_books_site_is_a_file_or_an_address_that_nobody_can_listen_to() {
        for good in
            ["https://a.example/site.json", "http://127.0.0.1:80/x/site.json", "http://[::1]/a.json", "../b/site.json"]
        {
            assert_eq!(site(good).ok().as_deref(), Some(good));
        }
        for bad in [
            "http://a.example/site.json",
            "http://127.0.0.1@a.example/site.json",
            "http://127.0.0.1:80@a.example/site.json",
            "http://[::1].a/../s.html",
            "http://localhost.example/a.json",
            "ftp://a/site.json",
            "../b",
            "",
        ] {
            assert!(site(bad).is_err(), "{bad}");
        }
        let instead = site("https://a.example/b/").err().and_then(|fault| fault.instead);
        assert_eq!(instead.as_deref(), Some("https://a.example/b/site.json"));
    }
}
