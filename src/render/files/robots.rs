//! `robots.txt`: all is welcome, and here is the map.

use std::fmt::Write as _;

use crate::render::facts;
use crate::site::Site;

/// The whole file.
pub fn write(site: &Site) -> String {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = facts::base_url(site) {
        let _ = writeln!(out, "\nSitemap: {base}sitemap.xml");
    }
    out
}
