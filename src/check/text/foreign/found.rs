//! What is found on a page of marks of other tools, and what is said of each.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::prose::Prose;
use crate::diagnostic::Edit;
use crate::page::Page;
use crate::source::Span;

/// No mark within a line is longer.
const LONGEST: usize = 400;

/// A mark of another tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ForeignMark {
    Admonition,
    ContentTabs,
    Snippet,
    Shortcode,
    GitBook,
    Liquid,
    Variable,
    Include,
    Wiki,
    Contents,
    Attributes,
    Maths,
    Directive,
    Role,
    Myst,
    Div,
    Video,
    PageBreak,
    Import,
    Cell,
    Abbreviation,
    Target,
    Icon,
    Confluence,
    Wikitext,
    Org,
    Comment,
    Highlight,
    Bbcode,
    Latex,
    Embed,
    WikiBold,
    Docstrings,
}

impl ForeignMark {
    /// Whose it is, and what to do in its place.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Admonition => ("a box of MkDocs", "Write `:::note Title`, the text, and a line `:::`."),
            Self::ContentTabs => ("a tab of MkDocs", "Write `<Tabs>` with a `<TabItem label=\"…\">` for each tab."),
            Self::Snippet => ("an inclusion of another tool", "Write the text here, or link to the page that has it."),
            Self::Shortcode => ("a shortcode of Hugo", "Write a component, such as `<BoxOut>`, or plain Markdown."),
            Self::GitBook => ("a block of GitBook", "Write `:::info`, the text, and a line `:::`, or plain Markdown."),
            Self::Liquid => ("a tag of Jekyll or another template language", "Write plain Markdown in its place."),
            Self::Variable => (
                "a variable of a template language",
                "Write the text or address itself; what the front matter says is `{frontMatter.title}`.",
            ),
            Self::Include => ("an inclusion of mdBook", "Write the text here, or link to the page that has it."),
            Self::Wiki => ("a wiki link", "Write `[text](page.md)`."),
            Self::Contents => {
                ("a table of contents of another tool", "Take it away: each page has one beside its text.")
            }
            Self::Attributes => (
                "a mark for looks of another tool",
                "Take it away; only a heading can have an id, as in `## Heading {#id}`.",
            ),
            Self::Maths => (
                "a formula, which is not read as one",
                "Write `$…$` in a line, without spaces inside of the signs, or `$$…$$` on lines of its own.",
            ),
            Self::Directive => {
                ("a directive of reStructuredText", "Write it in Markdown: a box is `:::note` up to `:::`.")
            }
            Self::Role => ("a role of reStructuredText or MyST", "Write a link: `[text](page.md)`."),
            Self::Myst => ("a directive of MyST", "Write it in Markdown: a box is `:::note` up to `:::`."),
            Self::Div => ("a block of Pandoc or Quarto", "Write `:::note`, the text, and a line `:::`."),
            Self::Video => ("a video of another tool", "Write a link, or `<ReactPlayer url=\"…\" />`."),
            Self::Abbreviation => {
                ("an abbreviation of MkDocs", "Write it out where it stands, or `<abbr title=\"…\">`.")
            }
            Self::Target => ("a label of MyST", "Take it away; a heading can have an id: `## Heading {#id}`."),
            Self::Icon => ("an icon of MkDocs", "Take it away, or show a picture."),
            Self::Cell => {
                ("a language in braces, as other tools have it", "Write the language alone: ```` ```python ````.")
            }
            Self::Confluence => (
                "a mark of Confluence or Jira",
                "Write it in Markdown: `## Heading`, ```` ``` ```` around code, `:::note` for a box.",
            ),
            Self::Wikitext => ("a heading of a wiki", "Write it in Markdown: `## Heading`."),
            Self::Org => ("a mark of Org mode", "Write it in Markdown, or in the front matter."),
            Self::Comment => ("a comment of Obsidian", "Write `<!-- … -->`."),
            Self::Highlight => ("a mark for highlighted text", "Write `<mark>text</mark>`."),
            Self::Bbcode => ("a mark of a forum (BBCode)", "Write it in Markdown: `**bold**`, `[text](address)`."),
            Self::Embed => ("a wiki's way to show a file", "Write `![what it shows](picture.png)`."),
            Self::WikiBold => ("bold text of a wiki", "Write `**…**`."),
            Self::Docstrings => ("a mark of mkdocstrings", "Write the text here: no program's comments are read."),
            Self::Latex => ("a command of LaTeX", "Write it in Markdown."),
            Self::Import => ("a line of a program", "Take it away: components need not be imported."),
            Self::PageBreak => ("a page break of LaTeX", "Take it away: a site has no pages of paper."),
        }
    }
}

impl ForeignMark {
    /// What readers see of it.
    pub(super) fn comes_to(self) -> &'static str {
        match self {
            Self::Cell => "only its code is shown",
            Self::Myst => "it does nothing here",
            _ => "it is shown as it is written",
        }
    }
}

/// What a page holds of a mark.
#[derive(Default)]
pub(super) struct MarkPlaces {
    pub(super) spans: Vec<Span>,
    /// The edits that make of it what it means, if that is certain at each of its places.
    pub(super) edits: Option<Vec<Edit>>,
    /// What to write at the first of its places, where that can be told.
    pub(super) help: Option<String>,
}

/// All that is found on a page.
pub(super) struct Found<'a> {
    pub(super) page: &'a Page,
    pub(super) prose: &'a Prose<'a>,
    pub(super) places: BTreeMap<ForeignMark, MarkPlaces>,
    /// Elements of HTML that show code, once they were asked for.
    html_code: Option<Vec<Range<usize>>>,
}

impl<'a> Found<'a> {
    pub(super) fn new(page: &'a Page, prose: &'a Prose<'a>) -> Self {
        Self { page, prose, places: BTreeMap::new(), html_code: None }
    }

    /// Notes a mark, if it isn't shown as code and not escaped.
    pub(super) fn note(&mut self, mark: ForeignMark, span: Span, edits: Option<Vec<Edit>>) {
        let text = self.prose.text;
        let slashes = text[..span.start].bytes().rev().take_while(|b| *b == b'\\').count();
        if slashes % 2 == 1 || self.prose.is_hidden(span.start) {
            return;
        }
        let code = self.html_code.get_or_insert_with(|| html_code(text, self.prose.body));
        let next = code.partition_point(|range| range.end <= span.start);
        if code.get(next).is_some_and(|range| range.start < span.start) {
            return;
        }
        self.put(mark, span, edits);
    }

    /// Notes a mark wherever it is.
    pub(super) fn put(&mut self, mark: ForeignMark, span: Span, edits: Option<Vec<Edit>>) {
        let places = self.places.entry(mark).or_default();
        places.edits = match (places.edits.take(), edits) {
            (Some(mut all), Some(more)) => {
                all.extend(more);
                Some(all)
            }
            (None, Some(edits)) if places.spans.is_empty() => Some(edits),
            _ => None,
        };
        places.spans.push(span);
    }
}

/// The elements of HTML that show code, or hold a script or a style, in order.
fn html_code(text: &str, body: usize) -> Vec<Range<usize>> {
    const NAMES: [&str; 6] = ["code", "kbd", "pre", "samp", "script", "style"];
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'<', &text.as_bytes()[body..]).map(|at| body + at) {
        if ranges.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let rest = &text[at + 1..];
        let opens = |name: &&&str| {
            rest.strip_prefix(**name)
                .is_some_and(|after| after.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()))
        };
        if let Some(name) = NAMES.iter().find(opens) {
            let end = rest.find(&format!("</{name}")).map_or(text.len(), |length| at + 1 + length);
            ranges.push(at..end);
        }
    }
    ranges
}

/// What of a line's rest is looked at: no mark is longer.
pub(super) fn rest_of_line(text: &str, at: usize) -> &str {
    let mut end = (at + LONGEST).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[at..end].split('\n').next().unwrap_or_default()
}
