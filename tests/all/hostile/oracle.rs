//! What must hold for every page that is published where only safe HTML is let through, asked of the tree that a
//! browser makes of it. What runs code or moves the page may only stand where it stands in harmless pages of the
//! same theme, and what authors may write is listed here again, on purpose not taken from the program.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html};

use super::shape;

/// Something that may not be there.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What it is, without what differs from page to page.
    pub kind: String,
    /// How it looks.
    pub shown: String,
}

impl Fault {
    /// The same, with the file in which it is.
    pub fn at(self, path: &str) -> Self {
        Self { shown: format!("{path}: {}", self.shown), ..self }
    }
}

/// Elements that authors' HTML and components may bring.
const ELEMENTS: &str = " a abbr acronym area article aside audio b bdi bdo blockquote br caption center cite code col \
    colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img \
    input ins kbd label li map mark nav ol p picture pre q rp rt rtc ruby s samp section small source span strike \
    strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr ";

/// Attributes that they may have.
const ATTRIBUTES: &str = " id class title lang dir role tabindex href hreflang rel src srcset sizes alt width height \
    loading decoding cite datetime align char charoff span size start summary colspan rowspan headers scope type \
    checked disabled controls poster preload open value name muted media data-large ";

/// Attributes that hold an address, or several.
const ADDRESSES: &str = " href src srcset poster action formaction ping cite background data longdesc usemap \
    profile manifest icon classid codebase archive lowsrc dynsrc code to from values srcdoc imagesrcset \
    data-load data-search data-search-style data-redirect data-take-over ";

/// Schemes of addresses that run code or bring a page of their own.
const RUNNING: [&str; 8] =
    ["javascript", "vbscript", "livescript", "data", "blob", "filesystem", "view-source", "feed"];

/// What pages may have beside what authors bring: learnt from harmless ones.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    elements: BTreeSet<String>,
    attributes: BTreeSet<String>,
    frames: BTreeSet<String>,
}

/// How long a page may be that comes of so many bytes.
pub fn longest(sources: usize) -> usize {
    (256 << 10) + 200 * sources
}

fn listed(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == name)
}

impl Allowed {
    /// Takes a harmless page for an example of what may be.
    pub fn learn(&mut self, html: &str) {
        let document = Html::parse_document(html);
        self.frames.insert(shape::frame(&document));
        for element in elements(&document) {
            if listed(ELEMENTS, element.value().name()) {
                let name = element.value().name();
                self.attributes.extend(element.value().attrs().map(|(attribute, _)| format!("{name} {attribute}")));
            } else {
                self.elements.insert(signature(element));
            }
        }
    }

    /// What is wrong with a page, as a browser reads it, and as it reads what it would write of that.
    pub fn faults(&self, html: &str) -> Vec<Fault> {
        let document = Html::parse_document(html);
        let mut kinds = self.of_document(&document);
        let again = Html::parse_document(&document.html());
        kinds.extend(self.of_document(&again).into_iter().map(|(kind, shown)| (format!("{kind}, read again"), shown)));
        // What is wrong already isn't told a second time; and what is written of a `<noscript>` isn't what was read.
        let first: BTreeSet<String> = kinds.iter().map(|(kind, _)| kind.clone()).collect();
        let is_new = |kind: &str| !first.contains(kind) && kind != "text in <noscript>";
        kinds.retain(|(kind, _)| kind.strip_suffix(", read again").is_none_or(is_new));
        kinds.into_iter().map(|(kind, shown)| Fault { kind, shown }).collect()
    }

    fn of_document(&self, document: &Html) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let frame = shape::frame(document);
        if !self.frames.contains(&frame) {
            found.push(("another frame".into(), frame));
        }
        for element in elements(document) {
            let mut kinds = self.of_element(element);
            kinds.extend(element.value().attrs().flat_map(|attribute| self.of_attribute(element, attribute)));
            found.extend(kinds.into_iter().map(|kind| (kind, start(element))));
        }
        let comments = document.tree.nodes().filter(|node| node.value().is_comment());
        found.extend(comments.map(|node| ("a comment".into(), format!("{:?}", node.value()))));
        found
    }

    fn of_element(&self, element: ElementRef<'_>) -> Vec<String> {
        let name = element.value().name();
        let mut kinds = Vec::new();
        let is_allowed = listed(ELEMENTS, name) || is_own_style_sheet(element);
        if !is_allowed && !self.elements.contains(&signature(element)) {
            kinds.push(format!("<{name}> that isn't the theme's"));
        }
        if matches!(name, "script" | "style" | "noscript") && !is_raw_text_right(element) {
            kinds.push(format!("text in <{name}>"));
        }
        if name == "meta" && runs_meta(element) {
            kinds.push("address that runs code in <meta>".into());
        }
        kinds
    }

    fn of_attribute(&self, element: ElementRef<'_>, (attribute, value): (&str, &str)) -> Option<String> {
        let name = element.value().name();
        if attribute.starts_with("on") {
            return Some(format!("handler of <{name}>"));
        }
        if listed(ADDRESSES, attribute) && runs(attribute, value) {
            return Some(format!("address that runs code in {attribute} of <{name}>"));
        }
        // Those of the theme's elements are known with them.
        let is_known = !listed(ELEMENTS, name) || self.may_have(name, attribute);
        (!is_known).then(|| format!("unknown attribute of <{name}>"))
    }

    fn may_have(&self, name: &str, attribute: &str) -> bool {
        let is_known = attribute.starts_with("aria-") || listed(ATTRIBUTES, attribute);
        is_known || self.attributes.contains(&format!("{name} {attribute}"))
    }
}

/// Every element with a name.
fn elements(document: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    document.tree.nodes().filter_map(ElementRef::wrap)
}

/// Whether the text of an element that a browser doesn't read as HTML is what may stand there: only data may.
fn is_raw_text_right(element: ElementRef<'_>) -> bool {
    let text: String = element.text().collect();
    match (element.value().name(), element.attr("type")) {
        ("script", Some("application/ld+json")) => serde_json::from_str::<serde_json::Value>(&text).is_ok(),
        ("noscript", _) => is_refresh(&text),
        _ => text.is_empty(),
    }
}

/// Whether a text is the one refresh that leads from an old address to a new one.
fn is_refresh(text: &str) -> bool {
    let fragment = Html::parse_fragment(text);
    let mut all = fragment.root_element().child_elements();
    let (Some(meta), None) = (all.next(), all.next()) else { return text.is_empty() };
    meta.value().name() == "meta" && meta.value().attrs().count() == 2 && !runs_meta(meta)
}

/// Whether what a `<meta>` names runs code.
fn runs_meta(meta: ElementRef<'_>) -> bool {
    let content = meta.attr("content").unwrap_or_default();
    match meta.attr("property") {
        Some("og:image" | "og:url") => runs("content", content),
        _ if meta.attr("http-equiv").is_some() => {
            let address = content.split_once(['=', ';']).map_or("", |(_, rest)| rest.trim_start());
            let address = address.split_once('=').filter(|(word, _)| word.trim().eq_ignore_ascii_case("url"));
            address.is_none_or(|(_, address)| runs("content", address.trim_matches(['"', '\''])))
        }
        _ => false,
    }
}

/// Whether one of the addresses in an attribute runs code.
fn runs(attribute: &str, value: &str) -> bool {
    match attribute {
        "srcset" | "imagesrcset" => value.split([',', ' ', '\n', '\t']).any(is_running),
        "ping" | "archive" | "values" => value.split([' ', ';', '\n', '\t']).any(is_running),
        _ => is_running(value),
    }
}

/// Whether an address runs code, read as the standard for addresses says.
fn is_running(address: &str) -> bool {
    let kept: String = address.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let kept = kept.trim_start_matches(|c: char| c <= ' ');
    let Some((scheme, _)) = kept.split_once(':') else { return false };
    RUNNING.contains(&scheme.to_ascii_lowercase().as_str())
}

/// An element's opening tag.
fn start(element: ElementRef<'_>) -> String {
    let html = element.html();
    html.chars().take(300).collect()
}

/// Whether it is a style sheet of the theme's that a component brings, wherever that stands, or that of a long page on paper.
fn is_own_style_sheet(element: ElementRef<'_>) -> bool {
    let of = element.value();
    let href = of.attr("href").unwrap_or_default().trim_start_matches("../").trim_start_matches("./");
    let is_own = ["assets/assess.", "assets/assessment."].iter().any(|own| href.starts_with(own));
    let is_of_paper = href.starts_with("assets/book.") && of.attr("media") == Some("print") && of.attrs().count() == 3;
    of.name() == "link" && of.attr("rel") == Some("stylesheet") && (is_of_paper || is_own && of.attrs().count() == 2)
}

/// Where an element lies and what it has, without what differs from page to page.
fn signature(element: ElementRef<'_>) -> String {
    let above = element.ancestors().filter_map(ElementRef::wrap).map(|above| above.value().name());
    let mut attributes: Vec<String> =
        element.value().attrs().filter_map(|(name, value)| kept(element, name, value)).collect();
    attributes.sort();
    let way: Vec<&str> = above.collect();
    format!("{} in {} with {}", element.value().name(), way.join(" "), attributes.join(" "))
}

/// An attribute as far as it is the same on every page.
fn kept(element: ElementRef<'_>, name: &str, value: &str) -> Option<String> {
    let of = element.value();
    let is_own = match (of.name(), name) {
        ("link", "href") => matches!(of.attr("rel"), Some("stylesheet" | "icon")),
        ("meta", "content") => {
            matches!(of.attr("name"), Some("viewport" | "generator" | "color-scheme" | "theme-color"))
        }
        ("link", "title") => false,
        _ => true,
    };
    let value =
        if matches!(name, "src" | "href") { value.trim_start_matches("../").trim_start_matches("./") } else { value };
    is_own.then(|| format!("{name}={value:?}"))
}
