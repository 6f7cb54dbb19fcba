//! Marks that take a line of their own, told by how it begins.

use super::found::{ForeignMark, Found};
use crate::check::prose::Line;
use crate::diagnostic::Edit;
use crate::source::Span;

/// What boxes are called elsewhere.
const BOXES: [&str; 22] = [
    "abstract",
    "attention",
    "bug",
    "caution",
    "danger",
    "error",
    "example",
    "fail",
    "failure",
    "hint",
    "important",
    "info",
    "note",
    "question",
    "quote",
    "seealso",
    "success",
    "summary",
    "tip",
    "todo",
    "tldr",
    "warning",
];

/// Directives of MyST beside its boxes.
const DIRECTIVES: [&str; 24] = [
    "admonition",
    "card",
    "code-block",
    "code-cell",
    "contents",
    "csv-table",
    "dropdown",
    "eval-rst",
    "figure",
    "glossary",
    "grid",
    "image",
    "include",
    "index",
    "list-table",
    "literalinclude",
    "margin",
    "math",
    "sidebar",
    "tab-item",
    "tab-set",
    "tableofcontents",
    "toctree",
    "topic",
];

pub(super) fn find(found: &mut Found<'_>) {
    let prose = found.prose;
    for (number, line) in prose.lines.iter().enumerate().filter(|(_, line)| !line.hidden) {
        let content = line.text.trim_start();
        let Some(first) = content.bytes().next().filter(|b| b"!?=-.:[$\\{ih".contains(b)) else { continue };
        let next = || prose.lines[number + 1..].iter().map(|line| line.text).find(|text| !text.trim().is_empty());
        let is_indented = || next().is_some_and(|text| text.starts_with("    ") || text.starts_with('\t'));
        let start = line.start + line.text.len() - content.len();
        let content = content.trim_end();
        let span = Span::new(start, start + content.len());
        let mark = match first {
            b'!' | b'?' if is_admonition(content, is_indented) => Some(ForeignMark::Admonition),
            b'=' if content.starts_with("=== \"") && content.ends_with('"') && is_indented() => {
                Some(ForeignMark::ContentTabs)
            }
            b'-' if content.starts_with("--8<--") => Some(ForeignMark::Snippet),
            b'.' if is_directive(content) => Some(ForeignMark::Directive),
            b'\\' if matches!(content, "\\newpage" | "\\pagebreak" | "\\clearpage") => Some(ForeignMark::PageBreak),
            b'i' if is_import(content, number.checked_sub(1).map_or("", |before| prose.lines[before].text)) => {
                Some(ForeignMark::Import)
            }
            b'h' if is_heading_of_jira(content) => Some(ForeignMark::Jira),
            b'{' if is_block_of_jira(content, || found.prose.lines[number + 1..].iter()) => Some(ForeignMark::Jira),
            b':' if is_docstrings(content, next()) => Some(ForeignMark::Docstrings),
            b'[' | b'$' | b'{' if is_contents(content) => Some(ForeignMark::Contents),
            _ => None,
        };
        match mark {
            Some(ForeignMark::Contents) => {
                let is_link = found.page.links.iter().any(|link| link.span.whole.start == start);
                if !is_link {
                    let edit = Edit { span: line.span(), replacement: String::new() };
                    found.note(ForeignMark::Contents, span, Some(vec![edit]));
                }
            }
            Some(mark) => found.note(mark, span, None),
            None if first == b':' => div(found, span, content),
            None => {}
        }
    }
    fences(found);
}

/// `!!! note`, `??? tip "Title"`.
fn is_admonition(content: &str, is_indented: impl Fn() -> bool) -> bool {
    let rest =
        content.strip_prefix("!!!").or_else(|| content.strip_prefix("???+")).or_else(|| content.strip_prefix("???"));
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix(' ')) else { return false };
    let kind = rest.trim_start().split([' ', '"']).next().unwrap_or_default();
    let title = rest.trim_start()[kind.len()..].trim();
    let is_kind = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let is_titled = title.len() > 1 && title.starts_with('"') && title.ends_with('"');
    let is_known = BOXES.contains(&kind);
    is_kind && (is_titled || (title.is_empty() && (is_known || is_indented())) || (is_known && is_indented()))
}

/// `.. note::`, `.. code-block:: python`.
fn is_directive(content: &str) -> bool {
    let Some(rest) = content.strip_prefix(".. ") else { return false };
    let Some((name, after)) = rest.split_once("::") else { return false };
    let is_name = |b: u8| b.is_ascii_lowercase() || b == b'-' || b == b':';
    !name.is_empty() && name.bytes().all(is_name) && (after.is_empty() || after.starts_with(' '))
}

/// An `import` of JavaScript that isn't read as one, since it goes on a paragraph or its file has no quotation marks.
fn is_import(content: &str, before: &str) -> bool {
    let Some(rest) = content.strip_prefix("import ") else { return false };
    let Some((names, file)) = rest.trim_end_matches(';').rsplit_once(" from ") else { return false };
    let is_names = names.split([',', ' ', '{', '}']).all(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'));
    let is_quoted = file.len() > 2 && file.starts_with(['"', '\'']) && file.ends_with(&file[..1]);
    let is_file = ["@site/", "@theme/", "./", "../"].iter().any(|start| file.starts_with(start)) && !file.contains(' ');
    let goes_on = before.starts_with(|c: char| c.is_alphanumeric()) && !before.starts_with("import ");
    is_names && ((is_quoted && goes_on) || is_file)
}

/// `h2. Goals`
fn is_heading_of_jira(content: &str) -> bool {
    let rest = content.strip_prefix('h').and_then(|rest| rest.strip_prefix(['1', '2', '3', '4', '5', '6']));
    rest.and_then(|rest| rest.strip_prefix(". ")).is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// `{code}` up to `{code}`, each on a line of its own.
fn is_block_of_jira<'a, L: Iterator<Item = &'a Line<'a>>>(content: &str, later: impl Fn() -> L) -> bool {
    let Some(inner) = content.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else { return false };
    let name = inner.split(':').next().unwrap_or_default();
    let is_end =
        |line: &Line<'_>| line.text.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) == Some(name);
    matches!(name, "code" | "noformat" | "quote" | "panel") && later().any(is_end)
}

/// `::: package.module`, or any name above indented `options:`.
fn is_docstrings(content: &str, next: Option<&str>) -> bool {
    let Some(name) = content.strip_prefix("::: ").map(str::trim) else { return false };
    let is_part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && !part.as_bytes()[0].is_ascii_digit()
    };
    let has_options = next.is_some_and(|next| {
        next.starts_with("    ") && ["options:", "handler:", "selection:", "rendering:"].contains(&next.trim())
    });
    name.split('.').all(is_part) && (name.contains('.') || has_options)
}

/// A line that stands for a table of contents.
fn is_contents(content: &str) -> bool {
    const CONTENTS: [&str; 7] = ["[toc]", "[[toc]]", "[[_toc_]]", "${toc}", "{{toc}}", "{:toc}", "[[__toc__]]"];
    content.len() <= 11 && CONTENTS.iter().any(|known| known.eq_ignore_ascii_case(content))
}

/// `::: {.callout-note}`, `:::{note}`.
fn div(found: &mut Found<'_>, span: Span, content: &str) {
    let colons = content.bytes().take_while(|b| *b == b':').count();
    let rest = content[colons..].trim_start();
    let Some(inner) = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).filter(|_| colons >= 3) else {
        return;
    };
    let name = inner.trim();
    let is_class = name.starts_with(['.', '#']);
    let kind = name.strip_prefix(".callout-").unwrap_or(name);
    let kinds = ["caution", "danger", "important", "note", "tip", "warning"];
    let edits = kinds.contains(&kind).then(|| {
        let start = span.start + colons;
        vec![Edit { span: Span::new(start, span.end), replacement: kind.to_owned() }]
    });
    if is_class {
        found.note(ForeignMark::Div, span, edits);
    } else if is_myst(name) {
        found.note(ForeignMark::Myst, span, edits);
    }
}

/// Code blocks that are directives of MyST: ```` ```{note} ````.
fn fences(found: &mut Found<'_>) {
    let page = found.page;
    for code in &page.code {
        let written = code.span.of(&page.text);
        let line = written.lines().next().unwrap_or_default().trim_end();
        let info = line.trim_start_matches(['`', '~']);
        let name = info.strip_prefix('{').and_then(|rest| rest.split('}').next());
        if info.len() + 3 <= line.len() && name.is_some_and(is_myst) {
            let span = Span::new(code.span.start + line.len() - info.len(), code.span.start + line.len());
            let places = found.places.entry(ForeignMark::Myst).or_default();
            places.edits = None;
            places.spans.push(span);
        }
    }
}

fn is_myst(name: &str) -> bool {
    BOXES.contains(&name) || DIRECTIVES.contains(&name)
}
