//! An address as the ledger writes it: without the base path, readable, and in one word.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;

/// What would end an address, or change what a line of the ledger says.
const RESERVED: [char; 6] = ['#', '%', '?', '"', '<', '>'];

/// A page or file by its address on the site, or a place on a page by its id. A page stands before its places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The address on the site, as `site::address` makes it: with a `/` in front, none at the end, nothing encoded.
    pub page: String,
    /// The id of a place on the page.
    pub fragment: Option<String>,
}

impl Address {
    /// That of a page or a file.
    pub fn page(route: impl Into<String>) -> Self {
        Self { page: route.into(), fragment: None }
    }

    /// That of a place on a page.
    pub fn place(route: impl Into<String>, id: impl Into<String>) -> Self {
        Self { page: route.into(), fragment: Some(id.into()) }
    }

    /// The page that it lies on.
    #[must_use]
    pub fn without_fragment(&self) -> Self {
        Self::page(self.page.clone())
    }

    /// Reads an address as it is written in the ledger; nothing if it isn't one of a site.
    pub fn read(text: &str) -> Option<Self> {
        let (page, fragment) = match text.split_once('#') {
            Some((page, fragment)) => (page, Some(fragment)),
            None => (text, None),
        };
        if !page.starts_with('/') || page.starts_with("//") || page.contains(['?', '\\']) {
            return None;
        }
        let page = decoded(page)?;
        let parts: Vec<&str> = page.split('/').filter(|part| !part.is_empty()).collect();
        if parts.iter().any(|part| matches!(*part, "." | "..")) || page.contains(char::is_control) {
            return None;
        }
        let fragment = match fragment.filter(|fragment| !fragment.is_empty()) {
            Some(fragment) => Some(decoded(fragment).filter(|id| !id.contains(char::is_control))?),
            None => None,
        };
        Some(Self { page: format!("/{}", parts.join("/")), fragment })
    }
}

impl Address {
    /// Whether a line of the ledger can hold it: what is written is read as the same again.
    pub fn can_be_written(&self) -> bool {
        let is_step = |part: &str| !matches!(part, "" | "." | "..");
        let is_place = |id: &String| !id.is_empty() && !id.contains(char::is_control);
        let below = self.page.strip_prefix('/').filter(|below| !below.contains(|c: char| c == '\\' || c.is_control()));
        below.is_some_and(|below| below.is_empty() || below.split('/').all(is_step))
            && self.fragment.as_ref().is_none_or(is_place)
    }
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        written(f, &self.page)?;
        match &self.fragment {
            Some(fragment) => {
                f.write_str("#")?;
                written(f, fragment)
            }
            None => Ok(()),
        }
    }
}

/// A text in one word: letters of all languages stay as they are, but no white space does.
fn written(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let is_encoded = |c: char| c.is_whitespace() || c.is_control() || RESERVED.contains(&c);
    for stretch in text.split_inclusive(is_encoded) {
        let plain = stretch.trim_end_matches(is_encoded);
        f.write_str(plain)?;
        stretch[plain.len()..].bytes().try_for_each(|byte| write!(f, "%{byte:02X}"))?;
    }
    Ok(())
}
