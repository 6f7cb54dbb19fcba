//! What the line above a code block says: `js title="a.js" {1,3-5} showLineNumbers`.

use std::ops::RangeInclusive;

use crate::page::facts::CodeBlock;

/// The highest line number that makes sense, so that no range is endless.
const MAX_LINE: usize = 100_000;

/// Reads a fence's info string. Whatever makes no sense is passed over.
pub(super) fn read(info: &str) -> CodeBlock {
    let info = info.trim();
    let end = info.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(info.len());
    let mut code = CodeBlock { language: info[..end].to_lowercase(), ..CodeBlock::default() };
    let mut rest = info[end..].trim_start();
    while !rest.is_empty() {
        if let Some(braced) = rest.strip_prefix('{')
            && let Some(close) = braced.find('}')
        {
            code.marked.extend(all_lines(&braced[..close]));
            rest = braced[close + 1..].trim_start();
            continue;
        }
        let (word, value, after) = word(rest);
        match word {
            "title" if code.title.is_none() => code.title = value.map(str::to_owned),
            "showLineNumbers" | "linenos" => {
                let first = value.and_then(|value| value.trim_matches(['{', '}']).parse().ok());
                code.first_line = Some(first.unwrap_or(1).min(MAX_LINE));
            }
            "ins" => code.inserted.extend(value.into_iter().flat_map(all_lines)),
            "del" => code.deleted.extend(value.into_iter().flat_map(all_lines)),
            _ => {}
        }
        rest = after.trim_start();
    }
    code
}

/// `1, 3-5`, in braces or without.
fn all_lines(text: &str) -> impl Iterator<Item = RangeInclusive<usize>> {
    text.trim_matches(['{', '}']).split(',').filter_map(lines)
}

/// `1` or `3-5`.
fn lines(text: &str) -> Option<RangeInclusive<usize>> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let (from, to) = (from.trim().parse::<usize>().ok()?, to.trim().parse::<usize>().ok()?);
    (1 <= from && from <= to).then(|| from.min(MAX_LINE)..=to.min(MAX_LINE))
}

/// A word, its value after `=`, and what follows.
fn word(text: &str) -> (&str, Option<&str>, &str) {
    let end = text.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let Some(value) = rest.strip_prefix('=') else { return (word, None, rest) };
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\''))
        && let Some(close) = value[1..].find(quote)
    {
        return (word, Some(&value[1..=close]), &value[close + 2..]);
    }
    let braced = if value.starts_with('{') { value.find('}').map(|close| close + 1) } else { None };
    let end = braced.or_else(|| value.find(char::is_whitespace)).unwrap_or(value.len());
    (word, Some(&value[..end]), &value[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_info_string_says_how_code_is_shown() {
        let code = read("JS title=\"src/a b.js\" {1, 3-5} showLineNumbers=7 other=x");
        assert_eq!(code.language, "js");
        assert_eq!(code.title.as_deref(), Some("src/a b.js"));
        assert_eq!(code.marked, [1..=1, 3..=5]);
        assert_eq!(code.first_line, Some(7));
    }

    #[test]
    fn lines_of_a_change_are_told_apart() {
        let code = read("js ins={2, 4-5} {1} del={3}showLineNumbers title=\"a\" ins= del");
        assert_eq!((code.inserted, code.deleted, code.marked), (vec![2..=2, 4..=5], vec![3..=3], vec![1..=1]));
        assert_eq!((code.first_line, code.title.as_deref()), (Some(1), Some("a")));
    }

    #[test]
    fn a_language_may_be_missing_or_touch_its_lines() {
        assert_eq!(read("rust{2}").marked, [2..=2]);
        assert_eq!(read("rust{2}").language, "rust");
        assert_eq!(read("").language, "");
        assert_eq!(read(" {1-2}").language, "");
    }

    #[test]
    fn hostile_info_strings_come_to_nothing() {
        for info in [
            "js title=\"a",
            "js {",
            "js {9-1,0,-3,x,99999999999999999999}",
            "js =",
            "=\"\" ={}",
            "\"><script>",
            "é title='é'",
        ] {
            let code = read(info);
            assert!(code.marked.is_empty(), "{info}");
        }
        assert_eq!(read("js {1-4000000000}").marked, [1..=100_000]);
        assert_eq!(read("a title=\"<b>\"").title.as_deref(), Some("<b>"));
    }
}
