//! Publishing to a place, file by file: whatever was published before, whatever is published now and whenever it is cut off,
//! a reader never gets a page that names a file that isn't there.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use anyhow::{Result, bail};
use bokworm::output::Bytes;
use bokworm::publish::list::PUBLISHED_LIST;
use bokworm::publish::send::{PublishTerms, Sending, look};
use bokworm::publish::site::{SiteFile, SiteFiles};
use bokworm::publish::target::PublishTarget;
use proptest::prelude::*;

/// How long what is gone stays, in deeds done.
const GRACE: u64 = 12;

/// A place in memory that looks at itself after each deed.
struct Memory {
    files: Mutex<BTreeMap<String, String>>,
    /// How many deeds are left before it is cut off.
    left: AtomicUsize,
    clock: AtomicU64,
    writes: AtomicUsize,
    watch: Mutex<Watch>,
}

/// What readers know.
#[derive(Default)]
struct Watch {
    /// Pages that a reader could come to when the publish began, or of the site since it removes.
    known: BTreeSet<String>,
    /// Pages that a reader ever came to.
    ever: BTreeSet<String>,
    /// Pages as somebody may still have them open, with the last time that they were there.
    open: BTreeMap<String, u64>,
    /// Whether what a page names has to stay for a while.
    grace: u64,
    site: BTreeSet<String>,
    wrong: Vec<String>,
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// The pages from which no way leads to nothing.
fn good(files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut good: BTreeSet<String> = files.keys().filter(|path| is_page(path)).cloned().collect();
    loop {
        let bad = |page: &&String| files[*page].split(' ').any(|name| is_page(name) && !good.contains(name));
        let Some(bad) = good.iter().find(bad).cloned() else { return good };
        good.remove(&bad);
    }
}

/// The pages that a reader comes to from these.
fn reached<'a>(files: &BTreeMap<String, String>, from: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    let (mut reached, mut waiting) = (BTreeSet::new(), from.cloned().collect::<Vec<_>>());
    while let Some(page) = waiting.pop() {
        if reached.insert(page.clone()) {
            waiting.extend(files[&page].split(' ').filter(|name| is_page(name)).map(str::to_owned));
        }
    }
    reached
}

impl Memory {
    fn new() -> Self {
        let (files, watch, clock) = (Mutex::default(), Mutex::default(), AtomicU64::new(1_000));
        Self { files, left: AtomicUsize::new(usize::MAX), clock, writes: AtomicUsize::new(0), watch }
    }

    /// Does one thing, and looks around.
    fn deed(&self, path: &str, to: Option<String>) -> Result<()> {
        if self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err() {
            bail!("cut off");
        }
        self.writes.fetch_add(1, Ordering::Relaxed);
        let now = self.clock.fetch_add(1, Ordering::Relaxed);
        let (mut files, mut watch) = (self.files.lock().unwrap(), self.watch.lock().unwrap());
        let removes = to.is_none();
        match to {
            Some(text) => _ = files.insert(path.to_owned(), text),
            None => _ = files.remove(path),
        }
        if removes {
            // Their time has come: whoever still knows the others was told a day ago.
            let Watch { known, ever, site, .. } = &mut *watch;
            known.clone_from(site);
            ever.retain(|page| site.contains(page));
        }
        let watch = &mut *watch;
        let good = good(&files);
        for page in watch.known.iter().filter(|page| files.contains_key(*page) && !good.contains(*page)) {
            watch.wrong.push(format!("after `{path}`, from `{page}` a way leads to nothing"));
        }
        for (page, text) in files.iter().filter(|(page, _)| is_page(page)) {
            let missing = text.split(' ').find(|name| !name.is_empty() && !is_page(name) && !files.contains_key(*name));
            watch.wrong.extend(missing.map(|name| format!("after `{path}`, `{page}` names `{name}`")));
            watch.open.insert(text.clone(), now);
        }
        for (text, _) in watch.open.iter().filter(|(_, seen)| now - **seen < watch.grace) {
            let missing = text.split(' ').find(|name| !name.is_empty() && !is_page(name) && !files.contains_key(*name));
            watch.wrong.extend(missing.map(|name| format!("after `{path}`, a page that is still open names `{name}`")));
        }
        Ok(())
    }
}

impl PublishTarget for Memory {
    fn called(&self) -> String {
        "memory".into()
    }

    fn list(&self) -> Result<BTreeSet<String>> {
        Ok(self.files.lock().unwrap().keys().filter(|path| *path != PUBLISHED_LIST).cloned().collect())
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.files.lock().unwrap().get(path).map(|text| text.clone().into_bytes()))
    }

    fn put(&self, file: &SiteFile) -> Result<()> {
        self.deed(&file.path, Some(String::from_utf8(file.whole()?)?))
    }

    fn write(&self, path: &str, bytes: Vec<u8>) -> Result<()> {
        self.deed(path, Some(String::from_utf8(bytes)?))
    }

    fn delete(&self, path: &str) -> Result<()> {
        self.deed(path, None)
    }

    fn lock(&self) -> Result<Option<Box<dyn Any + Send + Sync>>> {
        Ok(Some(Box::new(())))
    }

    fn width(&self) -> usize {
        1
    }

    fn has_folders(&self) -> bool {
        false
    }

    fn keeps_headers(&self) -> bool {
        false
    }
}

fn site(files: &BTreeMap<String, String>) -> SiteFiles {
    let file = |(path, text): (&String, &String)| SiteFile {
        path: path.clone(),
        len: text.len() as u64,
        digest: blake3::hash(text.as_bytes()).to_hex().to_string(),
        bytes: Bytes::Owned(text.clone().into_bytes()),
        headers: Vec::new(),
    };
    SiteFiles::of(files.iter().map(file).collect()).unwrap()
}

/// Publishes once; whether it came to its end.
fn publish(to: &Memory, files: &BTreeMap<String, String>, grace: u64) -> Result<()> {
    {
        let (there, mut watch) = (to.files.lock().unwrap(), to.watch.lock().unwrap());
        let good = good(&there);
        assert!(!there.contains_key("index.html") || good.contains("index.html"), "the front page leads to nothing");
        watch.ever.insert("index.html".into());
        watch.known = reached(&there, watch.ever.iter().filter(|page| good.contains(*page)));
        watch.ever = watch.known.clone();
        watch.site = files.keys().filter(|path| is_page(path)).cloned().collect();
        watch.grace = grace;
    }
    let clock = || to.clock.load(Ordering::Relaxed);
    let terms = PublishTerms { clock: &clock, grace, max_deletes: usize::MAX };
    Sending::begin(&site(files), to, terms)?.finish(&|| ()).map(drop)
}

/// A page: the pages and the assets that it names, by bits.
type Drawn = Option<(u8, u8)>;

/// A whole site: whatever is named is there, and names differ by what is in the files where they stand in `assets/`.
fn drawn(pages: &[Drawn]) -> BTreeMap<String, String> {
    let page = |at: usize| if at == 0 { "index.html".to_owned() } else { format!("{}p{at}.html", ["", "a/"][at % 2]) };
    let asset = |at: usize| ["style.css", "a/x.png", "assets/1.js", "assets/2.js", "b.bin", "data.json"][at].to_owned();
    let is_there = |at: usize| at == 0 || pages[at].is_some();
    let mut files = BTreeMap::new();
    for (at, drawn) in pages.iter().enumerate().filter(|(at, _)| is_there(*at)) {
        let (links, assets) = drawn.unwrap_or_default();
        let links = (0..pages.len()).filter(|to| links >> to & 1 == 1 && is_there(*to)).map(page);
        let named: Vec<String> = (0..6).filter(|to| assets >> to & 1 == 1).map(asset).collect();
        files.extend(named.iter().map(|name| (name.clone(), format!("bytes of {name}"))));
        files.insert(page(at), links.chain(named.clone()).collect::<Vec<_>>().join(" "));
    }
    files
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_reader_never_gets_a_page_that_names_a_missing_file(
        deploys in prop::collection::vec(
            (prop::collection::vec(prop::option::weighted(0.7, any::<(u8, u8)>()), 7), prop::option::of(0..14_usize), 0..20_u64),
            1..8,
        ),
        grace in prop_oneof![Just(0), Just(GRACE)],
    ) {
        let to = Memory::new();
        let mut last = BTreeMap::new();
        for (pages, cut_off, wait) in deploys {
            last = drawn(&pages);
            to.left.store(cut_off.unwrap_or(usize::MAX), Ordering::Relaxed);
            let published = publish(&to, &last, grace);
            prop_assert_eq!(&to.watch.lock().unwrap().wrong, &Vec::<String>::new());
            prop_assert!(published.is_ok() || cut_off.is_some());
            if published.is_ok() {
                let there = to.files.lock().unwrap();
                prop_assert!(last.iter().all(|(path, text)| there.get(path) == Some(text)));
            }
            to.clock.fetch_add(wait, Ordering::Relaxed);
        }
        // However it went: the next time ends it, and later nothing is left of what went.
        to.left.store(usize::MAX, Ordering::Relaxed);
        publish(&to, &last, grace).unwrap();
        for _ in 0..2 {
            // First pages go, then what they named.
            to.clock.fetch_add(GRACE, Ordering::Relaxed);
            publish(&to, &last, grace).unwrap();
        }
        prop_assert_eq!(&to.watch.lock().unwrap().wrong, &Vec::<String>::new());
        let mut there = to.files.lock().unwrap().clone();
        there.remove(PUBLISHED_LIST);
        prop_assert_eq!(&there, &last);
        let writes = to.writes.load(Ordering::Relaxed);
        publish(&to, &last, grace).unwrap();
        prop_assert_eq!(to.writes.load(Ordering::Relaxed), writes, "what is there already is not sent");
    }
}

fn text(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn looking_writes_nothing_and_finds_what_publishing_does() {
    let to = Memory::new();
    publish(&to, &text(&[("index.html", "a.html"), ("a.html", "")]), GRACE).unwrap();
    let writes = to.writes.load(Ordering::Relaxed);
    let terms = PublishTerms { clock: &|| 2_000, grace: GRACE, max_deletes: 100 };
    let next = site(&text(&[("index.html", "b.html"), ("b.html", "")]));
    let (plan, _) = look(&next, &to, terms).unwrap();
    assert_eq!(to.writes.load(Ordering::Relaxed), writes);
    assert_eq!(
        (plan.new, plan.changed, plan.lost),
        (vec!["b.html".into()], vec!["index.html".into()], vec!["a.html".into()])
    );
}

#[test]
fn a_site_that_loses_more_than_anybody_meant_is_not_published() {
    let to = Memory::new();
    let many: Vec<String> = (0..9).map(|at| format!("p{at}.html")).collect();
    let mut files: Vec<(&str, &str)> = many.iter().map(|path| (path.as_str(), "")).collect();
    files.push(("assets/x.js", ""));
    publish(&to, &text(&files), 0).unwrap();
    let before = to.files.lock().unwrap().clone();
    let rest = site(&text(&files[..4]));
    let begin = |max_deletes| Sending::begin(&rest, &to, PublishTerms { clock: &|| 2_000, grace: 0, max_deletes });
    let error = begin(4).err().unwrap().to_string();
    assert!(error.contains("lost 5 files") && error.contains("--max-deletes 5"), "{error}");
    assert_eq!(*to.files.lock().unwrap(), before);
    begin(5).unwrap().finish(&|| ()).unwrap();
    assert_eq!(to.files.lock().unwrap().len(), 5);
}

#[test]
fn files_of_others_are_neither_replaced_nor_removed() {
    let to = Memory::new();
    to.files.lock().unwrap().insert("theirs.txt".into(), "theirs".into());
    let refused = |files: &[(&str, &str)]| publish(&to, &text(files), 0).unwrap_err().to_string();
    let error = refused(&[("index.html", "")]);
    assert!(error.contains("bokworm never published there (`theirs.txt`)"), "{error}");
    // They came later.
    to.files.lock().unwrap().clear();
    publish(&to, &text(&[("index.html", ""), ("a.html", "")]), 0).unwrap();
    to.files.lock().unwrap().insert("theirs.txt".into(), "theirs".into());
    let error = refused(&[("index.html", ""), ("theirs.txt", "ours")]);
    assert!(error.contains("`theirs.txt`"), "{error}");
    publish(&to, &text(&[("index.html", "")]), 0).unwrap();
    assert_eq!(to.files.lock().unwrap()["theirs.txt"], "theirs");
    assert!(!to.files.lock().unwrap().contains_key("a.html"));
}

#[test]
fn what_lies_there_no_more_is_sent_again_and_a_damaged_list_is_told() {
    let to = Memory::new();
    let files = text(&[("index.html", "a.png"), ("a.png", "")]);
    publish(&to, &files, 0).unwrap();
    to.files.lock().unwrap().remove("a.png");
    publish(&to, &files, 0).unwrap();
    assert!(to.files.lock().unwrap().contains_key("a.png"));
    to.files.lock().unwrap().insert(PUBLISHED_LIST.into(), "bokworm published".into());
    let error = publish(&to, &files, 0).unwrap_err().to_string();
    assert!(error.contains("is damaged"), "{error}");
}
