//! What can be found: pages, the indexes made for folders, the pages of tags; and what each says
//! of itself besides its text.

use std::sync::Arc;

use super::answering;
use crate::page::Page;
use crate::site::{Edition, Indexed, LeadsTo, PageId, SidebarNode, TagPage, address};

/// How many levels of the sidebar results are grouped by.
const LEVELS: usize = 2;

/// Something that can be found.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    /// A page.
    Page(PageId),
    /// The index of a folder, by its place in `Edition::indexes`.
    Index(usize),
    /// A tag's page, by its place in `Edition::tags`.
    Tag(usize),
}

/// What an entry says of itself.
pub struct About<'a> {
    /// What a result is called.
    pub title: &'a str,
    /// Whether the title's words count as a page's do: a tag's page comes after the pages of that title.
    pub is_tag: bool,
    /// The tags that it is about.
    pub defines: Vec<&'a str>,
    /// Tags and keywords, and the words of questions that it answers.
    pub tags: Vec<&'a str>,
    /// Its description.
    pub description: &'a str,
    /// Its address, without the base path.
    pub route: String,
    /// What other pages say where they link to it.
    pub called: &'a [String],
    /// Its body, if it has one.
    pub page: Option<&'a Arc<Page>>,
}

/// All entries of a site, in order.
pub(super) fn all(site: &Edition) -> Vec<Entry> {
    let pages = (0..site.pages.len()).filter(|&id| site.pages[id].is_told()).map(Entry::Page);
    pages.chain((0..site.indexes.len()).map(Entry::Index)).chain((0..site.tags.len()).map(Entry::Tag)).collect()
}

impl Entry {
    /// What it says of itself.
    pub fn about(self, site: &Edition) -> About<'_> {
        match self {
            Entry::Page(id) => of_page(site, id),
            Entry::Index(at) => {
                let index = &site.indexes[at];
                About {
                    title: &index.title,
                    is_tag: false,
                    defines: Vec::new(),
                    tags: Vec::new(),
                    description: match index.of {
                        Indexed::Entry(id) => site.catalogs.entry(id).map_or("", |entry| &entry.text),
                        _ => &index.description,
                    },
                    route: index.route.clone(),
                    called: &[],
                    page: None,
                }
            }
            Entry::Tag(at) => {
                let tag = &site.tags[at];
                About {
                    title: &tag.label,
                    is_tag: true,
                    defines: Vec::new(),
                    tags: vec![&tag.kind],
                    description: &tag.description,
                    route: site.tag_route(tag),
                    called: &[],
                    page: None,
                }
            }
        }
    }

    /// The look of the tag that it is about; empty if none.
    pub fn look(self, site: &Edition) -> &str {
        match self {
            Entry::Page(id) => {
                let defined = site.pages[id].page.meta.defines.iter().filter_map(|label| site.tag(label));
                defined.map(|tag| tag.look.classes.as_str()).find(|look| !look.is_empty()).unwrap_or_default()
            }
            Entry::Index(_) => "",
            Entry::Tag(at) => &site.tags[at].look.classes,
        }
    }

    /// The top sections of the sidebar in which it lies.
    pub fn section(self, site: &Edition) -> String {
        let mut labels = Vec::new();
        match self {
            Entry::Page(id) => labels = sections_above(site, id),
            Entry::Index(at) => _ = way_to(&site.tree, &LeadsTo::Index(at), &mut labels),
            Entry::Tag(_) => labels.push(site.words.get("tags")),
        }
        labels.truncate(LEVELS);
        labels.join(" › ")
    }
}

fn of_page(site: &Edition, id: PageId) -> About<'_> {
    let published = &site.pages[id];
    let meta = &published.page.meta;
    // A page without a title goes by its first heading or its name in the sidebar.
    let heading = published.page.content_title.as_deref().unwrap_or_default();
    let titles = [published.title.as_str(), heading, &published.label];
    let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or_default();
    let above = sections_above(site, id);
    let answered = answering::answered(&site.config.site.language, &above.iter().copied().chain([title]));
    let tags = meta.tags.iter().map(|tag| tag.label.as_str()).chain(meta.keywords.iter().map(String::as_str));
    About {
        title,
        is_tag: false,
        defines: meta.defines.iter().map(String::as_str).collect(),
        tags: tags.chain(answered).collect(),
        description: published.description(),
        route: published.route.clone(),
        called: &[],
        page: Some(&published.page),
    }
}

impl About<'_> {
    /// The last part of its address.
    pub fn name(&self) -> &str {
        self.route.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
    }

    /// Its address as a link from the site's root.
    pub fn address(&self, site: &Edition) -> String {
        let urls = &site.config.urls;
        let own = self.route.strip_prefix(urls.prefix.as_str()).unwrap_or(&self.route);
        address::encode_page(urls, own).into_owned()
    }
}

/// The labels of the sidebar's sections in which a page lies.
fn sections_above(site: &Edition, id: PageId) -> Vec<&str> {
    let (mut labels, mut nodes) = (Vec::new(), &site.tree);
    for &at in site.trails[id].iter().flatten() {
        let Some(node) = nodes.get(at).filter(|node| node.section) else { break };
        labels.push(node.label.as_str());
        nodes = &node.children;
    }
    labels
}

/// The labels of the sections above something, and its own if it stands for one.
fn way_to<'a>(nodes: &'a [SidebarNode], wanted: &LeadsTo, labels: &mut Vec<&'a str>) -> bool {
    nodes.iter().any(|node| {
        labels.push(&node.label);
        let found = node.leads_to == *wanted || way_to(&node.children, wanted, labels);
        if !found {
            labels.pop();
        }
        found
    })
}

/// A tag's name and kind; brackets that only repeat the kind are left out.
pub(super) fn name_and_kind(tag: &TagPage) -> (&str, &str) {
    let (name, kind) = crate::site::tag::name_and_kind(&tag.label);
    (if kind == tag.kind { name } else { &tag.label }, &tag.kind)
}
