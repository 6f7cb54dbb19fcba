//! TOML: what its library reads, with values as they are written.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tree::{Datum, DatumEntry, DatumFault, DatumKind};
use crate::source::Span;

/// Reads a whole file.
pub(super) fn read(text: &str) -> Result<Datum, DatumFault> {
    match DeTable::parse(text) {
        Ok(table) => Ok(Datum { span: Span::new(0, text.len()), kind: map(text, table.get_ref()) }),
        Err(error) => {
            let place = error.span().unwrap_or_default();
            Err(DatumFault {
                span: Span::new(place.start, place.end),
                message: format!("this is not TOML: {}", error.message().lines().collect::<Vec<_>>().join(", ")),
                help: "Check quotes, brackets and equals signs here and just before.",
            })
        }
    }
}

fn datum(text: &str, value: &Spanned<DeValue<'_>>) -> Datum {
    let span = Span::new(value.span().start, value.span().end);
    let kind = match value.get_ref() {
        DeValue::String(said) => DatumKind::Text(said.to_string()),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            DatumKind::Text(span.of(text).to_owned())
        }
        DeValue::Array(items) => DatumKind::List(items.iter().map(|item| datum(text, item)).collect()),
        DeValue::Table(table) => map(text, table),
    };
    Datum { span, kind }
}

/// The entries of a table in the order of the file, which the library doesn't keep.
fn map(text: &str, table: &DeTable<'_>) -> DatumKind {
    let entry = |(key, value): (&Spanned<std::borrow::Cow<'_, str>>, &Spanned<DeValue<'_>>)| DatumEntry {
        key: key.get_ref().to_string(),
        key_span: Span::new(key.span().start, key.span().end),
        value: datum(text, value),
    };
    let mut entries: Vec<DatumEntry> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    DatumKind::Map(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_as_they_are_written() {
        let text = "z = 1.10\na = 'text'\n[[row]]\nday = 2026-01-02\n[[row]]\nday = false\n";
        let datum = read(text).unwrap();
        let DatumKind::Map(entries) = &datum.kind else { panic!("a file is a map") };
        assert_eq!(entries.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(), ["z", "a", "row"]);
        assert_eq!((datum.text_at(&["z"]), datum.text_at(&["a"])), (Some("1.10"), Some("text")));
        let days: Vec<_> = datum.get("row").unwrap().items().iter().map(|row| row.text_at(&["day"])).collect();
        assert_eq!(days, [Some("2026-01-02"), Some("false")]);
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_place() {
        let fault = read("a = 1\nb = \n").unwrap_err();
        assert!(fault.span.start >= 6 && fault.message.starts_with("this is not TOML: "), "{fault:?}");
    }
}
