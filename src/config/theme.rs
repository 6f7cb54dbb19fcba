//! What `[theme]` says: links, style sheets, colours and typefaces around every page.

#[cfg(test)]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the theme shows around every page.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ThemeConfig {
    /// The address before a page's path in the sources, where it can be edited:
    /// `https://github.com/org/repo/edit/main/content/`.
    #[cfg_attr(test, schemars(extend("format" = "address-start")))]
    pub edit_link: Option<String>,
    /// Where problems with a page are reported, as an address in which `{title}`, `{address}` and `{path}` are filled in:
    /// `https://github.com/org/repo/issues/new?title={title}&body={address}`.
    #[cfg_attr(test, schemars(extend("format" = "address-pattern")))]
    pub report_link: Option<String>,
    /// Style sheets of the site's own, as paths on the site, after the theme's.
    #[cfg_attr(test, schemars(extend("items" = {"type": "string", "format": "asset"})))]
    pub stylesheets: Vec<String>,
    /// The colour of links and marks, as CSS writes it: `#1f5fbf`, `rebeccapurple`,
    /// `oklch(45% 0.15 260)`. It should be dark enough to read on white.
    #[cfg_attr(test, schemars(extend("format" = "css-value")))]
    pub accent: Option<String>,
    /// The same on dark ground, where the colour itself should be another than the accent made lighter.
    #[cfg_attr(test, schemars(extend("format" = "css-value")))]
    pub accent_dark: Option<String>,
    /// The typeface of text, as CSS's `font-family` wants it: `"Source Sans 3", sans-serif`; `system` for that of each
    /// reader's machine. Left out, it is the theme's own. A typeface that isn't on every machine needs a style sheet of
    /// the site's own that loads it.
    #[cfg_attr(test, schemars(extend("format" = "css-value")))]
    pub font: Option<String>,
    /// The typeface of code, likewise.
    #[cfg_attr(test, schemars(extend("format" = "css-value")))]
    pub code_font: Option<String>,
    /// How round corners are, as CSS writes a length: `0`, `0.5rem`.
    #[cfg_attr(test, schemars(extend("format" = "css-value")))]
    pub radius: Option<String>,
    /// Whether a picture with its title is drawn for each page that has none of its own (`image`), to be shown
    /// where the page is shared. That takes `site.url`, and none is drawn where `site.social_image` stands for all
    /// pages, nor where nothing is kept for the next build (`--cache`).
    pub cards: bool,
    /// The typeface of these pictures, as the path of a TTF or OTF file on the site. Without one, or where it lacks a
    /// letter, they are written in one that is built in, which knows Latin, Greek and Cyrillic letters. What neither
    /// can write gets no picture; that is all that is written from right to left.
    #[cfg_attr(test, schemars(extend("format" = "asset")))]
    pub card_font: Option<String>,
    /// The deepest heading that the table of contents shows: 2 to 6. A page's own
    /// `toc_max_heading_level` goes before it.
    #[cfg_attr(test, schemars(range(min = 2, max = 6)))]
    pub toc_max_level: u8,
}

impl Default for ThemeConfig {
    fn default() -> Self {
        Self {
            edit_link: None,
            report_link: None,
            stylesheets: Vec::new(),
            accent: None,
            accent_dark: None,
            font: None,
            code_font: None,
            radius: None,
            cards: true,
            card_font: None,
            toc_max_level: 3,
        }
    }
}
