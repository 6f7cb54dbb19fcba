//! A site that was found: what of it becomes settings of bokworm's, and what is left.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use toml::Value;

use crate::config;
use crate::diagnostic::counted;
use crate::source::{Root, SourcePath};

/// What is taken over of a site, and what is not.
#[derive(Debug)]
pub(in crate::command) struct FoundSite {
    /// What it is, as in `a Docusaurus site`.
    pub what: &'static str,
    /// The file or folder that told.
    pub by: String,
    /// The configuration to be written.
    pub file: &'static str,
    /// What isn't taken over, a sentence each.
    pub left: Vec<String>,
    /// Folders that bokworm will read as its own.
    pub beside: Vec<&'static str>,
    settings: Vec<Setting>,
}

/// A key of the configuration with its value.
#[derive(Debug)]
struct Setting {
    table: &'static str,
    key: String,
    value: Value,
}

/// The tables in the order in which they are written.
const TABLES: [&str; 4] = ["site", "folders", "urls", "redirects"];

impl FoundSite {
    pub(super) fn new(what: &'static str, by: impl Into<String>, file: &'static str) -> Self {
        Self { what, by: by.into(), file, left: Vec::new(), beside: Vec::new(), settings: Vec::new() }
    }

    /// Takes a value over, unless bokworm can't do with it: that is said.
    pub(super) fn set(&mut self, table: &'static str, key: &str, value: impl Into<Value>) {
        self.settings.push(Setting { table, key: key.to_owned(), value: value.into() });
        let (_, findings) = config::parse(&SourcePath::new(Root::Project, self.file), &self.settings_text());
        let Some(finding) = findings.first() else { return };
        if let Some(Setting { value, .. }) = self.settings.pop() {
            self.left.push(format!("{value}, which would be `{table}.{key}`: {}", finding.message));
        }
    }

    /// The same where there is a value.
    pub(super) fn set_some(&mut self, table: &'static str, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(table, key, value);
        }
    }

    /// Lets an old address lead on.
    pub(super) fn lead(&mut self, once: &str, now: &str) {
        let setting = Setting { table: "redirects", key: once.to_owned(), value: now.into() };
        let text = format!("[redirects]\n{} = {}\n", shown_key(once), setting.value);
        if config::parse(&SourcePath::new(Root::Project, self.file), &text).1.is_empty() {
            self.settings.push(setting);
        }
    }

    /// Says what isn't taken over.
    pub(super) fn leave(&mut self, what: impl Into<String>) {
        self.left.push(what.into());
    }

    /// Where the pages lie, below the site's folder.
    ///
    /// # Errors
    /// If there is no such folder.
    pub(super) fn set_source(&mut self, root: &Path, source: &str) -> anyhow::Result<()> {
        let source = source.trim_start_matches("./").trim_end_matches('/');
        if !root.join(source).is_dir() {
            bail!(
                "nothing was written: by `{}` the pages lie in `{source}`, which is no folder here\n\
                 help: `bokworm init --demo` writes a small site into `content`",
                self.by
            );
        }
        self.set("folders", "source", source);
        Ok(())
    }

    /// The whole configuration.
    pub(in crate::command) fn configuration(&self) -> String {
        let mut text = String::from("#:schema ./book.schema.json\n#\n");
        let _ = writeln!(text, "# Written by `bokworm init` for {} ({}).", self.what, self.by);
        text +=
            "# Every other key, and what is so without it: `bokworm schema`, or an editor that knows TOML schemas.\n";
        text + &self.settings_text()
    }

    fn settings_text(&self) -> String {
        let mut text = String::new();
        for table in TABLES {
            let mut of_table = self.settings.iter().filter(|setting| setting.table == table).peekable();
            if of_table.peek().is_some() {
                let _ = writeln!(text, "\n[{table}]");
            }
            for Setting { key, value, .. } in of_table {
                let _ = writeln!(text, "{} = {}", shown_key(key), shown_value(value));
            }
        }
        text
    }

    /// What was found, taken and left, in lines.
    pub(in crate::command) fn told(&self) -> String {
        let mut text = format!("found {} ({}): its pages stay where they are, as they are\n", self.what, self.by);
        for Setting { table, key, value } in self.settings.iter().filter(|setting| setting.table != "redirects") {
            match value.as_array().filter(|items| items.len() > 2) {
                Some(items) => writeln!(text, "took {table}.{key}: {}", counted(items.len(), "path")),
                None => writeln!(text, "took {table}.{key} = {value}"),
            }
            .unwrap_or_default();
        }
        let redirects = self.settings.iter().filter(|setting| setting.table == "redirects").count();
        if redirects > 0 {
            let _ = writeln!(text, "took [redirects]: {} for addresses from before", counted(redirects, "line"));
        }
        for left in &self.left {
            let _ = writeln!(text, "not taken over: {left}");
        }
        for folder in &self.beside {
            let _ =
                writeln!(text, "read as bokworm's own: `{folder}`; if it is something else, name another in [folders]");
        }
        text
    }
}

/// A key as TOML has it.
fn shown_key(key: &str) -> String {
    let is_bare = key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if is_bare { key.to_owned() } else { Value::from(key).to_string() }
}

/// A value as TOML has it: of a long list each thing on a line of its own.
fn shown_value(value: &Value) -> String {
    match value {
        Value::Array(items) if items.len() > 2 => {
            items.iter().fold("[\n".to_owned(), |text, item| format!("{text}    {item},\n")) + "]"
        }
        value => value.to_string(),
    }
}

/// The first file of these names in a folder, with its text.
///
/// # Errors
/// If it is there and can't be read.
pub(super) fn first_file(root: &Path, names: &[&'static str]) -> anyhow::Result<Option<(&'static str, String)>> {
    let Some(name) = names.iter().find(|name| root.join(name).is_file()) else { return Ok(None) };
    let bytes = fs::read(root.join(name)).with_context(|| format!("`{name}` can't be read"))?;
    Ok(Some((name, String::from_utf8_lossy(&bytes).into_owned())))
}
