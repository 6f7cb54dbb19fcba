//! A line that somebody types in Bash: cut into words as the shell does it, and what is added written as it reads it.

use std::ffi::OsString;

/// The environment's variable that holds the line up to the cursor, where Bash asks.
pub(super) const LINE: &str = "COMP_LINE";

/// What is open around the word at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    None,
    Single,
    Double,
}

/// A line cut into words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TypedLine {
    /// Without quotes and backslashes; the last is the one at the cursor, and may be empty.
    pub(super) words: Vec<String>,
    pub(super) open: Quote,
    /// How much of the last word stands before what Bash will replace: it takes some signs for the end of a word.
    pub(super) kept: usize,
}

impl TypedLine {
    /// Reads a line; `breaks` are the signs behind which Bash begins to replace.
    pub(super) fn read(line: &str, breaks: &str) -> Self {
        let mut read = Self { words: Vec::new(), open: Quote::None, kept: 0 };
        let (mut signs, mut word, mut has_begun) = (line.chars(), String::new(), false);
        while let Some(sign) = signs.next() {
            match (read.open, sign) {
                (Quote::None, ' ' | '\t') => {
                    if has_begun {
                        read.words.push(std::mem::take(&mut word));
                    }
                    (has_begun, read.kept) = (false, 0);
                    continue;
                }
                (Quote::None, '\'') => (read.open, read.kept) = (Quote::Single, word.len()),
                (Quote::None, '"') => (read.open, read.kept) = (Quote::Double, word.len()),
                (Quote::Single, '\'') | (Quote::Double, '"') => read.open = Quote::None,
                (Quote::None | Quote::Double, '\\') => word.extend(signs.next()),
                (Quote::None, sign) if breaks.contains(sign) => {
                    word.push(sign);
                    read.kept = word.len();
                }
                (_, sign) => word.push(sign),
            }
            has_begun = true;
        }
        read.words.push(word);
        read
    }

    /// What Bash is to put in place of the end of the last word, so that it becomes this.
    pub(super) fn replacement(&self, whole: &str) -> String {
        let last = self.words.last().map_or("", String::as_str);
        let kept = last.get(..self.kept).filter(|kept| whole.starts_with(kept)).map_or(0, str::len);
        let added = &whole[kept..];
        match self.open {
            Quote::Single => added.replace('\'', r"'\''"),
            Quote::Double => escaped(added, |sign| matches!(sign, '"' | '$' | '`' | '\\')),
            Quote::None => escaped(added, |sign| !sign.is_alphanumeric() && !"-_./:=,@%+".contains(sign)),
        }
    }
}

fn escaped(text: &str, is_special: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        if is_special(sign) {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

/// The words of the command that is being typed, whichever shell asks.
pub(super) fn typed_words() -> Vec<OsString> {
    if let Ok(line) = std::env::var(LINE) {
        return TypedLine::read(&line, "").words.into_iter().map(OsString::from).collect();
    }
    std::env::args_os().skip_while(|word| word != "--").skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BREAKS: &str = " \t\n\"'><=;|&(:";

    fn becomes(line: &str, whole: &str) -> (Vec<String>, String) {
        let typed = TypedLine::read(line, BREAKS);
        let replacement = typed.replacement(whole);
        (typed.words, replacement)
    }

    #[test]
    fn a_line_is_cut_as_the_shell_cuts_it() {
        for (line, words) in [
            ("bokworm", &["bokworm"][..]),
            ("bokworm query ", &["bokworm", "query", ""]),
            ("bokworm  query 'tag:\"Dev", &["bokworm", "query", "tag:\"Dev"]),
            ("a \"b \\\"c d\" e\\ f 'g'\\''h'", &["a", "b \"c d", "e f", "g'h"]),
            ("a '' ", &["a", "", ""]),
            ("a b\\", &["a", "b"]),
        ] {
            assert_eq!(TypedLine::read(line, BREAKS).words, words, "{line}");
        }
    }

    #[test]
    fn what_is_added_is_written_as_the_line_needs_it() {
        for (line, whole, added) in [
            ("a tags rename Dev", "Developer (Role)", r"Developer\ \(Role\)"),
            ("a tags rename \"Dev", "Developer (Role)", "Developer (Role)"),
            ("a tags rename 'O", "O'Neill", r"O'\''Neill"),
            ("a tags rename \"C", "C$ \"x\"", r#"C\$ \"x\""#),
            // Behind a colon Bash begins anew, but not within quotes.
            ("a query in:Mo", "in:Model", "Model"),
            ("a query tag:D", "tag:\"D (R)\"", r#"\"D\ \(R\)\""#),
            ("a query 'tag:\"D", "tag:\"D (R)\"", "tag:\"D (R)\""),
            ("a query 'in:x and tag:\"D", "in:x and tag:\"D (R)\"", "in:x and tag:\"D (R)\""),
            ("a check --severity dead", "dead-link=", "dead-link="),
        ] {
            assert_eq!(becomes(line, whole).1, added, "{line}");
        }
    }
}
