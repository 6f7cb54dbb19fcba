//! How addresses are made from paths, as `[urls]` says it.

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How addresses are made from paths.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Urls {
    /// The path below which the pages lie: `/` or `/docs`.
    #[cfg_attr(test, schemars(extend("format" = "route")))]
    pub docs_route: String,
    /// Which file holds a page.
    pub style: UrlStyle,
    /// Whether an address ends with a slash. With `file` none does. With `folder` all do, as every host has it; where
    /// this says no, pages work with and without one, and link to each other from the root of the host: such a site can't be
    /// opened from a folder.
    pub trailing_slash: bool,
    /// The path before all addresses of a language, those of its feed and sitemap included; `docs_route` begins with it.
    #[serde(skip)]
    pub prefix: String,
    /// Those of all languages: at each of them lies a front page, in a folder of its own.
    #[serde(skip)]
    pub prefixes: Vec<String>,
}

impl Default for Urls {
    fn default() -> Self {
        Self {
            docs_route: "/".into(),
            style: UrlStyle::Folder,
            trailing_slash: true,
            prefix: String::new(),
            prefixes: Vec::new(),
        }
    }
}

/// Which file holds the page at `/a`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum UrlStyle {
    /// `a/index.html`: any host finds it.
    #[default]
    Folder,
    /// `a.html`: for hosts that look for it when they are asked for `/a`.
    File,
}

impl Urls {
    /// Whether a page answers both with a slash at its end and without: what stands in it can't be relative then.
    pub fn answer_with_and_without_slash(&self) -> bool {
        self.style == UrlStyle::Folder && !self.trailing_slash
    }
}
