//! One edition of a body of knowledge: its pages, and what is made of all of them together.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashSet};

use super::book::Books;
use super::catalog::Catalogs;
use super::catalog_pages::{self, EntryPages};
use super::category::Category;
use super::counterparts::CounterpartPlaces;
use super::data::DataFiles;
use super::effort::Effort;
use super::found_out::FoundOut;
use super::languages::PlaceKeys;
use super::link::{Origin, Resolution, Resolver, Target, Targets};
use super::menu::{self, MenuEntry};
use super::naming::PageNames;
use super::numbering::Numbering;
use super::order::Order;
use super::published::{Borrowed, LongPage, PageId, Published, Redirect, Retired, StandIn};
use super::relation::{OriginalRelations, Relations};
use super::tag::{self, TagPage, Vocabulary};
use super::tree::{self, GeneratedIndex, LeadsTo, SidebarNode};
use super::written_order::WrittenOrder;
use super::{address, look, publish, query_columns, reading};
use crate::component::Components;
use crate::config::{Config, Fallback, Language, writes_right_to_left};
use crate::diagnostic::Diagnostic;
use crate::ledger::Ledger;
use crate::page::{LinkKind, Page};
use crate::source::{Asset, SourcePath};
use crate::words::Words;

/// Everything from which an edition is assembled.
pub struct Ingredients<'a> {
    /// The configuration.
    pub config: Arc<Config>,
    /// The language, where the site has several.
    pub language: Option<Language>,
    /// All pages, in order of their paths.
    pub pages: Vec<Arc<Page>>,
    /// Pages of the original that this edition lacks, and how they stand in.
    pub borrowed: Vec<Borrowed>,
    /// The keys that pages have by their places.
    pub place_keys: PlaceKeys,
    /// Category files, by the folder that they lie in.
    pub categories: BTreeMap<String, (SourcePath, Category)>,
    /// The declared tags.
    pub vocabulary: Vocabulary,
    /// The catalogues that relations may lead into.
    pub catalogs: Catalogs,
    /// Other books that pages link to.
    pub books: Arc<Books>,
    /// What tables and templates show that stands in no page.
    pub data: DataFiles,
    /// What the original says of relations that a translation need not say again.
    pub original_relations: OriginalRelations,
    /// The addresses that were published once, and where each leads now.
    pub ledger: Arc<Ledger>,
    /// Files that are published as they are, or that pages may refer to.
    pub assets: &'a [Asset],
    /// Which components there are.
    pub components: Arc<Components>,
    /// What the theme itself says, in the edition's language.
    pub words: Arc<Words>,
    /// Whether drafts are published too.
    pub drafts: bool,
}

/// A frozen edition: its pages, and what is made of all of them together.
#[derive(Debug)]
pub struct Edition {
    /// Published pages, in order of id without regard to case (then of path).
    pub pages: Vec<Arc<Published>>,
    /// What is wrong with the project as a whole.
    pub findings: Vec<Diagnostic>,
    pub(super) frame: Arc<Frame>,
    /// Filled in when it is first asked for: what is frozen can only come out one way.
    pub(super) found_out: FoundOut,
    /// How long some of what is done with it took.
    pub effort: Effort,
    /// What is made of the pages of the other editions; set when the editions are put together.
    pub(super) siblings: OnceLock<Vec<Arc<Frame>>>,
}

/// What is made of all pages together. It knows of each only what `edit::shows_the_same` compares.
#[derive(Debug)]
pub struct Frame {
    /// The configuration.
    pub config: Arc<Config>,
    /// The language, where the site has several.
    pub language: Option<Language>,
    /// What the theme itself says, in the edition's language.
    pub words: Arc<Words>,
    /// Which components there are.
    pub components: Arc<Components>,
    /// Paths of pages that are left out because they are drafts, with their addresses.
    pub drafts: BTreeMap<String, SourcePath>,
    /// The sidebar.
    pub tree: Vec<SidebarNode>,
    /// Indexes made for folders.
    pub indexes: Vec<GeneratedIndex>,
    /// Tag pages, by slug.
    pub tags: Vec<TagPage>,
    /// The declared tags.
    pub vocabulary: Vocabulary,
    /// The catalogues that relations may lead into.
    pub catalogs: Catalogs,
    pub(super) entry_pages: EntryPages,
    /// Other books that pages link to.
    pub books: Arc<Books>,
    /// What tables and templates show that stands in no page.
    pub data: DataFiles,
    /// Old addresses, in order.
    pub redirects: Vec<Redirect>,
    /// The addresses that were published once, and where each leads now.
    pub ledger: Arc<Ledger>,
    /// Addresses that went for good, in order.
    pub retired: Vec<Retired>,
    /// Old addresses of files, with those that they have now.
    pub moved_files: BTreeMap<String, String>,
    /// Files by the address that they are published at.
    pub files: BTreeMap<String, Asset>,
    /// For each page, the nodes from the top of the sidebar to it, by place at each level.
    pub trails: Vec<Option<Vec<usize>>>,
    /// The address of the first page of a language that has no front page.
    pub first_page: Option<String>,
    /// What stands for a front page, where no page lies at the address of the edition.
    pub stand_in: Option<StandIn>,
    /// Entries of the bar that pages ask for.
    pub menu: Vec<MenuEntry>,
    /// Pages and generated indexes in reading order.
    pub reading_order: Vec<LeadsTo>,
    /// For each page, its place in `reading_order`.
    pub reading_place: Vec<Option<usize>>,
    /// In which order its readers look for words.
    pub order: Order,
    /// For each page, its place when all are sorted by title.
    title_places: OnceLock<Vec<usize>>,
    /// The places of tag pages and of indexes by what they are in every language; found when another edition first asks.
    counterparts: OnceLock<CounterpartPlaces>,
    /// Many pages in one: the whole site, then sections of the top level, in order.
    pub long_pages: Vec<LongPage>,
    /// Whether the front matter of a page dates it.
    pub dated: bool,
    /// How many pages may stand in lists.
    pub(super) listed: usize,
    /// For each label that a page carries, the place of its tag page: a label's address takes long to make.
    tag_places: HashMap<String, usize>,
    pub(super) label_order: Vec<String>,
    by_label: HashMap<String, Vec<PageId>>,
    pub(super) targets: Targets,
    pub(super) numbering: Numbering,
    pub(super) columns: query_columns::Columns,
    /// Pages that are left out because they are drafts, where others may name them.
    pub(super) unpublished: Vec<Arc<Page>>,
    pub(super) original_relations: OriginalRelations,
    /// Filled in when they are first asked for.
    pub(super) names: OnceLock<PageNames>,
    pub(super) relations: OnceLock<Relations>,
}

impl Deref for Edition {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.frame
    }
}

/// Puts an edition together.
fn assemble(ingredients: Ingredients<'_>) -> Edition {
    let Ingredients { config, language, pages, borrowed, place_keys, categories, vocabulary, .. } = ingredients;
    let Ingredients { assets, components, words, drafts, catalogs, books, data, original_relations, ledger, .. } =
        ingredients;
    let docs_route = config.urls.docs_route.clone();
    let all = pages.iter().chain(borrowed.iter().map(|borrowed| &borrowed.page));
    let numbering = Numbering::of(all.map(|page| &page.path));
    let left_out = pages.iter().filter(|page| page.meta.draft && !drafts && !config.identities.is_empty());
    let unpublished = left_out.cloned().collect();
    let (pages, left_out) =
        publish::all(publish::Choice { pages, borrowed, place_keys, drafts }, &numbering, &config.urls);
    let order = Order::of(&config.site.language);
    let written = WrittenOrder::of(&config.folders.order);
    let mut tree = tree::build(&pages, &categories, &numbering, &docs_route, &order, &written);
    let entry_pages = catalog_pages::add(&mut tree, &catalogs, &config);
    let mut findings = tree.findings;
    let mut tags = tag::gather(&pages, &vocabulary, &config.tags.endings);
    look::give(&mut tags, &config.tags);
    let carried = tags.iter().enumerate().flat_map(|(at, tag)| tag.labels.iter().map(move |(label, _)| (label, at)));
    let tag_places = carried.map(|(label, at)| (label.clone(), at)).collect();
    let (label_order, by_label) = tag::labels(&pages, &vocabulary);
    let reading_order = reading::order(&tree.nodes);
    let mut frame = Frame {
        words,
        language,
        components,
        listed: pages.iter().filter(|published| !published.page.meta.unlisted).count(),
        dated: pages.iter().any(|published| published.page.meta.last_update.is_some()),
        drafts: left_out,
        indexes: tree.indexes,
        tags,
        vocabulary,
        catalogs,
        entry_pages,
        books,
        data,
        unpublished,
        original_relations,
        names: OnceLock::new(),
        relations: OnceLock::new(),
        redirects: Vec::new(),
        ledger,
        retired: Vec::new(),
        moved_files: BTreeMap::new(),
        long_pages: Vec::new(),
        files: files(assets, &docs_route),
        first_page: None,
        stand_in: None,
        menu: menu::entries(&pages, &order),
        title_places: OnceLock::new(),
        counterparts: OnceLock::new(),
        trails: reading::trails(&tree.nodes, pages.len()),
        reading_place: reading::places(&reading_order, pages.len()),
        tree: tree.nodes,
        reading_order,
        tag_places,
        label_order,
        by_label,
        targets: Targets::default(),
        numbering,
        columns: query_columns::Columns::of(&pages),
        order,
        config,
    };
    frame.long_pages = frame.find_long_pages();
    frame.register_addresses(&pages, &mut findings);
    Edition::new(pages, Arc::new(frame), findings)
}

impl Frame {
    /// In which direction its language is written: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        let right_to_left = match &self.language {
            Some(language) => language.right_to_left,
            None => writes_right_to_left(&self.config.site.language),
        };
        if right_to_left { "rtl" } else { "ltr" }
    }

    /// The address of the front page: a language that has none begins with its first page.
    pub fn home(&self) -> &str {
        let prefix = self.config.urls.prefix.as_str();
        if prefix.is_empty() { "/" } else { self.first_page.as_deref().unwrap_or(prefix) }
    }

    /// The tag that has this key in every language, if a page carries it.
    pub fn tag_of_key(&self, key: &str) -> Option<&TagPage> {
        self.counterpart_places().tag(key).map(|at| &self.tags[at])
    }

    /// The index that is made for a folder, as it is called in every language.
    pub fn index_of_folder(&self, folder: &str) -> Option<&GeneratedIndex> {
        self.counterpart_places().index(folder).map(|at| &self.indexes[at])
    }

    fn counterpart_places(&self) -> &CounterpartPlaces {
        self.counterparts.get_or_init(|| CounterpartPlaces::of(&self.tags, &self.indexes))
    }

    /// The address of the tag index.
    pub fn tags_route(&self) -> String {
        address::join(&[&self.config.urls.docs_route, "tags"])
    }

    /// The address of a tag's page.
    pub fn tag_route(&self, tag: &TagPage) -> String {
        address::join(&[&self.config.urls.docs_route, "tags", &tag.slug])
    }
}

impl Edition {
    /// Puts an edition together: whole, since what is made of all pages can be kept only where no page shows the
    /// others anything new (see `edit`).
    pub fn assemble(ingredients: Ingredients<'_>) -> Self {
        assemble(ingredients)
    }

    /// Whether a page is the one for all addresses that don't exist: no address is its own.
    pub fn is_not_found(&self, id: PageId) -> bool {
        address::is_not_found(&self.config.urls, &self.pages[id].route)
    }

    /// The language of a page that stands in for one that this edition lacks.
    pub fn language_of_borrowed(&self, id: PageId) -> Option<&str> {
        self.language.as_ref().filter(|_| self.pages[id].borrowed.is_some()).map(|language| language.original.as_str())
    }

    /// The keys that this edition gives to another's pages by their places.
    pub fn place_keys<'p>(&self, own: impl Iterator<Item = &'p Arc<Page>>) -> PlaceKeys {
        PlaceKeys::of(&self.pages, own)
    }

    /// The pages of this edition that another lacks, to stand in there.
    pub fn lent_to<'p>(
        &self,
        own: impl Iterator<Item = &'p Arc<Page>>,
        place_keys: &PlaceKeys,
        by: Fallback,
    ) -> Vec<Borrowed> {
        if by == Fallback::None {
            return Vec::new();
        }
        let own: HashSet<String> = own.map(|page| place_keys.key(page)).collect();
        let lacking = self.pages.iter().filter(|published| !own.contains(&published.key));
        let lent = |published: &Arc<Published>| Borrowed {
            page: Arc::clone(&published.page),
            route: published.route.clone(),
            by,
        };
        lacking.map(lent).collect()
    }

    pub(super) fn new(pages: Vec<Arc<Published>>, frame: Arc<Frame>, findings: Vec<Diagnostic>) -> Self {
        let found_out = FoundOut::nothing(pages.len());
        Self { pages, findings, frame, found_out, effort: Effort::default(), siblings: OnceLock::new() }
    }

    /// The pages that carry exactly that label (or, with a vocabulary, an alias of it), in order of id.
    pub fn carrying(&self, label: &str) -> &[PageId] {
        let label = self.vocabulary.get(label).map_or(label, |word| word.label.as_str());
        self.by_label.get(label).map_or(&[], Vec::as_slice)
    }

    /// For each page, its place when all are sorted by title: found when a tag's page is first made, since a build that
    /// makes none can do without.
    pub fn title_places(&self) -> &[usize] {
        let titles = || self.pages.iter().map(|published| published.title.as_str());
        self.frame.title_places.get_or_init(|| self.order.places(titles()))
    }

    /// All labels that pages carry, in the order of their first use.
    pub fn labels(&self) -> &[String] {
        &self.label_order
    }

    /// The tag page that a label belongs to.
    pub fn tag(&self, label: &str) -> Option<&TagPage> {
        if let Some(&at) = self.tag_places.get(label) {
            return Some(&self.tags[at]);
        }
        let word = self.vocabulary.get(label);
        let label = word.map_or(label, |word| word.label.as_str());
        let slug =
            word.and_then(|word| word.permalink.as_deref()).map_or_else(|| tag::slug_of(label), tag::clean_permalink);
        self.tags.binary_search_by(|tag| tag.slug.as_str().cmp(&slug)).ok().map(|at| &self.tags[at])
    }

    /// The file at an address: what is published once for all languages is the original's.
    pub fn file(&self, route: &str) -> Option<&Asset> {
        let siblings = self.siblings.get().into_iter().flatten();
        self.files.get(route).or_else(|| siblings.into_iter().find_map(|sibling| sibling.files.get(route)))
    }

    /// Its files, and those of the other languages, which it may show, too.
    pub fn all_files(&self) -> impl Iterator<Item = &Asset> {
        let siblings = self.siblings.get().into_iter().flatten();
        self.files.values().chain(siblings.flat_map(|sibling| sibling.files.values()))
    }

    /// What lies at an address.
    pub fn target(&self, route: &str) -> Option<&Target> {
        self.targets.get(route)
    }

    /// The ids on a page.
    pub fn anchors(&self, id: PageId) -> &[String] {
        self.resolver().anchors(id)
    }

    /// All addresses with what lies there, sorted.
    pub fn addresses(&self) -> BTreeMap<&str, &Target> {
        self.targets.iter().collect()
    }

    /// What a target written in the configuration leads to.
    pub fn resolve_from_root(&self, target: &str, kind: LinkKind) -> Resolution {
        self.resolver().resolve_target(&Origin { id: None, route: "/", folder: "" }, target, kind)
    }

    /// What a target written on a page (in its front matter, say) leads to.
    pub fn resolve_from(&self, id: PageId, target: &str, kind: LinkKind) -> Resolution {
        self.resolver().resolve_target(&self.origin(id), target, kind)
    }

    pub(super) fn origin(&self, id: PageId) -> Origin<'_> {
        let published = &self.pages[id];
        Origin { id: Some(id), route: &published.route, folder: published.page.path.folder() }
    }

    pub(super) fn resolver(&self) -> Resolver<'_> {
        Resolver {
            pages: &self.pages,
            targets: &self.targets,
            docs_route: &self.config.urls.docs_route,
            base_path: &self.config.site.base_path,
            components: &self.components,
            anchors: &self.found_out.anchors,
            ledger: &self.ledger,
            books: &self.books,
            prefix: &self.config.urls.prefix,
            seeks_headings: true,
            siblings: self.siblings.get().into_iter().flatten().map(|sibling| &sibling.targets).collect(),
        }
    }
}

/// Files by address: those of `static/` at their path, those beside pages below the docs' route.
fn files(assets: &[Asset], docs_route: &str) -> BTreeMap<String, Asset> {
    let address = |asset: &Asset| match asset.path.root() {
        crate::source::Root::Content => address::join(&[docs_route, asset.path.as_str()]),
        _ => address::join(&[asset.path.as_str()]),
    };
    // What lies in `static/` was put there for its address: it wins.
    let (beside, fixed): (Vec<_>, Vec<_>) =
        assets.iter().partition(|asset| asset.path.root() == crate::source::Root::Content);
    beside.into_iter().chain(fixed).map(|asset| (address(asset), asset.clone())).collect()
}
