//! Catalogues as NIST publishes them (OSCAL, in JSON): groups of controls within each other, whose prose stands in parts
//! and has parameters in it.

use super::CatalogEntry;
use crate::page::datum::Datum;

/// Parts of controls within each other, and groups.
const MAX_DEPTH: usize = 16;

/// All controls of a catalogue, those within others after these.
pub(super) fn controls(catalog: &Datum) -> Vec<CatalogEntry> {
    let mut found = Vec::new();
    group(&mut found, catalog, 0);
    found
}

fn group(found: &mut Vec<CatalogEntry>, of: &Datum, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    for inner in of.get("groups").map(Datum::items).unwrap_or_default() {
        group(found, inner, depth + 1);
    }
    for control in of.get("controls").map(Datum::items).unwrap_or_default() {
        if let Some(id) = control.get("id").filter(|id| id.text().is_some()) {
            let mut text = String::new();
            prose(control, control, 0, &mut text);
            found.push(CatalogEntry {
                id: id.text().unwrap_or_default().to_owned(),
                title: control.text_at(&["title"]).unwrap_or_default().to_owned(),
                address: address(control),
                text,
                span: id.span,
            });
        }
        group(found, control, depth + 1);
    }
}

/// The address of the first link that says where the control can be read.
fn address(control: &Datum) -> Option<String> {
    let links = control.get("links").map(Datum::items).unwrap_or_default();
    let href = |link: &Datum| link.text_at(&["href"]).filter(|href| href.contains("://")).map(str::to_owned);
    links.iter().find_map(href)
}

/// The prose of the parts that say what is to be done, without guidance and what assessors look at.
fn prose(control: &Datum, of: &Datum, depth: usize, out: &mut String) {
    for part in of.get("parts").map(Datum::items).unwrap_or_default() {
        let name = part.text_at(&["name"]).unwrap_or_default();
        if depth > MAX_DEPTH || !matches!(name, "statement" | "item" | "overview") {
            continue;
        }
        if let Some(text) = part.text_at(&["prose"]) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&with_parameters(control, text));
        }
        prose(control, part, depth + 1, out);
    }
}

/// A text with what its parameters are called in place of `{{ insert: param, ac-1_prm_1 }}`.
fn with_parameters(control: &Datum, text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{")
        && let Some((inside, after)) = after.split_once("}}")
    {
        out.push_str(before);
        let id = inside.rsplit([',', ' ']).find(|word| !word.is_empty()).unwrap_or_default();
        let parameters = control.get("params").map(Datum::items).unwrap_or_default();
        let parameter = parameters.iter().find(|parameter| parameter.text_at(&["id"]) == Some(id));
        let label = parameter.and_then(|parameter| parameter.text_at(&["label"])).unwrap_or(id);
        out.extend(["[", label, "]"]);
        rest = after;
    }
    out.push_str(rest);
    out
}
