//! The least that any generator has to do with a folder of Markdown: each file is read, goes through
//! the Markdown library once and is written as HTML, on all cores. No templates, no links, no checks.
//! `bench/build.py` shows how far bokworm and its peers are from it.
//!
//!     cargo run --release --example limit -- CONTENT OUT

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [content, out] = &arguments[..] else { bail!("usage: limit CONTENT OUT") };
    let mut pages = Vec::new();
    for entry in walkdir::WalkDir::new(content) {
        let entry = entry?;
        let below = entry.path().strip_prefix(content)?;
        if entry.file_type().is_dir() {
            fs::create_dir_all(out.join(below))?;
        } else if below.extension().is_some_and(|extension| extension == "md") {
            pages.push(below.to_owned());
        }
    }
    pages.par_iter().try_for_each(|page| publish(&content.join(page), &out.join(page).with_extension("html")))
}

/// One page from Markdown to HTML.
fn publish(from: &Path, to: &Path) -> Result<()> {
    let text = fs::read_to_string(from).with_context(|| format!("could not read `{}`", from.display()))?;
    let body = without_front_matter(&text);
    let mut page = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut page, Parser::new_ext(body, options()));
    fs::write(to, page).with_context(|| format!("could not write `{}`", to.display()))
}

/// Those that `src/page/markdown/collect/mod.rs` reads pages with.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// What follows the second line of dashes, if the text begins with one.
fn without_front_matter(text: &str) -> &str {
    let rest = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    rest.map_or(text, |(_, body)| body)
}
