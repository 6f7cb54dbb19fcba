//! Old addresses, and how they answer.

use std::collections::BTreeMap;

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Old addresses and the address that each leads to: `"/old" = "/new"`. An old address
/// begins with `/` and stands without the base path; the new one is on the site or elsewhere.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("propertyNames" = {"format": "old-address"})))]
#[cfg_attr(test, schemars(extend("additionalProperties" = {"type": "string", "format": "link"})))]
pub struct RedirectsConfig {
    /// How old addresses answer, those of `aliases` and of the ledger (`addresses.lock`) among them: as pages that lead
    /// on (`html`), or by rules for the host: `_redirects` (`netlify`, also for Cloudflare Pages),
    /// `redirects.nginx.conf` (`nginx`), `.htaccess` (`apache`), `redirects.s3.json` (`s3`).
    pub format: Vec<RedirectFormat>,
    /// The status that hosts answer with by such rules: 301 and 308 for good, 302 and 307 for now.
    #[cfg_attr(test, schemars(range(min = 301, max = 308)))]
    pub status: u16,
    /// The addresses.
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    pub addresses: BTreeMap<String, String>,
}

impl Default for RedirectsConfig {
    fn default() -> Self {
        Self { format: vec![RedirectFormat::Html], status: 301, addresses: BTreeMap::new() }
    }
}

/// How old addresses answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RedirectFormat {
    /// Pages that lead on.
    Html,
    /// `_redirects`, for Netlify, Cloudflare Pages and others.
    Netlify,
    /// `redirects.nginx.conf`, a map for nginx.
    Nginx,
    /// `.htaccess`, for Apache.
    Apache,
    /// `redirects.s3.json`, routing rules for S3.
    S3,
}
