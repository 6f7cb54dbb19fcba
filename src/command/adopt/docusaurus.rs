//! Docusaurus: what its configuration says by literals. It is a program, and isn't run.

use std::path::Path;

use super::addresses::{self, AddressesBefore};
use super::found::{FoundSite, first_file};
use super::order;
use super::script::{self, ScriptValue};
use crate::project::CONFIG_FILE;

const SIDEBARS: [&str; 3] = ["sidebars.js", "sidebars.ts", "sidebars.mjs"];

const FILES: [&str; 4] =
    ["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", "docusaurus.config.cjs"];

/// What lies beside the docs and isn't read, and what it is.
const BESIDE: [(&str, &str); 4] = [
    ("blog", "the blog"),
    ("src/pages", "pages that are programs"),
    ("versioned_docs", "older versions"),
    ("i18n", "translations"),
];

/// What stands in the configuration and isn't taken over.
const UNREAD: [(&str, &str); 2] = [("navbar", "the bar at the top"), ("footer", "the bottom of the pages")];

/// Finds a site of Docusaurus.
///
/// # Errors
/// If its configuration can't be read, or names pages that aren't there.
pub(super) fn find(root: &Path) -> anyhow::Result<Option<FoundSite>> {
    let Some((file, text)) = first_file(root, &FILES)? else { return Ok(None) };
    let mut found = FoundSite::new("a Docusaurus site", file, CONFIG_FILE);
    let config = script::exported(&text).unwrap_or_else(|| {
        found.leave(format!("what `{file}` says: it exports no object that is written out, and it isn't run"));
        ScriptValue::Object(Vec::new())
    });
    site(&mut found, &config);
    let docs = docs(&mut found, &config);
    let source = text_at(&mut found, &docs, "path").unwrap_or_else(|| "docs".into());
    found.set_source(root, &source)?;
    let route = text_at(&mut found, &docs, "routeBasePath").unwrap_or_else(|| "docs".into());
    let route = route.trim_matches('/');
    found.set("urls", "docs_route", format!("/{route}"));
    found.set("urls", "style", "folder");
    let slash = match config.get("trailingSlash") {
        Some(ScriptValue::Truth(slash)) => *slash,
        None => false,
        Some(_) => {
            found.leave(not_literal("trailingSlash"));
            false
        }
    };
    found.set("urls", "trailing_slash", slash);
    addresses::keep(&mut found, &root.join(&source), &format!("/{route}"), AddressesBefore::Docusaurus);
    if let Some((file, text)) = first_file(root, &SIDEBARS)? {
        let sidebars = script::exported(&text);
        let named = sidebars.iter().flat_map(|sidebars| order::of_sidebars(sidebars, &root.join(&source)));
        let is_kept = order::keep(&mut found, &root.join(&source), &named.collect::<Vec<_>>());
        let from = if is_kept { "what it names by its literals" } else { "`sidebar_position` and `_category_` files" };
        found.leave(format!("`{file}`, the sidebar: its order comes from {from}, its names from the pages"));
    }
    let theme = config.get("themeConfig");
    for (key, what) in UNREAD {
        if theme.and_then(|theme| theme.get(key)).is_some() {
            found.leave(format!("`themeConfig.{key}`, {what}: write `[{key}]`"));
        }
    }
    for (place, what) in BESIDE {
        if root.join(place).exists() {
            found.leave(format!("`{place}`, {what}"));
        }
    }
    Ok(Some(found))
}

/// What the site is called and where it is published.
fn site(found: &mut FoundSite, config: &ScriptValue) {
    let title = text_at(found, config, "title");
    found.set_some("site", "title", title);
    let tagline = text_at(found, config, "tagline");
    found.set_some("site", "tagline", tagline);
    let language = config.get("i18n").and_then(|i18n| text_at(found, i18n, "defaultLocale"));
    found.set_some("site", "language", language);
    let url = text_at(found, config, "url");
    found.set_some("site", "url", url);
    let base = text_at(found, config, "baseUrl").filter(|base| base != "/");
    found.set_some("site", "base_path", base);
    let favicon = text_at(found, config, "favicon");
    found.set_some("site", "favicon", favicon.map(|path| format!("/{}", path.trim_start_matches('/'))));
}

/// The options of the docs: of the preset, or else of the first plugin for docs.
fn docs(found: &mut FoundSite, config: &ScriptValue) -> ScriptValue {
    let options = |key: &str, names: [&str; 2]| -> Vec<ScriptValue> {
        let items = config.get(key).map(ScriptValue::items).unwrap_or_default();
        let named = items.iter().filter_map(|item| match item.items() {
            [ScriptValue::Text(name), options] if names.contains(&name.as_str()) => Some(options.clone()),
            _ => None,
        });
        named.collect()
    };
    let presets = options("presets", ["classic", "@docusaurus/preset-classic"]);
    let are_computed = presets.is_empty() && config.get("presets").is_some_and(|presets| !is_written_out(presets));
    if are_computed {
        found.leave(not_literal("presets"));
    }
    let mut plugins = options("plugins", ["content-docs", "@docusaurus/plugin-content-docs"]);
    let of_preset = presets.first().and_then(|preset| preset.get("docs")).cloned();
    let docs = match of_preset {
        Some(ScriptValue::Truth(false)) | None if !plugins.is_empty() => plugins.remove(0),
        Some(ScriptValue::Computed) => {
            found.leave(not_literal("docs"));
            ScriptValue::Object(Vec::new())
        }
        Some(docs) => docs,
        None => ScriptValue::Object(Vec::new()),
    };
    if !plugins.is_empty() {
        found.leave("the pages of further plugins for docs");
    }
    docs
}

/// Whether presets are a list of names and of pairs that begin with one.
fn is_written_out(presets: &ScriptValue) -> bool {
    let is_name = |value: &ScriptValue| matches!(value, ScriptValue::Text(_));
    matches!(presets, ScriptValue::List(_))
        && presets.items().iter().all(|item| is_name(item) || item.items().first().is_some_and(is_name))
}

/// A text by its key; what is there and is no literal is said.
fn text_at(found: &mut FoundSite, object: &ScriptValue, key: &str) -> Option<String> {
    match object.get(key)? {
        ScriptValue::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => {
            found.leave(not_literal(key));
            None
        }
    }
}

fn not_literal(key: &str) -> String {
    format!("`{key}`, which is no literal: the configuration is a program, and isn't run")
}
