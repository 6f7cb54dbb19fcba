//! What is known of one file's body: headings, links, code, components, and all of it in pieces.

use serde::Serialize;
use serde_json::Value;

use super::query::Query;
use crate::diagnostic::Diagnostic;
use crate::html::push_attribute;
use crate::html::set::{SETS, candidates};
use crate::html::unread::is_path;
use crate::source::Span;

/// The id of a heading of signs, from which none can be made: `## 🎉`.
pub const OF_SIGNS: &str = "section";

/// What a file's body says by itself.
#[derive(Clone, Debug)]
pub struct PageBody {
    /// The `digest` of the file's text and its dialect.
    pub digest: blake3::Hash,
    /// The first `#` heading, where it is the first thing in the body: it
    /// is the page's title where the front matter has none, and stands in for it on the page.
    pub content_title: Option<String>,
    /// Headings with ids, in order; `Piece::Heading` holds an index into it.
    pub headings: Vec<Heading>,
    /// Links, images and other references, in order; `Piece::Link` and others hold an index into it.
    pub links: Vec<Link>,
    /// Code blocks, in order; `Piece::Code` holds an index into it.
    pub code: Vec<CodeBlock>,
    /// Components, in order of their opening tags; `Piece::Component` holds an index into it.
    pub components: Vec<Component>,
    /// Formulas, in order; `Piece::Formula` holds an index into it.
    pub formulas: Vec<Formula>,
    /// The body as HTML with places left open.
    pub body: Vec<Piece>,
    /// Ids that raw HTML brings (`id="…"`, `<a name="…">`).
    pub raw_ids: Vec<String>,
    /// Code in lines of text, with its backticks, in order of place.
    pub code_spans: Vec<Span>,
    /// Comments, `<!-- … -->` and `{/* … */}`, in order of place.
    pub comments: Vec<Span>,
    /// The first line of prose, as plain text: the description where the front matter has none.
    pub first_prose: String,
    /// What is wrong in the file by itself, its front matter included, in order of place.
    pub findings: Vec<Diagnostic>,
}

/// A heading with an id.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its address on the page.
    pub id: String,
    /// Its text, without markup.
    pub text: String,
    /// The classes that the author gave it.
    #[serde(skip)]
    pub classes: Vec<String>,
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
}

impl Heading {
    /// Appends its start tag.
    pub fn push_opening(&self, out: &mut String) {
        out.extend(["<h", self.digit(), " id=\""]);
        push_attribute(out, &self.id);
        out.push('"');
        if !self.classes.is_empty() {
            out.push_str(" class=\"");
            push_attribute(out, &self.classes.join(" "));
            out.push('"');
        }
        out.push('>');
    }

    /// Appends its end tag.
    pub fn push_closing(&self, out: &mut String) {
        out.extend(["</h", self.digit(), ">"]);
    }

    fn digit(&self) -> &'static str {
        ["1", "2", "3", "4", "5", "6"][usize::from(self.level.clamp(1, 6)) - 1]
    }
}

/// What a reference is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](target)`, `<https://…>`, a bare address or a raw `<a href>`.
    Link,
    /// `![text](target)` or a raw `<img src>`.
    Image,
    /// Another raw element's `href`, `src` or `poster`.
    Resource,
    /// A component's attribute that holds an address (`link`, `image`, `href`, `src` …).
    Attribute,
    /// `[[ri-5]]`: a page by what it is called. Without words of its own it shows the page's title.
    Named,
    /// A code span that may be what a page is called: then it leads there, and else it is code.
    Code,
}

/// A reference to a page, a heading, a file or another site.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What it is for.
    pub kind: LinkKind,
    /// What was written, with escapes and entities decoded.
    pub target: String,
    /// The text that a reader sees, or an image's alternative text.
    pub text: String,
    /// Further attributes: `title`, and those of raw HTML.
    pub attributes: Vec<HtmlAttribute>,
    /// Where it stands.
    pub span: LinkSpan,
}

/// An attribute of an element.
#[derive(Clone, Debug, PartialEq)]
pub struct HtmlAttribute {
    /// Its name, in lower case.
    pub name: String,
    /// Its value as HTML for double quotes.
    pub value: String,
}

/// Where the addresses of files stand in the value of an attribute that an element has besides its own address.
pub(super) fn named_by(attribute: &str, value: &str) -> Vec<Span> {
    // A double quote can stand between single ones: between those that are published it would end the value.
    if value.contains('"') || value.contains("&quot;") {
        return Vec::new();
    }
    let is_late = attribute == "data-src" || attribute == "data-poster";
    match SETS.contains(&attribute) {
        true => candidates(value),
        false if is_late && is_path(value) => vec![Span::new(0, value.len())],
        false => Vec::new(),
    }
}

impl Link {
    /// The addresses in a picture's further attributes, each with its attribute's place: as many references, in the same order,
    /// stand behind the picture among those of the page.
    pub fn named_in_attributes(&self) -> impl Iterator<Item = (usize, Span)> {
        let attributes = self.attributes.iter().enumerate().filter(|_| self.kind == LinkKind::Image);
        attributes.flat_map(|(at, attribute)| {
            named_by(&attribute.name, &attribute.value).into_iter().map(move |span| (at, span))
        })
    }

    /// The value of a further attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|found| found.value.as_str())
    }

    /// Whether it is written `[](…)`, without words.
    pub fn is_wordless(&self, text: &str) -> bool {
        let written = text.get(self.span.whole.start..self.span.whole.end).unwrap_or_default();
        let closes = |rest: &str| rest.trim_start().starts_with(']');
        self.text.is_empty() && !self.target.is_empty() && written.strip_prefix('[').is_some_and(closes)
    }

    /// Appends the further attributes as HTML, each with a space before it.
    pub fn push_attributes(&self, out: &mut String) {
        for HtmlAttribute { name, value } in &self.attributes {
            out.extend([" ", name, "=\"", value, "\""]);
        }
    }
}

/// Where a reference stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinkSpan {
    /// All of it: `[text](target "title")`, a tag of raw HTML, a component's attribute with its name.
    pub whole: Span,
    /// Where its target is written as nearly as can be told, or else the whole: what findings speak of. The
    /// target of `[text][label]` stands in a definition, perhaps for several links.
    pub place: Span,
    /// Whether that is the target and nothing else.
    pub is_exact: bool,
}

impl LinkSpan {
    /// The bytes that say where the reference leads, where that can be told: another target may be written there.
    pub fn target(&self) -> Option<Span> {
        self.is_exact.then_some(self.place)
    }
}

/// A fenced or indented code block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeBlock {
    /// The language as written, lower-cased; empty if none.
    pub language: String,
    /// `title="…"`.
    pub title: Option<String>,
    /// Lines to mark, from 1: `{1,3-5}`.
    pub marked: Vec<std::ops::RangeInclusive<usize>>,
    /// Lines that a change adds: `ins={2}`.
    pub inserted: Vec<std::ops::RangeInclusive<usize>>,
    /// Lines that it takes away: `del={3-4}`.
    pub deleted: Vec<std::ops::RangeInclusive<usize>>,
    /// The number of the first line, where lines are numbered.
    pub first_line: Option<usize>,
    /// The code.
    pub text: String,
    /// Where the block stands.
    pub span: Span,
}

impl CodeBlock {
    /// Whether it holds a formula: ```` ```math ````.
    pub fn is_formula(&self) -> bool {
        self.language == "math"
    }

    /// Whether it holds a diagram: ```` ```mermaid ````.
    pub fn is_diagram(&self) -> bool {
        self.language == "mermaid"
    }
}

/// A formula between dollar signs.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// What stands between the signs: TeX.
    pub tex: String,
    /// Whether it is shown on a line of its own: `$$…$$`.
    pub alone: bool,
    /// Where it stands, with its signs.
    pub span: Span,
}

/// A component as a page uses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// Its name: `BoxOut`. Admonitions are components named `Admonition`.
    pub name: String,
    /// Its attributes, each name once; JSX spelling is kept (`className`).
    pub attributes: Vec<Attribute>,
    /// What it asks for, should it be a list.
    pub query: Query,
    /// The opening tag.
    pub span: Span,
    /// Whether it stands in a line of text.
    pub inline: bool,
}

/// An attribute of a component.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its name as written.
    pub name: String,
    /// Its value; `true` where none is written. Paths into the front matter are filled in.
    pub value: Value,
    /// For an address (see `LinkKind::Attribute`): its place among the page's links.
    pub link: Option<usize>,
    /// The name and the value.
    pub span: Span,
}

impl Attribute {
    /// Whether its name says that it holds an address.
    pub fn is_for_address(&self) -> bool {
        ["link", "href", "src", "image", "img", "url", "poster", "to"].contains(&self.name.as_str())
    }
}

impl Component {
    /// The value of an attribute, if it is a string.
    pub fn string(&self, name: &str) -> Option<&str> {
        self.attribute(name)?.value.as_str()
    }

    /// The attribute of that name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

/// A stretch of a page's body, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// HTML that nothing else decides.
    Html(String),
    /// The start tag of a heading.
    Heading(usize),
    /// Its end tag.
    HeadingEnd(usize),
    /// The opening of a link: `<a href="…"…>`.
    Link(usize),
    /// The end of that link.
    LinkEnd(usize),
    /// An image.
    Image(usize),
    /// Only the address of a reference, inside an attribute's quotes.
    Address(usize),
    /// A code block.
    Code(usize),
    /// A formula.
    Formula(usize),
    /// Before a `<table>`.
    Table,
    /// After a `</table>`.
    TableEnd,
    /// A component and what stands inside it.
    Component {
        /// Its place among the page's components.
        index: usize,
        /// What stands inside it.
        body: Vec<Piece>,
    },
}
