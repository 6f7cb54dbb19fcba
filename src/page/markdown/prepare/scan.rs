//! What is known while a body is walked over, from left to right: what was found, and
//! where the current line stands. How lines are read is told by the files beside.

use std::collections::HashMap;
use std::ops::Range;

use super::lines::line_end;
use super::literal::Values;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::dialect::Dialect;
use crate::page::front_matter::FrontMatter;
use crate::page::markdown::component_marks::{Mark, Opening};
use crate::source::{SourcePath, Span};

/// How deep quotes and lists may nest; what is deeper stays text.
pub(super) const MAX_CONTAINERS: usize = 100;

/// What lines can lie in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Container {
    /// `>`
    Quote,
    /// A list item, footnote or definition, whose content is indented by so many columns.
    Item { indent: usize },
    /// A component whose children are indented by so many columns, which are taken away.
    Shift { columns: usize },
    /// An admonition opened by so many colons.
    Admonition { colons: usize },
}

/// The block that the next line may continue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Leaf {
    /// None.
    None,
    /// A paragraph, or a table.
    Paragraph,
    /// A code block that a line of at least so many of these characters closes.
    Fence { mark: u8, length: usize },
    /// Raw HTML that ends where a line holds one of these.
    Verbatim(&'static [&'static str]),
    /// Raw HTML that ends at a blank line.
    Html,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mode {
    /// Part of a paragraph, or its beginning.
    Block,
    /// A heading: nothing in it can begin a block.
    Line,
    /// Raw HTML up to a blank line.
    Html,
}

/// A line as far as it is read.
pub(super) struct Line {
    pub(super) at: usize,
    pub(super) end: usize,
    /// Where what was last looked at ends: what follows is text.
    pub(super) seen: usize,
    /// No escape begins before this.
    pub(super) start: usize,
    pub(super) mode: Mode,
    /// Columns of white space before it.
    pub(super) indent: usize,
    /// Whether anything visible stands on it.
    pub(super) visible: bool,
    /// The component tags on it that are inline: how many, and the edit and mark of the last.
    pub(super) tags: usize,
    pub(super) last_tag: Option<(usize, usize)>,
    /// Whether a token of its own line was made of it.
    pub(super) was_block: bool,
    /// Where a plain tag ends that is the first thing on it.
    pub(super) html_tag: Option<usize>,
}

/// By what a body is read.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The front matter that it may refer to.
    pub(crate) meta: &'a FrontMatter,
    /// The extensions that it may use.
    pub(crate) dialect: Dialect,
}

/// Bytes at which a line must be looked at.
#[derive(Default)]
pub(super) struct Signs {
    bytes: Vec<u8>,
}

impl Signs {
    pub(super) fn new(mut bytes: Vec<u8>) -> Self {
        bytes.sort_unstable();
        bytes.dedup();
        Self { bytes }
    }

    /// Where the first one stands.
    pub(super) fn find(&self, text: &[u8]) -> Option<usize> {
        match self.bytes[..] {
            [one, two, three] => memchr::memchr3(one, two, three, text),
            _ => text.iter().position(|byte| self.bytes.contains(byte)),
        }
    }
}

/// One replacement in the body.
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// A component whose opening tag stands on a line of its own and is not closed yet.
pub(super) struct Open {
    pub(super) name: String,
    /// How many containers were open around it.
    pub(super) depth: usize,
    /// Whether it stands in a block of raw HTML.
    pub(super) in_html: bool,
}

/// The one walk over a body, from left to right.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) offset: usize,
    pub(super) path: &'a SourcePath,
    /// Which extensions are read, and the bytes at which they may begin.
    pub(super) dialect: Dialect,
    pub(super) signs: Signs,
    /// The front matter that paths in braces lead into.
    pub(super) values: Values<'a>,
    pub(super) edits: Vec<Edit>,
    pub(super) marks: Vec<Mark>,
    pub(super) openings: Vec<Opening>,
    pub(super) findings: Vec<Diagnostic>,
    /// The comments in braces, as spans of the file.
    pub(super) comments: Vec<Span>,
    pub(super) token: String,
    /// The quotes, list items and components around the current line.
    pub(super) containers: Vec<Container>,
    /// Whether the line before began a list item and holds nothing of it: a blank line ends such an item.
    pub(super) item_is_empty: bool,
    /// The block that the current line may continue.
    pub(super) leaf: Leaf,
    pub(super) open: Vec<Open>,
    /// Components opened in the line of text, by name.
    pub(super) inline_open: Vec<String>,
    /// What lies before this was read as part of a code span or comment.
    pub(super) skip_until: usize,
    /// Where the paragraph around the current line ends, as far as is known.
    pub(super) extent: usize,
    /// Runs of backticks in that paragraph, by length; `None` until asked for.
    pub(super) ticks: Option<HashMap<usize, Vec<usize>>>,
    /// The last closing tag of each name; `None` until asked for.
    pub(super) closers: Option<HashMap<&'a str, usize>>,
    /// Where the next comment ends and the next blank line begins, as far as was looked.
    pub(super) comment_end: usize,
    pub(super) blank_line: usize,
    /// No `*/}` stands in the rest of the body.
    pub(super) no_jsx_comment_end: bool,
    /// How many bytes may still be read in vain for tags that turn out to be none.
    pub(super) budget: usize,
    /// After a component in raw HTML: the next line may be indented HTML.
    pub(super) html_tail: bool,
    /// Whether the page was found too deep already.
    pub(super) too_deep: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, offset: usize, path: &'a SourcePath, reading: Reading<'a>) -> Self {
        let Reading { meta, dialect } = reading;
        Self {
            text,
            offset,
            path,
            dialect,
            signs: Signs::default(),
            values: Values::new(meta, text),
            edits: Vec::new(),
            marks: Vec::new(),
            openings: Vec::new(),
            findings: Vec::new(),
            comments: Vec::new(),
            token: String::new(),
            containers: Vec::new(),
            item_is_empty: false,
            leaf: Leaf::None,
            open: Vec::new(),
            inline_open: Vec::new(),
            skip_until: 0,
            extent: 0,
            ticks: None,
            closers: None,
            comment_end: 0,
            blank_line: 0,
            no_jsx_comment_end: false,
            budget: text.len().saturating_mul(4) + (1 << 16),
            html_tail: false,
            too_deep: false,
        }
    }

    /// Records a replacement; replacements come in order.
    pub(super) fn edit(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push(Edit { range, text: text.into() });
    }

    /// Records a component's tag, and what it opens; tells its number.
    pub(super) fn mark(&mut self, opening: Option<Opening>, mark: Mark) -> usize {
        let opening = opening.map(|opening| {
            self.openings.push(opening);
            self.openings.len() - 1
        });
        self.marks.push(Mark { opening, ..mark });
        self.marks.len() - 1
    }

    /// Records a finding about a range of the body.
    pub(super) fn find(&mut self, code: Code, range: Range<usize>, message: String, help: &str) {
        let span = Span::from(range).shifted(self.offset);
        self.findings.push(Diagnostic::new(code, self.path, span, message).with_help(help));
    }

    /// Says once that the page repeats too much of its front matter.
    pub(super) fn find_too_much(&mut self, range: Range<usize>) {
        if !self.findings.iter().any(|finding| finding.code == Code::OversizedPage) {
            let written = &self.text[range.clone()];
            let message = format!("`{written}` is not filled in: this page repeats too much of its front matter");
            self.find(Code::OversizedPage, range, message, "Write it once, or make what is repeated shorter.");
        }
    }

    /// Says once that the page is too deep.
    pub(super) fn find_too_deep(&mut self, at: usize) {
        if !std::mem::replace(&mut self.too_deep, true) {
            let message = format!("this page nests quotes, lists or components more than {MAX_CONTAINERS} deep");
            let range = at..line_end(self.text, at);
            self.find(Code::TooDeep, range, message, "Take the nesting apart: what is deeper is shown as plain text.");
        }
    }

    /// The token of a mark, as inline HTML or as a block of its own.
    pub(super) fn token(&self, mark: usize, block: bool) -> String {
        if block { format!("<!--{}{mark}-->", self.token) } else { format!("<{}{mark}/>", self.token) }
    }
}
