//! What is wrong with a YAML block, in words for people who do not know YAML.

use super::block::MatterBlock;
use super::tree::{Cause, CutOff, Fault};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::source::{SourcePath, Span};

/// What the YAML parser's words mean: a part of them, what it is, what to do.
const WORDS: [(&str, &str, &str); 22] = [
    (
        "comments must be separated",
        "a `#` begins a comment, unless it stands in quotes",
        "Take the `#` away, or put the value in quotes.",
    ),
    ("tab", "a tab stands where YAML wants spaces", "Use spaces at the beginning of the line, never tabs."),
    (
        "mapping values are not allowed",
        "a second colon makes YAML see a key inside the value",
        "Put the whole value in quotes, or check that the line above is complete and indented as it should be.",
    ),
    ("placement of ':'", "a colon stands where YAML does not expect one", "Put the value in quotes."),
    (
        "expected ',' or ']'",
        "a list in `[` `]` is not written to its end",
        "Put a comma between entries and a `]` at the end.",
    ),
    (
        "expected ',' or '}'",
        "a value in `{` `}` is not written to its end",
        "Put a `}` at the end, or the text in quotes if no more than text is meant.",
    ),
    ("unexpected end of stream", "a quotation mark is opened but never closed", "Add the closing quotation mark."),
    ("unexpected eof", "something is opened here but never closed", "Close it, or put the text in quotes."),
    (
        "invalid indentation in flow",
        "a `[` or `{` is opened but not closed",
        "Close it, or indent the lines that belong to it.",
    ),
    ("invalid indentation in quoted", "a quotation mark is opened but not closed", "Add the closing quotation mark."),
    (
        "unknown escape",
        "a backslash in double quotes begins a code that YAML does not know",
        "Use single quotes around the value.",
    ),
    (
        "hexadecimal",
        "a backslash in double quotes begins a code that YAML does not know",
        "Use single quotes around the value.",
    ),
    (
        "escape code",
        "a backslash in double quotes begins a code that YAML does not know",
        "Use single quotes around the value.",
    ),
    ("trailing content", "text stands behind the closing quotation mark", "Put all of the value inside the quotes."),
    (
        "did not find expected key",
        "a line is neither `key: value` nor part of the line above",
        "Write `key: value`, or indent the line if it continues the one above.",
    ),
    (
        "document start",
        "a line is neither `key: value` nor part of the line above",
        "Write `key: value`, or indent the line if it continues the one above.",
    ),
    (
        "simple key expect",
        "a line is neither `key: value` nor part of the line above",
        "Write `key: value`, or indent the line if it continues the one above.",
    ),
    (
        "unknown anchor",
        "a value that begins with `*` names something that is not there",
        "Put the value in quotes if it is text.",
    ),
    (
        "block sequence entries",
        "a list begins on the line of its key, or is indented unlike its neighbours",
        "Begin the list on the next line, one `- entry` a line.",
    ),
    (
        "did not find expected '-'",
        "a line in a list does not begin with `-`",
        "Begin it with `- ` at the same indentation, or indent it further.",
    ),
    ("unexpected character", "a value begins with a character that YAML keeps for itself", "Put the value in quotes."),
    (
        "block scalar",
        "text stands behind `|` or `>`",
        "Begin the text on the next line, indented, or put it in quotes.",
    ),
];

/// A finding for what stopped the YAML parser.
pub(super) fn fault(path: &SourcePath, block: &MatterBlock, fault: &Fault) -> Diagnostic {
    let line = line_at(&block.text, fault.at);
    let (meaning, help) = match &fault.cause {
        Cause::Deep => {
            let message = "lists and values are nested deeper than a reader or program can follow";
            return Diagnostic::new(Code::TooDeep, path, block.span(line), message)
                .with_help("Write the values with fewer levels.");
        }
        Cause::Copies => {
            ("an alias with `*` repeats more than a page can hold", "Write out what the page needs instead.")
        }
        Cause::Syntax(words) => {
            let known = WORDS.iter().find(|(part, ..)| words.contains(part));
            known.map_or(
                (words.as_str(), "Check the quotes, colons and indentation of this line."),
                |(_, what, help)| (what, help),
            )
        }
    };
    let text = line.of(&block.text);
    let shown = if text.is_empty() { "the front matter".into() } else { format!("`{}`", brief(text)) };
    Diagnostic::new(Code::InvalidFrontMatter, path, block.span(line), format!("{shown} cannot be read: {meaning}"))
        .with_help(help)
}

/// A finding for entries of a list that stand below no key.
pub(super) fn keyless(path: &SourcePath, block: &MatterBlock, chunk: Span) -> Diagnostic {
    let line = line_at(&block.text, chunk.start);
    let message = format!("`{}` is an entry of a list, but stands below no key", brief(line.of(&block.text)));
    Diagnostic::new(Code::InvalidFrontMatter, path, block.span(line), message)
        .with_help("Write the key that it belongs to above it, such as `tags:`.")
}

/// The line at a place without its indentation; where that is empty, the last one before it that isn't.
fn line_at(text: &str, at: usize) -> Span {
    let mut end = text[at..].find('\n').map_or(text.len(), |found| at + found);
    if text[..end].lines().next_back().is_none_or(|line| line.trim().is_empty()) || text[..end].ends_with('\n') {
        end = text[..end].trim_end().len();
    }
    let start = text[..end].rfind('\n').map_or(0, |found| found + 1);
    let line = &text[start..end];
    let start = start + (line.len() - line.trim_start().len());
    Span::new(start, start.max(start + line.trim().len()))
}

/// A text short enough to stand in a sentence.
pub(super) fn brief(text: &str) -> String {
    let text = text.lines().next().unwrap_or_default();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A finding for the second of two equal keys.
pub(super) fn repeated(path: &SourcePath, key: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateKey, path, span, format!("`{}` stands twice; only the first one counts", brief(key)))
        .with_help("Keep one of them; if both hold values, put the values together under one key.")
}

/// A finding for a key that is no text: `*name`, `[a]`, or `{a}` as in `{{ a }}`.
pub(super) fn odd_key(path: &SourcePath, block: &MatterBlock, key: Span) -> Diagnostic {
    let message = format!("`{}` cannot be a key, so its value is left out", brief(key.of(&block.text)));
    Diagnostic::new(Code::WrongType, path, block.span(key), message)
        .with_help("Write the key as text, or the value in quotes if all of it is text.")
}

/// A finding for text that YAML takes for an anchor, a tag or a comment.
pub(super) fn cut(path: &SourcePath, block: &MatterBlock, cut: &CutOff) -> Diagnostic {
    let (whole, lost) = (cut.whole.of(&block.text), cut.lost.of(&block.text));
    let why =
        if lost.starts_with('#') { "YAML takes it for a comment" } else { "YAML gives its first character a meaning" };
    let message = format!("`{}` is left out of the value, because {why}", brief(lost));
    let finding = Diagnostic::new(Code::UnquotedValue, path, block.span(cut.lost), message)
        .with_help("Put the value in quotes if all of it is text.");
    if whole.contains('\n') {
        return finding;
    }
    finding.with_fix(Fix::replace(block.span(cut.whole), quoted(whole)))
}

/// A finding for what follows the end of the first document.
pub(super) fn second_document(path: &SourcePath, block: &MatterBlock, end: usize) -> Diagnostic {
    let line = line_at(&block.text, end);
    let message =
        format!("what follows `{}` is not read, because it ends the YAML document", brief(line.of(&block.text)));
    Diagnostic::new(Code::InvalidFrontMatter, path, block.span(line), message).with_help("Remove the line.")
}

/// Text in the quotes that change least of it.
pub(super) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}
