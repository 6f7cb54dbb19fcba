//! JSON read with the place of each value, which `serde_json` doesn't tell.

use super::tree::{Datum, DatumEntry, DatumFault, DatumKind};
use crate::source::Span;

/// Lists and maps within each other.
const MAX_DEPTH: usize = 64;

/// Reads a whole file.
pub(super) fn read(text: &str) -> Result<Datum, DatumFault> {
    let mut reader = JsonReader { text, at: if text.starts_with('\u{feff}') { 3 } else { 0 }, depth: 0 };
    let value = reader.value()?;
    reader.blanks();
    if reader.at < text.len() {
        return Err(reader.fault("something follows the end of the JSON"));
    }
    Ok(value)
}

struct JsonReader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl JsonReader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn fault(&self, message: &str) -> DatumFault {
        let next = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        DatumFault {
            span: Span::new(self.at, self.at + next),
            message: format!("this is not JSON: {message}"),
            help: "Check quotes, commas and brackets here and just before.",
        }
    }

    fn value(&mut self) -> Result<Datum, DatumFault> {
        self.blanks();
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.within(Self::map)?,
            Some(b'[') => self.within(Self::list)?,
            Some(b'"') => DatumKind::Text(self.string()?),
            Some(byte) if byte == b'-' || byte.is_ascii_alphanumeric() => self.word()?,
            Some(_) => return Err(self.fault("a value is wanted here")),
            None => return Err(self.fault("it ends too early")),
        };
        Ok(Datum { span: Span::new(start, self.at), kind })
    }

    fn within(&mut self, read: fn(&mut Self) -> Result<DatumKind, DatumFault>) -> Result<DatumKind, DatumFault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault("it is nested too deep"));
        }
        self.at += 1;
        let kind = read(self);
        self.depth -= 1;
        kind
    }

    fn list(&mut self) -> Result<DatumKind, DatumFault> {
        let mut items = Vec::new();
        while !self.closes(b']', items.is_empty())? {
            items.push(self.value()?);
        }
        Ok(DatumKind::List(items))
    }

    fn map(&mut self) -> Result<DatumKind, DatumFault> {
        let mut entries = Vec::new();
        while !self.closes(b'}', entries.is_empty())? {
            self.blanks();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.fault("a name in quotes is wanted here"));
            }
            let key = self.string()?;
            let key_span = Span::new(start, self.at);
            self.blanks();
            if self.peek() != Some(b':') {
                return Err(self.fault("a `:` is wanted here"));
            }
            self.at += 1;
            entries.push(DatumEntry { key, key_span, value: self.value()? });
        }
        Ok(DatumKind::Map(entries))
    }

    /// Whether a list or map ends here; between values it steps over the comma.
    fn closes(&mut self, bracket: u8, first: bool) -> Result<bool, DatumFault> {
        self.blanks();
        match self.peek() {
            Some(byte) if byte == bracket => {
                self.at += 1;
                Ok(true)
            }
            None => Err(self.fault("it ends too early")),
            _ if first => Ok(false),
            Some(b',') => {
                self.at += 1;
                self.blanks();
                if self.peek() == Some(bracket) { Err(self.fault("nothing follows the comma")) } else { Ok(false) }
            }
            _ => Err(self.fault("a comma is wanted here")),
        }
    }

    /// A text in quotes: where it ends is found here, what its escapes mean `serde_json` knows.
    fn string(&mut self) -> Result<String, DatumFault> {
        let start = self.at;
        let mut end = start + 1;
        loop {
            match self.text.as_bytes().get(end) {
                Some(b'"') => break,
                Some(b'\\') => end += 2,
                Some(b'\n') | None => return Err(self.fault("a text is opened here but not closed on its line")),
                Some(_) => end += 1,
            }
        }
        let read = self.text.get(start..=end).map(serde_json::from_str::<String>);
        match read {
            Some(Ok(text)) => {
                self.at = end + 1;
                Ok(text)
            }
            _ => Err(self.fault("this text holds an escape that JSON doesn't know")),
        }
    }

    fn word(&mut self) -> Result<DatumKind, DatumFault> {
        let length =
            self.text[self.at..].bytes().take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b)).count();
        let word = &self.text[self.at..self.at + length];
        let is_number = || serde_json::from_str::<serde_json::Number>(word).is_ok();
        let kind = match word {
            "null" => DatumKind::Nothing,
            "true" | "false" => DatumKind::Text(word.to_owned()),
            _ if is_number() => DatumKind::Text(word.to_owned()),
            _ => return Err(self.fault("a text stands in quotes")),
        };
        self.at += length;
        Ok(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        match read(text) {
            Ok(_) => "fine".into(),
            Err(fault) => format!("{} {}", fault.span.start, fault.message),
        }
    }

    #[test]
    fn values_know_their_places() {
        let text = "{\"a\": [1.10, \"x\\u0041\", null], \"b\": {\"c\": true}}";
        let datum = read(text).unwrap();
        let items = datum.get("a").unwrap().items();
        assert_eq!(items[0].text(), Some("1.10"));
        assert_eq!((items[1].text(), items[1].span.of(text)), (Some("xA"), "\"x\\u0041\""));
        assert_eq!(items[2].kind, DatumKind::Nothing);
        assert_eq!(datum.get("b").unwrap().get("c").unwrap().text(), Some("true"));
    }

    #[test]
    fn it_reads_what_serde_reads() {
        for text in ["{}", " [ ] ", "1", "-0.5e3", "\"\"", "[1,2]", "{\"a\":1}", "[[[]]]", "\"é\\\\\""] {
            assert_eq!(told(text), "fine", "{text}");
        }
        for text in [
            "",
            "[1,]",
            "{\"a\" 1}",
            "{a: 1}",
            "[1 2]",
            "\"a",
            "\"a\\",
            "01",
            "nul",
            "{} {}",
            "\"\\q\"",
            "[",
            "\"a\nb\"",
        ] {
            assert_ne!(told(text), "fine", "{text}");
            assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
        }
        assert_eq!(told("{\"a\": 1,\n \"b\" 2}"), "14 this is not JSON: a `:` is wanted here");
        assert!(told(&"[".repeat(1000)).ends_with("nested too deep"));
    }
}
