//! Marks that take a line of their own, told by how it begins.

use super::found::{ForeignMark, Found};
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
        let Some(first) = content.bytes().next().filter(|b| b"!?=-.:[$\\{i#%<@h(*".contains(b)) else { continue };
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
            b'-' | b'<' | b'@' | b'!' | b'[' if is_snippet(content) => Some(ForeignMark::Snippet),
            b'(' if content.ends_with(")=") && !content.contains([' ', '`']) => Some(ForeignMark::Target),
            b'*' if content.starts_with("*[") && content.contains("]: ") => Some(ForeignMark::Abbreviation),
            b'h' if is_jira_heading(content) => Some(ForeignMark::Confluence),
            b'{' if is_macro(content) => Some(ForeignMark::Confluence),
            b'=' if is_wiki_heading(content) => Some(ForeignMark::Wikitext),
            b'#' if is_org(content) => Some(ForeignMark::Org),
            b'%' if content.len() > 4 && content.starts_with("%% ") && content.ends_with(" %%") => {
                Some(ForeignMark::Comment)
            }
            b':' if is_docstrings(content, next()) => Some(ForeignMark::Docstrings),
            b'.' if is_directive(content) => Some(ForeignMark::Directive),
            b'\\' if matches!(content, "\\newpage" | "\\pagebreak" | "\\clearpage") => Some(ForeignMark::PageBreak),
            b'i' if is_import(content, number.checked_sub(1).map_or("", |before| prose.lines[before].text)) => {
                Some(ForeignMark::Import)
            }
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

/// `!!! note`, `??? tip "Title"`, `!!!Warning`.
fn is_admonition(content: &str, is_indented: impl Fn() -> bool) -> bool {
    let rest = ["!!!", "???+", "???"].into_iter().find_map(|start| content.strip_prefix(start));
    let Some(rest) = rest else { return false };
    let words = rest.trim_start();
    let kind = words.split([' ', '"']).next().unwrap_or_default();
    let title = words[kind.len()..].trim();
    let is_word = |b: u8| b.is_ascii_lowercase() || b == b'-';
    let is_kind = rest.starts_with(' ') && !kind.is_empty() && kind.bytes().all(is_word);
    let is_titled = title.len() > 1 && title.starts_with('"') && title.ends_with('"');
    let is_known = BOXES.contains(&kind.to_ascii_lowercase().as_str());
    let is_bare = title.is_empty() && (is_known || is_indented());
    (is_kind && (is_titled || is_bare)) || (is_known && is_indented())
}

/// `.. note::`, `.. code-block:: python`.
fn is_directive(content: &str) -> bool {
    let Some(rest) = content.strip_prefix(".. ") else { return false };
    if rest.starts_with('_') && rest.ends_with(':') && !rest.contains(' ') {
        return true;
    }
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

/// A line that takes in another file.
fn is_snippet(content: &str) -> bool {
    ["--8<--", "<<< @/", "[!INCLUDE [", "[!INCLUDE[", "[!include["].iter().any(|start| content.starts_with(start))
        || (content.starts_with("@import \"") && content.ends_with('"'))
        || (content.starts_with("!INCLUDE \"") && content.ends_with('"'))
}

/// `h2. Heading`
fn is_jira_heading(content: &str) -> bool {
    let level = content.as_bytes().get(1).is_some_and(|level| (b'1'..=b'6').contains(level));
    level && content[2..].starts_with(". ") && content[4..].starts_with(|c: char| c.is_uppercase())
}

/// `{code:java}`, `{panel}`, `{info}`
fn is_macro(content: &str) -> bool {
    let Some(inner) = content.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else { return false };
    // `{info}Words{info}`
    let inner = inner
        .split_once('}')
        .filter(|(name, rest)| rest.ends_with(&format!("{{{name}")))
        .map_or(inner, |(name, _)| name);
    let name = inner.split(':').next().unwrap_or_default();
    let is_one = ["code", "expand", "info", "noformat", "note", "panel", "quote", "tip", "warning"].contains(&name);
    is_one && !inner.contains(['{', '}']) && !inner.contains(": ")
}

/// `== Heading ==`
fn is_wiki_heading(content: &str) -> bool {
    let level = content.bytes().take_while(|b| *b == b'=').count();
    let inner = content.trim_matches('=');
    let is_spaced = inner.starts_with(' ') && inner.ends_with(' ');
    (2..=5).contains(&level)
        && content.len() == inner.len() + 2 * level
        && is_spaced
        && inner.trim().starts_with(char::is_alphabetic)
        && !inner.contains(['=', '|'])
}

/// `#+TITLE: Words`, `#+BEGIN_SRC`
fn is_org(content: &str) -> bool {
    const NAMES: [&str; 10] = [
        "AUTHOR",
        "BEGIN_EXAMPLE",
        "BEGIN_QUOTE",
        "BEGIN_SRC",
        "DATE",
        "END_EXAMPLE",
        "END_QUOTE",
        "END_SRC",
        "OPTIONS",
        "TITLE",
    ];
    let Some(rest) = content.strip_prefix("#+") else { return false };
    let name = rest.split([':', ' ']).next().unwrap_or_default();
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// `::: package.module`, or any name above indented `options:`.
fn is_docstrings(content: &str, next: Option<&str>) -> bool {
    let Some(name) = content.strip_prefix("::: ").map(str::trim) else { return false };
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let is_part = |part: &str| !part.starts_with(|c: char| c.is_ascii_digit()) && part.bytes().all(is_letter);
    let is_option = |line: &str| ["options:", "handler:", "selection:", "rendering:"].contains(&line.trim());
    let has_options = next.is_some_and(|next| next.starts_with("    ") && is_option(next));
    name.split('.').all(|part| !part.is_empty() && is_part(part)) && (name.contains('.') || has_options)
}

/// A line that stands for a table of contents.
fn is_contents(content: &str) -> bool {
    const CONTENTS: [&str; 8] =
        ["[toc]", "[[toc]]", "[[_toc_]]", "${toc}", "{{toc}}", "{:toc}", "[[__toc__]]", "{toc}"];
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
        let Some(name) = name.filter(|_| info.len() + 3 <= line.len()) else { continue };
        let start = code.span.start + line.len() - info.len();
        let span = Span::new(start, code.span.start + line.len());
        if is_myst(name) {
            found.put(ForeignMark::Myst, span, None);
        } else if let Some(language) = cell(name) {
            let is_all = name.len() + 2 == info.len() && name.trim_start_matches('.') == language;
            let edit = Edit { span, replacement: language.to_owned() };
            found.put(ForeignMark::Cell, span, is_all.then(|| vec![edit]));
        }
    }
}

/// The language of a cell of Quarto, or of a block of Pandoc: `{python}`, `{r, echo=FALSE}`, `{.sql}`.
fn cell(name: &str) -> Option<&str> {
    const LANGUAGES: [&str; 14] = [
        "bash",
        "dot",
        "html",
        "java",
        "javascript",
        "json",
        "julia",
        "mermaid",
        "ojs",
        "python",
        "r",
        "sh",
        "sql",
        "yaml",
    ];
    let language = name.trim_start_matches('.').split([' ', ',']).next()?;
    LANGUAGES.contains(&language).then_some(language)
}

fn is_myst(name: &str) -> bool {
    BOXES.contains(&name) || DIRECTIVES.contains(&name)
}
