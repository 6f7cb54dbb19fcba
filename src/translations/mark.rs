//! One value written into a page's front matter (`translated_from`, a translated title), and nothing else changed in
//! its file.

use std::sync::Arc;

use crate::page::front_matter;
use crate::source::{Source, SourcePath};

/// The text of a page that says from which commit it is translated.
pub(super) fn marked(text: &str, commit: &str) -> String {
    // In quotes, since a name of digits alone would be read as a number.
    with_value(text, "translated_from", &format!("\"{commit}\""))
}

/// The text of a page with a value, as it is to stand in the file, under a key of its front matter.
pub(super) fn with_value(text: &str, key: &str, value: &str) -> String {
    let source = Source { path: SourcePath::content("page.md"), text: Arc::from(text) };
    let read = front_matter::read(&source);
    let body_start = read.body.start;
    if let Some(span) = read.meta.spans.get(key).filter(|span| span.start < span.end) {
        return format!("{}{value}{}", &text[..span.start], &text[span.end..]);
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let head = &text[..body_start];
    let closing = head.trim_end().rfind('\n').map(|at| at + 1);
    let fence = closing.map(|at| head[at..].trim_end());
    match (closing, fence) {
        (Some(at), Some("---")) => format!("{}{key}: {value}{line_end}{}", &text[..at], &text[at..]),
        (Some(_), Some("+++")) => {
            // A key behind a table would be the table's.
            let first = head.find('\n').map_or(0, |at| at + 1);
            format!("{}{key} = {value}{line_end}{}", &text[..first], &text[first..])
        }
        _ => {
            format!("{}---{line_end}{key}: {value}{line_end}---{line_end}{}", &text[..body_start], &text[body_start..])
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::page::{self, Dialect};
    use crate::source::{Source, SourcePath};

    fn marked(text: &str) -> String {
        let page =
            |text: &str| page::parse(&Source { path: SourcePath::content("a.md"), text: text.into() }, Dialect::OWN);
        let marked = super::marked(text, "123456789012");
        let again = page(&marked);
        assert_eq!(again.meta.translated_from.as_deref(), Some("123456789012"), "{marked}");
        assert!(again.findings.is_empty(), "{:?}", again.findings);
        marked
    }

    #[test]
    fn the_mark_goes_to_the_end_of_the_front_matter_or_makes_one() {
        assert_eq!(
            marked("---\ntitle: A\n---\nText.\n"),
            "---\ntitle: A\ntranslated_from: \"123456789012\"\n---\nText.\n"
        );
        assert_eq!(marked("# A\n"), "---\ntranslated_from: \"123456789012\"\n---\n# A\n");
        assert_eq!(
            marked("---\r\ntitle: A\r\n---\r\nText.\r\n"),
            "---\r\ntitle: A\r\ntranslated_from: \"123456789012\"\r\n---\r\nText.\r\n"
        );
        assert_eq!(
            marked("+++\ntitle = \"A\"\n[course]\ncode = \"x\"\n+++\nText.\n"),
            "+++\ntranslated_from = \"123456789012\"\ntitle = \"A\"\n[course]\ncode = \"x\"\n+++\nText.\n"
        );
        marked("---\ntitle: A\ntags:\n  - a\n---\n\nText.\n");
        marked("");
        marked("---\n---\nText.\n");
    }

    #[test]
    fn an_older_mark_is_replaced() {
        assert_eq!(
            marked("---\ntranslated_from: abcdef # by hand\nid: a\n---\n"),
            "---\ntranslated_from: \"123456789012\" # by hand\nid: a\n---\n"
        );
        marked("---\ntranslated_from: \"abcdef\"\n---\n");
    }
}
