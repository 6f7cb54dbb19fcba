//! What `book.toml` refers to: navigation bar, footer, pictures and style sheets,
//! each with its place in that file, which a second reading of it gives.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::check::context::SiteContext;
use crate::check::links::link;
use crate::check::links::reference::Reference;
use crate::diagnostic::Diagnostic;
use crate::page::LinkKind;
use crate::source::Span;

/// The texts of a TOML file by their dotted path: `navbar.items[0].to`.
pub struct ConfigTexts {
    by_path: BTreeMap<String, (Span, String)>,
    keys: Vec<(String, Span)>,
}

impl ConfigTexts {
    /// Finds every text in a TOML file.
    pub fn read(text: &str) -> Self {
        let mut values = Self { by_path: BTreeMap::new(), keys: Vec::new() };
        let (table, _) = DeTable::parse_recoverable(text);
        values.table(text, "", table.get_ref());
        values
    }

    /// A text and its place: without its quotes where nothing in it is escaped.
    pub fn place(&self, path: &str) -> Option<(Span, &str)> {
        self.by_path.get(path).map(|(span, value)| (*span, value.as_str()))
    }

    /// All texts by their dotted paths, each with its place.
    pub fn all(&self) -> impl Iterator<Item = (&str, Span, &str)> {
        self.by_path.iter().map(|(path, (span, value))| (path.as_str(), *span, value.as_str()))
    }

    /// The place of each key by its dotted path, with its quotes.
    pub fn keys(&self) -> impl Iterator<Item = (&str, Span)> {
        self.keys.iter().map(|(path, span)| (path.as_str(), *span))
    }

    fn table(&mut self, text: &str, path: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let (span, key) = (key.span().into(), key.get_ref());
            let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            self.keys.push((path.clone(), span));
            self.value(text, path, value.span().into(), value.get_ref());
        }
    }

    fn value(&mut self, text: &str, path: String, span: Span, value: &DeValue<'_>) {
        match value {
            DeValue::String(value) => {
                let inner = Span::new((span.start + 1).min(span.end), span.end.saturating_sub(1).max(span.start + 1));
                let plain = text.get(inner.start..inner.end) == Some(value);
                self.by_path.insert(path, (if plain { inner } else { span }, value.to_string()));
            }
            DeValue::Table(below) => self.table(text, &path, below),
            DeValue::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.value(text, format!("{path}[{at}]"), item.span().into(), item.get_ref());
                }
            }
            _ => {}
        }
    }
}

pub(in crate::check) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(file) = context.configuration else { return };
    let values = ConfigTexts::read(&file.text);
    let own = context.site.language.as_ref().map(|language| format!("languages.{}.", language.code));
    for (path, kind) in references(context) {
        // What a language says of its own goes before what is said for all.
        let of_language = own.as_ref().and_then(|own| values.place(&format!("{own}{path}")));
        let Some((span, target)) = of_language.or_else(|| values.place(&path)).filter(|(_, target)| !target.is_empty())
        else {
            continue;
        };
        let resolution = &context.site.resolve_from_root(target, kind);
        let raw = file.text.get(span.start..span.end).filter(|raw| *raw == target);
        let reference = Reference { from: None, path: &file.path, span, raw, target, kind, resolution };
        findings.extend(link::judge(context, &reference));
    }
}

/// The paths of all values that refer to something.
fn references(context: &SiteContext<'_>) -> Vec<(String, LinkKind)> {
    let config = &context.site.config;
    let mut paths: Vec<(String, LinkKind)> = Vec::new();
    for at in 0..config.navbar.items.len() {
        paths.push((format!("navbar.items[{at}].to"), LinkKind::Link));
    }
    for (column, links) in config.footer.columns.iter().enumerate() {
        for at in 0..links.links.len() {
            paths.push((format!("footer.columns[{column}].links[{at}].to"), LinkKind::Link));
        }
    }
    let assessment = &config.assessment;
    let lists = [
        ("ratings", assessment.ratings.as_ref().map_or(0, Vec::len)),
        ("levels", assessment.levels.as_ref().map_or(0, Vec::len)),
        ("areas", assessment.areas.as_ref().map_or(0, Vec::len)),
    ];
    for (list, length) in lists {
        paths.extend((0..length).map(|at| (format!("assessment.{list}[{at}].link"), LinkKind::Link)));
    }
    for picture in ["site.favicon", "site.social_image", "site.logo.light", "site.logo.dark"] {
        paths.push((picture.into(), LinkKind::Image));
    }
    paths.push(("theme.card_font".into(), LinkKind::Resource));
    for at in 0..config.theme.stylesheets.len() {
        paths.push((format!("theme.stylesheets[{at}]"), LinkKind::Resource));
    }
    paths
}
