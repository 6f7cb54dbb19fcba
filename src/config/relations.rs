//! Relations between pages, `[relations.NAME]`, and what pages are called in them, `[identities]`: their types, what
//! is usual where nothing is said, and what no two of them can share.

use std::collections::HashMap;

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::query::{Expression, Term, Test};
use crate::source::{SourcePath, Span};

/// How pages say that they have to do with others: a key of the front matter that names them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RelationConfig {
    /// The key of the front matter that names the pages at the other end. By default the relation's name.
    pub key: Option<String>,
    /// What stands above those pages: `Mitigates`. By default the relation's name.
    pub label: Option<String>,
    /// What stands at the other end above the pages that lead to it: `Mitigated by`. Without it that end says nothing.
    pub inverse: Option<String>,
    /// What queries call the other end. By default its label in small letters: `mitigated-by`.
    #[cfg_attr(test, schemars(extend("format" = "relation-name")))]
    pub inverse_name: Option<String>,
    /// Which pages may have it, as a query: `in:Mitigations`. By default all.
    pub from: Option<String>,
    /// What it may lead to, as a query: `in:Risks`, or `catalog:iso-42001` for the entries of a catalogue. By default
    /// all pages.
    pub to: Option<String>,
    /// How many each page of `from` names at least.
    #[cfg_attr(test, schemars(range(min = 0, max = 1_000_000)))]
    pub min: Option<u32>,
    /// How many each page names at most.
    #[cfg_attr(test, schemars(range(min = 0, max = 1_000_000)))]
    pub max: Option<u32>,
    /// How many pages lead to each page (or entry) of `to` at least.
    #[cfg_attr(test, schemars(range(min = 0, max = 1_000_000)))]
    pub inverse_min: Option<u32>,
    /// Whether both ends are the same: if a page names another, the other names it, too.
    pub symmetric: bool,
    /// Whether no page may lead back to itself over others.
    pub acyclic: bool,
    /// Whether readers may narrow what the search finds by what pages name.
    pub facet: bool,
    /// Its place among the relations, as the file has them.
    #[serde(skip)]
    pub place: usize,
}

/// What a relation may lead to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelationTarget {
    /// The catalogues whose entries it may lead to.
    pub catalogs: Vec<String>,
    /// What pages must be like that it may lead to; nothing where all pages may be, or none (`only_catalogs`).
    pub pages: Option<Expression>,
    /// Whether it leads to no page at all.
    pub only_catalogs: bool,
}

impl RelationConfig {
    /// The key of the front matter.
    pub fn key<'c>(&'c self, name: &'c str) -> &'c str {
        self.key.as_deref().unwrap_or(name)
    }

    /// What stands above the pages that it names.
    pub fn label(&self, name: &str) -> String {
        self.label.clone().unwrap_or_else(|| {
            let spaced = name.replace(['-', '_'], " ");
            let mut letters = spaced.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
    }

    /// What queries call the other end, if it has a name.
    pub fn inverse_name(&self) -> Option<String> {
        self.inverse_name.clone().or_else(|| {
            let label = self.inverse.as_deref()?.to_lowercase();
            let words: Vec<&str> =
                label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            (!words.is_empty()).then(|| words.join("-"))
        })
    }

    /// What it may lead to. What can't be read was told already, and lets everything be.
    pub fn target(&self) -> RelationTarget {
        let expression = self.to.as_deref().and_then(|text| Expression::read(text).ok().flatten());
        let parts = match expression {
            None => return RelationTarget::default(),
            Some(Expression::Any(parts)) => parts,
            Some(one) => vec![one],
        };
        let (mut catalogs, mut others) = (Vec::new(), Vec::new());
        for part in parts {
            match catalog(&part) {
                Some(name) => catalogs.push(name),
                None => others.push(part),
            }
        }
        let only_catalogs = others.is_empty();
        let pages = if others.len() > 1 { Some(Expression::Any(others)) } else { others.pop() };
        RelationTarget { catalogs, pages, only_catalogs }
    }
}

/// The catalogue that a part of a query names: `catalog:iso-42001`.
fn catalog(part: &Expression) -> Option<String> {
    match part {
        Expression::Term(Term { name, test: Test::Is(value), .. }) if name.text == "catalog" => {
            value.pattern.text().map(str::to_owned)
        }
        _ => None,
    }
}

impl Config {
    /// The folders that `[identities]` names and that begin with `_`, as Jekyll's collections do: they are read all the same.
    pub fn underscored_folders(&self) -> Vec<String> {
        let parts = self.identities.keys().flat_map(|folder| folder.split('/'));
        parts.filter(|part| part.starts_with('_')).map(str::to_owned).collect()
    }

    /// What isn't read of the folder of the pages, by paths without a slash at their ends.
    pub fn left_out(&self) -> Vec<String> {
        let bare = |path: &String| path.trim_start_matches("./").trim_matches('/').to_owned();
        self.folders.leave_out.iter().map(bare).collect()
    }

    /// The relations in the order in which the file declares them.
    pub fn relations_in_order(&self) -> Vec<(&str, &RelationConfig)> {
        let mut all: Vec<_> = self.relations.iter().map(|(name, relation)| (name.as_str(), relation)).collect();
        all.sort_by_key(|(_, relation)| relation.place);
        all
    }
}

/// Words that queries have already.
const TAKEN: &[&str] = &[
    "tag",
    "kind",
    "in",
    "title",
    "has",
    "links-to",
    "linked-from",
    "word",
    "position",
    "updated",
    "section",
    "catalog",
    "any",
    "none",
    "today",
];

/// A file that is checked, and what is wrong with it.
struct Checked<'a, 'f> {
    path: &'a SourcePath,
    text: &'a str,
    tables: Option<&'a DeTable<'f>>,
    findings: &'a mut Vec<Diagnostic>,
}

/// Gives the relations their order, and tells what can't be as it is said.
pub(super) fn check(
    path: &SourcePath,
    text: &str,
    file: &DeTable<'_>,
    config: &mut Config,
    findings: &mut Vec<Diagnostic>,
) {
    let tables = file.get("relations").and_then(|value| value.get_ref().as_table());
    for (name, relation) in &mut config.relations {
        relation.place = tables.and_then(|all| all.get_key_value(name.as_str())).map_or(0, |(key, _)| key.span().start);
    }
    let mut checked = Checked { path, text, tables, findings };
    for (name, relation) in config.relations_in_order() {
        checked.one(name, relation);
    }
    checked.of_languages(file, config);
    let refused = checked.shared(config);
    config.relations.retain(|name, _| !refused.contains(name));
}

impl Checked<'_, '_> {
    /// Tells what is wrong with one relation by itself.
    fn one(&mut self, name: &str, relation: &RelationConfig) {
        if relation.symmetric {
            for key in ["inverse", "inverse_name"] {
                if self.value(name, key).is_none() {
                    continue;
                }
                let message = format!("`{name}` is symmetric, so its other end is called the same");
                self.tell(self.span(name, key), message, "Leave out one of the two.");
            }
        }
        if let (Some(min), Some(max)) = (relation.min, relation.max)
            && min > max
        {
            let message = format!("`{name}` wants at least {min} and at most {max}, which nothing can be");
            self.tell(self.span(name, "max"), message, "Make `max` larger, or `min` smaller.");
        }
        if relation.inverse_min.is_some() && relation.to.is_none() {
            let message = format!("`{name}` doesn't say what something must lead to");
            self.tell(self.span(name, "inverse_min"), message, "Add `to`, as in `to = \"in:Risks\"`.");
        }
        for (key, written) in [("from", &relation.from), ("to", &relation.to)] {
            let Some(written) = written else { continue };
            if let Err(fault) = Expression::read(written) {
                let inside = self.inside(self.span(name, key), written);
                let span = inside.map_or_else(|| self.span(name, key), |inside| fault.span.shifted(inside.start));
                self.tell(span, format!("`{key}` is no query: {}", fault.message), &fault.help);
            }
        }
    }

    /// What languages call the ends of relations that there are not.
    fn of_languages(&mut self, file: &DeTable<'_>, config: &Config) {
        let languages = table_at(file, "languages").into_iter().flatten();
        let tables = languages.filter_map(|(_, language)| table_at(language.get_ref().as_table()?, "relations"));
        for relations in tables {
            for (name, _) in relations.iter().filter(|(name, _)| !config.relations.contains_key(&**name.get_ref())) {
                let message = format!("there is no relation `{}`", name.get_ref());
                let help = match nearest(name.get_ref(), config.relations.keys().map(String::as_str)) {
                    Some(meant) => format!("Did you mean `{meant}`?"),
                    None => format!("Declare it as `[relations.{}]`.", name.get_ref()),
                };
                self.tell(name.span().into(), message, &help);
            }
        }
    }

    /// The relations that can't be, since they share with an earlier one what only one can have.
    fn shared(&mut self, config: &Config) -> Vec<String> {
        let (mut keys, mut names) = (HashMap::new(), HashMap::new());
        let mut refused = Vec::new();
        for (name, relation) in config.relations_in_order() {
            let key = relation.key(name).to_owned();
            if let Some(other) = keys.get(&key) {
                let message = format!("`{other}` and `{name}` both stand at `{key}` in the front matter");
                self.tell(self.span(name, "key"), message, "Give one of them a key of its own.");
                refused.push(name.to_owned());
                continue;
            }
            keys.insert(key, name.to_owned());
            let inverse = relation.inverse_name().filter(|_| !relation.symmetric);
            for (called, by) in std::iter::once((name.to_owned(), "")).chain(inverse.map(|it| (it, "inverse"))) {
                let other = names.insert(called.to_lowercase(), name.to_owned());
                let message = match other {
                    Some(other) if other == name => format!("both ends of `{name}` are called `{called}`"),
                    Some(other) => format!("`{other}` and `{name}` both have an end that is called `{called}`"),
                    None if TAKEN.contains(&called.as_str()) => format!("`{called}` says something else in queries"),
                    None => continue,
                };
                let help = match by {
                    "" => "Give it another name; `key` says how the front matter calls it.",
                    _ => "Give one of them another `inverse_name`.",
                };
                self.tell(self.span(name, by), message, help);
                refused.push(name.to_owned());
            }
        }
        refused
    }

    fn value(&self, name: &str, key: &str) -> Option<&Spanned<DeValue<'_>>> {
        self.tables?.get(name)?.get_ref().as_table()?.get(key)
    }

    /// Where the value of a key of a relation stands; the relation's name, if it isn't written.
    fn span(&self, name: &str, key: &str) -> Span {
        let named = || self.tables?.get_key_value(name).map(|(name, _)| name.span());
        self.value(name, key).map(Spanned::span).or_else(named).map(Span::from).unwrap_or_default()
    }

    /// Where a text stands without its quotes, if nothing in it is escaped.
    fn inside(&self, span: Span, written: &str) -> Option<Span> {
        let inner = Span::new(span.start + 1, span.end.checked_sub(1)?.max(span.start + 1));
        (self.text.get(inner.start..inner.end) == Some(written)).then_some(inner)
    }

    fn tell(&mut self, span: Span, message: String, help: &str) {
        self.findings.push(Diagnostic::new(Code::InvalidConfig, self.path, span, message).with_help(help));
    }
}

fn table_at<'t, 'f>(table: &'t DeTable<'f>, key: &str) -> Option<&'t DeTable<'f>> {
    table.get(key)?.get_ref().as_table()
}
