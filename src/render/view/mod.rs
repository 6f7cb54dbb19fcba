//! What a template sees: typed views, built fresh for each page, with every
//! address already relative to the page. `docs/templates.md` is their reference.
//! What many pages show alike (tags, entries of lists) is kept on the `FolderCache` as Tera takes it, and only put in here.

pub mod neighbours;
pub mod relations;
pub mod sidebar;
pub mod entry;
mod step;
pub mod graph;
pub mod kinds;
pub mod toc;
pub mod blank;
pub mod frame;
pub mod languages;
pub mod json_ld;

pub use relations::CatalogEntryView;
pub use sidebar::SidebarView;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use tera::value::Key;
use tera::{Map, Value};

use crate::page::Data;

/// What every template gets as `site`: the same on every page but for its addresses.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// One line about it.
    pub tagline: String,
    /// The language of the pages: `en`.
    pub language: String,
    /// `ltr` or `rtl`, by the language.
    pub direction: &'static str,
    /// The kind of tags that say whom a page concerns (`[tags] roles`).
    pub role_kind: String,
    /// The kind of tags that are steps (`[tags] levels`); empty if there is none.
    pub level_kind: String,
    /// Who answers for the site.
    pub authors: Vec<String>,
    /// The address of the published site with its base path and a final slash; empty if not configured.
    pub url: String,
    /// The home page.
    pub home: String,
    /// The index of all tags.
    pub tags: String,
    /// The small picture in a browser's tab.
    pub favicon: Option<String>,
    /// The picture beside the title.
    pub logo: Option<LogoView>,
    /// Entries of the bar at the top that stand beside the title.
    pub navbar_left: Vec<LinkView>,
    /// Entries of the bar at the top that stand at its far end.
    pub navbar_right: Vec<LinkView>,
    /// Columns at the bottom.
    pub footer: Vec<FooterView>,
    /// The last line.
    pub copyright: String,
    /// The Atom feed, if there is one.
    pub feed: Option<String>,
    /// The site in one page for language models, if there is one.
    pub llms: Option<String>,
    /// The site as a book for e-readers, if there is one.
    pub epub: Option<String>,
    /// Whether the site can be searched.
    pub search: bool,
    /// The folder of its index, from the site's root: `ja` where each language has one; else empty.
    pub search_in: String,
    /// Where readers of a translation may find more: the language that it is made after.
    pub search_original: Option<SearchOriginalView>,
    /// The site's own style sheets, after the theme's.
    pub stylesheets: Vec<String>,
    /// Whether its text is written in the theme's own typeface.
    pub typeface: bool,
}

/// The index of the language that others are made after.
#[derive(Clone, Debug, Serialize)]
pub struct SearchOriginalView {
    /// Its folder, from the site's root.
    pub folder: String,
    /// The code of its language.
    pub code: String,
    /// What that language calls itself.
    pub label: String,
}

/// The picture beside the title.
#[derive(Clone, Debug, Serialize)]
pub struct LogoView {
    /// On a light ground.
    pub light: String,
    /// On a dark ground; the same as `light` where there is no other.
    pub dark: String,
    /// What it shows.
    pub alt: String,
}

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// What it says.
    pub label: String,
    /// Where it leads; nothing for a label that leads nowhere.
    pub href: Option<String>,
    /// Whether it leads out of the site.
    pub external: bool,
    /// Whether it leads to this page, or to a section that holds it.
    pub current: bool,
    /// The language of what it leads to, if it isn't the site's.
    pub lang: Option<String>,
}

/// A column at the bottom.
#[derive(Clone, Debug, Serialize)]
pub struct FooterView {
    /// What stands above it.
    pub title: String,
    /// Its links.
    pub links: Vec<LinkView>,
}

/// The page being rendered, as `page`.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// `article`, `category` (a generated index), `catalog`, `entry` (of a catalogue), `tag`, `tags`, `print`, `redirect`, `retired` or `not-found`.
    pub kind: &'static str,
    /// Its title; may be empty.
    pub title: String,
    /// The `<title>`: the page's and the site's.
    pub document_title: String,
    /// For search engines and lists; may be empty.
    pub description: String,
    /// Its address on the site, without the base path: `/docs/a`.
    pub route: String,
    /// Its whole address, if the site's is configured.
    pub canonical: Option<String>,
    /// From this page to the site's root, with a final slash: `../`.
    pub root: String,
    /// Its body as HTML; empty for generated pages.
    pub content: String,
    /// Whether the template should write the title as the `h1`: false where the body brings its own or the page hides it.
    pub show_title: bool,
    /// The table of contents: nested, empty if hidden or there is nothing to list.
    pub toc: Vec<TocView>,
    /// From the top section to this page; the last is this page.
    pub breadcrumbs: Vec<LinkView>,
    /// The neighbours in reading order.
    pub previous: Option<LinkView>,
    /// The neighbours in reading order.
    pub next: Option<LinkView>,
    /// Its tags: a list of `TagView`.
    pub tags: Value,
    /// The languages of the site in the order of the switch; empty where there is but one.
    pub languages: Vec<LanguageView>,
    /// Whole addresses of the page in all languages that have it and in none (`x-default`), for search engines, or nothing.
    pub alternates: Vec<AlternateView>,
    /// The language of its text, where it stands in for a page that its own language lacks.
    pub borrowed: Option<BorrowedView>,
    /// The original, where it has changed since the page was translated and `translations.notice` wants that told.
    pub out_of_date: Option<BorrowedView>,
    /// Where it can be edited.
    pub edit: Option<String>,
    /// How many minutes its text takes to read; nothing for a short one.
    pub reading_minutes: Option<usize>,
    /// Where problems with it are reported (`theme.report_link`).
    pub report: Option<String>,
    /// `status` of its front matter.
    pub status: Option<String>,
    /// `authors` of its front matter, or from git if configured.
    pub authors: Vec<String>,
    /// When it last changed, for people.
    pub updated: Option<String>,
    /// The same as `2026-01-31`.
    pub updated_iso: Option<String>,
    /// `date` of its front matter, as `2026-01-31`.
    pub published_iso: Option<String>,
    /// Its copy in Markdown, if there is one.
    pub markdown: Option<String>,
    /// The long page that holds it and its neighbours, if there is one.
    pub print: Option<LinkView>,
    /// A style sheet of its own: of a long page, what stands around its text on paper.
    pub style: Option<String>,
    /// What it is, for search engines, as JSON for a `<script type="application/ld+json">`.
    pub json_ld: Option<String>,
    /// The whole address of the picture for sharing.
    pub image: Option<String>,
    /// What is known of that picture where bokworm drew it.
    pub card: Option<CardView>,
    /// `keywords` of its front matter.
    pub keywords: Vec<String>,
    /// Whether search engines are asked to leave it out (`unlisted`, 404, redirects).
    pub noindex: bool,
    /// Its front matter as data.
    pub front_matter: Data,
    /// What it has to do with others, both ways, in the order in which relations are declared: a list of `RelationView`.
    pub relations: Value,
    /// Those that no component on the page puts anywhere.
    pub relations_below: Value,
    /// Of the page of a catalogue's entry: what the catalogue says of it.
    pub entry: Option<CatalogEntryView>,
    /// Of a tag page: the page that is about the tag, an `EntryView`; else nothing.
    pub about: Value,
    /// Groups of pages: of a tag page by group, of a generated index its children, else empty.
    pub groups: Vec<GroupView>,
    /// Of the tag index: all tags by first letter; else empty.
    pub letters: Vec<LetterView>,
    /// Of the tag index and of a page with a template of its own: all tags by kind, those without one last; else empty.
    pub kinds: Vec<KindView>,
    /// Of a redirect: where it leads; nothing where that is itself, or another redirect that comes back to it.
    pub redirect: Option<String>,
    /// Ids that went to other pages with where each leads now, as JSON for the script `moved.js`.
    pub moved: Option<String>,
}

/// A picture for sharing that bokworm drew.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// Its width in pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// What is written on it.
    pub alt: String,
}

/// A language of the site.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageView {
    /// Its code: `pt-BR`.
    pub code: String,
    /// What it calls itself.
    pub label: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// This page in it; its front page, where it has no such page.
    pub href: String,
    /// Whether it is the language of this page.
    pub current: bool,
    /// Whether it has this page.
    pub has_page: bool,
}

/// The same page in a language, for search engines.
#[derive(Clone, Debug, Serialize)]
pub struct AlternateView {
    /// The language's code, or `x-default`.
    pub code: String,
    /// Its whole address.
    pub href: String,
}

/// The original of a page in another language.
#[derive(Clone, Debug, Serialize)]
pub struct BorrowedView {
    /// Its code.
    pub code: String,
    /// What it calls itself.
    pub label: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The page in that language.
    pub href: String,
}

/// A heading in the table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct TocView {
    /// Its text.
    pub text: String,
    /// Its id on the page.
    pub id: String,
    /// 2 to 6.
    pub level: u8,
    /// Headings below it.
    pub children: Vec<TocView>,
}

/// A tag.
#[derive(Clone, Debug, Serialize)]
pub struct TagView {
    /// As written: `Developer (Role)`.
    pub label: String,
    /// Without its kind: `Developer`.
    pub name: String,
    /// What stands in its brackets: `Role`; empty if nothing does.
    pub kind: String,
    /// Its page.
    pub href: String,
    /// How many pages carry it.
    pub count: usize,
    /// What it means, if the vocabulary says so.
    pub description: String,
    /// The page that is about it (`defines`), if there is one.
    pub page: Option<String>,
    /// Whether that is the page that shows it.
    pub defined_here: bool,
    /// The classes of its colour and its icon: `tone-red icon-shield`; empty where it has no kind.
    pub look: String,
}

/// A page in a list.
#[derive(Clone, Debug, Serialize)]
pub struct EntryView<'a> {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Its language, if it isn't the site's.
    pub lang: Option<&'a str>,
    /// Its description.
    pub description: String,
    /// Its `list_image`.
    pub image: Option<ImageView>,
    /// The sections that hold it, from the top.
    pub section: Vec<String>,
    /// Its front matter as data (`entry.front_matter.course.code`).
    pub front_matter: Value,
    /// Its tags: a list of `TagView`.
    pub tags: Value,
    /// Whether it is the page being rendered.
    pub current: bool,
    /// The look of the tag that it is about, or of its step; may be empty.
    pub look: &'a str,
    /// The step that it carries, where it carries but one.
    pub step: Option<step::CarriedStep<'a>>,
}

/// A picture.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    /// Its address.
    pub src: String,
    /// Its own width, if known.
    pub width: Option<u32>,
    /// Its own height, if known.
    pub height: Option<u32>,
    /// The same picture in smaller sizes, as an `img`'s `srcset` wants them; the template says in `sizes` how
    /// wide it is shown. Nothing for a small picture, and where pictures aren't resized (`[images]`).
    pub srcset: Option<String>,
}

/// Pages under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// The heading; empty where there is but one group.
    pub title: String,
    /// Its id on the page.
    pub id: String,
    /// Where the heading leads: of a section that has a page, on a page with `template: home.html`.
    pub href: Option<String>,
    /// The description of that page; may be empty.
    pub description: String,
    /// The `list_image` of that page.
    pub image: Option<ImageView>,
    /// The pages: a list of `EntryView`.
    pub entries: Vec<Value>,
}

impl PageView {
    /// As templates take it.
    pub fn into_value(self) -> Value {
        Value::from_serializable(&self)
    }
}

impl GroupView {
    /// Pages under a heading that leads nowhere.
    pub fn of(title: &str, entries: Vec<Value>) -> Self {
        Self {
            title: title.to_owned(),
            id: crate::site::heading_anchor(title),
            href: None,
            description: String::new(),
            image: None,
            entries,
        }
    }
}

/// A map with one more entry, or another in its place.
pub fn with(map: Value, key: &'static str, value: Value) -> Value {
    let mut fields: Map = map.into_map().unwrap_or_default();
    fields.insert(Key::Str(key), value);
    Value::from(fields)
}

/// A map of these.
pub(crate) fn map<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    Value::from_serializable(&NamedValues(fields))
}

/// Values by their names: Tera makes its own map of another one over again, but takes these as they come.
struct NamedValues<const N: usize>([(&'static str, Value); N]);

impl<const N: usize> Serialize for NamedValues<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("", N)?;
        for (name, value) in &self.0 {
            fields.serialize_field(name, value)?;
        }
        fields.end()
    }
}

/// Tags of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct KindView {
    /// The kind: `Role`; empty for tags that have none.
    pub kind: String,
    /// The tags, by name.
    pub tags: Vec<TagView>,
}

/// Tags that begin with one letter.
#[derive(Clone, Debug, Serialize)]
pub struct LetterView {
    /// The letter, upper-case.
    pub letter: String,
    /// The tags.
    pub tags: Vec<TagView>,
}
