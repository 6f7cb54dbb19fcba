//! A page's body as a flat row of nodes, between reading and writing: what the
//! Markdown library found, with components matched and links noted.

use pulldown_cmark::{Alignment, CowStr};

use crate::page::facts::{CodeBlock, Formula, Link};
use crate::source::Span;

/// A stretch of the body.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// Nothing, any more.
    Nothing,
    /// Text, not yet escaped.
    Text(CowStr<'a>),
    /// A code span.
    CodeSpan(CowStr<'a>),
    /// HTML as it is.
    Html(CowStr<'a>),
    /// An id that raw HTML here brings.
    Id(String),
    /// The beginning of a line, unless it is one already.
    Line,
    /// A line break in the source.
    SoftBreak,
    /// A line break that is meant.
    HardBreak,
    /// A line across.
    Rule,
    /// The box of a task, ticked or not.
    Task(bool),
    /// The beginning of an element.
    Open(Element),
    /// Its end.
    Close(Element),
    /// The beginning of a heading, by its number among the headings.
    Heading(usize),
    /// Its end.
    HeadingEnd(usize),
    /// The beginning of a link, by its number among the links.
    Link(usize),
    /// Its end.
    LinkEnd(usize),
    /// An image, by its number among the links.
    Image(usize),
    /// The address alone, by its number among the links.
    Address(usize),
    /// Before a table of raw HTML.
    Table,
    /// After it.
    TableEnd,
    /// A code block, by its number.
    Code(usize),
    /// A formula, by its number.
    Formula(usize),
    /// The beginning of a component, by its number.
    Component(usize),
    /// Its end.
    ComponentEnd(usize),
    /// A reference to a footnote, by its number.
    FootnoteReference(usize),
    /// The beginning of a footnote.
    Footnote(usize),
    /// Its end.
    FootnoteEnd,
}

/// An element without a place left open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Element {
    Paragraph,
    Quote,
    /// A list; a numbered one with its first number.
    List(Option<u64>),
    Item,
    Emphasis,
    Strong,
    Strikethrough,
    /// A table, by its number.
    Table(usize),
    TableHead,
    TableRow,
    Cell,
    Definitions,
    Term,
    Definition,
}

/// A heading as read, without its id.
#[derive(Debug)]
pub(super) struct HeadingDraft {
    pub(super) level: u8,
    /// The id that the author wrote.
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    pub(super) text: String,
    pub(super) span: Span,
}

/// A component as matched.
#[derive(Debug)]
pub(super) struct ComponentDraft {
    pub(super) source: ComponentSource,
    pub(super) span: Span,
    pub(super) inline: bool,
}

/// What a component is made of.
#[derive(Debug)]
pub(super) enum ComponentSource {
    /// An opening tag, by its number among the openings.
    Opening(usize),
    /// `> [!NOTE]`, by its kind.
    Alert(&'static str),
}

/// A body as nodes, with what they refer to.
#[derive(Debug, Default)]
pub(super) struct Body<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) headings: Vec<HeadingDraft>,
    pub(super) links: Vec<Link>,
    pub(super) code: Vec<CodeBlock>,
    pub(super) formulas: Vec<Formula>,
    pub(super) components: Vec<ComponentDraft>,
    pub(super) tables: Vec<Vec<Alignment>>,
    /// How many footnotes are named.
    pub(super) footnotes: usize,
    /// The heading that is the body's first thing and of the first level.
    pub(super) title: Option<usize>,
    /// Code in lines of text.
    pub(super) code_spans: Vec<Span>,
    /// Comments of HTML.
    pub(super) comments: Vec<Span>,
    /// The first paragraph of text.
    pub(super) prose: String,
}
