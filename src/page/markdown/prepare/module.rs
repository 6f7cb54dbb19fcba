//! `import` and `export` lines as programs have them at the top level of a page:
//! told apart from prose that begins with the same words.

use std::ops::Range;

use super::lines::{line_end, next_line};
use super::scan::{Leaf, Scan};

/// Whether a body may hold a statement: whether a line begins with its word, which stands in many a sentence.
pub(super) fn occurs(body: &[u8]) -> bool {
    let begins_line = |at: usize| {
        let before = body[..at].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        before.is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
    };
    ["import ", "export "].iter().any(|word| memchr::memmem::find_iter(body, word.as_bytes()).any(begins_line))
}

/// Whether a line may begin one.
pub(super) fn begins(content: &[u8]) -> bool {
    content.starts_with(b"import") || content.starts_with(b"export")
}

impl Scan<'_> {
    /// Takes the statement away that a line begins, where one can stand; tells where the next line begins.
    pub(super) fn statement(&mut self, line: Range<usize>) -> Option<usize> {
        if self.leaf != Leaf::None || !self.containers.is_empty() {
            return None;
        }
        let end = statement(self.text, line.start)?;
        self.edit(line.start..end, "");
        Some(next_line(self.text, end))
    }
}

/// Where the statement ends that begins at `at`, before its line break, if it is one.
fn statement(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if let Some(after) = rest.strip_prefix("import") {
        import(text, at, after)
    } else if let Some(after) = rest.strip_prefix("export") {
        is_export(after).then(|| block_end(text, at))
    } else {
        None
    }
}

/// `import './a.css'`, `import A, {B} from 'c';` on one line or, in braces, several.
fn import(text: &str, at: usize, after: &str) -> Option<usize> {
    if !after.starts_with([' ', '\t', '{', '*', '"', '\'']) {
        return None;
    }
    let first_end = line_end(text, at);
    let mut end = first_end;
    if text[at..end].contains('{') && !text[at..end].contains('}') {
        let limit = block_end(text, at);
        let close = text[at..limit].find('}')?;
        end = line_end(text, at + close);
    }
    let statement = text[at + "import".len()..end].trim().trim_end_matches(';').trim_end();
    let (names, from) = match statement.rfind(" from ").or_else(|| statement.rfind("}from ")) {
        Some(split) => (statement[..=split].trim_end_matches(' '), statement[split + 6..].trim()),
        None => ("", statement),
    };
    let is_quoted = from.len() > 2 && from.starts_with(['"', '\'']) && from.ends_with(&from[..1]);
    let is_name =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | ',' | '{' | '}' | '*' | '/') || c.is_whitespace();
    let words = names.split([',', '{', '}']).all(|part| {
        let count = part.split_whitespace().count();
        count <= 1 || (count == 3 && part.contains(" as ")) || (count == 2 && part.trim_start().starts_with("type "))
    });
    (is_quoted && names.chars().all(is_name) && words).then_some(end)
}

/// Whether what follows `export` makes it a statement.
fn is_export(after: &str) -> bool {
    let Some(rest) = after.strip_prefix([' ', '\t']) else { return after.starts_with(['{', '*']) };
    let line = rest.lines().next().unwrap_or("").trim();
    if line.starts_with(['{', '*']) {
        return line.starts_with('{') || line.contains(" from ");
    }
    let (word, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    let rest = rest.trim_start();
    let name_length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
    let (name, next) = rest.split_at(name_length);
    let next = next.trim_start();
    match word {
        "const" | "let" | "var" => {
            (!name.is_empty() && next.starts_with(['=', ':', ';'])) || rest.starts_with(['{', '['])
        }
        "function" | "function*" => !name.is_empty() && next.starts_with('('),
        "async" => rest.starts_with("function"),
        "class" => !name.is_empty() && (next.starts_with('{') || next.starts_with("extends ")),
        "type" | "interface" | "enum" => !name.is_empty() && next.starts_with(['=', '{', '<']),
        "default" => {
            let is_whole = !name.is_empty() && matches!(next, "" | ";") && !rest.ends_with('.');
            is_whole
                || rest.starts_with(['(', '{', '[', '"', '\'', '`'])
                || next.starts_with("=>")
                || (["function", "class", "async"].contains(&name) && next.contains(['(', '{']))
        }
        _ => false,
    }
}

/// Where the lines from `at` on end that no blank line parts.
fn block_end(text: &str, at: usize) -> usize {
    let mut end = line_end(text, at);
    loop {
        let next = next_line(text, end);
        let next_end = line_end(text, next);
        if next >= text.len() || text[next..next_end].trim().is_empty() {
            return end;
        }
        end = next_end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Option<&str> {
        statement(text, 0).map(|end| &text[..end])
    }

    #[test]
    fn statements_end_where_they_end() {
        assert_eq!(cut("import A from 'a';\ntext"), Some("import A from 'a';"));
        assert_eq!(cut("import './a.css'\n"), Some("import './a.css'"));
        assert_eq!(
            cut("import {\n  A,\n  B as C\n} from \"a\"\n\ntext"),
            Some("import {\n  A,\n  B as C\n} from \"a\"")
        );
        assert_eq!(cut("import A, {B} from 'a'"), Some("import A, {B} from 'a'"));
        assert_eq!(cut("import * as A from 'a'"), Some("import * as A from 'a'"));
        assert_eq!(cut("export const a = [\n  1,\n];\n\ntext"), Some("export const a = [\n  1,\n];"));
        assert_eq!(cut("export default Layout;\n"), Some("export default Layout;"));
        assert_eq!(cut("export function A() {\n  return 1;\n}"), Some("export function A() {\n  return 1;\n}"));
    }

    #[test]
    fn prose_is_no_statement() {
        for text in [
            "import is a word",
            "import data from the 'old' system",
            "import rules changed 'twice'",
            "imports",
            "export const is a keyword",
            "export controls apply.",
            "export default settings are fine.",
            "export function names",
            "exported",
            "import your data from 'Settings'",
        ] {
            assert_eq!(cut(text), None, "{text}");
        }
    }
}
