//! What front matter comes to, typed.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::source::Span;

/// Front matter as data, for templates and for `{frontMatter.…}`.
pub type Data = Map<String, Value>;

/// Where each key of the front matter stands: the value of `tags[1]` or `course.code`.
pub type DataSpans = BTreeMap<String, Span>;

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
    /// `defines`: the tags that this page is about, by their labels.
    pub defines: Vec<String>,
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
    /// `translation_key`: pages of several languages that have the same one are one page.
    pub translation_key: Option<String>,
    /// `translated_from`: the commit of the original that a translation says what stood in.
    pub translated_from: Option<String>,
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
pub(super) fn value_at<'a>(data: &'a Data, path: &str) -> Option<&'a Value> {
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
