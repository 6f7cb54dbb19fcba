//! The tokens of a program in JavaScript or TypeScript: as many kinds as are needed to tell literals from all else.

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ScriptToken<'a> {
    /// A string, or a template without anything put in.
    Text(String),
    /// A name or a word of the language.
    Name(&'a str),
    /// A character that stands for itself.
    Mark(char),
    /// A number, a regular expression, a template with something put in.
    Opaque,
}

/// Templates nested deeper are nobody's.
const DEEPEST: usize = 60;

/// All tokens of a program, without its comments.
pub(super) fn tokens(text: &str) -> Vec<ScriptToken<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (token, length) = match c {
            '/' if rest.starts_with("//") => (None, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (None, rest.find("*/").map_or(rest.len(), |end| end + 2)),
            '/' if begins_pattern(tokens.last()) => (Some(ScriptToken::Opaque), pattern(rest)),
            '"' | '\'' => {
                let length = quoted(rest, c);
                (Some(ScriptToken::Text(unescaped(inside(rest, length)))), length)
            }
            '`' => {
                let length = template(rest, 0);
                let inside = inside(rest, length);
                let token =
                    if inside.contains("${") { ScriptToken::Opaque } else { ScriptToken::Text(unescaped(inside)) };
                (Some(token), length)
            }
            c if is_of_name(c) => {
                let length = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
                let token = if c.is_ascii_digit() { ScriptToken::Opaque } else { ScriptToken::Name(&rest[..length]) };
                (Some(token), length)
            }
            c if c.is_whitespace() => (None, c.len_utf8()),
            c => (Some(ScriptToken::Mark(c)), c.len_utf8()),
        };
        tokens.extend(token);
        at += length;
    }
    tokens
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// Whether a `/` behind this token begins a regular expression: behind a value it divides.
fn begins_pattern(before: Option<&ScriptToken<'_>>) -> bool {
    match before {
        None | Some(ScriptToken::Name("return" | "typeof")) => true,
        Some(ScriptToken::Mark(mark)) => !matches!(mark, ')' | ']' | '}'),
        Some(_) => false,
    }
}

/// The length of the regular expression that begins a text.
fn pattern(text: &str) -> usize {
    let (mut in_class, mut escaped) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the string that begins a text; one that nothing ends goes as far as its line.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the template that begins a text, with all that is put into it.
fn template(text: &str, depth: usize) -> usize {
    let mut at = 1;
    // How many braces are open in what is put in.
    let mut open = 0_usize;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        at += match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '`' if open == 0 => return at + 1,
            '`' if depth >= DEEPEST => return text.len(),
            '`' => template(rest, depth + 1),
            '$' if open == 0 && rest.starts_with("${") => {
                open = 1;
                2
            }
            '"' | '\'' if open > 0 => quoted(rest, c),
            c => {
                open += usize::from(c == '{' && open > 0);
                open -= usize::from(c == '}' && open > 0);
                c.len_utf8()
            }
        };
    }
    text.len()
}

/// What stands between the quotes of a token of that length.
fn inside(text: &str, length: usize) -> &str {
    let quote = &text[..1];
    let body = &text[1..length];
    body.strip_suffix(quote).unwrap_or(body)
}

/// The text that a string stands for.
fn unescaped(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('\\') {
        text += before;
        let Some(c) = after.chars().next() else { return text };
        let (code, length) = match c {
            'x' => (after.get(1..3), 3),
            'u' if after.starts_with("u{") => {
                let end = after.find('}').unwrap_or(after.len() - 1);
                (after.get(2..end), end + 1)
            }
            'u' => (after.get(1..5), 5),
            _ => (None, c.len_utf8()),
        };
        let stands_for = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        match (stands_for, c) {
            (Some(stands_for), _) => {
                text.push(stands_for);
                rest = &after[length..];
                continue;
            }
            (None, 'n') => text.push('\n'),
            (None, 't') => text.push('\t'),
            (None, '\n') => {}
            (None, c) => text.push(c),
        }
        rest = &after[c.len_utf8()..];
    }
    text + rest
}
