//! KnownKeys of `tags.yml` and of `_category_` files that nothing reads, and that are close to one that is read.

use serde_json::Value;

use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::nearest::nearest;
use crate::page::front_matter::parse_yaml_data;
use crate::source::{Source, Span};

/// What a tag of the vocabulary may say of itself.
const OF_TAGS: &[&str] = &["label", "permalink", "description", "kind", "aliases"];

/// What a folder may say of itself; the last two are for other programs.
const OF_FOLDERS: &[&str] =
    &["label", "position", "className", "link", "collapsed", "collapsible", "customProps", "description", "key"];

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    if context.others.is_none() {
        return;
    }
    for source in context.sources {
        let name = source.path.file_name();
        if name.starts_with("_category_.") {
            let (data, spans, _) = parse_yaml_data(&source.path, &source.text);
            let keys = KnownKeys { source, known: OF_FOLDERS, of: "folders" };
            keys.tell(&Value::Object(data), |key| spans.get(key).copied(), findings);
        } else if matches!(source.path.as_str(), "tags.yml" | "tags.yaml") {
            let (data, spans, _) = parse_yaml_data(&source.path, &source.text);
            let keys = KnownKeys { source, known: OF_TAGS, of: "tags" };
            for (tag, word) in &data {
                keys.tell(word, |key| spans.get(&format!("{tag}.{key}")).copied(), findings);
            }
        }
    }
}

/// The keys that a file knows.
struct KnownKeys<'a> {
    source: &'a Source,
    known: &'static [&'static str],
    of: &'static str,
}

impl KnownKeys<'_> {
    fn tell(&self, value: &Value, place: impl Fn(&str) -> Option<Span>, findings: &mut Vec<Diagnostic>) {
        let Some(data) = value.as_object() else { return };
        let known = self.known.iter().copied();
        for key in data.keys().filter(|key| !self.known.contains(&key.as_str())) {
            let Some(meant) = nearest(key, known.clone()).filter(|meant| !data.contains_key(*meant)) else { continue };
            let message = format!("`{key}` is not a key that {} know; `{meant}` is", self.of);
            let value = place(key).unwrap_or_default();
            // Its key stands before it.
            let text = &self.source.text;
            let before = text.get(..value.start).and_then(|before| before.rfind(key.as_str()));
            let span = before.map(|start| Span::new(start, start + key.len()));
            let finding = Diagnostic::new(Code::UnknownKey, &self.source.path, span.unwrap_or(value), message)
                .with_help(format!("Write `{meant}` if that is meant."));
            findings.push(match span {
                Some(span) => finding.with_fix(Fix::replace(span, meant)),
                None => finding,
            });
        }
    }
}
