//! What stands in braces: a literal as JavaScript writes it (string, number,
//! boolean, null, array, object) or a path into the front matter. Everything
//! else is an expression, which a page cannot hold.

use serde_json::{Map, Number, Value};

use crate::page::front_matter::FrontMatter;

/// How deep arrays and objects may nest.
const DEPTH: usize = 32;

/// Why a braced value has none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is an expression of another kind.
    Expression,
    /// It is a path into the front matter, which has no such key.
    Missing(String),
    /// It is a path into the front matter, of which the page repeats too much already.
    TooMuch,
}

/// How many bytes of its front matter any page may repeat, and how many more for each of its own.
const ROOM: (usize, usize) = (1 << 20, 8);

/// The front matter that paths lead into. A page of ten lines could repeat a value of a megabyte a thousand
/// times: there is room for so much of it, and no more.
pub(super) struct Values<'a> {
    meta: &'a FrontMatter,
    room: usize,
}

impl<'a> Values<'a> {
    /// For a body.
    pub(super) fn new(meta: &'a FrontMatter, body: &str) -> Self {
        Self { meta, room: ROOM.0 + ROOM.1 * body.len() }
    }

    /// What a path leads to.
    fn at(&mut self, path: &str) -> Result<Value, Unread> {
        let data = &self.meta.data;
        if path.is_empty() {
            self.make_room(left_beside_fields(data, self.room))?;
            return Ok(Value::Object(data.clone()));
        }
        if let Some(value) = self.meta.at(path) {
            self.make_room(left_beside(value, self.room))?;
            return Ok(value.clone());
        }
        let first = path.split(['.', '[']).next().unwrap_or(path);
        if data.contains_key(first) { Ok(Value::Null) } else { Err(Unread::Missing(first.to_owned())) }
    }

    /// Takes what was left; once something does not fit, nothing more does, so that nothing is measured again.
    fn make_room(&mut self, left: Option<usize>) -> Result<(), Unread> {
        self.room = left.unwrap_or(0);
        left.map(drop).ok_or(Unread::TooMuch)
    }
}

/// What is left of some room beside a value; it is looked at only as far as it fits.
fn left_beside(value: &Value, room: usize) -> Option<usize> {
    let room = room.checked_sub(8)?;
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(room),
        Value::String(text) => room.checked_sub(text.len()),
        Value::Array(items) => items.iter().try_fold(room, |room, item| left_beside(item, room)),
        Value::Object(fields) => left_beside_fields(fields, room),
    }
}

fn left_beside_fields(fields: &Map<String, Value>, room: usize) -> Option<usize> {
    fields.iter().try_fold(room, |room, (name, value)| left_beside(value, room.checked_sub(name.len())?))
}

/// The value of what stands in braces.
pub(super) fn read(expression: &str, values: &mut Values<'_>) -> Result<Value, Unread> {
    let mut reader = Reader { text: expression, at: 0, values };
    let value = reader.value(0)?;
    reader.skip_space();
    if reader.at == expression.len() { Ok(value) } else { Err(Unread::Expression) }
}

struct Reader<'a, 'v, 'm> {
    text: &'a str,
    at: usize,
    values: &'v mut Values<'m>,
}

impl<'a> Reader<'a, '_, '_> {
    fn value(&mut self, depth: usize) -> Result<Value, Unread> {
        if depth > DEPTH {
            return Err(Unread::Expression);
        }
        self.skip_space();
        match self.peek().ok_or(Unread::Expression)? {
            quote @ (b'"' | b'\'' | b'`') => self.string(quote).map(Value::String),
            b'[' => self.array(depth),
            b'{' => self.object(depth),
            b'-' | b'+' | b'.' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Unread> {
        let mut items = Vec::new();
        self.at += 1;
        loop {
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            items.push(self.value(depth + 1)?);
            self.skip_space();
            if !self.take(b',') && self.peek() != Some(b']') {
                return Err(Unread::Expression);
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Unread> {
        let mut object = Map::new();
        self.at += 1;
        loop {
            self.skip_space();
            if self.take(b'}') {
                return Ok(Value::Object(object));
            }
            let key = match self.peek() {
                Some(quote @ (b'"' | b'\'')) => self.string(quote)?,
                _ => self.name().ok_or(Unread::Expression)?.to_owned(),
            };
            self.skip_space();
            if !self.take(b':') {
                return Err(Unread::Expression);
            }
            let value = self.value(depth + 1)?;
            object.insert(key, value);
            self.skip_space();
            if !self.take(b',') && self.peek() != Some(b'}') {
                return Err(Unread::Expression);
            }
        }
    }

    fn number(&mut self) -> Result<Value, Unread> {
        let rest = &self.text[self.at..];
        let length = rest
            .bytes()
            .enumerate()
            .take_while(|&(at, b)| {
                let sign = matches!(b, b'-' | b'+') && (at == 0 || rest[..at].ends_with(['e', 'E']));
                sign || b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_')
            })
            .count();
        let word = rest[..length].replace('_', "");
        let word = word.strip_prefix('+').unwrap_or(&word);
        let number = match (word.parse::<i64>(), word.parse::<f64>()) {
            (Ok(whole), _) => Some(Number::from(whole)),
            (_, Ok(number)) if word.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) => {
                Number::from_f64(number)
            }
            _ => None,
        };
        self.at += length;
        number.map(Value::Number).ok_or(Unread::Expression)
    }

    fn word(&mut self) -> Result<Value, Unread> {
        let start = self.at;
        match self.name().ok_or(Unread::Expression)? {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "null" | "undefined" => Ok(Value::Null),
            "frontMatter" => self.path(),
            "props" if self.text[self.at..].starts_with(".frontMatter") => {
                self.at = start + "props.frontMatter".len();
                self.path()
            }
            _ => Err(Unread::Expression),
        }
    }

    /// The rest of a path into the front matter: `.course.code`, `.list[0]`, `["a key"]`.
    fn path(&mut self) -> Result<Value, Unread> {
        let mut path = String::new();
        loop {
            let optional = self.text[self.at..].starts_with("?.");
            self.at += usize::from(optional);
            if self.take(b'.') {
                path.push('.');
                path.push_str(self.name().ok_or(Unread::Expression)?);
            } else if self.take(b'[') {
                self.skip_space();
                match self.peek() {
                    Some(quote @ (b'"' | b'\'')) => {
                        path.push('.');
                        path.push_str(&self.string(quote)?);
                    }
                    _ => {
                        let digits = self.text[self.at..].bytes().take_while(u8::is_ascii_digit).count();
                        path.extend(["[", &self.text[self.at..self.at + digits], "]"]);
                        self.at += digits;
                    }
                }
                self.skip_space();
                if !self.take(b']') {
                    return Err(Unread::Expression);
                }
            } else {
                break;
            }
        }
        let path = path.trim_start_matches('.');
        self.values.at(path)
    }

    fn name(&mut self) -> Option<&'a str> {
        let rest: &'a str = &self.text[self.at..];
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        self.at += length;
        (length > 0).then(|| &rest[..length])
    }

    fn string(&mut self, quote: u8) -> Result<String, Unread> {
        self.at += 1;
        let mut out = String::new();
        let mut chars = self.text[self.at..].char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                _ if c == char::from(quote) => {
                    self.at += at + 1;
                    return Ok(out);
                }
                '$' if quote == b'`' && self.text[self.at + at..].starts_with("${") => return Err(Unread::Expression),
                '\\' => match chars.next().ok_or(Unread::Expression)?.1 {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'r' => out.push('\r'),
                    '\n' => {}
                    digits @ ('u' | 'x') => out.push(escaped(digits, &mut chars).ok_or(Unread::Expression)?),
                    other => out.push(other),
                },
                _ => out.push(c),
            }
        }
        Err(Unread::Expression)
    }

    fn skip_space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let rest = &self.text[self.at..];
            match rest.strip_prefix("/*").and_then(|comment| comment.find("*/")) {
                Some(length) => self.at += length + 4,
                None => return,
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }
}

/// The character of `\u0041`, `\u{1F600}` or `\x41`, after the letter.
fn escaped(kind: char, chars: &mut std::str::CharIndices<'_>) -> Option<char> {
    let rest = chars.as_str();
    let (digits, skip) = match rest.strip_prefix('{') {
        Some(braced) if kind == 'u' => (&braced[..braced.find('}')?], braced.find('}')? + 2),
        _ => {
            let length = if kind == 'u' { 4 } else { 2 };
            (rest.get(..length)?, length)
        }
    };
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    chars.by_ref().take(skip).for_each(drop);
    Some(c)
}

/// A value as a reader sees it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn meta() -> FrontMatter {
        let Value::Object(data) = json!({"course": {"code": "X1"}, "list": [{"a": 1}]}) else { unreachable!() };
        FrontMatter { data, ..FrontMatter::default() }
    }

    #[test]
    fn literals_are_read_as_javascript_writes_them() {
        let cases = [
            ("'a\\'b'", json!("a'b")),
            ("`a\nb`", json!("a\nb")),
            (" -1.5e3 ", json!(-1500.0)),
            ("42", json!(42)),
            ("true", json!(true)),
            ("undefined", json!(null)),
            ("[1, 'a', [], /* c */]", json!([1, "a", []])),
            ("{a: 1, 'b-c': {d: null}, \"e\": [],}", json!({"a": 1, "b-c": {"d": null}, "e": []})),
            ("'\\u00e9\\x41\\u{1F600}'", json!("éA😀")),
        ];
        for (text, value) in cases {
            assert_eq!(read(text, &mut Values::new(&meta(), "")), Ok(value), "{text}");
        }
    }

    #[test]
    fn paths_into_the_front_matter_are_filled_in() {
        let meta = meta();
        assert_eq!(read("frontMatter.course.code", &mut Values::new(&meta, "")), Ok(json!("X1")));
        assert_eq!(read("frontMatter.list[0].a", &mut Values::new(&meta, "")), Ok(json!(1)));
        assert_eq!(read("props.frontMatter['course']?.code", &mut Values::new(&meta, "")), Ok(json!("X1")));
        assert_eq!(read("frontMatter.course.price", &mut Values::new(&meta, "")), Ok(Value::Null));
        assert_eq!(read("[frontMatter.course.code]", &mut Values::new(&meta, "")), Ok(json!(["X1"])));
        assert_eq!(read("frontMatter.curse", &mut Values::new(&meta, "")), Err(Unread::Missing("curse".into())));
    }

    #[test]
    fn expressions_are_refused() {
        for text in ["a", "1 + 1", "() => 1", "`${a}`", "f()", "", "{...a}", "[1", "'a", "0x10", "Infinity", "<b/>"] {
            assert_eq!(read(text, &mut Values::new(&meta(), "")), Err(Unread::Expression), "{text}");
        }
        assert_eq!(read(&"[".repeat(100_000), &mut Values::new(&meta(), "")), Err(Unread::Expression));
    }
}
