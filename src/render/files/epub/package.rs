//! What a book says of itself (`package.opf`): its title, language and name among all books, all of its files, and the order in
//! which they are read. The same sources make the same bytes.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::collect::BookPages;
use super::place::BookPictures;
use crate::html::tree::{TreeElement, TreeNode, xml_text};
use crate::render::card;
use crate::render::facts;
use crate::render::pages::print::last_change;
use crate::render::renderer::Renderer;
use crate::site::Edition;

/// The day of a book whose pages have none.
const NO_DAY: &str = "2000-01-01";

/// The whole file.
pub(super) fn package(renderer: &Renderer<'_>, pages: &BookPages, pictures: &BookPictures) -> String {
    let site = renderer.site;
    let direction = if site.direction() == "rtl" { " page-progression-direction=\"rtl\"" } else { "" };
    let language = xml_text(&site.config.site.language);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{language}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{}</metadata>\n\
         <manifest>\n{}</manifest>\n<spine{direction}>\n{}</spine>\n</package>\n",
        metadata(renderer, pages),
        manifest(site, pages, pictures),
        spine(pages)
    )
}

fn metadata(renderer: &Renderer<'_>, pages: &BookPages) -> String {
    let site = renderer.site;
    let config = &site.config.site;
    let mut out = String::new();
    let mut line = |element: &str, attributes: &str, text: &str| {
        if !text.trim().is_empty() {
            let name = element.split(' ').next().unwrap_or(element);
            let _ = writeln!(out, "<{name}{attributes}>{}</{name}>", xml_text(text));
        }
    };
    line("dc:identifier", " id=\"id\"", &identifier(site));
    line("dc:title", "", if config.title.trim().is_empty() { "…" } else { &config.title });
    line("dc:language", "", &config.language);
    config.authors.iter().for_each(|author| line("dc:creator", "", author));
    line("dc:description", "", &config.tagline);
    line("dc:source", "", &facts::base_url(site).unwrap_or_default());
    let changed = last_change(renderer, &site.tree).filter(|day| day.parse::<Date>().is_ok());
    let modified = format!("{}T00:00:00Z", changed.as_deref().unwrap_or(NO_DAY));
    line("meta", " property=\"dcterms:modified\"", &modified);
    let shown = BookSights::of(pages);
    line("meta", " property=\"schema:accessMode\"", "textual");
    if shown.pictures {
        line("meta", " property=\"schema:accessMode\"", "visual");
    }
    if !shown.without_words {
        line("meta", " property=\"schema:accessModeSufficient\"", "textual");
    }
    for (feature, has) in [
        ("tableOfContents", true),
        ("readingOrder", true),
        ("structuralNavigation", true),
        ("displayTransformability", true),
        ("alternativeText", shown.pictures && !shown.without_words),
        ("MathML", shown.formulas),
    ] {
        line("meta", " property=\"schema:accessibilityFeature\"", if has { feature } else { "" });
    }
    line("meta", " property=\"schema:accessibilityHazard\"", if shown.moving { "unknown" } else { "none" });
    out
}

/// The name of a book among all books: the same as long as its site lies at the same address, or is called the same.
fn identifier(site: &Edition) -> String {
    let config = &site.config.site;
    let place = facts::base_url(site).unwrap_or_else(|| config.title.clone());
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"bokworm book\n").update(place.as_bytes()).update(b"\n").update(config.language.as_bytes());
    let mut hex: Vec<char> = hasher.finalize().to_hex()[..32].chars().collect();
    // A name of one's own making, as the rules for such names have it.
    (hex[12], hex[16]) = ('8', '8');
    let part = |from: usize, to: usize| hex[from..to].iter().collect::<String>();
    format!("urn:uuid:{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

fn manifest(site: &Edition, pages: &BookPages, pictures: &BookPictures) -> String {
    let mut out = String::from(
        "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"title\" href=\"title.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
         <item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n",
    );
    for page in &pages.pages {
        let holds = [("mathml", "math"), ("svg", "svg")].into_iter().filter(|(_, name)| holds(&page.content, name));
        let properties: Vec<&str> = holds.map(|(property, _)| property).collect();
        let properties = match properties.is_empty() {
            true => String::new(),
            false => format!(" properties=\"{}\"", properties.join(" ")),
        };
        let (file, id) = (&page.file, page.file.trim_end_matches(".xhtml"));
        let _ = writeln!(out, "<item id=\"{id}\" href=\"{file}\" media-type=\"application/xhtml+xml\"{properties}/>");
    }
    if card::of_book(site).is_some() {
        out.push_str("<item id=\"cover\" href=\"cover.png\" media-type=\"image/png\" properties=\"cover-image\"/>\n");
    }
    for (at, picture) in pictures.in_order().iter().enumerate() {
        let (name, media_type) = (&picture.name, picture.media_type);
        let _ = writeln!(out, "<item id=\"picture-{}\" href=\"{name}\" media-type=\"{media_type}\"/>", at + 1);
    }
    out
}

fn spine(pages: &BookPages) -> String {
    let mut out = String::from("<itemref idref=\"title\"/>\n<itemref idref=\"nav\"/>\n");
    for page in &pages.pages {
        let _ = writeln!(out, "<itemref idref=\"{}\"/>", page.file.trim_end_matches(".xhtml"));
    }
    out
}

fn holds(nodes: &[TreeNode], name: &str) -> bool {
    nodes.iter().filter_map(TreeNode::element).any(|element| element.name == name || holds(&element.children, name))
}

/// What readers need to see.
#[derive(Default)]
struct BookSights {
    pictures: bool,
    /// Whether there is one that nothing is said of.
    without_words: bool,
    /// Whether one may move.
    moving: bool,
    formulas: bool,
}

impl BookSights {
    fn of(pages: &BookPages) -> Self {
        let mut shown = Self::default();
        for element in pages.pages.iter().flat_map(|page| &page.content).filter_map(TreeNode::element) {
            element.each(&mut |element: &TreeElement| shown.see(element));
        }
        shown
    }

    fn see(&mut self, element: &TreeElement) {
        match element.name.as_str() {
            "img" => {
                self.pictures = true;
                self.without_words |= element.get("alt").is_none_or(|alt| alt.trim().is_empty());
                self.moving |= element.get("src").is_some_and(|name| name.ends_with(".gif") || name.ends_with(".webp"));
            }
            "svg" => {
                self.pictures = true;
                let is_told = element.get("aria-label").is_some() || element.find(&|one| one.name == "title").is_some();
                self.without_words |= !is_told && element.get("aria-hidden").is_none();
            }
            "math" => self.formulas = true,
            _ => {}
        }
    }
}
