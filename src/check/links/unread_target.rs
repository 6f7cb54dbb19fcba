//! Why `[text](` was not read as a link: what its brackets hold is told, and what to write.

use super::anchor::letters;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::page::Page;
use crate::source::Span;

/// What is told of a longer one ends here.
const LONGEST: usize = 80;

/// A target that is longer isn't looked through: a line may be a whole book.
const FARTHEST: usize = 1_000;

/// Quotes that no title stands in.
const CURLY: [char; 10] = ['“', '”', '„', '«', '»', '‘', '’', '″', '‟', '‚'];

/// What is told of a link that begins at `start`, whose target begins at `from`, in a line that ends at `end`.
pub(super) fn finding(page: &Page, start: usize, from: usize, end: usize, last_close: Option<usize>) -> Diagnostic {
    let text = &*page.text;
    let rest = &text[from..floor(text, end.min(from + FARTHEST)).max(from)];
    let is_closed = last_close.is_some_and(|close| close >= from);
    let close = memchr::memchr(b')', rest.as_bytes()).filter(|_| is_closed);
    let until = close.map_or(end.max(from), |close| from + close + 1);
    let span = Span::new(start, floor(text, until.min(start.max(from - 2) + LONGEST)).max(from));
    let tell = |why: &str, help: String| {
        let message = format!("this is meant as a link, but {why}");
        Diagnostic::new(Code::UnreadLink, &page.path, span, message).with_help(help)
    };
    let Some(close) = close else {
        return tell("is not read as one", "Close it: `[text](target)`.".into());
    };
    let inner = &rest[..close];
    if text[..from - 2].ends_with(']') && !text[start + 1..from - 2].contains('[') {
        let fix = Fix {
            title: "remove a bracket".into(),
            edits: vec![Edit { span: Span::new(from - 3, from - 2), replacement: String::new() }],
        };
        return tell("a bracket stands there twice", "Remove one `]`.".into()).with_fix(fix);
    }
    let place = Span::new(from, from + close);
    let word = rest.split(char::is_whitespace).next().unwrap_or_default();
    let count = |bracket: char| word.matches(bracket).count();
    if count('(') > 0 && count('(') == count(')') {
        let help = "Write one more `)` at its end: those there are belong to the address.";
        return tell("its last bracket is missing", help.into());
    }
    if let Some(fix) = straight_quotes(inner, from) {
        let help = "Write straight quotes around the title: `(target \"title\")`.".into();
        return tell("its title stands in other quotes than `\"`", help).with_fix(fix);
    }
    if let Some(wanted) = inner.strip_prefix('#').filter(|wanted| wanted.contains(' '))
        && let Some(heading) = page.headings.iter().find(|heading| letters(&heading.text) == letters(wanted))
    {
        let id = &heading.id;
        let help = format!("Write the heading's id: `#{id}`.");
        return tell("a space keeps it from being one", help).with_fix(Fix::replace(place, format!("#{id}")));
    }
    if let Some(place_to) =
        inner.strip_prefix("mailto:").filter(|rest| rest.starts_with(' ') && !rest.trim().contains(' '))
    {
        let written = format!("mailto:{}", place_to.trim());
        return tell("a space keeps it from being one", format!("Write `{written}`."))
            .with_fix(Fix::replace(place, written));
    }
    if inner.trim() == inner && inner.contains(' ') && !inner.contains(['"', '<', '\'', '[']) && names_file(inner) {
        if let Some((path, heading)) = inner.split_once('#').filter(|(path, _)| !path.contains(' ')) {
            let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
            let id = heading.chars().filter(is_kept).collect::<String>().to_lowercase().replace(' ', "-");
            return tell("a space keeps it from being one", format!("Write the heading's id, as in `{path}#{id}`."));
        }
        let written = inner.replace(' ', "%20");
        let help = "Write each space in an address as `%20`.".into();
        return tell("a space keeps it from being one", help).with_fix(Fix::replace(place, written));
    }
    if inner.trim() == inner && inner.contains(' ') && (inner.starts_with("https://") || inner.starts_with("http://")) {
        let help = "Write each space in an address as `%20`, and a title in quotes: `(target \"title\")`.".into();
        return tell("a space keeps it from being one", help);
    }
    let help = "Write `[text](target)`: the target without spaces, its title in quotes if it has one.";
    tell("is not read as one", help.into())
}

/// Straight quotes in place of those around a title.
fn straight_quotes(inner: &str, from: usize) -> Option<Fix> {
    let (target, rest) = inner.split_once(' ')?;
    let title = rest.trim();
    let (first, last) = (title.chars().next()?, title.chars().next_back()?);
    let is_title = CURLY.contains(&first) && CURLY.contains(&last) && title.chars().count() > 2 && !title.contains('"');
    let start = from + target.len() + 1 + rest.len() - rest.trim_start().len();
    let edit = |at: usize, quote: char| Edit { span: Span::new(at, at + quote.len_utf8()), replacement: "\"".into() };
    let edits = vec![edit(start, first), edit(start + title.len() - last.len_utf8(), last)];
    is_title.then(|| Fix { title: "write straight quotes".into(), edits })
}

/// Whether a text with spaces is rather an address than words.
fn names_file(text: &str) -> bool {
    const ENDINGS: [&str; 12] =
        [".md", ".mdx", ".html", ".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".pdf", ".docx", ".xlsx"];
    let lower = text.to_lowercase();
    let path = lower.split('#').next().unwrap_or_default();
    // The last word after an address may be its title.
    let goes_on = lower.rsplit(' ').next().is_some_and(|last| last.contains(['/', '.']));
    let is_web = lower.starts_with("https://") || lower.starts_with("http://");
    is_web && goes_on || ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// The nearest place at or before one where a character begins.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
