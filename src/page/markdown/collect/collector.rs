//! What is known while the Markdown library's events are read: the nodes so far, what is open
//! around the next one, and who listens to the text. Which event means what is told by the files beside.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

use crate::diagnostic::Diagnostic;
use crate::page::dialect::Dialect;
use crate::page::facts::{CodeBlock, Link};
use crate::page::markdown::nodes::{Body, Node};
use crate::page::markdown::prepare::Prepared;
use crate::source::SourcePath;

/// The one walk over the events.
pub(super) struct Collector<'a> {
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) path: &'a SourcePath,
    pub(super) dialect: Dialect,
    pub(super) body: Body<'a>,
    pub(super) matching: Matching<'a>,
    pub(super) findings: Vec<Diagnostic>,
    /// All text that a heading or link may want to know, while one does.
    pub(super) log: String,
    pub(super) listeners: usize,
    /// The text of the first paragraph, while it is read.
    pub(super) prose: Option<String>,
    /// The heading before it, if nothing else stands there.
    pub(super) lead: Option<String>,
    /// Whether something visible came already.
    pub(super) begun: bool,
    /// The text nodes that stand side by side at the end.
    pub(super) run: Run,
    pub(super) block: Option<Block<'a>>,
    pub(super) image: Option<Image>,
    pub(super) links: Vec<OpenLink>,
    /// Raw `<a>`s that are not closed yet, and how many of them lie outside the footnote.
    pub(super) anchors: Vec<OpenLink>,
    pub(super) outer_anchors: usize,
    /// Alerts among the open quotes, with their components.
    pub(super) quotes: Vec<Option<usize>>,
    /// Where the open headings' texts begin in the log.
    pub(super) heading: Option<(usize, Option<String>)>,
    pub(super) footnotes: HashMap<CowStr<'a>, usize>,
    /// How many open elements keep a paragraph from being the page's first prose.
    pub(super) aside: usize,
    /// The open paragraph's node, and whether it holds a component.
    pub(super) paragraph: Option<(usize, bool)>,
}

/// The text nodes that stand side by side at the end.
#[derive(Default)]
pub(super) struct Run {
    pub(super) first: Option<usize>,
    pub(super) may_link: bool,
    pub(super) may_name: bool,
    pub(super) holds_token: bool,
    /// For each text of it: where it begins in the run, and in the prepared text.
    pub(super) places: Vec<(usize, usize)>,
    pub(super) length: usize,
}

/// A block whose text is gathered.
pub(super) enum Block<'a> {
    Code(CodeBlock),
    Html(Vec<(CowStr<'a>, Range<usize>)>),
}

/// The components that are open.
#[derive(Default)]
pub(super) struct Matching<'a> {
    pub(super) open: Vec<OpenComponent<'a>>,
    /// Where components of a name stand among those open.
    pub(super) by_key: HashMap<&'a str, Vec<usize>>,
    /// How many containers are open.
    pub(super) level: usize,
}

/// A component that is not closed yet.
pub(super) struct OpenComponent<'a> {
    pub(super) key: &'a str,
    pub(super) mark: usize,
    pub(super) node: usize,
    pub(super) level: usize,
    pub(super) in_block: bool,
    /// Whether a closing tag was met where it could not close it.
    pub(super) missed: bool,
}

impl Matching<'_> {
    /// Enters a container.
    pub(super) fn enter(&mut self) {
        self.level += 1;
    }
}

/// The image whose alternative text is read.
pub(super) struct Image {
    pub(super) link: Link,
    /// Open elements in the alternative text.
    pub(super) depth: usize,
    pub(super) range: Range<usize>,
    pub(super) definition: Option<Range<usize>>,
    pub(super) inner_end: usize,
    pub(super) kind: LinkType,
}

/// A link that is not closed yet.
pub(super) struct OpenLink {
    pub(super) link: usize,
    /// Where its text begins in the log.
    pub(super) text: usize,
    pub(super) range: Range<usize>,
    pub(super) inner_end: usize,
    /// Whether its target is to be looked for behind its text.
    pub(super) seek: bool,
    /// Whether its end is written already.
    pub(super) ended: bool,
}

impl<'a> Collector<'a> {
    pub(super) fn new(prepared: &'a Prepared<'a>, path: &'a SourcePath, dialect: Dialect) -> Self {
        Self {
            prepared,
            path,
            dialect,
            body: Body { nodes: Vec::with_capacity(prepared.text.len() / 16), ..Body::default() },
            matching: Matching::default(),
            findings: Vec::new(),
            log: String::new(),
            listeners: 0,
            prose: None,
            lead: None,
            begun: false,
            run: Run::default(),
            block: None,
            image: None,
            links: Vec::new(),
            anchors: Vec::new(),
            outer_anchors: 0,
            quotes: Vec::new(),
            heading: None,
            footnotes: HashMap::new(),
            aside: 0,
            paragraph: None,
        }
    }

    pub(super) fn push(&mut self, node: Node<'a>) {
        self.body.nodes.push(node);
    }

    /// Lets those who listen know a text.
    pub(super) fn say(&mut self, text: &str) {
        if self.listeners > 0 {
            self.log.push_str(text);
        }
        if let Some(prose) = &mut self.prose {
            prose.push_str(text);
        }
    }

    pub(super) fn listen(&mut self) -> usize {
        self.listeners += 1;
        self.log.len()
    }

    /// What was said since `from`.
    pub(super) fn heard(&mut self, from: usize) -> String {
        let text = self.prepared.restore(self.log[from..].trim()).into_owned();
        self.listeners -= 1;
        if self.listeners == 0 {
            self.log.clear();
        }
        text
    }

    pub(super) fn restored(&self, text: CowStr<'a>) -> CowStr<'a> {
        match self.prepared.restore(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(restored) => restored.into(),
        }
    }

    pub(super) fn footnote(&mut self, name: CowStr<'a>) -> usize {
        let next = self.footnotes.len();
        self.body.footnotes = self.body.footnotes.max(next + 1);
        *self.footnotes.entry(name).or_insert(next)
    }
}
