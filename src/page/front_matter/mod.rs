//! Front matter: found by our own splitter, parsed by gray_matter, read into
//! typed fields, each value with its place in the file.

use serde_json::Value;

use super::{Data, DataSpans};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

mod block;
mod choose;
mod data_file;
mod explain;
mod extent;
mod fields;
mod known;
mod mend;
mod split;
#[cfg(test)]
mod tests;
mod toml;
mod tree;
mod yaml;

pub use data_file::parse_yaml_data;

/// The findings that one block may bring: whoever has more sees the rest after mending these.
const MAX_FINDINGS: usize = 100;

/// The front matter of one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// `title`; `Some("")` where it is written and empty.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `id`: replaces the file's name.
    pub id: Option<String>,
    /// `slug`: replaces the address, wholly (`/a`) or below the folder (`a`).
    pub slug: Option<String>,
    /// `sidebar_label`.
    pub sidebar_label: Option<String>,
    /// `sidebar_position`, or `weight`.
    pub sidebar_position: Option<f64>,
    /// `sidebar_class_name`.
    pub sidebar_class_name: Option<String>,
    /// `tags`, each once, in order.
    pub tags: Vec<Tag>,
    /// `list_image`: the picture in lists of pages, as written.
    pub list_image: Option<String>,
    /// `image`: the picture when the page is shared, as written.
    pub image: Option<String>,
    /// `keywords`.
    pub keywords: Vec<String>,
    /// `draft`.
    pub draft: bool,
    /// `unlisted`: published, but in no list, sidebar or sitemap.
    pub unlisted: bool,
    /// `hide_title`.
    pub hide_title: bool,
    /// `hide_table_of_contents`.
    pub hide_table_of_contents: bool,
    /// `toc_min_heading_level`.
    pub toc_min_heading_level: Option<u8>,
    /// `toc_max_heading_level`.
    pub toc_max_heading_level: Option<u8>,
    /// `pagination_prev`.
    pub pagination_prev: Neighbour,
    /// `pagination_next`.
    pub pagination_next: Neighbour,
    /// `pagination_label`.
    pub pagination_label: Option<String>,
    /// `custom_edit_url`: `Some(None)` where it is written as `null` (no edit link).
    pub custom_edit_url: Option<Option<String>>,
    /// `status`: shown beside the title.
    pub status: Option<String>,
    /// `aliases`: addresses that lead here.
    pub aliases: Vec<String>,
    /// `author` or `authors`.
    pub authors: Vec<String>,
    /// `last_update` (its `date`), or `date`, as written.
    pub last_update: Option<String>,
    /// `template`: the page template that renders this page (`home.html`).
    pub template: Option<String>,
    /// Everything that is written, known keys included.
    pub data: Data,
    /// Where each value stands in the file, by its path: `tags[1]`, `course.code`.
    pub spans: DataSpans,
}

impl FrontMatter {
    /// The value at a path such as `course.code` or `tags[0]`, if there is one.
    pub fn at(&self, path: &str) -> Option<&Value> {
        value_at(&self.data, path)
    }
}

/// The value at a path such as `course.code` or `tags[0]`, if there is one.
fn value_at<'a>(data: &'a Data, path: &str) -> Option<&'a Value> {
    let mut parts = path.split(['.', '[', ']']).filter(|part| !part.is_empty());
    let mut value = data.get(parts.next()?)?;
    for part in parts {
        value = match value {
            Value::Array(items) => items.get(part.parse::<usize>().ok()?)?,
            other => other.get(part)?,
        };
    }
    Some(value)
}

/// A tag as a page carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// What was written: `Level 4 (OSMM)`.
    pub label: String,
    /// Where.
    pub span: Span,
}

/// What `pagination_prev` or `pagination_next` asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Neighbour {
    /// The neighbour in the sidebar.
    #[default]
    Sidebar,
    /// None.
    Nothing,
    /// The page with this id or path.
    Page(String),
}

/// A file's two parts.
#[derive(Clone, Debug, Default)]
pub struct Split {
    /// The front matter, empty if there is none.
    pub meta: FrontMatter,
    /// The rest of the file, as bytes of it: always ends where the file ends.
    pub body: Span,
    /// What is wrong with the front matter.
    pub findings: Vec<Diagnostic>,
}

/// Splits a file and reads its front matter.
pub fn read(source: &Source) -> Split {
    let text = &*source.text;
    let none = Split { body: Span::new(split::text_start(text), text.len()), ..Split::default() };
    let Some(fences) = split::fences(text) else { return none };
    let Some((reading, body_start)) = choose::read_block(source, &fences) else { return none };
    let (meta, mut findings) = fields::read(source, reading);
    findings.sort_by_key(|finding| finding.span);
    findings.truncate(MAX_FINDINGS);
    Split { meta, body: Span::new(body_start, text.len()), findings }
}
