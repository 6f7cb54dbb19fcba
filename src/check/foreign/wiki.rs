//! Wiki links, `[[Page name]]` and `![[picture.png]]`: only what can't be a list in brackets, a citation or code.

use super::found::{ForeignMark, Found, rest_of_line};
use crate::source::Span;

/// So many single words are looked up.
const MOST_WORDS: usize = 20;

pub(super) fn find(found: &mut Found<'_>, is_page: &dyn Fn(&str) -> bool) {
    let mut left = MOST_WORDS;
    let prose = found.prose;
    let (text, body) = (prose.text, prose.body);
    for at in memchr::memmem::find_iter(&text.as_bytes()[body..], b"[[").map(|at| body + at) {
        let line = rest_of_line(text, at + 2);
        let Some(close) = line.find("]]") else { continue };
        let (inner, after) = (&line[..close], &line[close + 2..]);
        let is_embedded = text[..at].ends_with('!');
        // `[[text]](target)` is a link with brackets in its text.
        let is_link = after.starts_with(['(', '[', ':', ']']) || text[..at].ends_with(['[', ']']);
        let in_link = found.page.links.iter().any(|link| {
            let whole = link.span.whole;
            whole.start <= at + 1 && at + 1 < whole.end
        });
        let is_word = inner.len() > 1 && inner.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        if is_link || in_link {
            continue;
        }
        if is_word && left > 0 {
            left -= 1;
            if is_page(inner) {
                found.note(ForeignMark::Wiki, Span::new(at, at + 4 + close), None);
            }
            continue;
        }
        if !(is_name(inner) || (is_embedded && inner.contains('.'))) {
            continue;
        }
        let start = at - usize::from(is_embedded);
        found.note(ForeignMark::Wiki, Span::new(start, at + 4 + close), None);
    }
}

/// Whether what stands between brackets names a page: several words, a label of its own, a heading or a file.
fn is_name(inner: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || " -_/|#.,'’&()".contains(c);
    let begins = inner.starts_with(|c: char| c.is_alphabetic()) && !inner.ends_with(' ');
    let is_told = inner.contains('|') || inner.ends_with(".md") || inner.contains('#') || inner.split(' ').count() > 1;
    begins
        && inner.len() < 120
        && inner.chars().all(is_part)
        && is_told
        && !inner.contains(", ")
        && !inner.contains("||")
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn only_what_names_a_page_is_a_wiki_link() {
        for name in ["Legal risk", "roles|Roles", "roles.md", "Roles#Tasks"] {
            assert!(is_name(name), "{name}");
        }
        for other in ["1, 2", "nodiscard", " -f file ", "a, b", "x", "i", "-f $a"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
