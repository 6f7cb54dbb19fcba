//! Pages as parsed, kept in the cache from one run of the program to the next: a few neighbours in one file, known
//! by their paths and their texts. Where one of them is another, all of them are parsed again. Or those of another look at
//! the project, as long as that lasts.

use std::ops::Range;
use std::sync::Arc;

use blake3::Hash;
use foldhash::HashMap;
use rayon::prelude::*;

use crate::page::{self, Dialect, Known, Page};
use crate::source::{Source, SourcePath};
use crate::store::{self, Blobs, Cache, Key, kept};

/// One in so many pages ends a run.
const USUAL_RUN: u32 = 16;
const LONGEST_RUN: usize = 32;

/// So much may be out of date however small the project is.
const SPARE: u64 = 4 << 20;

/// Where parsed pages are kept.
#[derive(Debug, Default)]
pub struct ParsedPages {
    runs: Option<Blobs>,
    /// Whether what isn't there is put there.
    adds: bool,
    /// Those of another look at the project.
    seen: HashMap<SourcePath, Arc<Page>>,
}

/// A page as parsed, and what of.
pub(super) struct Parsed {
    pub(super) source: Source,
    pub(super) page: Arc<Page>,
}

impl Parsed {
    /// Whether that is the text that was parsed, at the same place.
    pub(super) fn is_of(&self, source: &Source) -> bool {
        let same_text = Arc::ptr_eq(&self.source.text, &source.text) || self.source.text == source.text;
        same_text && self.source.path.as_str() == source.path.as_str()
    }
}

impl ParsedPages {
    /// Those of earlier runs, in a cache; `program` names what parsed them.
    pub fn stored(cache: &Cache, program: &str) -> Self {
        Self { adds: true, ..Self::left(cache, program) }
    }

    /// The same for somebody who adds nothing to them.
    pub fn left(cache: &Cache, program: &str) -> Self {
        let runs = cache.keeps().then(|| cache.blobs(&kept::PAGES, program));
        Self { runs, adds: false, seen: HashMap::default() }
    }

    /// Those of another look at the project, or at what it was.
    pub(super) fn of<'a>(pages: impl Iterator<Item = &'a Arc<Page>>) -> Self {
        Self { runs: None, adds: false, seen: pages.map(|page| (page.path.clone(), Arc::clone(page))).collect() }
    }

    /// The pages of files, in their order. Whoever hands over neighbours side by side gets more of what is kept.
    pub fn parse(&self, sources: &[Source], dialect: Dialect) -> Vec<Arc<Page>> {
        let Some(kept) = &self.runs else {
            let seen = |source: &Source| self.seen.get(&source.path).filter(|page| page.is_of(source, dialect));
            let page = |source| seen(source).map_or_else(|| Arc::new(page::parse(source, dialect)), Arc::clone);
            return sources.par_iter().map(page).collect();
        };
        let runs = runs(sources).into_par_iter().map(|run| self.parse_run(kept, &sources[run], dialect));
        let (pages, lengths): (Vec<_>, Vec<u64>) = runs.collect::<Vec<_>>().into_iter().unzip();
        if self.adds {
            // Whatever becomes of the site: a project that stays wrong for a while keeps no more than others.
            kept.tidy_within(2 * lengths.iter().sum::<u64>() + SPARE);
        }
        pages.into_iter().flatten().collect()
    }

    /// The pages of a run, and how much room they take where they are kept.
    fn parse_run(&self, kept: &Blobs, sources: &[Source], dialect: Dialect) -> (Vec<Arc<Page>>, u64) {
        let digests: Vec<Hash> = sources.iter().map(|source| page::digest(&source.text, dialect)).collect();
        let key = key(sources, &digests);
        if let Some(bytes) = kept.get(&key)
            && let Some(pages) = unpack(&bytes, sources, &digests, dialect)
        {
            return (pages, bytes.len() as u64);
        }
        let all = sources.par_iter().zip(&digests);
        let pages: Vec<Arc<Page>> = all
            .map(|(source, digest)| Arc::new(page::parse_with(source, Known { dialect, digest: *digest })))
            .collect();
        if !self.adds {
            return (pages, 0);
        }
        let bytes = pack(&pages);
        kept.put(&key, &bytes);
        (pages, bytes.len() as u64)
    }
}

/// Where to cut: it follows from paths, so that a page more or less changes one run.
fn runs(sources: &[Source]) -> Vec<Range<usize>> {
    let mut runs = Vec::with_capacity(sources.len() / 8);
    let mut start = 0;
    for (at, source) in sources.iter().enumerate() {
        let length = at + 1 - start;
        if length == LONGEST_RUN || store::ends_run(source.path.on_disk(), USUAL_RUN) || at + 1 == sources.len() {
            runs.push(start..at + 1);
            start = at + 1;
        }
    }
    runs
}

fn key(sources: &[Source], digests: &[Hash]) -> Key {
    let known = sources.iter().zip(digests);
    let parts: Vec<&[u8]> =
        known.flat_map(|(source, digest)| [source.path.on_disk().as_bytes(), digest.as_bytes()]).collect();
    Key::of(&parts)
}

/// The pages of a run. Those with findings are left out: few have any, and what is told of them is thus as new as
/// the program.
fn pack(pages: &[Arc<Page>]) -> Vec<u8> {
    let texts: usize = pages.iter().map(|page| page.text.len()).sum();
    let mut bytes = Vec::with_capacity(texts * 3);
    for page in pages {
        let is_sound = page.findings.is_empty();
        bytes.push(u8::from(is_sound));
        if is_sound {
            page::pack(page, &mut bytes);
        }
    }
    bytes
}

fn unpack(mut bytes: &[u8], sources: &[Source], digests: &[Hash], dialect: Dialect) -> Option<Vec<Arc<Page>>> {
    let mut pages = Vec::with_capacity(sources.len());
    for (source, digest) in sources.iter().zip(digests) {
        let (is_sound, rest) = bytes.split_first()?;
        bytes = rest;
        let page = if *is_sound == 1 {
            page::unpack(&mut bytes, source, Known { dialect, digest: *digest })?
        } else {
            page::parse_with(source, Known { dialect, digest: *digest })
        };
        pages.push(Arc::new(page));
    }
    bytes.is_empty().then_some(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(texts: &[(usize, &str)]) -> Vec<Source> {
        let source = |(number, text): &(usize, &str)| Source {
            path: SourcePath::content(format!("{number:03}.md")),
            text: (*text).into(),
        };
        texts.iter().map(source).collect()
    }

    fn shown(pages: &[Arc<Page>]) -> String {
        format!("{pages:?}")
    }

    fn files(dir: &std::path::Path) -> usize {
        std::fs::read_dir(dir.join("pages")).map_or(0, Iterator::count)
    }

    #[test]
    fn what_is_kept_is_what_would_be_parsed() {
        let dir = tempfile::tempdir().unwrap();
        let texts: Vec<(usize, &str)> =
            (0..100).map(|at| (at, ["# A\n\n[b](c)", "---\ntags: [a, a]\n---\n", "`x`"][at % 3])).collect();
        let all = sources(&texts);
        let fresh = ParsedPages::default().parse(&all, Dialect::OWN);
        assert!(fresh.iter().any(|page| !page.findings.is_empty()));
        let mut made = 0;
        for round in 0..3 {
            let parsed = ParsedPages::stored(&Cache::at(dir.path()), "1");
            assert_eq!(shown(&parsed.parse(&all, Dialect::OWN)), shown(&fresh), "round {round}");
            if round == 0 {
                made = files(dir.path());
            }
            assert_eq!(files(dir.path()), made);
        }
        assert!(made > 2, "{made}");
        // Another text, one page less, another program: only what was not parsed before is.
        let mut edited = texts.clone();
        edited[40].1 = "other";
        for (texts, program, more) in [(&edited[..], "1", 1), (&texts[1..], "1", 1), (&texts[..], "2", 0)] {
            let parsed = ParsedPages::stored(&Cache::at(dir.path()), program);
            let all = sources(texts);
            let before = files(dir.path());
            assert_eq!(
                shown(&parsed.parse(&all, Dialect::OWN)),
                shown(&ParsedPages::default().parse(&all, Dialect::OWN))
            );
            let after = files(dir.path());
            assert_eq!(after, before + more, "{program}");
        }
    }

    #[test]
    fn who_adds_nothing_takes_what_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let all = sources(&[(1, "# A"), (2, "b"), (3, "```\nopen")]);
        let fresh = shown(&ParsedPages::default().parse(&all, Dialect::OWN));
        let left = || shown(&ParsedPages::left(&Cache::at(dir.path()), "1").parse(&all, Dialect::OWN));
        assert_eq!(left(), fresh);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        ParsedPages::stored(&Cache::at(dir.path()), "1").parse(&all, Dialect::OWN);
        let kept = files(dir.path());
        assert_eq!((left(), files(dir.path())), (fresh, kept));
    }

    #[test]
    fn pages_seen_before_are_the_same_and_others_are_parsed() {
        let all = sources(&[(1, "# A"), (2, "b")]);
        let before = ParsedPages::default().parse(&all, Dialect::OWN);
        let seen = ParsedPages::of(before.iter());
        let after = seen.parse(&sources(&[(1, "# A"), (2, "c"), (3, "b")]), Dialect::OWN);
        assert!(Arc::ptr_eq(&before[0], &after[0]));
        assert_eq!([&*after[1].text, &*after[2].text], ["c", "b"]);
        assert!(!Arc::ptr_eq(&before[0], &seen.parse(&all, Dialect::COMMONMARK)[0]));
    }

    #[test]
    fn what_no_build_needs_any_more_goes() {
        let dir = tempfile::tempdir().unwrap();
        let words = "word ".repeat(60_000);
        for round in 0..30 {
            let all = sources(&[(1, &format!("{words}{round}"))]);
            ParsedPages::stored(&Cache::at(dir.path()), "1").parse(&all, Dialect::OWN);
        }
        let kept =
            std::fs::read_dir(dir.path().join("pages")).unwrap().map(|file| file.unwrap().metadata().unwrap().len());
        let kept = kept.sum::<u64>();
        assert!(kept <= SPARE + 2 * 400_000 && kept > 300_000, "{kept}");
    }

    #[test]
    fn damage_is_only_a_miss() {
        let dir = tempfile::tempdir().unwrap();
        let all = sources(&[(1, "# A"), (2, "b")]);
        let fresh = shown(&ParsedPages::default().parse(&all, Dialect::OWN));
        let parse = || shown(&ParsedPages::stored(&Cache::at(dir.path()), "1").parse(&all, Dialect::OWN));
        assert_eq!(parse(), fresh);
        let file = || std::fs::read_dir(dir.path().join("pages")).unwrap().next().unwrap().unwrap().path();
        let whole = std::fs::read(file()).unwrap();
        for place in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[place] ^= 1;
            std::fs::write(file(), &damaged).unwrap();
            assert_eq!(parse(), fresh, "at {place}");
            assert_eq!(std::fs::read(file()).unwrap(), whole, "mended");
        }
    }
}
