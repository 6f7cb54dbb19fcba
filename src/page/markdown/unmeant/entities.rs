//! Signs that are written by name, and are shown as they are written: `&amp;lt;`, `&nbsp` without its semicolon.

use super::told::{Replacing, Telling};
use crate::diagnostic::Code;

/// How far around a place is looked for what it is about.
const NEAR: usize = 200;

/// `&amp;lt;`: a reference that was written as one twice.
pub(super) fn doubled(told: &mut Telling<'_>, at: usize) {
    const NAMES: [&str; 13] = [
        "lt;", "gt;", "amp;", "quot;", "apos;", "nbsp;", "mdash;", "ndash;", "hellip;", "copy;", "rsquo;", "ldquo;",
        "rdquo;",
    ];
    let Some(rest) = told.text[at..].strip_prefix("&amp;") else { return };
    let digits = rest.strip_prefix('#').map(|rest| rest.trim_start_matches(['x', 'X']));
    let number = digits.is_some_and(|digits| {
        let count = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
        (2..=5).contains(&count) && digits[count..].starts_with(';')
    });
    if !number && !NAMES.iter().any(|name| rest.starts_with(name)) {
        return;
    }
    let Some(end) = rest.find(';') else { return };
    // Whoever explains how such a thing is written means it.
    let before = &told.text[..at];
    let from = before.char_indices().rev().take(NEAR).last().map_or(at, |(start, _)| start);
    let line =
        format!("{}{}", before[from..].rsplit('\n').next().unwrap_or_default(), told.near(at, NEAR)).to_lowercase();
    if ["html", "xml", "escap", "entit", "encod", "sanit"].iter().any(|word| line.contains(word)) {
        return;
    }
    let shown = &told.text[at + 5..at + 5 + end + 1];
    let message = format!("readers see `&{shown}` here, not the sign that it stands for");
    told.tell(Code::DoubledEntity, at..at + 5 + end + 1, message, format!("Write `&{shown}`, or the sign itself."));
}

/// `&nbsp` at the start of a text, before white space.
pub(super) fn unended(told: &mut Telling<'_>, text: &str, at: usize) {
    const NAMES: [&str; 9] = ["nbsp", "amp", "lt", "gt", "quot", "copy", "mdash", "ndash", "hellip"];
    let Some(rest) = text.strip_prefix('&') else { return };
    let Some(name) = NAMES.iter().find(|name| rest.starts_with(**name)) else { return };
    if rest[name.len()..].starts_with(|c: char| !c.is_whitespace()) {
        return;
    }
    let end = at + 1 + name.len();
    let message = format!("`&{name}` lacks its semicolon, so readers see it");
    told.tell(Code::UnreadMark, at..end, message, format!("Write `&{name};`, or the sign itself."));
    told.mend("add the semicolon", vec![Replacing::insert(end, ";")]);
}
