//! How addresses are made from paths, as `[urls]` says it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How addresses are made from paths.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Urls {
    /// The path below which the pages lie: `/` or `/docs`.
    #[schemars(extend("format" = "route"))]
    pub docs_route: String,
    /// Which file holds a page.
    pub style: UrlStyle,
    /// Whether an address ends with a slash. A file host that holds
    /// `a/index.html` serves it as `a/`, one that holds `a.html` as `a`.
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
            style: UrlStyle::File,
            trailing_slash: false,
            prefix: String::new(),
            prefixes: Vec::new(),
        }
    }
}

/// Which file holds the page at `/a`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UrlStyle {
    /// `a.html`.
    #[default]
    File,
    /// `a/index.html`.
    Folder,
}
