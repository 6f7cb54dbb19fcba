//! `book.toml` as typed values with their defaults. Knows the words of the
//! configuration, not what any stage does with them.
//!
//! The types are the one source of truth: the JSON schema is made from them, and
//! with it their comments; `parse` walks a file along that schema and checks
//! each text by the `format` that stands here. So a key added here is known to
//! editors, to the reference and to the errors at once.

use std::collections::BTreeMap;

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;

mod assessment;
mod books;
mod catalogs;
mod extra_files;
pub mod format;
mod languages;
mod parse;
mod pattern;
pub mod publish;
mod redirects;
mod relations;
mod schema;
mod tags;
mod theme;
mod urls;
mod walk;

pub use assessment::{
    AreaConfig, AssessmentConfig, AssessmentWords, LevelConfig, NamedStep, RatingConfig, ReachedRule,
};
pub use books::{BookConfig, may_be_fetched};
pub use catalogs::CatalogConfig;
pub use extra_files::{FormatsConfig, HeadersConfig, PaperSize, PrintConfig};
pub use languages::{
    Direction, Fallback, Language, LanguageConfig, LanguageTables, Translations, writes_right_to_left,
};
pub use parse::{is_of_mdbook, parse, place};
pub use publish::{PublishConfig, PublishPlace, store_address};
pub use redirects::{RedirectFormat, RedirectsConfig};
pub use relations::{RelationConfig, RelationTarget};
pub use schema::{SCHEMA, schema};
pub use tags::{KindConfig, TagColour, TagsConfig, USUAL_LEVELS};
pub use theme::ThemeConfig;
pub use urls::{UrlStyle, Urls};

/// The whole configuration of a site.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// What the site is called and where it is published.
    pub site: SiteConfig,
    /// The languages that the site is written in, in the order of the switch: `[languages.ja]`. Without any it is
    /// written in one, `site.language`.
    #[cfg_attr(test, schemars(extend("propertyNames" = {"format": "language-code"})))]
    pub languages: LanguageTables,
    /// How translations are kept up with the original.
    pub translations: Translations,
    /// Where the project's files lie and where the site is written.
    pub folders: Folders,
    /// How addresses are made from paths.
    pub urls: Urls,
    /// What the theme shows around every page.
    pub theme: ThemeConfig,
    /// The bar at the top of every page.
    pub navbar: Navbar,
    /// The bottom of every page.
    pub footer: Footer,
    /// Old addresses and the address that each leads to: `"/old" = "/new"`. An old address
    /// begins with `/` and stands without the base path; the new one is on the site or elsewhere.
    pub redirects: RedirectsConfig,
    /// How tag pages group what they list, and what kinds of tags stand for.
    pub tags: TagsConfig,
    /// How pages have to do with each other, by names: `[relations.mitigates]`. A page names the others at a key of its
    /// front matter, and both ends show it.
    #[cfg_attr(test, schemars(extend("propertyNames" = {"format": "relation-name"})))]
    pub relations: BTreeMap<String, RelationConfig>,
    /// How catalogues are shown, by the names of their files without ending: `[catalogs.iso-42001]`.
    pub catalogs: BTreeMap<String, CatalogConfig>,
    /// What pages are called by others, by the name or the path of their folder: `Risks = "{type}-{sequence}"`. What
    /// stands in braces is a key of their front matter; capitals make no difference. A folder that is named here is read
    /// also where its name begins with `_`.
    #[cfg_attr(test, schemars(extend("additionalProperties" = {"type": "string", "format": "identity"})))]
    pub identities: BTreeMap<String, String>,
    /// Other books that pages link to, by the names that links call them: `[books.handbook]`.
    #[cfg_attr(test, schemars(extend("propertyNames" = {"format": "book-name"})))]
    pub books: BTreeMap<String, BookConfig>,
    /// How readers rate the checklists of pages to see where they stand.
    pub assessment: AssessmentConfig,
    /// The search box.
    pub search: SearchConfig,
    /// The smaller sizes in which large pictures are published.
    pub images: ImagesConfig,
    /// How dates are shown.
    pub dates: Dates,
    /// What is taken from the project's git history.
    pub git: Git,
    /// How Markdown is read and rendered.
    pub markdown: MarkdownConfig,
    /// How a host answers: the file `_headers`.
    pub headers: HeadersConfig,
    /// Other forms of the content, for programs.
    pub formats: FormatsConfig,
    /// Many pages in one, to print, to save as PDF, or for readers of books.
    pub print: PrintConfig,
    /// Where `bokworm publish` sends the site, and how.
    pub publish: PublishConfig,
    /// What `bokworm serve` shows while the site is written.
    pub preview: PreviewConfig,
    /// How much each kind of finding matters: `broken-link = "error"`. An error keeps the site from
    /// being published, a warning doesn't, and what is off is not told.
    #[cfg_attr(test, schemars(schema_with = "schema::findings::schema"))]
    pub findings: BTreeMap<String, Severity>,
}

/// What the site is called and where it is published.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SiteConfig {
    /// The site's name, shown in the bar and in every document title.
    pub title: String,
    /// One line about the site.
    pub tagline: String,
    /// The language of the pages, as in `en` or `pt-BR`.
    #[cfg_attr(test, schemars(extend("format" = "language")))]
    pub language: String,
    /// Who answers for the site.
    pub authors: Vec<String>,
    /// The address of the published site without its base path: `https://example.org`. Canonical
    /// links, the sitemap and feeds need it; without it they are left out. A path that is
    /// written here too counts as the base path.
    #[cfg_attr(test, schemars(extend("format" = "site-address")))]
    pub url: String,
    /// The path below that address where the site lies: `/` or `/handbook/`.
    #[cfg_attr(test, schemars(extend("format" = "base-path")))]
    pub base_path: String,
    /// What readers get who ask for no page, where no page lies there: `redirect` leads them on to the first page of the
    /// sidebar, `index` shows them all that there is; or the path of the page that they are led on to: `guide/start.md`.
    pub front_page: String,
    /// The small picture in a browser's tab, as a path on the site: `/img/favicon.svg` for
    /// `static/img/favicon.svg`.
    #[cfg_attr(test, schemars(extend("format" = "asset")))]
    pub favicon: Option<String>,
    /// The picture shown when a page is shared, as a path on the site.
    #[cfg_attr(test, schemars(extend("format" = "asset")))]
    pub social_image: Option<String>,
    /// The picture beside the title.
    pub logo: Option<Logo>,
    /// What separates a page's title from the site's in a document title.
    pub title_delimiter: String,
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self {
            title: "Body of knowledge".into(),
            tagline: String::new(),
            language: "en".into(),
            authors: Vec::new(),
            url: String::new(),
            base_path: "/".into(),
            front_page: FRONT_REDIRECT.into(),
            favicon: None,
            social_image: None,
            logo: None,
            title_delimiter: "|".into(),
        }
    }
}

/// What `front_page` says for the way to the first page.
pub const FRONT_REDIRECT: &str = "redirect";

/// What it says for an index of all pages.
pub const FRONT_INDEX: &str = "index";

impl SiteConfig {
    /// Whether that is a way to choose a front page, and no page by itself.
    pub fn chooses_front_page(written: &str) -> bool {
        [FRONT_REDIRECT, FRONT_INDEX].contains(&written)
    }
}

/// The picture beside the title.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// Shown on a light ground, as a path on the site.
    #[cfg_attr(test, schemars(extend("format" = "asset")))]
    pub light: String,
    /// Shown on a dark ground; the light one where there is none.
    #[cfg_attr(test, schemars(extend("format" = "asset")))]
    pub dark: Option<String>,
    /// Says what the picture shows, for those who don't see it. Empty where it only repeats the
    /// title beside it.
    #[serde(default)]
    pub alt: String,
}

/// Where the project's files lie and where the site is written.
///
/// Paths are relative to the folder of `book.toml`, with `/` between parts. Pages, files and
/// templates may lie beside the project (`../docs`). The output folder lies inside the project and
/// neither holds one of the others nor lies in one, unless all of the project is pages (`source = "."`); `--out` writes elsewhere.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Folders {
    /// The pages.
    #[cfg_attr(test, schemars(extend("format" = "folder")))]
    pub source: String,
    /// Files and folders of it that are neither published nor read, by their paths in it: `SUMMARY.md`, `drafts`.
    pub leave_out: Vec<String>,
    /// Pages and folders in the order in which they follow each other, by their paths below that of the pages: `intro.md`,
    /// `guide`. Each is moved among those beside it; what isn't named comes after them, as it would without this.
    pub order: Vec<String>,
    /// Files that are published as they are.
    #[cfg_attr(test, schemars(extend("format" = "folder")))]
    #[serde(rename = "static")]
    pub static_files: String,
    /// The site's own templates, style sheets and scripts, which replace the theme's.
    #[cfg_attr(test, schemars(extend("format" = "folder")))]
    pub templates: String,
    /// Lists that come from elsewhere, and that relations may lead into: `catalogs/iso-42001.yaml`.
    #[cfg_attr(test, schemars(extend("format" = "folder")))]
    pub catalogs: String,
    /// What tables and templates show that stands in no page: `data/regulations.yaml`.
    #[cfg_attr(test, schemars(extend("format" = "folder")))]
    pub data: String,
    /// The published site.
    #[cfg_attr(test, schemars(extend("format" = "output-folder")))]
    pub output: String,
}

impl Default for Folders {
    fn default() -> Self {
        Self {
            source: "content".into(),
            leave_out: Vec::new(),
            order: Vec::new(),
            static_files: "static".into(),
            templates: "templates".into(),
            catalogs: "catalogs".into(),
            data: "data".into(),
            output: "public".into(),
        }
    }
}

/// The bar at the top of every page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Navbar {
    /// Its entries, in order.
    pub items: Vec<NavbarItem>,
}

/// One entry of the bar at the top.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NavbarItem {
    /// What it says.
    pub label: String,
    /// Where it leads: an address on the site (`/docs/start`) or elsewhere (`https://…`).
    #[cfg_attr(test, schemars(extend("format" = "link")))]
    pub to: String,
    /// At which end of the bar it stands.
    #[serde(default)]
    pub position: Position,
}

/// An end of the bar at the top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Position {
    /// Beside the title.
    #[default]
    Left,
    /// At the far end.
    Right,
}

/// The bottom of every page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Footer {
    /// Columns of links, in order.
    pub columns: Vec<FooterColumn>,
    /// The last line; `{year}` is not filled in, so that the same input gives the same site.
    pub copyright: String,
}

/// A column of links at the bottom.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FooterColumn {
    /// What stands above it.
    pub title: String,
    /// Its links, in order.
    #[serde(default)]
    pub links: Vec<FooterLink>,
}

/// A link at the bottom.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FooterLink {
    /// What it says.
    pub label: String,
    /// Where it leads: an address on the site (`/docs/start`) or elsewhere (`https://…`).
    #[cfg_attr(test, schemars(extend("format" = "link")))]
    pub to: String,
}

/// The search box.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SearchConfig {
    /// Whether the site can be searched. Without it no index is made, and nothing in the bar asks for a query.
    pub enabled: bool,
}

impl Default for SearchConfig {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// The smaller sizes in which large pictures are published.
///
/// A page names them beside the original, and each browser loads the one that fits its screen. Making them
/// takes time once: they are kept for the next build (`--cache`).
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ImagesConfig {
    /// Whether smaller sizes are made of large JPEG, PNG and WebP pictures that pages show.
    pub resize: bool,
    /// Their widths in pixels. A picture that is not wider has no such size.
    #[cfg_attr(test, schemars(extend("items" = {"type": "integer", "minimum": 16, "maximum": 4096})))]
    pub widths: Vec<u32>,
    /// How much of a picture is kept: 1 is small and coarse, 100 large and fine.
    #[cfg_attr(test, schemars(range(min = 1, max = 100)))]
    pub quality: u8,
}

impl Default for ImagesConfig {
    fn default() -> Self {
        Self { resize: true, widths: vec![200, 400, 800, 1600], quality: 75 }
    }
}

/// How dates are shown.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Dates {
    /// As `strftime` writes it: `%-d %B %Y` gives 5 November 2026, with the names of months and days in the site's
    /// language. Without it, dates are written as that language writes them.
    #[cfg_attr(test, schemars(extend("format" = "date-format")))]
    pub format: Option<String>,
}

/// What is taken from the project's git history.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Git {
    /// Show when each page last changed, and say so in the sitemap.
    pub last_updated: bool,
    /// Show who changed each page.
    pub authors: bool,
}

/// What `bokworm serve` shows while the site is written. Nothing of it is published.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PreviewConfig {
    /// The editor that a click on a finding opens: the name of a program (`code`, `cursor`, `zed`,
    /// `subl`, `idea`), or an address with the place in it, as in
    /// `vscode://file{path}:{line}:{column}`. Without it, the program that `VISUAL` or `EDITOR`
    /// names, or Visual Studio Code.
    #[cfg_attr(test, schemars(extend("format" = "editor")))]
    pub editor: Option<String>,
}

/// How Markdown is read and rendered.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct MarkdownConfig {
    /// Which raw HTML in pages is let through.
    pub html: RawHtml,
    /// Whether code in a line of text that is a page's identity and nothing else becomes a link to it: `` `ri-5` ``.
    pub link_code: bool,
    /// Whether what stands between dollar signs and looks like one is a formula: `$x^2$`, `$$x^2$$`.
    pub math: bool,
}

impl Default for MarkdownConfig {
    fn default() -> Self {
        Self { html: RawHtml::default(), link_code: false, math: true }
    }
}

/// Which raw HTML in pages is let through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// All of it, scripts too: for content that is reviewed before it is merged.
    #[default]
    Trusted,
    /// Only what can't run code: for content that anyone may send. What is left out is told.
    Safe,
}
