//! Sources go in, a site comes out. A page is parsed again only
//! when its text differs; what is made of several files is made whole, unless all that
//! happened since are edits that other pages see nothing of.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::ledger_file::LedgerFile;
use super::own_files::NamedFiles;
use super::parsed::{Parsed, ParsedPages};
use super::themes::{OwnFiles, Themes};
use crate::config::{Config, Language};
use crate::diagnostic::Diagnostic;
use crate::page::{self, Dialect, Extension, Page, front_matter};
use crate::read::{KnownTexts, Tree};
use crate::render::theme::Theme;
use crate::site::data::{DataFile, DataFiles};
use crate::site::{
    BookFile, Books, Borrowed, Catalog, Catalogs, Category, Edition, Ingredients, Library, OriginalRelations,
    PlaceKeys, Vocabulary, category, place_in_language,
};
use crate::source::{Asset, RawFile, Root, Source, SourcePath};

/// Everything that a project consists of, as last read.
pub struct Workspace {
    config: Arc<Config>,
    /// The languages of the site, the original first; none where it has only one.
    languages: Vec<Language>,
    /// Whether drafts are published too.
    drafts: bool,
    pages: BTreeMap<SourcePath, Parsed>,
    categories: Vec<Source>,
    vocabulary: Option<Source>,
    catalogs: NamedFiles<Catalog>,
    books: NamedFiles<BookFile>,
    data: NamedFiles<DataFile>,
    ledger: LedgerFile,
    assets: Vec<Asset>,
    templates: Vec<Source>,
    theme_files: Vec<RawFile>,
    own_words: Vec<Source>,
    themes: Themes,
    reading: Vec<Diagnostic>,
    /// The editions as they were before the pages in `edited` were.
    last: Option<Arc<Library>>,
    edited: BTreeMap<SourcePath, Arc<Page>>,
}

/// How what was read is made ready.
#[derive(Clone, Copy)]
struct Preparing<'a> {
    parse: &'a dyn Fn(&[Source]) -> Vec<Arc<Page>>,
    load: fn(&Config, OwnFiles<'_>) -> Themes,
}

impl Workspace {
    /// A workspace that holds a project as it was read. What is among the parsed pages is not parsed again.
    pub fn new(config: Arc<Config>, drafts: bool, tree: Tree, parsed: &ParsedPages) -> Self {
        let dialect = dialect_of(&config);
        let parse = |sources: &[Source]| parsed.parse(sources, dialect);
        Self::with(config, drafts, tree, Preparing { parse: &parse, load: Themes::load })
    }

    /// The same for somebody who asks little of it: bodies of pages are read when something of them is asked for, and
    /// of the theme there are only the components.
    pub fn as_asked(config: Arc<Config>, drafts: bool, tree: Tree) -> Self {
        let dialect = dialect_of(&config);
        let head = |source: &Source| Arc::new(page::parse_head(source, dialect));
        let parse = |sources: &[Source]| sources.par_iter().map(head).collect();
        Self::with(config, drafts, tree, Preparing { parse: &parse, load: Themes::as_asked })
    }

    fn with(config: Arc<Config>, drafts: bool, tree: Tree, preparing: Preparing<'_>) -> Self {
        let languages = config.languages();
        let mut tree = tree;
        tree.pages = tree.pages.into_iter().map(|source| in_language(&languages, source)).collect();
        let known = tree.pages.iter().cloned().zip((preparing.parse)(&tree.pages));
        let pages = known.map(|(source, page)| (source.path.clone(), Parsed { source, page })).collect();
        let own = OwnFiles { templates: &tree.templates, files: &tree.theme_files, words: &tree.words };
        let themes = (preparing.load)(&config, own);
        let mut workspace = Self {
            config,
            languages,
            drafts,
            pages,
            categories: Vec::new(),
            vocabulary: None,
            catalogs: NamedFiles::default(),
            books: NamedFiles::default(),
            data: NamedFiles::default(),
            ledger: LedgerFile::default(),
            assets: Vec::new(),
            templates: tree.templates.clone(),
            theme_files: tree.theme_files.clone(),
            own_words: tree.words.clone(),
            themes,
            reading: Vec::new(),
            last: None,
            edited: BTreeMap::new(),
        };
        workspace.take(tree);
        workspace
    }

    /// Its pages as parsed.
    pub(super) fn parsed_pages(&self) -> ParsedPages {
        ParsedPages::of(self.pages.values().map(|parsed| &parsed.page))
    }

    /// The texts of its pages.
    pub(super) fn known_texts(&self) -> KnownTexts {
        KnownTexts::of(self.pages.par_iter().map(|(_, parsed)| &parsed.source))
    }

    /// Replaces everything by the project as read anew. Pages whose text did not
    /// change are not parsed again, nor is the theme loaded if its files are the same.
    pub fn take(&mut self, tree: Tree) {
        self.last = None;
        let (known, languages, dialect) = (&self.pages, &self.languages, dialect_of(&self.config));
        let parsed: Vec<Parsed> = tree
            .pages
            .into_par_iter()
            .map(|source| in_language(languages, source))
            .map(|source| match known.get(&source.path) {
                Some(parsed) if parsed.is_of(&source) => Parsed { page: Arc::clone(&parsed.page), source },
                _ => Parsed { page: Arc::new(page::parse(&source, dialect)), source },
            })
            .collect();
        self.pages = parsed.into_iter().map(|parsed| (parsed.source.path.clone(), parsed)).collect();
        self.categories = tree.categories.into_iter().map(|source| in_language(&self.languages, source)).collect();
        self.vocabulary = tree.vocabulary;
        self.catalogs.take(tree.catalogs);
        self.books.take(tree.books);
        self.data.take(tree.data);
        self.ledger.take(tree.ledger);
        self.assets = tree.assets.into_iter().map(|asset| asset_in_language(&self.languages, asset)).collect();
        self.reading = tree.findings;
        let same_templates = same(&self.templates, &tree.templates);
        if !same_templates || self.theme_files != tree.theme_files || !same(&self.own_words, &tree.words) {
            self.templates = tree.templates;
            self.theme_files = tree.theme_files;
            self.own_words = tree.words;
            self.load_theme();
        }
    }

    /// Has the project follow another configuration.
    pub fn configure(&mut self, config: Arc<Config>) {
        self.last = None;
        let speaks_another = spoken(&self.config) != spoken(&config);
        let reads_otherwise = dialect_of(&self.config) != dialect_of(&config);
        self.config = config;
        if reads_otherwise {
            let dialect = dialect_of(&self.config);
            let pages = std::mem::take(&mut self.pages).into_par_iter();
            let again = pages.map(|(path, Parsed { source, .. })| {
                let page = Arc::new(page::parse(&source, dialect));
                (path, Parsed { source, page })
            });
            self.pages = again.collect();
        }
        if !speaks_another {
            return;
        }
        self.languages = self.config.languages();
        self.load_theme();
        let tree = Tree {
            pages: self.pages.values().map(|parsed| parsed.source.clone()).collect(),
            categories: std::mem::take(&mut self.categories),
            vocabulary: self.vocabulary.take(),
            catalogs: self.catalogs.sources().cloned().collect(),
            books: self.books.sources().cloned().collect(),
            data: self.data.sources().cloned().collect(),
            ledger: self.ledger.source.clone(),
            assets: std::mem::take(&mut self.assets),
            findings: std::mem::take(&mut self.reading),
            templates: self.templates.clone(),
            theme_files: self.theme_files.clone(),
            words: self.own_words.clone(),
        };
        self.take(tree);
    }

    fn load_theme(&mut self) {
        let own = OwnFiles { templates: &self.templates, files: &self.theme_files, words: &self.own_words };
        let mut loaded = Themes::load(&self.config, own);
        // A theme that can't be loaded leaves the last one that could.
        if !loaded.findings.is_empty() && loaded.themes.len() == self.themes.themes.len() {
            loaded.themes = Arc::clone(&self.themes.themes);
        }
        self.themes = loaded;
    }

    /// Replaces the texts of pages that are here; nothing else may have changed.
    pub fn edit(&mut self, sources: Vec<Source>) {
        let dialect = dialect_of(&self.config);
        let parsed: Vec<Parsed> = sources
            .into_par_iter()
            .map(|source| in_language(&self.languages, source))
            .map(|source| Parsed { page: Arc::new(page::parse(&source, dialect)), source })
            .collect();
        for parsed in parsed {
            let path = parsed.source.path.clone();
            self.edited.insert(path.clone(), Arc::clone(&parsed.page));
            self.pages.insert(path, parsed);
        }
    }

    /// Takes other texts for those of files that are here.
    pub fn rewrite(&mut self, texts: &BTreeMap<SourcePath, Arc<str>>) {
        let rewritten = |source: &Source| {
            let text = texts.get(&source.path).filter(|text| **text != source.text)?;
            Some(Source { path: source.path.clone(), text: Arc::clone(text) })
        };
        self.edit(self.pages.values().filter_map(|parsed| rewritten(&parsed.source)).collect());
        for source in self.categories.iter_mut().chain(&mut self.vocabulary) {
            if let Some(other) = rewritten(source) {
                *source = other;
                self.last = None;
            }
        }
        let [catalogs, data] = [self.catalogs.rewrite(rewritten), self.data.rewrite(rewritten)];
        if catalogs || data {
            self.last = None;
        }
        if let Some(other) = self.ledger.source.as_ref().and_then(rewritten) {
            self.ledger.take(Some(other));
            self.last = None;
        }
        let theme = || self.templates.iter().chain(&self.own_words);
        let texts: Vec<Option<Source>> = theme().map(rewritten).collect();
        if texts.iter().any(Option::is_some) {
            let both = self.templates.iter_mut().chain(&mut self.own_words).zip(texts);
            both.for_each(|(source, other)| *source = other.unwrap_or_else(|| source.clone()));
            self.last = None;
            self.load_theme();
        }
    }

    /// The frozen editions as they stand now: the last ones with the edited pages in it, where that is the same.
    pub fn current(&mut self) -> Arc<Library> {
        let edited = std::mem::take(&mut self.edited);
        let last = self
            .last
            .take()
            .and_then(|last| if edited.is_empty() { Some(last) } else { last.with(&edited).map(Arc::new) });
        let library = last.unwrap_or_else(|| Arc::new(self.library()));
        self.last = Some(Arc::clone(&library));
        library
    }

    /// The frozen editions of everything that is here, made anew.
    pub fn library(&self) -> Library {
        if self.languages.is_empty() {
            return Library::of(Arc::new(self.edition()), Vec::new());
        }
        let original = Arc::new(self.edition_of(0, None));
        let others = (1..self.languages.len()).map(|at| Arc::new(self.edition_of(at, Some(&original))));
        Library::of(Arc::clone(&original), others.collect())
    }

    /// The only edition of a site of one language.
    fn edition(&self) -> Edition {
        let pages = self.pages.values().map(|parsed| Arc::clone(&parsed.page)).collect();
        let categories = self.categories.iter().collect();
        self.assemble(EditionPart {
            config: Arc::clone(&self.config),
            pages,
            categories,
            assets: &self.assets,
            ..EditionPart::default()
        })
    }

    /// The edition of one language. Of what it lacks, it takes what the original has.
    fn edition_of(&self, at: usize, original: Option<&Edition>) -> Edition {
        let language = &self.languages[at];
        let is_own = |path: &SourcePath| place_in_language(&self.languages, path).language == at;
        let own = self.pages.values().filter(|parsed| is_own(&parsed.source.path));
        let pages: Vec<Arc<Page>> = own.map(|parsed| Arc::clone(&parsed.page)).collect();
        let mut categories: Vec<&Source> = self.categories.iter().filter(|source| is_own(&source.path)).collect();
        if at > 0 {
            let folders: Vec<&str> = categories.iter().map(|source| source.path.folder()).collect();
            let is_lacking = |source: &&Source| !folders.contains(&source.path.folder());
            let of_original = |source: &&Source| place_in_language(&self.languages, &source.path).language == 0;
            let borrowed: Vec<&Source> = self.categories.iter().filter(of_original).filter(is_lacking).collect();
            categories.extend(borrowed);
        }
        let is_here = |asset: &&Asset| asset.path.root() != Root::Content || is_own(&asset.path);
        let assets: Vec<Asset> = self.assets.iter().filter(is_here).cloned().collect();
        let published = || pages.iter().filter(|page| self.drafts || !page.meta.draft);
        let place_keys = original.map(|original| original.place_keys(published())).unwrap_or_default();
        self.assemble(EditionPart {
            config: Arc::new(self.config.in_language(language, at == 0)),
            language: Some(language.clone()),
            borrowed: original
                .map_or_else(Vec::new, |original| original.lent_to(published(), &place_keys, language.fallback)),
            place_keys,
            original_relations: original.map(Edition::relations_for_translations).unwrap_or_default(),
            pages,
            categories,
            assets: &assets,
            at,
        })
    }

    /// Whether a file is another language's than that at a place.
    fn is_borrowed(&self, path: &SourcePath, at: usize) -> bool {
        !self.languages.is_empty() && place_in_language(&self.languages, path).language != at
    }

    fn assemble(&self, part: EditionPart<'_>) -> Edition {
        let (categories, mut findings) = read_categories(&part.categories, |path| self.is_borrowed(path, part.at));
        let vocabulary = match &self.vocabulary {
            Some(source) => {
                let (data, _, wrong) = front_matter::parse_yaml_data(&source.path, &source.text);
                findings.extend(wrong);
                let codes = [part.language.as_ref(), self.languages.first()];
                let codes: Vec<&str> = codes.into_iter().flatten().map(|language| language.code.as_str()).collect();
                Vocabulary::read(&data, &codes)
            }
            None => Vocabulary::default(),
        };
        let mut site = Edition::assemble(Ingredients {
            config: part.config,
            language: part.language,
            pages: part.pages,
            borrowed: part.borrowed,
            place_keys: part.place_keys,
            categories,
            vocabulary,
            catalogs: Catalogs::of(self.catalogs.things()),
            books: Arc::new(Books::of(&self.config, &self.books.things())),
            data: DataFiles::of(self.data.things()),
            original_relations: part.original_relations,
            ledger: Arc::clone(&self.ledger.ledger),
            assets: part.assets,
            components: Arc::clone(&self.themes.components),
            words: Arc::clone(&self.themes.words[part.at]),
            drafts: self.drafts,
        });
        if part.at > 0 {
            // What is wrong with files that all languages share is told once.
            let shared = |finding: &Diagnostic| place_in_language(&self.languages, &finding.path).language == 0;
            findings.retain(|finding| finding.path.root() == Root::Content && !shared(finding));
        } else {
            let themes = &self.themes;
            findings.extend(self.reading.iter().chain(&themes.findings).chain(&themes.word_findings).cloned());
            findings.extend(self.catalogs.findings());
            findings.extend(self.data.findings());
            findings.extend(self.ledger.findings());
        }
        site.findings.extend(findings);
        site
    }

    /// The theme with the site's own files over it, in the language of each edition; none where nobody wants to see the
    /// site.
    pub fn themes(&self) -> &Arc<[Arc<Theme>]> {
        &self.themes.themes
    }

    /// Why the site's own templates can't be used as they stand, if they can't.
    pub fn theme_findings(&self) -> &[Diagnostic] {
        &self.themes.findings
    }

    /// All text files, for reports that show a line.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let pages = self.pages.values().map(|parsed| &parsed.source);
        let shared =
            self.vocabulary.iter().chain(self.catalogs.sources()).chain(self.data.sources()).chain(&self.ledger.source);
        pages.chain(&self.categories).chain(shared).chain(&self.templates).chain(&self.own_words)
    }
}

/// What one edition is assembled from, besides what all share.
#[derive(Default)]
struct EditionPart<'a> {
    config: Arc<Config>,
    language: Option<Language>,
    pages: Vec<Arc<Page>>,
    borrowed: Vec<Borrowed>,
    place_keys: PlaceKeys,
    original_relations: OriginalRelations,
    categories: Vec<&'a Source>,
    assets: &'a [Asset],
    /// Its place among the editions.
    at: usize,
}

/// Category files by the folder that they lie in.
fn read_categories(
    sources: &[&Source],
    is_borrowed: impl Fn(&SourcePath) -> bool,
) -> (BTreeMap<String, (SourcePath, Category)>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut categories = BTreeMap::new();
    for source in sources {
        let (data, spans, wrong) = front_matter::parse_yaml_data(&source.path, &source.text);
        findings.extend(wrong);
        let (mut category, wrong) = category::read(&source.path, &data, &spans);
        category.borrowed = is_borrowed(&source.path);
        findings.extend(wrong);
        categories.entry(source.path.folder().to_owned()).or_insert((source.path.clone(), category));
    }
    (categories, findings)
}

/// What pages may hold besides Markdown: they call each other by names where the configuration says what these are.
fn dialect_of(config: &Config) -> Dialect {
    let own = if config.markdown.math { Dialect::OWN } else { Dialect::OWN.without(Extension::Formulas) };
    match (config.identities.is_empty() && config.catalogs.is_empty(), config.markdown.link_code) {
        (true, _) => own,
        (false, false) => own.with(Extension::Names),
        (false, true) => own.with(Extension::Names).with(Extension::NamesInCode),
    }
}

/// What decides in which languages the theme speaks, and which files are whose.
fn spoken(config: &Config) -> (Vec<Language>, &str) {
    (config.languages(), &config.site.language)
}

/// A text with its place in its language.
fn in_language(languages: &[Language], source: Source) -> Source {
    match languages {
        [] => Source { path: source.path.placed_at(source.path.on_disk()), ..source },
        several => Source { path: place_in_language(several, &source.path).path, ..source },
    }
}

/// A file with its place in its language, if it is one of the content's.
fn asset_in_language(languages: &[Language], asset: Asset) -> Asset {
    match (languages, asset.path.root()) {
        ([], _) => asset,
        (several, Root::Content) => Asset { path: place_in_language(several, &asset.path).path, ..asset },
        _ => asset,
    }
}

fn same(one: &[Source], other: &[Source]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.path == b.path && a.text == b.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::History;
    use crate::query::{Day, Expression};
    use crate::site::PageOf;
    use crate::site::find::{Calendar, Question};
    use proptest::prelude::*;

    const PATHS: &[&str] = &["index.md", "a.md", "01-b.md", "docs/README.md", "docs/c.md", "docs/02-c.md"];
    const HEADS: &[&str] = &[
        "",
        "---\ntitle: One\ntags: [red]\n---\n",
        "---\ntitle: Two\ntags: [red, Blue (Role)]\nsidebar_position: 2\n---\n",
        "---\nslug: /a\naliases: [old]\nunlisted: true\n---\n",
        "---\ndraft: true\ntags: [green]\n---\n",
        "---\nid: c\nweight: 3\ndescription: Said.\n---\n",
        "---\n\ntitle: One\ntags: [red]\n---\n",
        "---\ntitle: [broken\n---\n",
        "---\ntitle: Three\ntranslation_key: three\n---\n",
    ];
    const BODIES: &[&str] = &[
        "",
        "Words.\n",
        "# Heading\n\nOther words.\n",
        "## EditionPart\n\n[a](a.md#part) [c](/docs/c#part) [here](#part) [no](gone.md)\n",
        "# Other\n\n## part\n\n[up](../index.md#EditionPart) <BokTagList tag=\"red\"/> <a name=\"x\"></a>\n",
    ];

    const QUERIES: &[&str] =
        &["word:other", "links-to:(tag:red)", "linked-from:(title:*)", "not tag:red", "word:w* or kind:Role"];

    /// Everything that can be asked of a site.
    fn told(site: &Edition) -> String {
        let places = &site.reading_place;
        let links: Vec<_> = site.all_links().collect();
        let anchors: Vec<_> = (0..site.pages.len()).map(|id| site.anchors(id)).collect();
        let carrying: Vec<_> =
            site.labels().iter().map(|label| (label, site.carrying(label), site.tag(label))).collect();
        let linking: Vec<_> = (0..site.pages.len()).map(|id| site.linking_to(id)).collect();
        let history = History::default();
        let question = Question::to(site, Calendar { today: Day::read("2026-01-31").unwrap(), changes: &history });
        let asked = |query: &&str| question.find(Expression::read(query).unwrap().as_ref());
        let found: Vec<_> = QUERIES.iter().map(asked).collect();
        format!(
            "{:#?}\n{:#?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{linking:?}\n{found:?}",
            (&site.pages, &site.findings, links, anchors),
            (&site.tree, &site.indexes, &site.tags, carrying),
            (&site.drafts, &site.redirects, &site.files, &site.trails),
            (&site.reading_order, places),
            site.addresses(),
            site.vocabulary,
            site.config,
        )
    }

    fn source(at: usize, head: usize, body: usize) -> Source {
        source_at(PATHS[at], head, body)
    }

    fn source_at(path: &str, head: usize, body: usize) -> Source {
        Source { path: SourcePath::content(path), text: format!("{}{}", HEADS[head], BODIES[body]).into() }
    }

    /// The pages of a site in two languages, by folder and by suffix.
    const IN_TWO: &[&str] = &["index.md", "a.md", "docs/c.md", "de/index.md", "de/a.md", "de/d.md", "docs/c.de.md"];

    fn text_in_two() -> impl Strategy<Value = (usize, usize, usize)> {
        (0..IN_TWO.len(), 0..HEADS.len(), 0..BODIES.len())
    }

    fn in_two(fallback: usize) -> Config {
        let fallback = ["page", "link", "none"][fallback];
        let text = format!(
            "[languages.en]\nsource = \"content\"\n[languages.de]\n[translations]\nfallback = \"{fallback}\"\n"
        );
        crate::config::parse(&SourcePath::new(Root::Project, "book.toml"), &text).0
    }

    fn text() -> impl Strategy<Value = (usize, usize, usize)> {
        (0..PATHS.len(), 0..HEADS.len(), 0..BODIES.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_site_with_edited_pages_is_the_one_that_is_assembled_anew(
            bodies in prop::collection::vec((0..HEADS.len(), 0..BODIES.len()), PATHS.len()),
            edits in prop::collection::vec((prop::collection::vec(text(), 1..4), any::<bool>()), 1..12),
        ) {
            let pages = bodies.iter().enumerate().map(|(at, (head, body))| source(at, *head, *body)).collect();
            let tree = Tree { pages, ..Tree::default() };
            let mut workspace = Workspace::new(Arc::default(), false, tree, &ParsedPages::default());
            for (some, together) in edits {
                let head_of = |at: usize| Arc::clone(&workspace.pages[&SourcePath::content(PATHS[at])].source.text);
                // Half of the edits leave the front matter as it is.
                let some: Vec<Source> = some
                    .into_iter()
                    .map(|(at, head, body)| {
                        let own = HEADS.iter().rposition(|head| head_of(at).starts_with(head)).unwrap_or(0);
                        source(at, if together { own } else { head }, body)
                    })
                    .collect();
                workspace.edit(some);
                let site = workspace.current();
                prop_assert_eq!(told(site.original()), told(&workspace.edition()));
            }
        }

        #[test]
        fn the_same_holds_for_each_of_two_languages(
            bodies in prop::collection::vec((0..HEADS.len(), 0..BODIES.len()), IN_TWO.len()),
            edits in prop::collection::vec((prop::collection::vec(text_in_two(), 1..4), any::<bool>()), 1..12),
            fallback in 0..3usize,
        ) {
            let config = Arc::new(in_two(fallback));
            let pages = bodies.iter().enumerate().map(|(at, (head, body))| source_at(IN_TWO[at], *head, *body)).collect();
            let mut tree = Tree { pages, ..Tree::default() };
            let mut workspace = Workspace::new(config, false, tree.clone(), &ParsedPages::default());
            for (some, together) in edits {
                let some: Vec<Source> = some
                    .into_iter()
                    .map(|(at, head, body)| {
                        let old = tree.pages.iter().find(|page| page.path.as_str() == IN_TWO[at]).map(|page| &page.text);
                        let own = HEADS.iter().rposition(|head| old.is_some_and(|old| old.starts_with(head))).unwrap_or(0);
                        source_at(IN_TWO[at], if together { own } else { head }, body)
                    })
                    .collect();
                for source in &some {
                    tree.pages.retain(|page| page.path != source.path);
                    tree.pages.push(source.clone());
                }
                workspace.edit(some);
                let (current, anew) = (workspace.current(), workspace.library());
                for ((id, site), (_, wanted)) in current.editions().zip(anew.editions()) {
                    prop_assert_eq!(told(site), told(wanted));
                    for page in 0..site.pages.len() {
                        let of = |library: &Library| library.counterparts(PageOf { edition: id, page }).to_vec();
                        prop_assert_eq!(of(&current), of(&anew));
                    }
                }
            }
        }
    }

    #[test]
    fn what_others_see_nothing_of_leaves_what_is_made_of_all_as_it_was() {
        let pages = (0..PATHS.len()).map(|at| source(at, 1, 1)).collect();
        let mut workspace =
            Workspace::new(Arc::default(), false, Tree { pages, ..Tree::default() }, &ParsedPages::default());
        let first = workspace.current();
        workspace.edit(vec![source(1, 1, 3)]);
        let second = workspace.current();
        assert!(
            second.has_frame_of(&first) && second.original().pages[0].page.body != second.original().pages[1].page.body
        );
        workspace.edit(vec![source(1, 2, 3)]);
        assert!(!workspace.current().has_frame_of(&second));
    }

    /// What is made of a save, counted: one page of one language and, where it stands in, of those that lack it.
    #[test]
    fn a_save_in_one_of_two_languages_makes_its_page_anew_and_no_other() {
        let pages = IN_TWO.iter().map(|path| source_at(path, 1, 1)).collect();
        let tree = Tree { pages, ..Tree::default() };
        let mut workspace = Workspace::new(Arc::new(in_two(0)), false, tree, &ParsedPages::default());
        for (path, made) in [("de/a.md", 1), ("a.md", 1), ("docs/c.de.md", 1)] {
            let before = workspace.current();
            workspace.edit(vec![source_at(path, 1, 3)]);
            let after = workspace.current();
            assert!(after.has_frame_of(&before), "{path}");
            let (mut anew, mut untouched) = (0, 0);
            for ((_, old), (_, new)) in before.editions().zip(after.editions()) {
                untouched += usize::from(Arc::ptr_eq(old, new));
                anew += old.pages.iter().zip(&new.pages).filter(|(old, new)| !Arc::ptr_eq(old, new)).count();
            }
            assert_eq!((anew, untouched), (made, 1), "{path}");
        }
    }
}
