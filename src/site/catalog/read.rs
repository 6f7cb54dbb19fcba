//! A file of a catalogue read: a list of entries, a map of them by their ids, or a catalogue as OSCAL has it.

use super::oscal;
use super::{Catalog, CatalogEntry};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::datum::{self, Datum, DatumKind};
use crate::source::{Source, SourcePath, Span};

/// The findings that one file may bring.
const MAX_FINDINGS: usize = 100;

const SHAPE: &str = "Write a list of entries, each with an `id` and perhaps `title`, `address`, `text`.";

/// Reads a catalogue, and what is wrong with it.
pub fn read(source: &Source) -> (Catalog, Vec<Diagnostic>) {
    let mut reader = CatalogReader { path: &source.path, catalog: Catalog::new(&source.path), findings: Vec::new() };
    match datum::read_data(&source.path, &source.text) {
        Ok(root) => reader.whole(&root),
        Err(mut finding) => {
            finding.code = Code::InvalidCatalog;
            finding.severity = Code::InvalidCatalog.default_severity();
            reader.findings.push(*finding);
        }
    }
    reader.findings.truncate(MAX_FINDINGS);
    (reader.catalog, reader.findings)
}

struct CatalogReader<'a> {
    path: &'a SourcePath,
    catalog: Catalog,
    findings: Vec<Diagnostic>,
}

impl CatalogReader<'_> {
    fn whole(&mut self, root: &Datum) {
        if let Some(catalog) = root.get("catalog") {
            catalog.get("metadata").into_iter().for_each(|metadata| self.about(metadata));
            return oscal::controls(catalog).into_iter().for_each(|control| self.add(control));
        }
        match &root.kind {
            DatumKind::Nothing => {}
            DatumKind::List(items) => items.iter().for_each(|item| self.listed(item)),
            DatumKind::Map(_) => {
                self.about(root);
                let listed = root.get("entries").filter(|entries| !matches!(entries.kind, DatumKind::Text(_)));
                match &listed.unwrap_or(root).kind {
                    DatumKind::List(items) => items.iter().for_each(|item| self.listed(item)),
                    DatumKind::Map(entries) => {
                        let is_about = |key: &str| listed.is_none() && ["title", "version"].contains(&key);
                        for entry in entries.iter().filter(|entry| !is_about(&entry.key)) {
                            self.add(CatalogEntry {
                                id: entry.key.clone(),
                                span: entry.key_span,
                                ..fields(&entry.value)
                            });
                        }
                    }
                    DatumKind::Nothing | DatumKind::Text(_) => {}
                }
            }
            DatumKind::Text(_) => self.tell(root.span, "a catalogue is a list of entries".into(), SHAPE),
        }
    }

    /// What a catalogue says of itself, beside its entries.
    fn about(&mut self, of: &Datum) {
        if let Some(title) = of.text_at(&["title"]) {
            title.clone_into(&mut self.catalog.title);
        }
        if let Some(version) = of.text_at(&["version"]) {
            version.clone_into(&mut self.catalog.version);
        }
    }

    /// An entry of a list.
    fn listed(&mut self, item: &Datum) {
        if let Some(id) = item.text() {
            return self.add(CatalogEntry { id: id.to_owned(), span: item.span, ..CatalogEntry::default() });
        }
        match item.get("id").and_then(|id| Some((id.text()?, id.span))) {
            Some((id, span)) => self.add(CatalogEntry { id: id.to_owned(), span, ..fields(item) }),
            None => {
                let span = item.get("id").map_or(item.span, |id| id.span);
                let title = item.text_at(&["title"]).map_or_else(String::new, |title| format!(" `{title}`"));
                self.tell(
                    span,
                    format!("the entry{title} has no `id`, so nothing can refer to it"),
                    "Give it an `id`.",
                );
            }
        }
    }

    /// Takes up an entry.
    fn add(&mut self, entry: CatalogEntry) {
        let (id, span) = (entry.id.clone(), entry.span);
        if !self.catalog.add(entry) {
            self.tell(
                span,
                format!("the id `{id}` stands twice; the first is taken"),
                "Give each entry an id of its own.",
            );
        }
    }

    fn tell(&mut self, span: Span, message: String, help: &str) {
        self.findings.push(Diagnostic::new(Code::InvalidCatalog, self.path, span, message).with_help(help));
    }
}

/// What an entry says besides its id: a text alone is its title.
fn fields(of: &Datum) -> CatalogEntry {
    if let Some(title) = of.text() {
        return CatalogEntry { title: title.to_owned(), ..CatalogEntry::default() };
    }
    let owned = |keys: &[&str]| of.text_at(keys).map(str::to_owned);
    CatalogEntry {
        title: owned(&["title", "name"]).unwrap_or_default(),
        address: owned(&["address", "url", "link", "href"]),
        text: owned(&["text", "description", "summary"]).unwrap_or_default(),
        ..CatalogEntry::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Root;

    fn told(name: &str, text: &str) -> (Vec<String>, Vec<String>) {
        let source = Source { path: SourcePath::new(Root::Catalogs, name), text: text.into() };
        let (catalog, findings) = read(&source);
        let entry = |entry: &CatalogEntry| {
            let address = entry.address.as_deref().unwrap_or("-");
            format!("{} | {} | {address} | {}", entry.id, entry.title, entry.text)
        };
        let finding = |finding: &Diagnostic| format!("`{}` {}", finding.span.of(text), finding.message);
        let about = format!("{} {}", catalog.title, catalog.version);
        let entries = std::iter::once(about).chain(catalog.entries.iter().map(entry)).collect();
        (entries, findings.iter().map(finding).collect())
    }

    #[test]
    fn a_catalogue_is_a_list_a_map_a_table_or_oscal() {
        let list = "- id: 1.10\n  title: One\n  url: https://a.example\n- b\n";
        assert_eq!(told("iso.yaml", list).0, ["iso ", "1.10 | One | https://a.example | ", "b |  | - | "]);
        let map = "title: ISO\nversion: 2023\na: {title: A, description: What}\nb: B\n";
        assert_eq!(told("iso.yml", map).0, ["ISO 2023", "a | A | - | What", "b | B | - | "]);
        let map = "{\"title\": \"ISO\", \"entries\": {\"title\": {\"text\": \"T\"}}}";
        assert_eq!(told("iso.json", map).0, ["ISO ", "title |  | - | T"]);
        assert_eq!(told("a.csv", "id,title\na-1,\"One, two\"\n").0, ["a ", "a-1 | One, two | - | "]);
        let oscal = r#"{"catalog": {"metadata": {"title": "NIST", "version": "5"}, "groups": [{"controls": [{"id": "ac-1",
            "title": "Policy", "params": [{"id": "ac-1_prm_1", "label": "roles"}], "parts": [{"name": "statement",
            "prose": "Tell {{ insert: param, ac-1_prm_1 }}:", "parts": [{"name": "item", "prose": "first"}]},
            {"name": "guidance", "prose": "long"}], "controls": [{"id": "ac-1.1", "title": "More"}]}]}]}}"#;
        let found = ["NIST 5", "ac-1 | Policy | - | Tell [roles]: first", "ac-1.1 | More | - | "];
        assert_eq!(told("nist.json", oscal).0, found);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let text = "- id: a\n- id: A\n- title: No id\n- id:\n";
        let places =
            ["`A` the id `A` stands twice; the first is taken", "`title: No id` the entry `No id` has no `id`"];
        let found = told("a.yaml", text).1;
        assert!(found[0] == places[0] && found[1].starts_with(places[1]) && found.len() == 3, "{found:?}");
        assert_eq!(told("a.json", "[{]").1, ["`]` this is not JSON: a name in quotes is wanted here"]);
        assert_eq!(told("a.yaml", "words").1, ["`words` a catalogue is a list of entries"]);
        assert!(told("a.yaml", "").1.is_empty());
    }
}
