//! How the site shows catalogues, `[catalogs.NAME]`: the lists that others keep, by the names of their files.

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the site shows a catalogue that relations lead into.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CatalogConfig {
    /// Whether each of its entries has a page, which says what the entry does and lists the pages that name it, and
    /// all together one that leads to these.
    pub pages: bool,
}
