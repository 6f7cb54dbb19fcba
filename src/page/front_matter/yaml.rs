//! A normalised YAML block turned into data, with the place of each value in the
//! file. The tree gives places and order, gray_matter gives the values; where each of these
//! is what it is written as, they are made of the tree one by one, without another parse.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use gray_matter::Pod;
use gray_matter::engine::{Engine, YAML};
use serde_json::{Map, Number, Value};
use yaml_rust2::Yaml;

use super::block::MatterBlock;
use super::explain;
use super::meta::{Data, DataSpans};
use super::tree::{Document, YamlEntry, YamlKind, YamlNode};
use crate::diagnostic::Diagnostic;
use crate::source::{SourcePath, Span};

/// The bytes of a path whose place is kept: deep maps with long keys would come to gigabytes.
pub(super) const MAX_PATH: usize = 400;

/// What a block says.
#[derive(Debug, Default)]
pub(super) struct BlockReading {
    /// Its values, in order.
    pub data: Data,
    /// The place of each value.
    pub spans: DataSpans,
    /// The place of each key at the top, in order.
    pub keys: Vec<(String, Span)>,
    /// What is wrong.
    pub findings: Vec<Diagnostic>,
}

/// Reads the values of a tree.
pub(super) fn read(path: &SourcePath, block: &MatterBlock, document: &Document) -> Result<BlockReading, String> {
    let mut reading = BlockReading::default();
    for cut in &document.cut {
        reading.findings.push(explain::cut(path, block, cut));
    }
    let goes_on = |end: &usize| block.text[*end..].lines().skip(1).any(|line| !line.trim().is_empty());
    if let Some(end) = document.end.filter(goes_on) {
        reading.findings.push(explain::second_document(path, block, end));
    }
    let Some(YamlNode { kind: YamlKind::Map(entries), .. }) = &document.root else { return Ok(reading) };
    let repeated = repeated(entries);
    let values = match document.indirect || document.end.is_some() || !repeated.is_empty() {
        true => Some(values(&block.text[..document.end.unwrap_or(block.text.len())], &repeated)?),
        false => None,
    };
    for entry in &repeated {
        let name = entry.key.as_deref().unwrap_or_default();
        reading.findings.push(explain::repeated(path, name, block.span(entry.key_span)));
    }
    let repeated = repeated.iter().map(|entry| entry.key_span).collect();
    let mut walk =
        YamlWalk { block, repeated, odd_keys: Vec::new(), spans: DataSpans::new(), path: String::with_capacity(64) };
    reading.data = walk.map(entries, values);
    reading.findings.extend(walk.odd_keys.iter().map(|key| explain::odd_key(path, block, *key)));
    reading.spans = walk.spans;
    reading.keys = entries
        .iter()
        .filter(|entry| !walk.repeated.contains(&entry.key_span))
        .filter_map(|entry| Some((entry.key.clone()?, block.span(entry.key_span))))
        .collect();
    Ok(reading)
}

/// The data of a text as its tree has it, and as gray_matter has it; nothing where only one of them is asked.
#[cfg(test)]
pub(super) fn both_ways(text: &str) -> Option<(Data, Data)> {
    let block = MatterBlock::of(text, Span::new(0, text.len()));
    let document =
        super::tree::read(&block.text).ok().filter(|document| !document.indirect && document.end.is_none())?;
    let Some(YamlNode { kind: YamlKind::Map(entries), .. }) = &document.root else { return None };
    if !repeated(entries).is_empty() {
        return None;
    }
    let read = |values| {
        let (repeated, odd_keys, spans) = Default::default();
        YamlWalk { block: &block, repeated, odd_keys, spans, path: String::new() }.map(entries, values)
    };
    let values = values(&block.text, &[]).unwrap();
    Some((read(None), read(Some(values))))
}

/// The values of a text as gray_matter reads them.
fn values(text: &str, repeated: &[&YamlEntry]) -> Result<HashMap<String, Pod>, String> {
    let pod = if repeated.is_empty() { YAML::parse(text) } else { YAML::parse(&told_apart(text, repeated)) };
    match pod.map_err(|error| error.to_string())? {
        Pod::Hash(values) => Ok(values),
        _ => Ok(HashMap::new()),
    }
}

/// The entries whose key stands before them in the same map, at any depth.
fn repeated(entries: &[YamlEntry]) -> Vec<&YamlEntry> {
    fn visit<'a>(node: &'a YamlNode, found: &mut Vec<&'a YamlEntry>) {
        match &node.kind {
            YamlKind::List(items) => items.iter().for_each(|item| visit(item, found)),
            YamlKind::Map(entries) => visit_map(entries, found),
            YamlKind::Scalar { .. } | YamlKind::Alias => {}
        }
    }
    fn visit_map<'a>(entries: &'a [YamlEntry], found: &mut Vec<&'a YamlEntry>) {
        let mut seen = HashSet::with_capacity(entries.len());
        for entry in entries {
            if entry.key.as_deref().is_some_and(|key| !seen.insert(key)) {
                found.push(entry);
            }
            visit(&entry.value, found);
        }
    }
    let mut found = Vec::new();
    visit_map(entries, &mut found);
    found
}

/// The text with another name for each repeated key, which the YAML parser refuses.
fn told_apart(text: &str, repeated: &[&YamlEntry]) -> String {
    let mut apart = String::with_capacity(text.len() + 32 * repeated.len());
    let mut at = 0;
    for (index, entry) in repeated.iter().enumerate() {
        apart.push_str(&text[at..entry.key_span.start]);
        apart.push_str(&format!("\"repeated key {index}\""));
        at = entry.key_span.end;
    }
    apart.push_str(&text[at..]);
    apart
}

/// Goes through tree and values together.
struct YamlWalk<'a> {
    block: &'a MatterBlock,
    repeated: HashSet<Span>,
    /// Keys that are lists, maps or aliases, which data cannot have.
    odd_keys: Vec<Span>,
    spans: DataSpans,
    /// The path of the value at hand.
    path: String,
}

impl YamlWalk<'_> {
    /// The data of a map: with these values, or with those that are written.
    fn map(&mut self, entries: &[YamlEntry], mut values: Option<HashMap<String, Pod>>) -> Data {
        let mut data = Map::with_capacity(entries.len());
        for entry in entries {
            if self.repeated.contains(&entry.key_span) {
                continue;
            }
            let Some(key) = entry.key.as_deref() else {
                self.odd_keys.push(entry.key_span);
                continue;
            };
            let pod = values
                .as_mut()
                .map(|values| values.remove(key).or_else(|| values.remove(&*pod_key(key))).unwrap_or(Pod::Null));
            let length = self.path.len();
            if length > 0 {
                self.path.push('.');
            }
            self.path.push_str(key);
            let value = self.value(&entry.value, pod);
            self.path.truncate(length);
            data.insert(key.to_owned(), value);
        }
        data
    }

    fn value(&mut self, node: &YamlNode, pod: Option<Pod>) -> Value {
        if self.path.len() <= MAX_PATH {
            self.spans.insert(self.path.clone(), self.block.span(node.span));
        }
        match (&node.kind, pod) {
            (YamlKind::Map(entries), Some(Pod::Hash(values))) => Value::Object(self.map(entries, Some(values))),
            (YamlKind::Map(entries), None) => Value::Object(self.map(entries, None)),
            (YamlKind::List(nodes), Some(Pod::Array(pods))) if nodes.len() == pods.len() => {
                self.list(nodes.iter().zip(pods.into_iter().map(Some)))
            }
            (YamlKind::List(nodes), None) => self.list(nodes.iter().zip(std::iter::repeat(None))),
            (YamlKind::Scalar { text, plain: true }, Some(pod)) => scalar(text, pod),
            (YamlKind::Scalar { text, plain: true }, None) => scalar(text, Yaml::from_str(text).into()),
            (YamlKind::Scalar { text, plain: false }, None) => Value::String(text.clone()),
            (_, Some(pod)) => plain_value(pod),
            (YamlKind::Alias, None) => Value::Null,
        }
    }

    fn list<'n>(&mut self, items: impl Iterator<Item = (&'n YamlNode, Option<Pod>)>) -> Value {
        let length = self.path.len();
        let item = |(index, (node, pod)): (usize, (&YamlNode, Option<Pod>))| {
            let _ = write!(self.path, "[{index}]");
            let value = self.value(node, pod);
            self.path.truncate(length);
            value
        };
        Value::Array(items.enumerate().map(item).collect())
    }
}

/// The value of a scalar without quotes.
fn scalar(text: &str, pod: Pod) -> Value {
    match pod {
        // JSON has no infinity, and gray_matter makes it 0.
        Pod::Float(number) => {
            let written = text.contains(|c: char| c.is_ascii_digit()).then(|| Number::from_f64(number)).flatten();
            written.map_or_else(|| Value::String(text.to_owned()), Value::Number)
        }
        pod => plain_value(pod),
    }
}

/// The key that gray_matter makes of one: a number is written anew.
fn pod_key(key: &str) -> std::borrow::Cow<'_, str> {
    if key.starts_with(|c: char| c.is_ascii_digit() || "+-.~TFN".contains(c)) || key.is_empty() {
        match Yaml::from_str(key) {
            Yaml::Integer(number) => return number.to_string().into(),
            Yaml::Boolean(value) => return value.to_string().into(),
            Yaml::Null => return "null".into(),
            _ => {}
        }
    }
    key.into()
}

/// A value whose tree is elsewhere, behind an alias: its keys in the order of their names.
fn plain_value(pod: Pod) -> Value {
    match pod {
        Pod::Null => Value::Null,
        Pod::String(text) => Value::String(text),
        Pod::Integer(number) => number.into(),
        Pod::Float(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        Pod::Boolean(value) => value.into(),
        Pod::Array(items) => items.into_iter().map(plain_value).collect(),
        Pod::Hash(values) => {
            let mut values: Vec<_> = values.into_iter().collect();
            values.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            values.into_iter().map(|(key, pod)| (key, plain_value(pod))).collect()
        }
    }
}
