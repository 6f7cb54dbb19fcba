//! The text of `book.toml` to a `Config`, with everything that is wrong in it at
//! once. What can't be used keeps its default, so that a preview can go on.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::walk::SchemaWalk;
use super::{Config, Folders, Language, LanguageConfig, UrlStyle, assessment, format, relations, schema};
use crate::conflict;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourcePath, Span};

/// Past these, findings are only counted.
const MOST_FINDINGS: usize = 100;

/// Reads a configuration and says what is wrong with it, in the order of places. Every finding is an
/// error: a key that is misspelt would otherwise be a wish that is silently ignored.
pub fn parse(path: &SourcePath, text: &str) -> (Config, Vec<Diagnostic>) {
    let (file, broken) = DeTable::parse_recoverable(text);
    let schema = schema();
    let mut walk = SchemaWalk { schema: &schema, path, findings: syntax(path, text, &broken) };
    let values = walk.file(file.get_ref());
    let mut findings = walk.findings;
    let mut config = typed(path, values, &mut findings);
    check_languages(path, file.get_ref(), &mut config, &mut findings);
    assessment::check(path, text, &mut config, &mut findings);
    relations::check(path, text, file.get_ref(), &mut config, &mut findings);
    slash_of_style(path, file.get_ref(), &mut config, &mut findings);
    base_path_of_address(path, file.get_ref(), &mut config, &mut findings);
    output_apart(path, file.get_ref(), &mut config, &mut findings);
    findings.sort_by_key(|finding| finding.span);
    let conflicts = conflict::find(text, &[]);
    if !conflicts.is_empty() {
        // All else that is wrong comes of their lines.
        findings = conflicts.into_iter().map(|conflict| conflict::finding(text, path, conflict)).collect();
    }
    cut(path, &mut findings);
    (config, findings)
}

/// Whether a file of the same name is mdBook's: what stands at its top is known there, and `[book]` is among it.
pub fn is_of_mdbook(text: &str) -> bool {
    let (file, _) = DeTable::parse_recoverable(text);
    let keys = || file.get_ref().keys().map(|key| &**key.get_ref());
    keys().any(|key| key == "book") && keys().all(|key| MDBOOK.contains(&key))
}

const MDBOOK: [&str; 5] = ["book", "build", "output", "preprocessor", "rust"];

/// Leaves as many findings as anyone reads: a file in which everything is wrong is another file.
fn cut(path: &SourcePath, findings: &mut Vec<Diagnostic>) {
    let more = findings.len().saturating_sub(MOST_FINDINGS);
    if let Some(first_left_out) = findings.get(MOST_FINDINGS).map(|finding| finding.span) {
        findings.truncate(MOST_FINDINGS);
        let message = format!("there are {more} more mistakes from here on");
        findings.push(Diagnostic::new(Code::InvalidConfig, path, first_left_out, message));
    }
}

/// Where a value stands in the text of a configuration: `["footer", "columns", "0", "title"]`. For
/// findings about what the configuration says, such as a link that leads nowhere.
pub fn place(text: &str, path: &[&str]) -> Option<Span> {
    let (file, _) = DeTable::parse_recoverable(text);
    let (first, rest) = path.split_first()?;
    let mut value: &Spanned<DeValue<'_>> = file.get_ref().get(*first)?;
    for part in rest {
        value = match value.get_ref() {
            DeValue::Table(entries) => entries.get(*part)?,
            DeValue::Array(items) => items.get(part.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value.span().into())
}

/// What the TOML parser stumbled over: the first on each line, since the others follow from it.
fn syntax(path: &SourcePath, text: &str, errors: &[toml::de::Error]) -> Vec<Diagnostic> {
    let mut places: Vec<(Span, &str)> = errors.iter().map(|error| (span_of(error, text), error.message())).collect();
    places.sort();
    let mut findings = Vec::new();
    let mut told_until = 0;
    for (span, message) in places {
        if span.start < told_until {
            continue;
        }
        let (message, help) = in_words(message, span.of(text));
        findings.push(Diagnostic::new(Code::InvalidConfig, path, span, message).with_help(help));
        told_until = text[span.start..].find('\n').map_or(text.len(), |length| span.start + length + 1);
    }
    findings
}

/// The parser's place, brought to character boundaries of the text.
fn span_of(error: &toml::de::Error, text: &str) -> Span {
    let range = error.span().unwrap_or(text.len()..text.len());
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let start = boundary(range.start);
    Span::new(start, boundary(range.end).max(start))
}

/// The parser's words for what people do most, in everybody's.
fn in_words(message: &str, place: &str) -> (String, &'static str) {
    const TABLE_OR_KEY: &str =
        "A line is a table, as in `[site]`, or a key with its value, as in `title = \"Handbook\"`.";
    if message.starts_with("duplicate key") && place.len() < 100 {
        return (format!("`{place}` stands twice"), "Keep one, and write what belongs to a table below it once.");
    }
    if message.starts_with("invalid basic string, expected `\"`") {
        return ("a text is opened here but not closed on its line".into(), "Put a `\"` at its end.");
    }
    if message.starts_with("key with no value") {
        return ("a key has no value".into(), "Write it as in `title = \"Handbook\"`.");
    }
    if message.starts_with("unclosed table") {
        return ("the heading of a table is not closed".into(), "Put a `]` at its end, as in `[site]`.");
    }
    (format!("this is not TOML: {message}"), TABLE_OR_KEY)
}

/// The values as types. The walk let nothing through that doesn't fit, so a failure here means that
/// the schema and the types have drifted apart; it is told all the same.
fn typed(path: &SourcePath, values: serde_json::Map<String, Value>, findings: &mut Vec<Diagnostic>) -> Config {
    serde_path_to_error::deserialize(Value::Object(values)).unwrap_or_else(|error| {
        let message = format!("`{}` can't be used: {}", error.path(), error.inner());
        findings.push(Diagnostic::new(Code::InvalidConfig, path, Span::at(0), message));
        Config::default()
    })
}

/// A path in `site.url` is the base path, unless `site.base_path` says another.
fn base_path_of_address(path: &SourcePath, file: &DeTable<'_>, config: &mut Config, findings: &mut Vec<Diagnostic>) {
    let Ok((origin, base_path)) = format::split_address(&config.site.url) else { return };
    let written = value_span(file, "site", "base_path").is_some();
    if written && base_path != "/" && base_path != config.site.base_path {
        let span = value_span(file, "site", "url").unwrap_or_default();
        let message = format!("`site.url` holds the path `{base_path}`, but `site.base_path` says another");
        findings.push(
            Diagnostic::new(Code::InvalidConfig, path, span, message)
                .with_help("Leave the path out of the one, or leave the other out."),
        );
    }
    if !written {
        config.site.base_path = base_path;
    }
    config.site.url = origin;
}

/// A page that is a file answers without a slash, so none can be asked for.
fn slash_of_style(path: &SourcePath, file: &DeTable<'_>, config: &mut Config, findings: &mut Vec<Diagnostic>) {
    if config.urls.style != UrlStyle::File {
        return;
    }
    if let Some(span) = value_span(file, "urls", "trailing_slash").filter(|_| config.urls.trailing_slash) {
        let message = "addresses can't end with a slash where `style` is `file`: no host looks for `a.html` at `/a/`";
        let help = "Write `style = \"folder\"`, or leave `trailing_slash` out.";
        findings.push(Diagnostic::new(Code::InvalidConfig, path, span, message).with_help(help));
    }
    config.urls.trailing_slash = false;
}

/// The published site is replaced as a whole, so it must share no folder with what it is made from.
fn output_apart(path: &SourcePath, file: &DeTable<'_>, config: &mut Config, findings: &mut Vec<Diagnostic>) {
    let Folders { source, static_files, templates, catalogs, data, output, .. } = &config.folders;
    let others = [("static", static_files), ("templates", templates), ("catalogs", catalogs), ("data", data)];
    // Pages of the whole project are read around the published site.
    let of_pages = (source != "." || output == ".").then_some(("source", source));
    let found = of_pages.into_iter().chain(others).find(|(_, folder)| overlap(output, folder));
    let Some((key, other)) = found else { return };
    let span = value_span(file, "folders", "output").or_else(|| value_span(file, "folders", key)).unwrap_or_default();
    let message = format!("`folders.output` (`{output}`) and `folders.{key}` (`{other}`) lie in each other");
    let help = "The published site replaces what lies in its folder: give it one of its own, as in `public`.";
    findings.push(Diagnostic::new(Code::InvalidConfig, path, span, message).with_help(help));
    config.folders = Folders::default();
}

/// Gives the languages their order, and tells what no two of them can share.
fn check_languages(path: &SourcePath, file: &DeTable<'_>, config: &mut Config, findings: &mut Vec<Diagnostic>) {
    let Some(tables) = file.get("languages").and_then(|value| value.get_ref().as_table()) else { return };
    for (code, table) in &mut config.languages {
        table.place = tables.get_key_value(code.as_str()).map_or(0, |(key, _)| key.span().start);
    }
    second_original(path, tables, config, findings);
    let mut known: Vec<Language> = Vec::new();
    let mut shared = Vec::new();
    for language in config.languages() {
        let clash = known.iter().find_map(|other| {
            if other.code.eq_ignore_ascii_case(&language.code) {
                return Some((other, "code", "are the same language".to_owned()));
            }
            if other.prefix == language.prefix {
                return Some((other, "prefix", format!("would both be published at `{}/`", other.prefix)));
            }
            let same_folder = other.folder == language.folder;
            same_folder
                .then(|| (other, "source", format!("both take their pages from `{}`", config.shown_folder(&language))))
        });
        let table = config.languages.get(&language.code);
        if let Some(source) = table.and_then(|table| table.source.as_deref())
            && !(config.folders.source == "." || overlap_below(&config.folders.source, source))
        {
            let written =
                tables.get(language.code.as_str()).and_then(|table| table.get_ref().as_table()?.get("source"));
            let span = written.map_or_else(Span::default, |value| value.span().into());
            let message = format!("`{source}` does not lie in the folder of the pages, `{}`", config.folders.source);
            let help = "`folders.source` names the folder that holds the folders of all languages.";
            findings.push(Diagnostic::new(Code::InvalidConfig, path, span, message).with_help(help));
            shared.push(language.code.clone());
            continue;
        }
        if let Some((other, key, why)) = clash {
            let table = |code: &str| tables.get(code).and_then(|table| table.get_ref().as_table()?.get(key));
            let written = table(&language.code).or_else(|| table(&other.code)).map(toml::Spanned::span);
            let named = tables.get_key_value(language.code.as_str()).map(|(name, _)| name.span());
            let span = written.or(named).map(Span::from).unwrap_or_default();
            let message = format!("`{}` and `{}` {why}", other.code, language.code);
            let help = match key {
                "code" => "Keep one of them.".to_owned(),
                "prefix" => {
                    format!("Give one a prefix of its own, as in `prefix = \"/{}\"`.", language.code.to_lowercase())
                }
                _ => "Give each a folder of its own; pages of one folder may say their language in their name, as in \
                      `guide.ja.md`."
                    .to_owned(),
            };
            findings.push(Diagnostic::new(Code::InvalidConfig, path, span, message).with_help(help));
            shared.push(language.code.clone());
        }
        known.push(language);
    }
    config.languages.retain(|code, _| !shared.contains(code));
}

/// Tells the second of two languages that both say the others are translations of them.
fn second_original(path: &SourcePath, tables: &DeTable<'_>, config: &mut Config, findings: &mut Vec<Diagnostic>) {
    let mut claiming: Vec<(&String, &mut LanguageConfig)> =
        config.languages.iter_mut().filter(|(_, table)| table.default).collect();
    claiming.sort_by_key(|(_, table)| table.place);
    let mut claiming = claiming.into_iter();
    let Some((first, _)) = claiming.next() else { return };
    for (code, table) in claiming {
        table.default = false;
        let written = tables.get(code.as_str()).and_then(|table| table.get_ref().as_table()?.get("default"));
        let span = written.map_or_else(Span::default, |value| value.span().into());
        let message = format!("`{first}` and `{code}` both say `default`, and the others are translations of one");
        findings.push(
            Diagnostic::new(Code::InvalidConfig, path, span, message).with_help("Leave it with the original only."),
        );
    }
}

/// Whether a folder is another or lies in it.
fn overlap_below(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Config {
    /// A language's folder as the file writes it.
    fn shown_folder(&self, language: &Language) -> String {
        let parts = [self.folders.source.as_str(), language.folder.as_str()];
        parts.into_iter().filter(|part| !matches!(*part, "" | ".")).collect::<Vec<_>>().join("/")
    }
}

/// Whether one folder is the other or holds it.
fn overlap(one: &str, other: &str) -> bool {
    let holds = |outer: &str, inner: &str| {
        outer == "."
            || inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            // `..`, `../..` hold the whole project.
            || outer.split('/').all(|part| part == "..")
    };
    holds(one, other) || holds(other, one)
}

/// Where the value of a key in a table stands.
fn value_span(file: &DeTable<'_>, table: &str, key: &str) -> Option<Span> {
    Some(file.get(table)?.get_ref().as_table()?.get(key)?.span().into())
}
