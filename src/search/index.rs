//! The index of one state of a site: what its parts are, and each part's bytes, made when they are
//! asked for, so that no more is held than what they are made of.

use std::sync::Arc;

use rayon::prelude::*;

use super::answering;
use super::called;
use super::entry::{self, About, Entry};
use super::function_words::{self, FunctionWords};
use super::kept::{self, KeptRuns};
use super::related;
use super::run::EntryRun;
use super::script::Script;
use super::shape::{SHOWN, Shape};
use super::shown;
use super::stems::Stems;
use super::tags::{CARRIED, NAMES, TagIndex};
use super::text::Text;
use super::token;
use super::variants;
use super::vocabulary::PartedWords;
use super::words::{PART, WordIndex};
use crate::site::{Edition, SidebarNode};

/// So many parts of the words alone a browser loads at once (`most` in `templates/search/lookup.js`).
const MANY: usize = 8;

/// The index of a site.
#[derive(Debug)]
pub(super) struct Index {
    entries: Vec<Entry>,
    shape: Shape,
    words: WordIndex,
    /// What forms of words end with.
    endings: String,
    /// Chinese letters that may be typed, each followed by what the site has.
    variants: String,
    /// Words that are used for the site's.
    related: Vec<String>,
    /// All words, for those that are misspelt.
    vocabulary: PartedWords,
    /// Those of titles, headings and the like, where there are so many that a beginning may be that of too many.
    leading: Option<PartedWords>,
    tags: TagIndex,
    /// Tells its parts from those of another state.
    version: String,
}

impl Index {
    /// Makes a site's index on all cores; runs that are `kept` are used, and those of this index kept.
    pub(super) fn of(site: &Edition, kept: Option<&KeptRuns>) -> Self {
        let entries = entry::all(site);
        let shape = Shape::of(site, &entries);
        let runs = runs(site, &entries, &shape, kept);
        let numbered = (0..shape.runs.len()).flat_map(|run| {
            shape.numbered(run).map({
                let (entries, base) = (&entries, shape.base(run));
                move |(number, at)| (base + number, entries[at])
            })
        });
        let tags = TagIndex::of(site, numbered);
        let version = version(site, &shape, &runs, &tags);
        let stems = Stems::of(&site.config.site.language);
        let words =
            WordIndex::of(runs.into_iter().enumerate().map(|(at, run)| (shape.base(at), run)).collect(), &stems);
        let endings = stems.endings(words.stems());
        let variants = variants::of(&site.config.site.language, words.stems().map(|(word, _)| word));
        let related = related::parts(&related::of(&site.config.site.language, &stems, words.stems()), PART);
        let vocabulary = PartedWords::of(&words, |_| true);
        let leading = (vocabulary.parts() > MANY).then(|| PartedWords::of(&words, |word| words.leads(word)));
        Self { entries, shape, words, endings, variants, related, vocabulary, leading, tags, version }
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> Vec<String> {
        let parts = self.counts().into_iter();
        let parts = parts.flat_map(|(kind, count)| (0..count).map(move |at| format!("{kind}{at}")));
        std::iter::once("index".to_owned()).chain(parts).collect()
    }

    /// How many parts there are of each kind.
    fn counts(&self) -> [(&'static str, usize); 8] {
        let tagged = if self.tags.count() > 0 { self.shape.numbers() } else { 0 };
        let (names, carried) = (self.tags.count().div_ceil(NAMES), tagged.div_ceil(CARRIED));
        [
            ("w", self.words.parts()),
            ("v", self.vocabulary.parts()),
            ("h", self.leading.as_ref().map_or(0, PartedWords::parts)),
            ("p", self.shape.parts.len()),
            ("z", usize::from(!self.variants.is_empty())),
            ("r", self.related.len()),
            ("n", names),
            ("t", carried),
        ]
    }

    /// The bytes of a part; nothing if there is none of that name.
    pub(super) fn part(&self, site: &Edition, name: &str) -> Vec<u8> {
        if name == "index" {
            return self.manifest(site);
        }
        let Some((kind, Ok(at))) = name.split_at_checked(1).map(|(kind, at)| (kind, at.parse::<usize>())) else {
            return Vec::new();
        };
        if !self.counts().iter().any(|&(known, count)| kind == known && at < count) {
            return Vec::new();
        }
        let mut script = Script::new(name);
        match kind {
            "w" => self.words.write_part(at, &mut script),
            "v" => self.vocabulary.write_part(&self.words, at, &mut script),
            "h" => self.leading.iter().for_each(|words| words.write_part(&self.words, at, &mut script)),
            "p" => shown::write(site, &self.entries[self.shape.parts[at].clone()], &mut script),
            "z" => {
                script.string(&self.variants);
            }
            "r" => {
                script.string(&self.related[at]);
            }
            "n" => self.tags.write_names(site, at, &mut script),
            _ => self.tags.write_carried(at, &mut script),
        }
        script.end()
    }

    /// The entries of which a part shows something, if that is all it holds.
    pub(super) fn shown_in(&self, name: &str) -> Option<&[Entry]> {
        let at = name.strip_prefix('p')?.parse::<usize>().ok()?;
        Some(&self.entries[self.shape.parts.get(at)?.clone()])
    }

    fn manifest(&self, site: &Edition) -> Vec<u8> {
        let mut script = Script::new("index");
        let config = &site.config.site;
        let texts =
            [("{\"version\":", &self.version), (",\"language\":", &config.language), (",\"title\":", &config.title)];
        for (key, text) in texts {
            script.raw(key.as_bytes()).string(text);
        }
        let numbers = [
            ("pages", self.entries.len()),
            ("numbers", self.shape.numbers()),
            ("shown", SHOWN),
            ("carried", CARRIED),
            ("names", NAMES),
            ("tags", self.tags.count()),
            ("variants", usize::from(!self.variants.is_empty())),
            ("related", self.related.len()),
        ];
        for (key, number) in numbers {
            script.raw(format!(",\"{key}\":").as_bytes()).number(number);
        }
        script.raw(b",\"endings\":").string(&self.endings);
        script.raw(b",\"functions\":").string(&token::fold(function_words::listed(&config.language)));
        script.raw(b",\"questions\":").string(&answering::questions(&config.language));
        script.raw(b",\"frequent\":");
        self.tags.write_frequent(site, &mut script);
        let leading = self.leading.as_ref().map_or_else(String::new, |words| words.beginnings(&self.words));
        script.raw(b",\"words\":").string(&self.words.beginnings());
        script.raw(b",\"vocabulary\":").string(&self.vocabulary.beginnings(&self.words));
        script.raw(b",\"leading\":").string(&leading).raw(b"}");
        script.end()
    }
}

fn runs(site: &Edition, entries: &[Entry], shape: &Shape, kept: Option<&KeptRuns>) -> Vec<Arc<EntryRun>> {
    let called = called::of(site);
    let about = |entry: Entry| match entry {
        Entry::Page(id) => About { called: &called[id], ..entry.about(site) },
        _ => entry.about(site),
    };
    let abouts = |run: usize| -> Vec<(usize, About<'_>)> {
        shape.numbered(run).map(|(number, at)| (number, about(entries[at]))).collect()
    };
    let language = &site.config.site.language;
    let functions = FunctionWords::of(language);
    let of = |text: &mut Text, run| Arc::new(EntryRun::of(abouts(run).into_iter(), &functions, text));
    let Some(kept) = kept else {
        return (0..shape.runs.len()).into_par_iter().map_init(Text::default, of).collect();
    };
    let make = |text: &mut Text, run| {
        let key = kept::key(language, abouts(run).into_iter());
        let known = kept.get(&key);
        let is_known = known.is_some();
        let run = known.unwrap_or_else(|| of(text, run));
        (key, run, is_known)
    };
    let runs: Vec<_> = (0..shape.runs.len()).into_par_iter().map_init(Text::default, make).collect();
    let found = runs.iter().map(|(_, run, _)| Arc::clone(run)).collect();
    kept.replace(runs.into_iter());
    found
}

/// Another for each state of the site that has other parts.
fn version(site: &Edition, shape: &Shape, runs: &[Arc<EntryRun>], tags: &TagIndex) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.update(format!("{:?}{}", site.config.urls, site.config.site.language).as_bytes());
    for run in runs {
        hasher.update(run.digest.as_bytes());
    }
    for part in &shape.parts {
        hasher.update(&part.end.to_le_bytes());
    }
    tags.hash(site, &mut hasher);
    hash_tree(&site.tree, &mut hasher);
    hasher.finalize().to_hex()[..8].to_owned()
}

fn hash_tree(nodes: &[SidebarNode], hasher: &mut blake3::Hasher) {
    for node in nodes {
        hasher.update(node.label.as_bytes()).update(&[0, u8::from(node.section)]);
        hash_tree(&node.children, hasher);
    }
    hasher.update(&[1]);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::page::Page;
    use crate::site::{Ingredients, PlaceKeys, Vocabulary};
    use crate::source::{Source, SourcePath};

    fn pages(count: usize) -> Vec<Arc<Page>> {
        let page = |at: usize| {
            let text = format!("---\ntitle: Page {at}\ntags: [t{}]\n---\n\nwords w{at}\n", at % 7);
            Arc::new(crate::page::parse(
                &Source { path: SourcePath::content(format!("p{at:04}.md")), text: text.into() },
                crate::page::Dialect::OWN,
            ))
        };
        (0..count).map(page).collect()
    }

    fn site(pages: &[Arc<Page>]) -> Edition {
        Edition::assemble(Ingredients {
            config: Arc::default(),
            language: None,
            borrowed: Vec::new(),
            place_keys: PlaceKeys::default(),
            pages: pages.to_vec(),
            categories: BTreeMap::new(),
            vocabulary: Vocabulary::default(),
            catalogs: Default::default(),
            books: Default::default(),
            data: Default::default(),
            original_relations: Default::default(),
            ledger: Default::default(),
            assets: &[],
            components: Arc::default(),
            words: Arc::default(),
            drafts: false,
        })
    }

    fn bytes(site: &Edition, index: &Index) -> Vec<(String, Vec<u8>)> {
        index.names().into_iter().map(|name| (name.clone(), index.part(site, &name))).collect()
    }

    fn pointers(index: &Index) -> Vec<*const EntryRun> {
        index.words.runs().map(std::ptr::from_ref).collect()
    }

    #[test]
    fn what_is_kept_gives_the_same_index_and_most_of_it_serves_a_site_with_another_page() {
        let all = pages(400);
        let kept = KeptRuns::default();
        let old = site(&all);
        let first = Index::of(&old, Some(&kept));
        for changed in [[&all[..200], &all[201..]].concat(), all.clone(), [&pages(1)[..], &all[1..]].concat()] {
            let site = site(&changed);
            let (with, without) = (Index::of(&site, Some(&kept)), Index::of(&site, None));
            assert_eq!(bytes(&site, &with), bytes(&site, &without));
            let known = pointers(&first);
            let anew = pointers(&with).iter().filter(|run| !known.contains(run)).count();
            assert!(anew <= 2, "{anew} of {}", known.len());
        }
    }

    #[test]
    fn what_a_page_says_of_another_is_indexed_anew_with_it() {
        let page = |at: usize, text: &str| {
            let path = SourcePath::content(format!("p{at:04}.md"));
            let text = format!("---\ntitle: Page {at}\n---\n\n{text}\n");
            Arc::new(crate::page::parse(&Source { path, text: text.into() }, crate::page::Dialect::OWN))
        };
        let mut all = pages(200);
        all[150] = page(150, "[One](p0003.md) about gardens. Not roads.");
        let kept = KeptRuns::default();
        Index::of(&site(&all), Some(&kept));
        let before = site(&all);
        all[150] = page(150, "[One](p0003.md) about meadows. Not roads.");
        let after = site(&all);
        let (with, without) = (Index::of(&after, Some(&kept)), Index::of(&after, None));
        assert_eq!(bytes(&after, &with), bytes(&after, &without));
        let places = |site: &Edition, word: &str| {
            let index = Index::of(site, None);
            let parts = (0..index.words.parts()).map(|at| index.part(site, &format!("w{at}")));
            let words = parts.map(|part| String::from_utf8(part).unwrap()).collect::<String>();
            let from = words.find(&format!("\"{word}:")).or_else(|| words.find(&format!(" {word}:")));
            from.map_or(0, |from| words[from + 1..].split([' ', '"']).next().unwrap_or_default().len())
        };
        assert_eq!([places(&before, "gardens,B"), places(&after, "gardens,B")].map(|length| length > 0), [true, false]);
        assert!(places(&after, "meadows,B") > places(&after, "roads,B"), "it stands at both pages");
    }

    #[test]
    fn another_text_is_another_version_and_the_same_is_not() {
        let mut all = pages(3);
        let version = |pages: &[Arc<Page>]| Index::of(&site(pages), None).version;
        let before = version(&all);
        assert_eq!(before, version(&pages(3)));
        let text = "---\ntitle: Page 1\ntags: [t1]\n---\n\nWords w1\n";
        all[1] = Arc::new(crate::page::parse(
            &Source { path: SourcePath::content("p0001.md"), text: text.into() },
            crate::page::Dialect::OWN,
        ));
        assert_ne!(before, version(&all), "what is shown differs in a capital only");
    }

    #[test]
    fn a_part_that_there_is_not_is_empty() {
        let site = site(&pages(3));
        let index = Index::of(&site, None);
        for name in ["", "x0", "w", "w99", "p7", "é1", "v-1", "index2", "n9", "t9", "t99999999999999999"] {
            assert_eq!(index.part(&site, name), b"", "{name}");
        }
    }

    #[test]
    fn a_site_without_pages_has_an_index() {
        let site = site(&[]);
        let index = Index::of(&site, None);
        assert!(bytes(&site, &index).iter().all(|(_, bytes)| !bytes.is_empty()));
    }

    #[test]
    fn numbers_of_entries_lead_to_where_they_are_shown() {
        let site = site(&pages(300));
        let index = Index::of(&site, None);
        for run in 0..index.shape.runs.len() {
            for (number, entry) in index.shape.numbered(run) {
                let number = index.shape.base(run) + number;
                assert_eq!(index.shape.parts[number / SHOWN].clone().nth(number % SHOWN), Some(entry));
            }
        }
        assert_eq!(index.shape.parts.iter().map(ExactSizeIterator::len).sum::<usize>(), index.entries.len());
    }
}
