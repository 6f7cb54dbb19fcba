//! CSV: a line of names and then a record a line, as a list of maps. It is read here and not by a library since each
//! value needs its place in the file, and tables come from spreadsheets with commas, semicolons or tabs.

use super::tree::{Datum, DatumEntry, DatumFault, DatumKind};
use crate::source::Span;

/// Reads a whole file.
pub(super) fn read(text: &str) -> Result<Datum, DatumFault> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let head = text[start..].lines().next().unwrap_or_default();
    let count = |by: &u8| head.bytes().filter(|byte| byte == by).count();
    // The first of equals: a head of one column has none of them.
    let separator = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
    let mut rows = CsvRows { text, at: start, separator };
    let Some(names) = rows.next_row()? else {
        return Ok(Datum { span: Span::at(start), kind: DatumKind::List(Vec::new()) });
    };
    let mut items = Vec::new();
    while let Some(row) = rows.next_row()? {
        if row.iter().all(|value| value.text().is_none()) {
            continue;
        }
        let span =
            Span::new(row.first().map_or(0, |first| first.span.start), row.last().map_or(0, |last| last.span.end));
        if let Some(extra) = row.get(names.len()).filter(|extra| extra.text().is_some()) {
            let message =
                format!("this line has more values than the {} columns that the first line names", names.len());
            let help = "Put a value that holds the separator in double quotes.";
            return Err(DatumFault { span: extra.span, message, help });
        }
        let entry = |(name, value): (&Datum, Datum)| DatumEntry {
            key: name.text().unwrap_or_default().to_lowercase(),
            key_span: name.span,
            value,
        };
        items.push(Datum { span, kind: DatumKind::Map(names.iter().zip(row).map(entry).collect()) });
    }
    Ok(Datum { span: Span::new(start, text.len()), kind: DatumKind::List(items) })
}

struct CsvRows<'a> {
    text: &'a str,
    at: usize,
    separator: u8,
}

impl CsvRows<'_> {
    fn next_row(&mut self) -> Result<Option<Vec<Datum>>, DatumFault> {
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let mut row = Vec::new();
        loop {
            row.push(self.value()?);
            match self.text.as_bytes().get(self.at) {
                Some(byte) if *byte == self.separator => self.at += 1,
                _ => break,
            }
        }
        if self.text[self.at..].starts_with("\r\n") {
            self.at += 1;
        }
        self.at += 1;
        Ok(Some(row))
    }

    /// One value: up to the separator or the line's end, or in double quotes, where two of them stand for one.
    fn value(&mut self) -> Result<Datum, DatumFault> {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        let ends = |byte: u8| byte == self.separator || byte == b'\n' || byte == b'\r';
        if bytes.get(start) != Some(&b'"') {
            let length = bytes[start..].iter().take_while(|byte| !ends(**byte)).count();
            self.at = start + length;
            return Ok(datum(Span::new(start, self.at), self.text[start..self.at].to_owned()));
        }
        let mut end = start + 1;
        loop {
            match (bytes.get(end), bytes.get(end + 1)) {
                (Some(b'"'), Some(b'"')) => end += 2,
                (Some(b'"'), next) if next.is_none_or(|next| ends(*next)) => break,
                (Some(b'"'), _) => {
                    let message = "something follows the closing quote of a value".to_owned();
                    let help = "A quote in a value in quotes is written twice.";
                    return Err(DatumFault { span: Span::new(end, end + 1), message, help });
                }
                (None, _) => {
                    let message = "a value is opened with a quote here but never closed".to_owned();
                    return Err(DatumFault {
                        span: Span::new(start, start + 1),
                        message,
                        help: "Put a `\"` at its end.",
                    });
                }
                _ => end += 1,
            }
        }
        let text = self.text[start + 1..end].replace("\"\"", "\"");
        self.at = end + 1;
        Ok(datum(Span::new(start, self.at), text))
    }
}

fn datum(span: Span, text: String) -> Datum {
    let kind = if text.trim().is_empty() { DatumKind::Nothing } else { DatumKind::Text(text) };
    Datum { span, kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_map_by_the_names_of_the_first() {
        let text = "\u{feff}ID;Title\r\na-1;\"One; \"\"two\"\"\"\r\n\r\na-2;x";
        let datum = read(text).unwrap_or_default();
        let titles: Vec<_> = datum.items().iter().map(|item| item.text_at(&["title"])).collect();
        assert_eq!(titles, [Some("One; \"two\""), Some("x")]);
        assert_eq!(datum.items()[1].get("id").unwrap().span.of(text), "a-2");
    }

    #[test]
    fn what_is_no_table_is_told_with_its_place() {
        let told = |text: &str| read(text).map_err(|fault| (fault.span.start, fault.message)).unwrap_err();
        assert_eq!(told("id,title\na,b,c\n").0, 13);
        assert_eq!(told("id,title\na,\"b\n").0, 11);
        assert_eq!(told("id,title\n\"a\"b,c\n").0, 11);
        assert_eq!(read("").map(|it| it.items().len()).ok(), Some(0));
    }
}
