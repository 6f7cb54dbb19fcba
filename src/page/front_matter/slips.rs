//! Values that YAML reads without a word, and surely not as they were meant: curly quotes as part of a text, a
//! version as a number, a day that no calendar has, a draft as another program marks it.

use serde_json::Value;

use super::meta::value_at;
use super::yaml::BlockReading;
use super::{dates, explain, known};
use crate::diagnostic::{Code, Diagnostic, Fix, Severity};
use crate::source::{Source, Span};

/// Quotation marks as word processors set them, and as they end up where somebody mends one of them.
const CURLY: [(char, char); 8] =
    [('“', '”'), ('„', '“'), ('„', '”'), ('”', '”'), ('‘', '’'), ('‚', '‘'), ('’', '’'), ('“', '"')];

/// Keys by which other programs are told not to publish a page, and what they say then.
const UNPUBLISHED: [(&str, bool); 6] = [
    ("published", false),
    ("publish", false),
    ("public", false),
    ("private", true),
    ("unpublished", true),
    ("isDraft", true),
];

/// Adds what is found, and takes curly quotes from around the values of keys that pages know.
pub(super) fn tell(source: &Source, reading: &mut BlockReading) {
    curly_quotes(source, reading);
    let mut found = Vec::new();
    for (path, span) in &reading.spans {
        let written = span.of(&source.text);
        if !written.starts_with(|c: char| c.is_ascii_digit()) || known::is_known(top(path)) {
            continue;
        }
        found.extend(number(source, path, *span, value_at(&reading.data, path)));
        if dates::is_impossible(written) {
            found.push(no_such_day(source, path, *span));
        }
    }
    found.extend(draft_elsewhere(source, reading));
    reading.findings.extend(found);
}

/// The key at the top that a path begins with.
fn top(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// A finding for a day that isn't.
pub(super) fn no_such_day(source: &Source, path: &str, span: Span) -> Diagnostic {
    let shown = explain::brief(span.of(&source.text));
    let message = format!("`{path}` holds `{shown}`, and there is no such day");
    Diagnostic::new(Code::WrongType, &source.path, span, message)
        .with_help("Write year, month and day, such as `2026-03-31`.")
}

/// A number that is written otherwise than it is read: `1.10` comes out as `1.1`.
fn number(source: &Source, path: &str, span: Span, value: Option<&Value>) -> Option<Diagnostic> {
    let written = span.of(&source.text);
    let read = value?.as_number()?.to_string();
    let loses = (written.contains('.') && written.ends_with('0')) || written.starts_with('0');
    let is_plain = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !loses || !is_plain || written == read {
        return None;
    }
    let message = format!("`{path}: {written}` is read as the number `{read}`");
    let help = format!("Write `\"{written}\"` if it is the name of a version, a code or another text.");
    let mut finding = Diagnostic::new(Code::UnquotedValue, &source.path, span, message).with_help(help);
    finding.severity = Severity::Info;
    Some(finding)
}

/// What another program takes for a draft, and this one publishes.
fn draft_elsewhere(source: &Source, reading: &BlockReading) -> Option<Diagnostic> {
    if reading.data.contains_key("draft") {
        return None;
    }
    let says = |value: &Value, meant: bool| match value {
        Value::Bool(value) => *value == meant,
        Value::String(text) => {
            let words: &[&str] = if meant { &["true", "yes"] } else { &["false", "no"] };
            words.contains(&text.as_str())
        }
        _ => false,
    };
    let is_draft = |key: &str| {
        let text = reading.data.get(key).and_then(Value::as_str);
        text.is_some_and(|text| ["draft", "unpublished"].iter().any(|word| text.eq_ignore_ascii_case(word)))
    };
    let shown = |key: &str| {
        let span = reading.spans.get(key).copied().unwrap_or_default();
        (span, explain::brief(span.of(&source.text)))
    };
    for (key, meant) in UNPUBLISHED {
        if reading.data.get(key).is_some_and(|value| says(value, meant)) {
            let (span, written) = shown(key);
            let message = format!("`{key}: {written}` means nothing here, so this page is published");
            let help = "Write `draft: true` to keep it from being published.";
            return Some(Diagnostic::new(Code::PublishedDraft, &source.path, span, message).with_help(help));
        }
    }
    if is_draft("status") {
        let (span, written) = shown("status");
        let message = format!("`status: {written}` is only shown beside the title: this page is published");
        let help = "Write `draft: true` as well if it is not to be published yet.";
        let mut finding = Diagnostic::new(Code::PublishedDraft, &source.path, span, message).with_help(help);
        finding.severity = Severity::Info;
        return Some(finding);
    }
    None
}

fn curly_quotes(source: &Source, reading: &mut BlockReading) {
    let BlockReading { data, spans, findings, .. } = reading;
    let mut take = |path: &str, value: &mut Value| {
        let Some(inside) = value.as_str().and_then(unquoted) else { return };
        let Some(span) = spans.get(path).filter(|span| unquoted(span.of(&source.text)) == Some(inside)) else { return };
        let message = format!(
            "`{}` stands in curly quotes, which YAML takes for a part of the text",
            explain::brief(span.of(&source.text))
        );
        let finding = Diagnostic::new(Code::UnquotedValue, &source.path, *span, message)
            .with_help("Write straight quotes, `\"…\"`, or none.")
            .with_fix(Fix::replace(*span, explain::quoted(inside)));
        findings.push(finding);
        *value = Value::String(inside.to_owned());
    };
    for (key, value) in data.iter_mut().filter(|(key, _)| known::is_known(key)) {
        match value {
            Value::String(_) => take(key, value),
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate().filter(|(_, item)| item.is_string()) {
                    take(&format!("{key}[{index}]"), item);
                }
            }
            _ => {}
        }
    }
}

/// What stands between curly quotes, if these are around all of a text.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    if !text.starts_with(['“', '„', '”', '‘', '‚', '’']) {
        return None;
    }
    let around = |(open, close): (char, char)| text.strip_prefix(open)?.strip_suffix(close);
    let inside = CURLY.into_iter().find_map(around)?;
    // An apostrophe is a curly quote, too, but not at the ends of words.
    (!inside.is_empty() && !inside.contains(['“', '”', '„', '‘', '‚', '\n', '\r'])).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn quotes_are_taken_off_where_they_are_around_everything() {
        for text in ["“A b”", "„A b“", "‘A b’", "”A b”", "“A b\""] {
            assert_eq!(unquoted(text), Some("A b"), "{text}");
        }
        for text in ["“Open” and “closed”", "The “real” thing", "’Tis", "“A” b", "“”", "\"A\""] {
            assert_eq!(unquoted(text), None, "{text}");
        }
    }
}
