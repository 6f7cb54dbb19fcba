//! A parsed `book.toml` held against the schema: what fits is kept as plain values,
//! what doesn't becomes a finding at its place and is left out, so that one mistake
//! hides no other.

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::format;
use super::schema::{TableSchema, Wants};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::nearest::nearest;
use crate::source::{SourcePath, Span};

/// A help that names more keys than these is not read.
const MOST_LISTED: usize = 16;

/// The walk and what it has found so far.
pub(super) struct SchemaWalk<'a> {
    /// The schema of the whole file.
    pub(super) schema: &'a Value,
    /// The file that findings name.
    pub(super) path: &'a SourcePath,
    /// What is wrong, in the order of the walk.
    pub(super) findings: Vec<Diagnostic>,
}

/// Where the walk is: the table's dotted name, and whether it is one of several.
#[derive(Clone, Copy)]
struct WalkPlace<'a> {
    name: &'a str,
    listed: bool,
}

impl WalkPlace<'_> {
    /// The table as the file writes it.
    fn table(self) -> String {
        match (self.name, self.listed) {
            ("", _) => "book.toml".to_owned(),
            (name, false) => format!("[{name}]"),
            (name, true) => format!("[[{name}]]"),
        }
    }

    /// The dotted name of a key in it.
    fn key(self, key: &str) -> String {
        let key = short(key);
        if self.name.is_empty() { key } else { format!("{}.{key}", self.name) }
    }
}

impl SchemaWalk<'_> {
    /// Walks the whole file.
    pub(super) fn file(&mut self, file: &DeTable<'_>) -> Map<String, Value> {
        match Wants::of(self.schema, self.schema) {
            Some(Wants::Table(table)) => self.entries(file, table, WalkPlace { name: "", listed: false }),
            _ => Map::new(),
        }
    }

    fn entries(&mut self, entries: &DeTable<'_>, table: TableSchema<'_>, place: WalkPlace<'_>) -> Map<String, Value> {
        let mut kept = Map::new();
        for (key, value) in entries {
            let Some(node) = table.key(key.get_ref()) else {
                self.unknown(key, value.get_ref(), table, place);
                continue;
            };
            let name = match table.key_format(key.get_ref()) {
                Some(format) => match self.formatted(
                    format,
                    key.get_ref(),
                    key.span().into(),
                    &format!("a key of {}", place.table()),
                ) {
                    Some(name) => name,
                    None => continue,
                },
                None => key.get_ref().clone().into_owned(),
            };
            if let Some(value) = self.value(value, node, &place.key(key.get_ref()), false) {
                kept.insert(name, value);
            }
        }
        kept
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, node: &Value, name: &str, listed: bool) -> Option<Value> {
        let span: Span = value.span().into();
        let wants = Wants::of(self.schema, node)?;
        match (wants, value.get_ref()) {
            (Wants::Table(table), DeValue::Table(entries)) => {
                let kept = self.entries(entries, table, WalkPlace { name, listed });
                let missing: Vec<&str> = table.required().filter(|key| !entries.contains_key(*key)).collect();
                for key in &missing {
                    self.missing(key, WalkPlace { name, listed }, span);
                }
                // A required key that was refused has its finding already.
                table.required().all(|key| kept.contains_key(key)).then_some(Value::Object(kept))
            }
            (Wants::List(each), DeValue::Array(items)) => {
                Some(items.iter().filter_map(|item| self.value(item, each, name, true)).collect())
            }
            (Wants::Text(None), DeValue::String(text)) => Some(text.as_ref().into()),
            (Wants::Text(Some(format)), DeValue::String(text)) => {
                self.formatted(format, text, span, &format!("`{name}`")).map(Value::from)
            }
            (Wants::Choice(choice), DeValue::String(text)) => self.choice(choice, text, span, name),
            (Wants::Switch, DeValue::Boolean(on)) => Some((*on).into()),
            (Wants::Number(least, most), DeValue::Integer(written)) => {
                let number = i64::from_str_radix(written.as_str(), written.radix()).ok();
                let number = number.filter(|number| (least..=most).contains(number));
                if number.is_none() {
                    self.tell(span, format!("`{name}` is a whole number from {least} to {most}, not {written}"));
                }
                number.map(Value::from)
            }
            (wants, found) => {
                self.wrong_type(wants, found, span, name);
                None
            }
        }
    }

    fn formatted(&mut self, format: &str, text: &str, span: Span, subject: &str) -> Option<String> {
        let fault = match format::check(format, text) {
            Ok(text) => return Some(text),
            Err(fault) => fault,
        };
        let finding = self.tell(span, format!("{subject} {}: `{}`", fault.problem, short(text)));
        finding.help = Some(fault.help);
        finding.fix = fault.instead.map(|text| Fix::replace(span, quoted(&text)));
        None
    }

    fn choice(&mut self, choice: &Value, text: &str, span: Span, name: &str) -> Option<Value> {
        let words = Wants::words(choice);
        if words.contains(&text) {
            return Some(text.into());
        }
        let meant = nearest(text, words.iter().copied());
        let asked = did_you_mean(meant.map(|word| format!("`{word}`")).as_deref());
        let finding = self.tell(span, format!("`{name}` can't be `{}`{asked}", short(text)));
        finding.help = Some(format!("It is {}.", list(&words, "or")));
        finding.fix = meant.map(|word| Fix::replace(span, quoted(word)));
        None
    }

    fn unknown(
        &mut self,
        key: &Spanned<impl AsRef<str>>,
        value: &DeValue<'_>,
        table: TableSchema<'_>,
        place: WalkPlace<'_>,
    ) {
        let (span, written) = (Span::from(key.span()), key.get_ref().as_ref());
        let keys: Vec<&str> = table.keys().collect();
        let meant: Option<&str> = nearest(written, keys.iter().copied());
        let homes = if meant.is_none() { self.homes(written, place) } else { Vec::new() };
        let is_table = place.name.is_empty() && matches!(value, DeValue::Table(_) | DeValue::Array(_));
        let message = if is_table {
            let meant = meant.map(|name| format!("[{name}]"));
            format!("book.toml has no table [{}]{}", short(written), did_you_mean(meant.as_deref()))
        } else {
            let meant = meant.map(|key| format!("`{key}`"));
            format!("`{}` is not a key of {}{}", short(written), place.table(), did_you_mean(meant.as_deref()))
        };
        let finding = self.tell(span, message);
        finding.fix = meant.map(|key| Fix::replace(span, key));
        finding.help = match homes.as_slice() {
            [] if meant.is_some() => None,
            [] if keys.len() > MOST_LISTED => Some(format!("`bokworm schema` lists what {} knows.", place.table())),
            [] => Some(format!("{} knows {}.", place.table(), list(&keys, "and"))),
            homes => Some(format!("Write it below {}.", homes.join(" or "))),
        };
    }

    /// The other tables that know a key: most keys that aren't known are only in the wrong place.
    fn homes(&self, key: &str, place: WalkPlace<'_>) -> Vec<String> {
        let Some(Wants::Table(root)) = Wants::of(self.schema, self.schema) else { return Vec::new() };
        root.keys()
            .filter(|name| *name != place.name)
            .filter(|name| match root.key(name).and_then(|node| Wants::of(self.schema, node)) {
                Some(Wants::Table(table)) => table.keys().any(|known| known == key),
                _ => false,
            })
            .map(|name| format!("[{name}]"))
            .collect()
    }

    fn missing(&mut self, key: &str, place: WalkPlace<'_>, span: Span) {
        let finding = self.tell(span, format!("{} lacks `{key}`", place.table()));
        finding.help = Some(format!("Add `{key} = \"…\"` to it."));
    }

    fn wrong_type(&mut self, wants: Wants<'_>, found: &DeValue<'_>, span: Span, name: &str) {
        let wanted = match wants {
            Wants::Table(_) => format!("a table of its own, headed `[{name}]`"),
            Wants::List(node) if matches!(Wants::of(self.schema, node), Some(Wants::Table(_))) => {
                format!("entries, each headed `[[{name}]]`")
            }
            Wants::List(_) => "a list in brackets".to_owned(),
            Wants::Text(_) | Wants::Choice(_) => "a text in quotes".to_owned(),
            Wants::Number(..) => "a whole number without quotes".to_owned(),
            Wants::Switch => "`true` or `false` without quotes".to_owned(),
        };
        let fix = self.type_fix(wants, found, span);
        self.tell(span, format!("`{name}` wants {wanted}, not {}", kind(found))).fix = fix;
    }

    /// The edit that makes a value of one kind one of another, where nothing is guessed.
    fn type_fix(&self, wants: Wants<'_>, found: &DeValue<'_>, span: Span) -> Option<Fix> {
        let insert = |at: usize, text: &str| Edit { span: Span::at(at), replacement: text.to_owned() };
        let around = |open: &str, close: &str| vec![insert(span.start, open), insert(span.end, close)];
        match (wants, found) {
            (
                Wants::Text(_) | Wants::Choice(_),
                DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_),
            ) => Some(Fix { title: "put it in quotes".to_owned(), edits: around("\"", "\"") }),
            (Wants::List(node), DeValue::String(_))
                if matches!(Wants::of(self.schema, node), Some(Wants::Text(_) | Wants::Choice(_))) =>
            {
                Some(Fix { title: "put it in brackets".to_owned(), edits: around("[", "]") })
            }
            (Wants::Switch, DeValue::String(text)) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => Some(Fix::replace(span, "true")),
                "false" | "no" | "off" => Some(Fix::replace(span, "false")),
                _ => None,
            },
            _ => None,
        }
    }

    fn tell(&mut self, span: Span, message: String) -> &mut Diagnostic {
        let at = self.findings.len();
        self.findings.push(Diagnostic::new(Code::InvalidConfig, self.path, span, message));
        &mut self.findings[at]
    }
}

/// What a value is, in the words of someone who doesn't program.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn did_you_mean(meant: Option<&str>) -> String {
    meant.map_or_else(String::new, |meant| format!("; did you mean {meant}?"))
}

/// Words in a sentence: "`a`, `b` and `c`".
fn list(words: &[&str], last_word: &str) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {last_word} {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// What was written, cut where it is too long for a sentence and without what would steer a terminal.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    let (text, rest) = text.char_indices().nth(MOST).map_or((text, ""), |(at, _)| text.split_at(at));
    let shown = text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c });
    shown.chain((!rest.is_empty()).then_some('…')).collect()
}
