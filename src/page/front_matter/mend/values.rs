//! Values that YAML reads as something else than text: they are put into quotes, or lose what does not belong to them.

use super::mender::{BlockEdit, Mender};
use crate::diagnostic::Code;
use crate::page::front_matter::split::key_of;
use crate::page::front_matter::{explain, slips};
use crate::source::Span;

impl Mender<'_> {
    /// A value that YAML reads as something else than text, and a colon without a space.
    pub(super) fn value(&mut self, row: Span, items_are_text: bool, changes: &mut Vec<BlockEdit>) {
        let line = row.of(&self.block.text);
        let mut rest = line.trim_start();
        let item = rest.strip_prefix("- ").map(str::trim_start);
        rest = item.unwrap_or(rest);
        let key = if item.is_some() && items_are_text { None } else { key_of(rest) };
        let mut value = rest;
        if key.is_some() {
            let (_, after) = rest.split_once(':').unwrap_or((rest, ""));
            value = after;
            if !after.is_empty() && !after.starts_with(' ') {
                self.space_after_colon(row, row.start + line.len() - after.len(), changes);
                value = after.trim_start();
            }
        } else if item.is_none() {
            return;
        }
        let start = row.start + line.len() - value.trim_start().len();
        let value = without_comment(value.trim());
        if value.is_empty() || self.stands(&format!("k: {value}")).is_ok() || !is_whole(value) {
            return;
        }
        let span = Span::new(start, start + value.len());
        if let Some(list) = value.strip_suffix([',', ';']).filter(|list| self.stands(&format!("k: {list}")).is_ok()) {
            let comma = Span::new(start + list.len(), span.end);
            let sign = if value.ends_with(',') { "comma" } else { "semicolon" };
            let message = format!("`{}` ends with a {sign} that does not belong there", explain::brief(value));
            let change = BlockEdit { span: comma, text: String::new() };
            let finding = self.finding(Code::WrongType, comma, message);
            let help = format!("Remove the {sign}.");
            self.tell(finding.with_help(help), &format!("remove the {sign}"), change.clone());
            changes.push(change);
            return;
        }
        if items_are_text
            && item.is_none()
            && let Some(list) = self.as_list(value)
        {
            let message = format!("`{}` is no list as it is written", explain::brief(value));
            let change = BlockEdit { span, text: list.clone() };
            let finding = self.finding(Code::WrongType, span, message).with_help(format!("Write `{list}`."));
            self.tell(finding, &format!("write `{list}`"), change.clone());
            changes.push(change);
            return;
        }
        let new = explain::quoted(unwrapped(value));
        let message = format!("`{}` needs quotes, because {}", explain::brief(value), reason(value));
        let title = format!("write `{new}`");
        let finding = self.finding(Code::UnquotedValue, span, message);
        let change = BlockEdit { span, text: new };
        self.tell(finding.with_help("Put the value in quotes."), &title, change.clone());
        changes.push(change);
    }

    /// A value that was meant as a list in one line: `"a", "b"` without brackets, `- a - b`.
    fn as_list(&self, value: &str) -> Option<String> {
        let list = match value.strip_prefix("- ") {
            Some(entries) if !entries.contains([',', '"', '\'', ':', '[', '{']) => {
                format!("[{}]", entries.split(" - ").map(str::trim).collect::<Vec<_>>().join(", "))
            }
            None if value.starts_with(['"', '\'']) && value.contains([',']) => format!("[{value}]"),
            _ => return None,
        };
        self.stands(&format!("k: {list}")).is_ok().then_some(list)
    }
}

/// Whether a value ends on its line, so that quotes around it can be what is missing.
fn is_whole(value: &str) -> bool {
    let (open, close) = match value.as_bytes()[0] {
        b'[' => ('[', ']'),
        b'{' => ('{', '}'),
        _ => return true,
    };
    let mut depth = 0usize;
    for (at, c) in value.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return at + 1 < value.len();
            }
        }
    }
    false
}

/// A value without the comment behind it.
fn without_comment(value: &str) -> &str {
    let comment = |at: &usize| !value[at + 2..].starts_with(|c: char| c.is_ascii_digit());
    value.match_indices(" #").map(|(at, _)| at).find(comment).map_or(value, |at| value[..at].trim_end())
}

/// What stands inside quotes that do not hold.
fn unwrapped(value: &str) -> &str {
    if let Some(inside) = slips::unquoted(value) {
        return inside;
    }
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return match rest.strip_suffix(quote) {
                Some(inside) => inside,
                None if !rest.contains(quote) => rest,
                None => value,
            };
        }
    }
    value
}

/// Why a value cannot stand without quotes.
fn reason(value: &str) -> &'static str {
    match value.as_bytes()[0] {
        _ if slips::unquoted(value).is_some() => "the curly ones that it has mean nothing to YAML",
        b'"' | b'\'' => "the ones that it has do not hold it together",
        b'@' | b'`' | b'%' | b'*' | b'&' | b'!' | b'|' | b'>' | b'[' | b'{' | b']' | b'}' | b',' | b'?' | b'-'
        | b':' => "its first character has a meaning in YAML",
        _ => "a colon in it makes YAML see another key",
    }
}
