//! One tag: its name and its attributes, on one line or several, as a browser reads it or as Markdown and JSX write it.
//! Says where things stand; what they mean is for others.

use std::ops::Range;

/// By which rules a tag is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// As a browser does: whatever stands before the `>` is some attribute.
    Html,
    /// As Markdown does, which takes what is no attribute for a sign that this is no tag; and values may stand in
    /// braces, as JSX has them.
    Jsx,
}

/// A tag in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tag {
    /// Where its `<` stands.
    pub start: usize,
    /// Its name.
    pub name: Range<usize>,
    /// `</…>`.
    pub closing: bool,
    /// `<… />`.
    pub self_closing: bool,
    /// Its attributes in order.
    pub attributes: Vec<Attribute>,
    /// After its `>`.
    pub end: usize,
}

/// An attribute in a tag.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribute {
    /// Its name; empty for `{...spread}`.
    pub name: Range<usize>,
    /// Its value.
    pub value: Value,
}

/// How a value is written; the range is what stands inside the quotes or braces.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Not at all.
    None,
    /// `"…"` or `'…'`.
    Quoted(Range<usize>),
    /// `{…}`.
    Braced(Range<usize>),
    /// `=…`
    Bare(Range<usize>),
}

impl Attribute {
    /// From the name to the end of the value.
    pub(crate) fn range(&self) -> Range<usize> {
        let start = self.name.start;
        match &self.value {
            Value::None => self.name.clone(),
            Value::Bare(value) => start..value.end,
            Value::Quoted(value) | Value::Braced(value) => start..value.end + 1,
        }
    }
}

impl Value {
    /// Where a value stands that HTML can hold.
    pub(crate) fn plain(&self) -> Option<&Range<usize>> {
        match self {
            Self::Quoted(range) | Self::Bare(range) => Some(range),
            Self::None | Self::Braced(_) => None,
        }
    }
}

impl Tag {
    /// What is written for an attribute, by its name in any case; nothing is written for one without a value.
    pub(crate) fn get<'a>(&self, text: &'a str, name: &str) -> Option<&'a str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|attribute| text[attribute.name.clone()].eq_ignore_ascii_case(name))?;
        Some(found.value.plain().map_or("", |range| &text[range.clone()]))
    }
}

/// Reads the tag that begins with the `<` at `at`. Where there is none, tells how far it had to read to know.
pub(crate) fn read(text: &str, at: usize, syntax: Syntax) -> Result<Tag, usize> {
    let bytes = text.as_bytes();
    let closing = bytes.get(at + 1) == Some(&b'/');
    let start = at + 1 + usize::from(closing);
    let name = start..start + name_length(&bytes[start.min(bytes.len())..], syntax);
    if name.is_empty() {
        return Err(start);
    }
    let mut tag = Tag { start: at, end: name.end, name, closing, self_closing: false, attributes: Vec::new() };
    loop {
        let here = tag.end;
        tag.end = skip_space(bytes, here);
        match bytes.get(tag.end) {
            None => return Err(bytes.len()),
            Some(b'>') => {
                tag.end += 1;
                return Ok(tag);
            }
            Some(b'/') if bytes.get(tag.end + 1) == Some(&b'>') => {
                tag.self_closing = true;
                tag.end += 2;
                return Ok(tag);
            }
            Some(b'/') if syntax == Syntax::Html => tag.end += 1,
            // Two values may stand side by side without a space (`a="1"b="2"`), a name and an attribute not.
            Some(_) if tag.end == here && tag.attributes.is_empty() && syntax == Syntax::Jsx => return Err(here),
            Some(_) => {
                let (attribute, end) = attribute(bytes, tag.end, syntax)?;
                tag.attributes.push(attribute);
                tag.end = end;
            }
        }
    }
}

fn name_length(bytes: &[u8], syntax: Syntax) -> usize {
    let is_part = |byte: u8| match syntax {
        Syntax::Html => !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'),
        Syntax::Jsx => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':'),
    };
    let begins = syntax == Syntax::Jsx || bytes.first().is_some_and(u8::is_ascii_alphabetic);
    if begins { bytes.iter().take_while(|&&byte| is_part(byte)).count() } else { 0 }
}

fn skip_space(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count()
}

fn attribute(bytes: &[u8], at: usize, syntax: Syntax) -> Result<(Attribute, usize), usize> {
    if bytes[at] == b'{' && syntax == Syntax::Jsx {
        let end = braces(bytes, at)?;
        return Ok((Attribute { name: at..at, value: Value::Braced(at + 1..end - 1) }, end));
    }
    let is_part = |b: &u8| match syntax {
        Syntax::Html => !b.is_ascii_whitespace() && !matches!(b, b'=' | b'/' | b'>'),
        Syntax::Jsx => !b.is_ascii_whitespace() && !b"\"'<>/={}`\0".contains(b),
    };
    // In a browser, an attribute may begin with `=`.
    let first = usize::from(syntax == Syntax::Html);
    let length = first + bytes[at + first..].iter().take_while(|b| is_part(b)).count();
    if length == 0 {
        return Err(at);
    }
    let name = at..at + length;
    let equals = skip_space(bytes, name.end);
    if bytes.get(equals) != Some(&b'=') {
        return Ok((Attribute { name: name.clone(), value: Value::None }, name.end));
    }
    let (value, end) = value(bytes, skip_space(bytes, equals + 1), syntax)?;
    Ok((Attribute { name, value }, end))
}

fn value(bytes: &[u8], start: usize, syntax: Syntax) -> Result<(Value, usize), usize> {
    match bytes.get(start) {
        Some(&quote @ (b'"' | b'\'')) => {
            let end = memchr::memchr(quote, &bytes[start + 1..]).ok_or(bytes.len())? + start + 1;
            Ok((Value::Quoted(start + 1..end), end + 1))
        }
        Some(b'{') if syntax == Syntax::Jsx => {
            let end = braces(bytes, start)?;
            Ok((Value::Braced(start + 1..end - 1), end))
        }
        _ if syntax == Syntax::Html => {
            let length = bytes[start..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'>').count();
            Ok((Value::Bare(start..start + length), start + length))
        }
        _ => {
            let is_part = |b: &u8| !b.is_ascii_whitespace() && !b"\"'<>={`".contains(b);
            let mut length = bytes[start..].iter().take_while(|b| is_part(b)).count();
            if bytes[..start + length].ends_with(b"/") && bytes.get(start + length) == Some(&b'>') {
                length = length.saturating_sub(1);
            }
            if length == 0 { Err(start) } else { Ok((Value::Bare(start..start + length), start + length)) }
        }
    }
}

/// The end of a braced expression that begins at `at`: braces nest, and those in
/// strings, templates and comments don't count.
fn braces(bytes: &[u8], at: usize) -> Result<usize, usize> {
    let mut open = vec![b'}'];
    let mut at = at + 1;
    while let Some(&closer) = open.last() {
        let Some(&byte) = bytes.get(at) else { return Err(bytes.len()) };
        at += 1;
        if closer == b'`' {
            match byte {
                b'\\' => at += 1,
                b'`' => drop(open.pop()),
                b'$' if bytes.get(at) == Some(&b'{') => {
                    at += 1;
                    open.push(b'}');
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'}' => drop(open.pop()),
            b'{' => open.push(b'}'),
            b'`' => open.push(b'`'),
            b'"' | b'\'' => at = string(bytes, at, byte)?,
            b'/' if bytes.get(at) == Some(&b'*') => {
                at += memchr::memmem::find(&bytes[at..], b"*/").ok_or(bytes.len())? + 2;
            }
            _ => {}
        }
    }
    Ok(at)
}

/// After the closing quote of a string in an expression.
fn string(bytes: &[u8], mut at: usize, quote: u8) -> Result<usize, usize> {
    loop {
        at += memchr::memchr3(quote, b'\\', b'\n', &bytes[at..]).ok_or(bytes.len())? + 1;
        match bytes[at - 1] {
            b'\\' => at = (at + 1).min(bytes.len()),
            b'\n' => return Err(at),
            _ => return Ok(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, syntax: Syntax) -> Option<(Vec<(&str, &str)>, &str)> {
        let tag = read(text, 0, syntax).ok()?;
        let attributes = tag.attributes.iter().map(|attribute| {
            let value = match &attribute.value {
                Value::None => "",
                Value::Quoted(range) | Value::Braced(range) | Value::Bare(range) => &text[range.clone()],
            };
            (&text[attribute.name.clone()], value)
        });
        Some((attributes.collect(), &text[tag.end..]))
    }

    #[test]
    fn values_may_hold_what_ends_a_tag_elsewhere() {
        let text = "<A b=\"x > y\" c={{ d: '}>' , e: `}${ {f: \"}\"} }` /* } */ }} g h=i/>\nrest";
        let (attributes, rest) = told(text, Syntax::Jsx).unwrap();
        assert_eq!(
            attributes,
            [("b", "x > y"), ("c", "{ d: '}>' , e: `}${ {f: \"}\"} }` /* } */ }"), ("g", ""), ("h", "i")]
        );
        assert_eq!(rest, "\nrest");
    }

    #[test]
    fn a_tag_may_take_several_lines() {
        for syntax in [Syntax::Jsx, Syntax::Html] {
            let (attributes, rest) = told("<Bio\n  name = 'a'\n\tlink=\"b\"\n>text", syntax).unwrap();
            assert_eq!(attributes, [("name", "a"), ("link", "b")]);
            assert_eq!(rest, "text");
        }
    }

    #[test]
    fn what_is_not_a_tag_is_told_apart() {
        for text in
            ["<", "<A", "<A b", "<A, b>", "<A b=>", "<A b=\"x>", "<A b={>", "<A {a>", "</", "<A <B>", "<A b={'\n'}>"]
        {
            assert_eq!(told(text, Syntax::Jsx), None, "{text:?}");
        }
    }

    #[test]
    fn a_browser_makes_something_of_nearly_everything() {
        assert_eq!(told("<A b=>c", Syntax::Html), Some((vec![("b", "")], "c")));
        assert_eq!(told("<A, b=c/d\"e f>g", Syntax::Html), Some((vec![("b", "c/d\"e"), ("f", "")], "g")));
        assert_eq!(told("<A/ =b/c>", Syntax::Html), Some((vec![("=b", ""), ("c", "")], "")));
        for text in ["<", "<A", "<A b", "<A b=", "<A b='", "<\u{e9}>", "</", "<1>"] {
            assert_eq!(told(text, Syntax::Html), None, "{text:?}");
        }
    }
}
