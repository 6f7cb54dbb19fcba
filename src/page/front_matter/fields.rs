//! Data turned into the fields that a page knows: lenient in what is plainly
//! meant, with a finding that names the key where it isn't.

use serde_json::Value;

use super::meta::{FrontMatter, Neighbour, Tag, value_at};
use super::yaml::BlockReading;
use super::{dates, explain, known, lists, slips};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::{Source, Span};

/// Reads the fields, and adds what is wrong with them to the findings.
pub(super) fn read(source: &Source, mut reading: BlockReading) -> (FrontMatter, Vec<Diagnostic>) {
    slips::tell(source, &mut reading);
    lists::tell(source, &mut reading);
    let mut fields = Fields { source, reading };
    fields.unknown_keys();
    let position = fields.number("sidebar_position");
    let mut meta = FrontMatter {
        title: fields.text("title"),
        description: fields.text("description"),
        id: fields.text("id"),
        slug: fields.text("slug"),
        sidebar_label: fields.text("sidebar_label"),
        sidebar_position: position.or_else(|| fields.number("weight")),
        sidebar_class_name: fields.text("sidebar_class_name"),
        tags: fields.tags(),
        defines: fields.texts("defines", false),
        list_image: fields.text("list_image"),
        image: fields.text("image"),
        keywords: fields.texts("keywords", true),
        draft: fields.switch("draft"),
        unlisted: fields.switch("unlisted"),
        hide_title: fields.switch("hide_title"),
        hide_table_of_contents: fields.switch("hide_table_of_contents"),
        toc_min_heading_level: fields.level("toc_min_heading_level"),
        toc_max_heading_level: fields.level("toc_max_heading_level"),
        pagination_prev: fields.neighbour("pagination_prev"),
        pagination_next: fields.neighbour("pagination_next"),
        pagination_label: fields.text("pagination_label"),
        custom_edit_url: fields.edit_url(),
        status: fields.text("status"),
        aliases: fields.texts("aliases", false),
        authors: fields.authors(),
        last_update: fields.date(),
        template: fields.text("template"),
        translation_key: fields.text("translation_key"),
        translated_from: fields.text("translated_from"),
        ..FrontMatter::default()
    };
    meta.data = fields.reading.data;
    meta.spans = fields.reading.spans;
    (meta, fields.reading.findings)
}

struct Fields<'a> {
    source: &'a Source,
    reading: BlockReading,
}

impl Fields<'_> {
    fn at(&self, key: &str) -> Option<&Value> {
        self.reading.data.get(key)
    }

    fn span(&self, path: &str) -> Span {
        self.reading.spans.get(path).copied().unwrap_or_default()
    }

    /// A scalar as it is written: `1.10` and not `1.1`. Nothing for lists, maps and null.
    fn scalar(&self, value: &Value, path: &str) -> Option<String> {
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => {
                let written = self.span(path).of(&self.source.text);
                let exact = !written.is_empty() && !written.starts_with('*') && !written.contains(char::is_whitespace);
                Some(if exact { written.to_owned() } else { value.to_string() })
            }
            _ => None,
        }
    }

    fn wrong(&mut self, path: &str, wanted: &str, help: &str) -> &mut Diagnostic {
        let span = self.span(path);
        let key = path.split(['.', '[']).next().unwrap_or(path);
        let value = value_at(&self.reading.data, path).unwrap_or(&Value::Null);
        let is = match value {
            Value::Null => "nothing".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "a group of keys".to_owned(),
            _ => format!("`{}`", explain::brief(span.of(&self.source.text))),
        };
        let message = format!("`{key}` must be {wanted}, but holds {is}");
        let finding = Diagnostic::new(Code::WrongType, &self.source.path, span, message).with_help(help);
        self.reading.findings.push(finding);
        let last = self.reading.findings.len() - 1;
        &mut self.reading.findings[last]
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let value = self.at(key)?;
        if value.is_null() {
            // Written and left empty is a choice, `null` is not to have it.
            return (self.span(key).start == self.span(key).end).then(String::new);
        }
        let text = self.scalar(value, key);
        if text.is_none() {
            let written = self.span(key).of(&self.source.text).to_owned();
            let span = self.span(key);
            let finding = self.wrong(key, "text", "Write one line of text, in quotes if it has brackets or colons.");
            if written.starts_with(['[', '{']) && !written.contains(['\n', '\r']) {
                finding.fix = Some(Fix::replace(span, explain::quoted(&written)));
            }
        }
        text
    }

    fn number(&mut self, key: &str) -> Option<f64> {
        let number = match self.at(key)? {
            Value::Null => return None,
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse::<f64>().ok(),
            _ => None,
        };
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            self.wrong(key, "a number", "Write a number such as `3` or `2.5`.");
        }
        number
    }

    fn level(&mut self, key: &str) -> Option<u8> {
        let number = self.number(key)?;
        let level = (1..=6).find(|level| f64::from(*level) == number);
        if level.is_none() {
            self.wrong(key, "a heading level from 1 to 6", "Write a whole number from 1 to 6.");
        }
        level
    }

    fn switch(&mut self, key: &str) -> bool {
        let meant = match self.at(key) {
            None | Some(Value::Null) => return false,
            Some(Value::Bool(value)) => Some(*value),
            Some(Value::String(text)) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "y" => Some(true),
                "false" | "no" | "off" | "n" | "" => Some(false),
                _ => None,
            },
            Some(Value::Number(number)) => match number.as_i64() {
                Some(1) => Some(true),
                Some(0) => Some(false),
                _ => None,
            },
            Some(_) => None,
        };
        if meant.is_none() {
            self.wrong(key, "`true` or `false`", "Write `true` or `false`.");
        }
        meant.unwrap_or(false)
    }

    /// Texts and where each stands, from a list or from one text with commas.
    fn items(&mut self, key: &str, commas: bool) -> Vec<(String, Span)> {
        let items = match self.reading.data.get_mut(key) {
            None | Some(Value::Null) => return Vec::new(),
            Some(value @ Value::Array(_)) => value.take(),
            Some(value) => {
                let value = value.clone();
                return self.parts(&value, key, commas);
            }
        };
        let mut found = Vec::new();
        for (index, item) in items.as_array().into_iter().flatten().enumerate() {
            let path = format!("{key}[{index}]");
            let text = self.scalar(item, &path).or_else(|| self.named(item, &path));
            match text.as_deref().map(str::trim) {
                Some("") => {}
                Some(text) => found.push((text.to_owned(), self.span(&path))),
                None if item.is_null() => {}
                None => self.wrong_entry(&path, item),
            }
        }
        self.reading.data.insert(key.to_owned(), items);
        found
    }

    fn wrong_entry(&mut self, path: &str, item: &Value) {
        let (wanted, help) = if path.starts_with("author") {
            (
                "a name",
                "Write the name, or `name: …`; a line that tells more of the author above has no dash of its own.",
            )
        } else {
            ("text", "Write one text an entry, in quotes if it holds a colon.")
        };
        let message = format!("`{path}` must be {wanted}, but holds {}", kind(item));
        let finding = Diagnostic::new(Code::WrongType, &self.source.path, self.span(path), message);
        self.reading.findings.push(finding.with_help(help));
    }

    /// An entry that is a map: `{label: …}`, `{name: …}`, or text whose colon made one of it.
    fn named(&mut self, item: &Value, path: &str) -> Option<String> {
        let map = item.as_object()?;
        for key in ["label", "name"] {
            if let Some(text) = map.get(key) {
                return self.scalar(text, &format!("{path}.{key}"));
            }
        }
        let (key, value) = map.iter().next().filter(|_| map.len() == 1 && !path.starts_with("author"))?;
        let span = self.span(path);
        let written = span.of(&self.source.text);
        let plain = self.scalar(value, &format!("{path}.{key}")).is_some();
        if !plain || written.contains(['\n', '\r', '{', '"']) {
            return None;
        }
        let message = format!("`{}` needs quotes, because a colon in it makes YAML see a key", explain::brief(written));
        let finding = Diagnostic::new(Code::UnquotedValue, &self.source.path, span, message)
            .with_help("Put the value in quotes.")
            .with_fix(Fix::replace(span, explain::quoted(written)));
        let text = written.to_owned();
        self.reading.findings.push(finding);
        Some(text)
    }

    /// One value where a list is usual: `a, b` or `a`.
    fn parts(&mut self, value: &Value, key: &str, commas: bool) -> Vec<(String, Span)> {
        let span = self.span(key);
        let Some(text) = self.scalar(value, key) else {
            self.wrong(key, "a list", "Write one entry a line, each after `- `.");
            return Vec::new();
        };
        let written = span.of(&self.source.text);
        let mut from = Some(0);
        let mut found = Vec::new();
        for part in text.split(|c| commas && c == ',').map(str::trim).filter(|part| !part.is_empty()) {
            let place = from.and_then(|from| written[from..].find(part).map(|at| from + at));
            from = place.map(|at| at + part.len());
            let span = place.map_or(span, |at| Span::new(span.start + at, span.start + at + part.len()));
            found.push((part.to_owned(), span));
        }
        found
    }

    fn texts(&mut self, key: &str, commas: bool) -> Vec<String> {
        self.items(key, commas).into_iter().map(|(text, _)| text).collect()
    }

    fn tags(&mut self) -> Vec<Tag> {
        let mut seen = std::collections::HashSet::new();
        let mut tags = Vec::new();
        for (label, span) in self.items("tags", true) {
            if seen.insert(label.clone()) {
                tags.push(Tag { label, span });
                continue;
            }
            let message = format!("the tag `{}` stands twice", explain::brief(&label));
            let mut finding =
                Diagnostic::new(Code::RepeatedTag, &self.source.path, span, message).with_help("Keep one of them.");
            finding.fix = whole_line(&self.source.text, span)
                .map(|span| Edit { span, replacement: String::new() })
                .map(|edit| Fix { title: "remove the second one".into(), edits: vec![edit] });
            self.reading.findings.push(finding);
        }
        tags
    }

    fn neighbour(&mut self, key: &str) -> Neighbour {
        match self.at(key) {
            None => Neighbour::Sidebar,
            Some(Value::Null | Value::Bool(false)) => Neighbour::Nothing,
            Some(_) => self.text(key).filter(|page| !page.is_empty()).map_or(Neighbour::Sidebar, Neighbour::Page),
        }
    }

    fn edit_url(&mut self) -> Option<Option<String>> {
        match self.at("custom_edit_url")? {
            Value::Null | Value::Bool(false) => Some(None),
            _ => self.text("custom_edit_url").map(Some),
        }
    }

    fn authors(&mut self) -> Vec<String> {
        let mut authors: Vec<String> = Vec::new();
        for key in ["authors", "author"] {
            let names = match self.at(key) {
                Some(Value::Object(map)) if map.contains_key("name") => {
                    let name = map["name"].clone();
                    self.scalar(&name, &format!("{key}.name")).into_iter().collect()
                }
                _ => self.texts(key, false),
            };
            for name in names {
                if !authors.contains(&name) {
                    authors.push(name);
                }
            }
        }
        authors
    }

    fn date(&mut self) -> Option<String> {
        let mut keys = vec!["lastmod", "date"];
        match self.at("last_update") {
            Some(Value::Object(_)) => keys.insert(0, "last_update.date"),
            Some(_) => keys.insert(0, "last_update"),
            None => {}
        }
        // The first of them counts; a mistake is told wherever it stands.
        let dates: Vec<Option<Option<String>>> = keys.into_iter().map(|key| self.day(key)).collect();
        dates.into_iter().flatten().next().flatten()
    }

    /// The day at a path: nothing where there is no value, and nothing in it where that is no day.
    fn day(&mut self, path: &str) -> Option<Option<String>> {
        let value = value_at(&self.reading.data, path).filter(|value| !value.is_null())?.clone();
        let text = self.scalar(&value, path);
        if let Some(text) = text.as_deref().filter(|text| dates::is_date(text)) {
            return Some(Some(text.to_owned()));
        }
        let span = self.span(path);
        if text.as_deref().is_some_and(dates::is_impossible) {
            let finding = slips::no_such_day(self.source, path, span);
            self.reading.findings.push(finding);
            return Some(None);
        }
        let finding = self.wrong(path, "a date", "Write year, month and day, such as `2026-03-31`.");
        finding.fix = text.as_deref().and_then(dates::meant).map(|date| Fix::replace(span, date));
        Some(None)
    }

    /// Keys that nothing reads, and that look like one that is read.
    fn unknown_keys(&mut self) {
        for (key, span) in std::mem::take(&mut self.reading.keys) {
            let Some(meant) = known::nearest(&key).filter(|meant| !self.reading.data.contains_key(*meant)) else {
                continue;
            };
            let message = format!("`{}` is not a key that pages know; `{meant}` is", explain::brief(&key));
            let finding = Diagnostic::new(Code::UnknownKey, &self.source.path, span, message)
                .with_help(format!("Write `{meant}` if that is meant."))
                .with_fix(Fix::replace(span, meant));
            self.reading.findings.push(finding);
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "a list",
        Value::Object(_) => "a group of keys",
        _ => "something else",
    }
}

/// The line of an entry that stands alone on it, with its end.
fn whole_line(text: &str, span: Span) -> Option<Span> {
    let before = text[..span.start].trim_end_matches([' ', '\t']).strip_suffix('-')?.trim_end_matches([' ', '\t']);
    let rest = &text[span.end..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let end = ["\r\n", "\n", "\r"].into_iter().find(|end| rest[gap..].starts_with(end))?;
    before.ends_with(['\n', '\r']).then(|| Span::new(before.len(), span.end + gap + end.len()))
}
