//! One side of a report: articles as the site shows them, taken out of their pages, with nothing in them that could do
//! harm. Links say where they lead in a way that both sides share, so that only what leads elsewhere is another; pictures
//! are named by what they hold.

use std::collections::{BTreeMap, HashMap};

use super::frame::TOLD_IN;
use super::given::ReportedSite;
use super::picture;
use super::subjects::SubjectPlace;
use crate::html::is_harmless;
use crate::html::tree::{TreeElement, TreeNode, harmless, parse};
use crate::render::published::{PAGE, Which};
use crate::render::{FolderCache, Rendered, Subject};
use crate::site::{Edition, address};

/// What stands on a page and is no part of what it says.
const BESIDES: [&str; 4] = ["toc-narrow", "edit", "print-link", "anchor"];

/// A link that stays on the site keeps its address in an attribute of this name until it is known where that leads.
pub(super) const LEADS_TO: &str = "data-to";

/// What begins the address of a page of the report.
pub(super) const REPORTED: &str = "report:";

/// One side of a report.
pub(super) struct ReportSide<'a> {
    seen: ReportedSite<'a>,
    /// What is published, by its path.
    contents: BTreeMap<String, Subject>,
    /// Pages by their files: of two at one address, each.
    pages: HashMap<String, Subject>,
    /// The pages that the report shows, by how links name them.
    reported: HashMap<String, String>,
    cache: FolderCache,
    /// The names of pictures in the report, by their addresses; nothing for those that can't be shown.
    named: HashMap<String, Option<String>>,
    /// The pictures that articles show, by their names in the report.
    pub pictures: BTreeMap<String, Vec<u8>>,
}

/// An article of a page.
pub(super) struct Article<'a> {
    /// What stands in it.
    pub element: TreeElement,
    /// The edition that it is of, whose language it speaks.
    pub edition: &'a Edition,
}

impl<'a> ReportSide<'a> {
    /// A side; `reported` are places with the files of the report that show them.
    pub(super) fn of<'s>(seen: ReportedSite<'a>, reported: impl Iterator<Item = (&'s SubjectPlace, &'s str)>) -> Self {
        let urls = &seen.library.original().config.urls;
        let by_address = |(place, file): (&SubjectPlace, &str)| {
            (address::encode_page(urls, &place.route).trim_matches('/').to_owned(), file.to_owned())
        };
        let mut side = Self {
            contents: seen.renderer.contents_at_once(),
            pages: HashMap::new(),
            reported: reported.map(by_address).collect(),
            cache: FolderCache::new(&seen.renderer.editions()[0]),
            named: HashMap::new(),
            pictures: BTreeMap::new(),
            seen,
        };
        for renderer in seen.renderer.editions() {
            for (id, published) in renderer.site.pages.iter().enumerate().filter(|(_, page)| page.borrowed.is_none()) {
                let subject = Subject { edition: renderer.edition, kind: PAGE, which: Which::At(id) };
                side.pages.insert((seen.shown)(&published.page.path), subject);
            }
        }
        side
    }

    /// The article of the page at a place; nothing if none is there.
    pub(super) fn article(&mut self, place: &SubjectPlace) -> Option<Article<'a>> {
        let urls = &self.seen.library.original().config.urls;
        let file = address::output_file(urls, &place.route);
        let subject = match &place.path {
            Some(path) => self.pages.get(path)?,
            None => self.contents.get(&file)?,
        };
        let edition = self.seen.renderer.of_edition(subject.edition).site;
        let html = match self.seen.renderer.render_with(&mut self.cache, subject) {
            Ok(Rendered::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
            Ok(_) => return None,
            Err(finding) => {
                let why = format!("This page can’t be shown: {}", finding.message);
                let element = TreeElement::new(
                    "article",
                    vec![TreeNode::Element(TreeElement::new("p", vec![TreeNode::Text(why)]).with("lang", TOLD_IN))],
                );
                return Some(Article { element, edition });
            }
        };
        let mut element = article(&parse(&html));
        let folder = format!("/{}", address::encode_path(address::parent(&file)));
        element.each_mut(&mut |inner| self.settle(inner, edition, &folder));
        Some(Article { element, edition })
    }

    /// Has an element say where it leads, or what it shows.
    fn settle(&mut self, element: &mut TreeElement, edition: &Edition, folder: &str) {
        if element.name == "a"
            && let Some(href) = element.take("href")
        {
            match self.target(&href, edition, folder) {
                Some(to) => element.set(LEADS_TO, &to),
                None => element.set("href", &href),
            }
        }
        if element.name == "img" {
            let source = element.take("src").unwrap_or_default();
            match self.picture(&source, edition, folder) {
                Some(name) => element.set("src", &name),
                None => stand_in(element, &source),
            }
        }
    }

    /// Where a link leads that stays on the site; nothing for another.
    fn target(&self, href: &str, edition: &Edition, folder: &str) -> Option<String> {
        let end = href.find(['?', '#']).unwrap_or(href.len());
        let path = &href[..end];
        let is_elsewhere = path.starts_with("//") || path.split('/').next().is_some_and(|first| first.contains(':'));
        if path.is_empty() || is_elsewhere {
            return None;
        }
        let base = &edition.config.site.base_path;
        let path =
            if path.starts_with('/') { path.strip_prefix(base.trim_end_matches('/')).unwrap_or(path) } else { path };
        let whole = address::resolve(folder, path);
        let fragment = href.find('#').map_or("", |at| &href[at..]);
        Some(match self.reported.get(whole.trim_matches('/')) {
            Some(file) => format!("{REPORTED}{file}{fragment}"),
            None => format!("{whole}{}", &href[end..]),
        })
    }

    /// What a picture of the site is called in the report.
    fn picture(&mut self, source: &str, edition: &Edition, folder: &str) -> Option<String> {
        let to = self.target(source, edition, folder)?;
        let path = to.split(['?', '#']).next().unwrap_or_default().to_owned();
        if let Some(known) = self.named.get(&path) {
            return known.clone();
        }
        let route = percent_encoding::percent_decode_str(&path).decode_utf8_lossy().into_owned();
        let bytes = edition.file(&route).and_then(|file| (self.seen.bytes)(file));
        let name = bytes.filter(|bytes| picture::is_harmless(&route, bytes)).map(|bytes| {
            let name = picture::name(&route, &bytes);
            self.pictures.insert(name.clone(), bytes);
            name
        });
        self.named.insert(path, name.clone());
        name
    }
}

/// The article of a page; all of it where there is none.
fn article(page: &TreeElement) -> TreeElement {
    let named = |name: &'static str| move |element: &TreeElement| element.name == name;
    let main = page.find(&named("main")).or_else(|| page.find(&named("body"))).unwrap_or(page);
    let found = main.find(&named("article")).unwrap_or(main);
    TreeElement::new("article", harmless(without_besides(found.children.clone())))
}

fn without_besides(nodes: Vec<TreeNode>) -> Vec<TreeNode> {
    let stays =
        |node: &TreeNode| !node.element().is_some_and(|element| BESIDES.iter().any(|class| element.has_class(class)));
    let inner = |node| match node {
        TreeNode::Element(mut element) => {
            element.children = without_besides(std::mem::take(&mut element.children));
            TreeNode::Element(element)
        }
        text @ TreeNode::Text(_) => text,
    };
    nodes.into_iter().filter(stays).map(inner).collect()
}

/// What is said in place of a picture that can't be shown: its words, or where it lies.
fn stand_in(picture: &mut TreeElement, source: &str) {
    let alt = picture.get("alt").unwrap_or_default().to_owned();
    let said = if alt.is_empty() { source } else { &alt };
    let mut element = TreeElement::new("span", vec![TreeNode::Text(said.to_owned())]).with("class", "diff-picture");
    if is_harmless(source) && !source.is_empty() {
        element.set("title", source);
    }
    *picture = element;
}
