//! A `site.json`, as far as links into it need it: read from what any version of bokworm published, and written for
//! a project to keep.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a `site.json` says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct BookFacts {
    /// What the book is called.
    #[serde(default)]
    pub title: String,
    /// Where it is published.
    #[serde(default)]
    pub url: Option<String>,
    /// The day on which it was fetched, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
    /// Whether addresses of pages end with a slash.
    #[serde(default)]
    pub trailing_slash: bool,
    /// What its own addresses begin with, where it is one language of several.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// What the addresses of all its languages begin with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prefixes: Vec<String>,
    /// Addresses where something lies that is no page: tags, indexes of folders.
    #[serde(default)]
    pub others: Vec<String>,
    /// Old addresses, and where they lead.
    #[serde(default)]
    pub moved: BTreeMap<String, String>,
    /// Its pages.
    pub pages: Vec<BookPage>,
}

/// A page of a book.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct BookPage {
    /// Where it lies, without what the book's address says.
    pub address: String,
    /// Its file among the pages.
    #[serde(default)]
    pub source: String,
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// Its headings.
    #[serde(default)]
    pub headings: Vec<BookHeading>,
    /// Other places on it that can be led to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
}

/// A heading of a page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct BookHeading {
    /// Its address on the page.
    pub id: String,
    /// Its text.
    #[serde(default)]
    pub text: String,
}

impl BookFacts {
    /// What a text says, or why it is no `site.json`.
    ///
    /// # Errors
    /// The reason, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with('<') {
            return Err("it is a page of HTML, and no `site.json`".to_owned());
        }
        let facts: Self = serde_json::from_str(text).map_err(|error| in_words(&error))?;
        match facts.pages.iter().find(|page| !page.address.starts_with('/')) {
            Some(page) => Err(format!("it is no `site.json` of bokworm: `{}` is no address of a page", page.address)),
            None => Ok(facts),
        }
    }

    /// The address below which it is published, with a slash at its end.
    pub(super) fn base(&self) -> Option<String> {
        let url = self.url.as_deref()?.trim_end_matches('/');
        (url.contains("://")).then(|| format!("{url}/"))
    }

    /// As a file that is kept in a project: a line for each page, so that others see what became different.
    pub fn written(&self) -> String {
        let line = |page: &BookPage| serde_json::to_string(page).unwrap_or_default();
        let head = Self { pages: Vec::new(), ..self.clone() };
        let head = serde_json::to_string(&head).unwrap_or_default();
        let head = head.strip_suffix("[]}").unwrap_or(&head);
        let pages: Vec<String> = self.pages.iter().map(line).collect();
        format!("{head}[\n{}\n]}}\n", pages.join(",\n"))
    }
}

fn in_words(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    if error.is_eof() {
        return "it ends before it is complete".to_owned();
    }
    if error.is_data() {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or(&what);
        return format!("it is JSON, but no `site.json` of bokworm ({what})");
    }
    format!("it is no JSON: it can't be read at line {line}, column {column}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = r#"{"title":"B","url":"https://b.example/x/","pages":[{"address":"/a","source":"a.md","title":"A",
        "description":"","tags":[],"headings":[{"level":2,"id":"one","text":"One"}],"links":["/b"],"lists":[]},
        {"address":"/b","source":"b.md","title":"B"}],"tags":[]}"#;

    #[test]
    fn what_is_kept_says_the_same_as_what_was_published() {
        let facts = BookFacts::read(SITE).unwrap();
        assert_eq!(facts.base().as_deref(), Some("https://b.example/x/"));
        assert_eq!((facts.pages.len(), facts.pages[0].headings[0].text.as_str()), (2, "One"));
        let kept = facts.written();
        assert_eq!(BookFacts::read(&kept).unwrap(), facts);
        assert_eq!(kept.lines().count(), 4, "{kept}");
        let empty = BookFacts { pages: Vec::new(), ..facts };
        assert_eq!(BookFacts::read(&empty.written()).unwrap(), empty);
    }

    #[test]
    fn what_is_no_site_is_told_in_plain_words() {
        for (text, why) in [
            ("<!doctype html>", "it is a page of HTML, and no `site.json`"),
            (&SITE[..SITE.len() - 9], "it ends before it is complete"),
            ("{]", "it is no JSON: it can't be read at line 1, column 2"),
            ("", "it ends before it is complete"),
            (
                r#"{"pages":[{"address":"https://x"}]}"#,
                "it is no `site.json` of bokworm: `https://x` is no address of a page",
            ),
        ] {
            assert_eq!(BookFacts::read(text).unwrap_err(), why, "{text}");
        }
        assert!(BookFacts::read("[1]").unwrap_err().starts_with("it is JSON, but no `site.json` of bokworm ("));
    }
}
