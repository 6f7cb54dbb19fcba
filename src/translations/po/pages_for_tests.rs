//! Pages that tests make up.

use proptest::prelude::*;

use crate::page::{self, Dialect, Page};
use crate::source::{Source, SourcePath};

/// A page of a text.
pub(super) fn parsed(text: &str) -> Page {
    page::parse(&Source { path: SourcePath::content("a.md"), text: text.into() }, Dialect::OWN)
}

/// Lines of all kinds that a page has, and some that break them.
pub(super) fn documents() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(""),
        Just(""),
        Just("Some words."),
        Just("Other words,"),
        Just("# A"),
        Just("## B ##"),
        Just("- item"),
        Just("  - inner"),
        Just("1. first"),
        Just("  more"),
        Just("> quoted"),
        Just(">"),
        Just("```sh"),
        Just("```"),
        Just("    code"),
        Just("| a | b |"),
        Just("| - | - |"),
        Just("<BoxOut title=\"x\">"),
        Just("</BoxOut>"),
        Just("<!-- a"),
        Just("-->"),
        Just("---"),
        Just("==="),
        Just(":::note Title"),
        Just(":::"),
        Just("[^1]: note"),
        Just("[x]: /y"),
        Just("title: x"),
        Just("日本語。"),
        Just("- [ ] task"),
        Just("\tTab"),
        Just("-"),
        Just("***"),
        Just("Zwei  "),
        Just("{/* c"),
        Just("*/}"),
        Just("> - deep")
    ];
    let end = prop_oneof![Just("\n"), Just("\n"), Just("\r\n")];
    (proptest::collection::vec(line, 0..30), end, any::<bool>()).prop_map(|(lines, end, is_ended)| {
        let text = lines.join(end);
        if is_ended { format!("{text}{end}") } else { text }
    })
}
