//! Whether two texts of a page say the same: lines may be filled otherwise, and quotes and white space written otherwise.

use crate::page::{Component, Page, Piece};

/// Whether a page says what it said.
pub(super) fn says_the_same(before: &Page, after: &Page) -> bool {
    before.meta.data == after.meta.data
        && before.content_title == after.content_title
        && same(&before.headings, &after.headings, |a, b| (a.level, &a.id, &a.text) == (b.level, &b.id, &b.text))
        && same(&before.links, &after.links, |a, b| {
            a.kind == b.kind && a.target == b.target && plain(&a.text) == plain(&b.text) && a.attributes == b.attributes
        })
        && same(&before.code, &after.code, |a, b| {
            (&a.language, &a.title, &a.marked, a.first_line, &a.text)
                == (&b.language, &b.title, &b.marked, b.first_line, &b.text)
                && (&a.inserted, &a.deleted) == (&b.inserted, &b.deleted)
        })
        && same(&before.components, &after.components, component)
        && flat(&before.body) == flat(&after.body)
}

fn same<T>(before: &[T], after: &[T], alike: impl Fn(&T, &T) -> bool) -> bool {
    before.len() == after.len() && before.iter().zip(after).all(|(before, after)| alike(before, after))
}

fn component(before: &Component, after: &Component) -> bool {
    before.name == after.name
        && same(&before.attributes, &after.attributes, |a, b| a.name == b.name && a.value == b.value)
}

/// A body as one text, with a mark where something else decides.
fn flat(body: &[Piece]) -> String {
    let mut out = String::new();
    push(body, &mut out);
    // What is preformatted is another text with other white space.
    if out.contains("<pre") { out } else { plain(&out) }
}

fn push(body: &[Piece], out: &mut String) {
    for piece in body {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Component { index, body } => {
                out.push_str(&format!("\0component {index}\0"));
                push(body, out);
                out.push_str("\0end\0");
            }
            other => out.push_str(&format!("\0{other:?}\0")),
        }
    }
}

/// A text with one kind of white space and one kind of quotes.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '\u{201c}' | '\u{201d}' => out.push('"'),
            c => out.push(c),
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out.replace("&quot;", "\"").replace("&#39;", "'")
}
