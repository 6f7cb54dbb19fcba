//! Which files are published besides the pages: how hosts answer, other forms of the content,
//! and long pages for paper.

use std::collections::BTreeMap;

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Config;

/// How a host answers: the file `_headers`, which Netlify, Cloudflare Pages and others read.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct HeadersConfig {
    /// Whether `_headers` is written. Left out, it is where `site.url` is set.
    pub enabled: Option<bool>,
    /// What pages may load besides what bokworm finds in them, by the directive of the
    /// Content-Security-Policy: `script-src = ["https://stats.example.org"]`. For what the site's own
    /// templates and style sheets load.
    #[cfg_attr(test, schemars(extend("propertyNames" = {"format": "policy-directive"})))]
    #[cfg_attr(test, schemars(extend("additionalProperties" = {"type": "array", "items": {"type": "string", "format": "policy-source"}})))]
    pub allow: BTreeMap<String, Vec<String>>,
}

/// Other forms of the content, for programs. What is left out is made where `site.url` is set.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct FormatsConfig {
    /// A copy of each page in Markdown beside it: `guide.md` beside `guide.html`.
    pub markdown: Option<bool>,
    /// `llms.txt`: the site in one page, for language models.
    pub llms: Option<bool>,
    /// `feed.xml`: the pages that changed last, for feed readers. It needs `site.url`, and pages with dates:
    /// from their front matter, or from git where `git.last_updated` is set.
    pub feed: Option<bool>,
    /// What each page is, where it stands and who wrote it, for search engines (JSON-LD). It needs `site.url`.
    pub json_ld: Option<bool>,
}

/// Many pages in one, to print, to save as PDF, or for readers of books.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PrintConfig {
    /// The whole site as one page, at `print`.
    pub book: bool,
    /// Each section of the sidebar's top level as one page, at `print/` and its name.
    pub sections: bool,
    /// The size of the paper, for both. Left out, it is the printer's.
    pub paper: Option<PaperSize>,
    /// The whole site as a book for e-readers (EPUB 3), at `book.epub`; one for each language.
    pub epub: bool,
}

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub enum PaperSize {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl PaperSize {
    /// As style sheets name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "letter",
        }
    }
}

impl Config {
    /// Whether `_headers` is written.
    pub fn writes_headers(&self) -> bool {
        self.or_if_published(self.headers.enabled)
    }

    /// Whether each page has a copy in Markdown.
    pub fn writes_markdown(&self) -> bool {
        self.or_if_published(self.formats.markdown)
    }

    /// Whether there is `llms.txt`.
    pub fn writes_llms(&self) -> bool {
        self.or_if_published(self.formats.llms)
    }

    /// Whether there is a feed, which wants whole addresses.
    pub fn writes_feed(&self) -> bool {
        !self.site.url.is_empty() && self.formats.feed != Some(false)
    }

    /// Whether pages carry JSON-LD, which wants whole addresses.
    pub fn writes_json_ld(&self) -> bool {
        !self.site.url.is_empty() && self.formats.json_ld != Some(false)
    }

    fn or_if_published(&self, switch: Option<bool>) -> bool {
        switch.unwrap_or(!self.site.url.is_empty())
    }
}
