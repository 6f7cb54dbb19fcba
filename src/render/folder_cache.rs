//! What pages show alike whose links start from the same folder, as templates take it: the closed sections and
//! the neighbours in the sidebar, tags, pages as entries of lists, the frame, the theme's files. Whoever
//! renders them keeps a cache while at it and drops it afterwards, so that memory doesn't grow with the site.

use foldhash::{HashMap, HashSet};
use tera::value::Key;
use tera::{Context, Map, Value};

use super::context::{FileContext, Trail};
use super::links::{Linker, StartsFrom};
use super::renderer::Renderer;
use super::theme::Theme;
use super::view::{EntryView, SidebarView, TagView, entry, frame, relations, sidebar, with};
use crate::diagnostic::Diagnostic;
use crate::site::{Edition, EditionId, LeadsTo, PageId, SidebarNode};

/// How many entries are kept at most: lists that name more pages than this make some of them again.
const ENTRIES: usize = 4096;

/// The component that writes an entry of the sidebar.
const SIDEBAR_ENTRY: &str = "theme.sidebar_entry";

/// One level of the sidebar with every entry closed.
struct SidebarLevel {
    entries: Vec<Value>,
    /// The HTML of all entries, a line each, and where each begins; none if they have to come one by one.
    joined: Option<(String, Vec<usize>)>,
}

/// What stands in the sidebar before and after the entries beside a page: the same for its neighbours.
struct Around {
    /// The way to those entries.
    way: Vec<usize>,
    before: String,
    after: String,
}

/// Stands for the entries beside a page until they are put there.
const HOLE: &str = "\u{1}entries\u{1}";

/// Values that are made when the first page asks for them.
pub struct FolderCache {
    /// The theme's files by name.
    pub assets: Value,
    /// The edition whose pages they are.
    edition: EditionId,
    /// What the links of those pages start from, as `starts_from` of their linkers has it.
    start: StartsFrom<'static>,
    /// The levels of the sidebar with every entry closed, by the way to them.
    levels: HashMap<Vec<usize>, SidebarLevel>,
    around: Option<Around>,
    /// Tags by the label that pages carry.
    tags: HashMap<String, Value>,
    /// Pages as entries of lists on other pages.
    entries: HashMap<PageId, Value>,
    /// The front matter of pages that lists hold: the same wherever they stand.
    front_matter: HashMap<PageId, Value>,
    /// Pages as what others have to do with.
    related: HashMap<PageId, Value>,
    /// Where the bar's entries lead: the same for all folders.
    bar: Option<Vec<frame::NavbarTarget>>,
    /// What came up while a file was made that is made all the same.
    told: Vec<Diagnostic>,
    /// The frame, and which of the bar's entries it shows as current.
    site: Option<(Vec<bool>, Value)>,
}

/// Pages as what others have to do with, seen from one place: nobody can take what was made for another.
pub(super) struct RelatedPages<'c> {
    known: &'c mut HashMap<PageId, Value>,
    context: FileContext<'c>,
}

impl RelatedPages<'_> {
    pub(super) fn page(&mut self, id: PageId) -> Value {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let value = relations::page(self.context.site(), self.context.linker, id);
        if self.known.len() < ENTRIES {
            self.known.insert(id, value.clone());
        }
        value
    }
}

impl FolderCache {
    /// An empty cache for the pages of one edition.
    pub fn new(renderer: &Renderer<'_>) -> Self {
        Self {
            assets: Value::from_serializable(&frame::assets(renderer.theme)),
            edition: renderer.edition,
            start: StartsFrom::Root,
            levels: HashMap::default(),
            around: None,
            tags: HashMap::default(),
            entries: HashMap::default(),
            front_matter: HashMap::default(),
            related: HashMap::default(),
            bar: None,
            told: Vec::new(),
            site: None,
        }
    }

    /// Notes something that is to be told of the file that is being made.
    pub(super) fn tell(&mut self, finding: Diagnostic) {
        self.told.push(finding);
    }

    /// What is to be told of the file that was made.
    pub fn take_told(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.told)
    }

    /// Drops what was made for another edition.
    pub fn turn_to_edition(&mut self, renderer: &Renderer<'_>) {
        if self.edition != renderer.edition {
            *self = Self::new(renderer);
        }
    }

    /// Drops what was made for links that start elsewhere.
    fn turn_to(&mut self, linker: &Linker<'_>) {
        let start = linker.starts_from();
        if self.start != start {
            self.levels.clear();
            self.around = None;
            self.tags.clear();
            self.entries.clear();
            self.related.clear();
            self.site = None;
            self.start = start.into_owned();
        }
    }

    /// The frame around the page at `route`.
    pub fn site(&mut self, context: FileContext<'_>, route: &str) -> Value {
        self.turn_to(context.linker);
        let bar = self.bar.get_or_insert_with(|| frame::bar(context.site()));
        let current: Vec<bool> = bar.iter().map(|target| target.holds(route)).collect();
        match &self.site {
            Some((known, value)) if *known == current => value.clone(),
            _ => {
                let value = Value::from_serializable(&frame::view(context, &current));
                self.site = Some((current, value.clone()));
                value
            }
        }
    }

    /// The tags of a page, each as the page wrote it.
    pub fn page_tags(&mut self, site: &Edition, linker: &Linker<'_>, id: PageId) -> Value {
        self.turn_to(linker);
        let mut tags = Vec::new();
        for carried in &site.pages[id].page.meta.tags {
            if let Some(known) = self.tags.get(&carried.label) {
                tags.push(known.clone());
            } else if let Some(tag) = entry::carried_tag(site, linker, &carried.label) {
                let value = Value::from_serializable(&tag);
                self.tags.insert(carried.label.clone(), value.clone());
                tags.push(value);
            }
        }
        Value::from(tags)
    }

    /// The tags that a page shows of itself: those that it carries, then those that it is about. The latter lead to their
    /// lists, since here is where the others lead.
    pub fn own_tags(&mut self, site: &Edition, linker: &Linker<'_>, id: PageId) -> Value {
        let meta = &site.pages[id].page.meta;
        if meta.defines.is_empty() {
            return self.page_tags(site, linker, id);
        }
        let is_about = |label: &str| site.tag(label).filter(|tag| tag.defining == Some(id));
        let carried = meta.tags.iter().map(|tag| tag.label.as_str()).filter(|label| is_about(label).is_none());
        let mut tags: Vec<TagView> = carried.filter_map(|label| entry::carried_tag(site, linker, label)).collect();
        let mut known = HashSet::default();
        // Several labels may be one tag.
        let defined = meta.defines.iter().filter_map(|label| is_about(label)).filter(|tag| known.insert(&tag.slug));
        for tag in defined {
            tags.push(TagView { page: None, defined_here: true, ..entry::tag_view(site, linker, tag) });
        }
        Value::from_serializable(&tags)
    }

    /// Pages as what others have to do with, for links that start where those of `context` do.
    pub(super) fn related<'c>(&'c mut self, context: FileContext<'c>) -> RelatedPages<'c> {
        self.turn_to(context.linker);
        RelatedPages { known: &mut self.related, context }
    }

    /// A page as an entry of a list.
    pub fn entry(&mut self, site: &Edition, linker: &Linker<'_>, id: PageId, current: Option<PageId>) -> Value {
        self.turn_to(linker);
        let is_current = current == Some(id);
        if let Some(known) = self.entries.get(&id).filter(|_| !is_current) {
            return known.clone();
        }
        let (front_matter, tags) = (self.front_matter(site, id), self.page_tags(site, linker, id));
        let view = EntryView { front_matter, tags, ..entry::entry(site, linker, id, current) };
        let value = Value::from_serializable(&view);
        if !is_current && self.entries.len() < ENTRIES {
            self.entries.insert(id, value.clone());
        }
        value
    }

    /// The front matter of a page that lists hold.
    fn front_matter(&mut self, site: &Edition, id: PageId) -> Value {
        if let Some(known) = self.front_matter.get(&id) {
            return known.clone();
        }
        let value = Value::from_serializable(&site.pages[id].page.meta.data);
        if self.front_matter.len() < ENTRIES {
            self.front_matter.insert(id, value.clone());
        }
        value
    }

    /// A node of the sidebar as an entry, under its sidebar label; nothing for a label without a page.
    pub fn of_node(&mut self, site: &Edition, linker: &Linker<'_>, node: &SidebarNode) -> Option<Value> {
        match &node.leads_to {
            LeadsTo::Page(id) => {
                let entry = self.entry(site, linker, *id, None);
                Some(with(entry, "title", Value::from(node.label.as_str())))
            }
            LeadsTo::Index(at) => Some(Value::from_serializable(&EntryView {
                title: node.label.clone(),
                href: linker.page(&site.indexes[*at].route),
                lang: None,
                description: site.indexes[*at].description.clone(),
                image: None,
                section: Vec::new(),
                front_matter: Value::none(),
                tags: Value::from(Vec::<Value>::new()),
                current: false,
                look: "",
                step: None,
            })),
            LeadsTo::Nothing => None,
        }
    }

    /// The sidebar of the page that is being made.
    pub fn sidebar(&mut self, context: FileContext<'_>, current: &LeadsTo) -> Value {
        self.turn_to(context.linker);
        let steps = sidebar::trail(context.site(), current);
        let trail = Trail { steps: &steps, current };
        match self.joined(context, trail) {
            Some(html) if html.is_empty() => Value::from(Vec::<Value>::new()),
            Some(html) => Value::from(vec![of_html(&html)]),
            None => self.level(context, &context.site().tree, 0, trail),
        }
    }

    /// All entries of the sidebar as HTML. Only what is beside the page is put together for it; nothing where a theme
    /// wants the entries one by one.
    fn joined(&mut self, context: FileContext<'_>, trail: Trail<'_>) -> Option<String> {
        let tree = &context.site().tree;
        let Some((&at, way)) = trail.steps.split_last() else {
            return self.closed(context, tree, &[])?.lines(None);
        };
        let mut nodes: &[SidebarNode] = tree;
        for &step in way {
            // A section that leads to the page, too, is shown as current above it, and only there.
            let above = nodes.get(step).filter(|above| above.leads_to != *trail.current)?;
            nodes = &above.children;
        }
        let node = nodes.get(at)?;
        let children = match node.children.is_empty() {
            true => Value::from(Vec::<Value>::new()),
            false => self.closed(context, &node.children, trail.steps)?.with(None),
        };
        let own = html(context.renderer.theme, open_entry(context, node, trail.current, children))?;
        let beside = self.closed(context, nodes, way)?.lines(Some((at, &own)))?;
        if self.around.as_ref().is_none_or(|around| around.way != way) {
            self.around = Some(self.look_around(context, Trail { steps: way, ..trail })?);
        }
        let Around { before, after, .. } = self.around.as_ref()?;
        Some([before, &beside, after].map(String::as_str).concat())
    }

    /// What stands around the entries to which a trail leads.
    fn look_around(&mut self, context: FileContext<'_>, trail: Trail<'_>) -> Option<Around> {
        let way = trail.steps;
        let mut inner = HOLE.to_owned();
        for depth in (0..way.len()).rev() {
            let mut nodes: &[SidebarNode] = &context.site().tree;
            for &step in &way[..depth] {
                nodes = &nodes[step].children;
            }
            let children = Value::from(vec![of_html(&inner)]);
            let own = html(context.renderer.theme, open_entry(context, &nodes[way[depth]], trail.current, children))?;
            inner = self.closed(context, nodes, &way[..depth])?.lines(Some((way[depth], &own)))?;
        }
        let (before, after) = inner.split_once(HOLE).filter(|(_, after)| !after.contains(HOLE))?;
        Some(Around { way: way.to_vec(), before: before.to_owned(), after: after.to_owned() })
    }

    /// The level of some nodes with every entry closed, by the way to them.
    fn closed(&mut self, context: FileContext<'_>, nodes: &[SidebarNode], way: &[usize]) -> Option<&SidebarLevel> {
        if !self.levels.contains_key(way) {
            let closed = |node: &SidebarNode| sidebar::closed(context.site(), context.linker, node);
            let views: Vec<SidebarView> = nodes.iter().map(closed).collect();
            self.levels.insert(way.to_vec(), SidebarLevel::of(context.renderer.theme, &views));
        }
        self.levels.get(way)
    }

    /// The level of some nodes at a depth: what is closed comes from the cache, what is open is made.
    fn level(&mut self, context: FileContext<'_>, nodes: &[SidebarNode], depth: usize, trail: Trail<'_>) -> Value {
        let below = trail.steps.get(depth).and_then(|&at| Some((at, nodes.get(at)?)));
        let open = below.map(|(at, node)| {
            let children = self.level(context, &node.children, depth + 1, trail);
            (at, open_entry(context, node, trail.current, children))
        });
        if nodes.is_empty() {
            return Value::from(Vec::<Value>::new());
        }
        let way = trail.steps.get(..depth).unwrap_or(trail.steps);
        self.closed(context, nodes, way).map_or_else(Value::none, |level| level.with(open))
    }
}

/// An entry on the way to a page.
fn open_entry(context: FileContext<'_>, node: &SidebarNode, current: &LeadsTo, children: Value) -> Value {
    let entry = Value::from_serializable(&sidebar::open(context.site(), context.linker, node, current));
    with(entry, "children", children)
}

/// Entries that are HTML already, as one.
fn of_html(html: &str) -> Value {
    Value::from(Map::from([(Key::Str("html"), Value::safe_string(html))]))
}

impl SidebarLevel {
    fn of(theme: &Theme, closed: &[SidebarView]) -> Self {
        let joined = theme.joins_sidebar.then(|| join(theme, closed)).flatten();
        let one_by_one = if joined.is_some() { &[] } else { closed };
        Self { entries: one_by_one.iter().map(|view| entry_with_html(theme, view)).collect(), joined }
    }

    /// The level with one of its entries open.
    fn with(&self, open: Option<(usize, Value)>) -> Value {
        let Some((_, starts)) = &self.joined else {
            let mut entries = self.entries.clone();
            if let Some((at, open)) = open {
                entries[at] = open;
            }
            return Value::from(entries);
        };
        let run = |from: usize, to: usize| self.run(from, to).map(of_html);
        let entries: Vec<Value> = match open {
            Some((at, open)) => [run(0, at), Some(open), run(at + 1, starts.len())].into_iter().flatten().collect(),
            None => run(0, starts.len()).into_iter().collect(),
        };
        Value::from(entries)
    }

    /// The same as HTML, a line each.
    fn lines(&self, open: Option<(usize, &str)>) -> Option<String> {
        let (all, starts) = self.joined.as_ref()?;
        let Some((at, open)) = open else { return Some(all.trim_end_matches('\n').to_owned()) };
        let lines = [self.run(0, at), Some(open), self.run(at + 1, starts.len())];
        Some(lines.into_iter().flatten().collect::<Vec<_>>().join("\n"))
    }

    /// The HTML of some closed entries, if there are any.
    fn run(&self, from: usize, to: usize) -> Option<&str> {
        let (all, starts) = self.joined.as_ref()?;
        let place = |at: usize| starts.get(at).copied().unwrap_or(all.len());
        Some(all[place(from)..place(to)].trim_end_matches('\n')).filter(|html| !html.is_empty())
    }
}

/// The HTML of closed entries, a line each, and where each begins: it is the same on all pages of the folder, and
/// a sidebar is most of what there is to write on a page.
fn join(theme: &Theme, closed: &[SidebarView]) -> Option<(String, Vec<usize>)> {
    let (mut all, mut starts) = (String::new(), Vec::with_capacity(closed.len()));
    for view in closed {
        starts.push(all.len());
        all.push_str(&html(theme, Value::from_serializable(view))?);
        all.push('\n');
    }
    Some((all, starts))
}

/// A closed entry, with its HTML if it has any.
fn entry_with_html(theme: &Theme, view: &SidebarView) -> Value {
    let entry = Value::from_serializable(view);
    match html(theme, entry.clone()) {
        Some(html) => with(entry, "html", Value::safe_string(&html)),
        None => entry,
    }
}

/// The HTML of a closed entry. A theme of one's own may do without such a component; if it
/// fails, it fails where it is used, too, and is told there.
fn html(theme: &Theme, entry: Value) -> Option<String> {
    let mut arguments = Context::new();
    arguments.insert_value("entry", entry);
    theme.tera.render_component(SIDEBAR_ENTRY, &arguments, None, true).ok()
}
