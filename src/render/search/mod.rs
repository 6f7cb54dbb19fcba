//! The site's pages turned into a search index: small scripts, of which a browser loads those that
//! a query needs. Knows nothing of queries; `templates/search.js` does.
//!
//! Each part calls `bokwormSearch(name, data)`, because a page opened from a folder may load a
//! script but not fetch data. How many parts there are follows from the pages' sizes alone, so that
//! a preview knows their names without making them. The parts, and what is in them, `docs/search.md` tells.

use std::collections::BTreeMap;
use std::sync::OnceLock;

mod pages;
mod posting;
mod text;
mod token;

use serde_json::{Value, json};

use crate::page::{CodeBlock, Piece};
use crate::site::{PageId, Site};

/// The folder of the parts, below the site's root.
pub const FOLDER: &str = "search/";
/// How much source text stands behind one part of the words, so that a part is about 16 kB.
const TEXT_FOR_WORDS: usize = 24_000;
/// Likewise for a part of the list of words, in which misspelt ones are looked up.
const TEXT_FOR_VOCABULARY: usize = 3_000_000;
/// Likewise for a part of what results show.
const TEXT_FOR_PAGES: usize = 10_000;
/// How many pages' tags stand in one part.
const PAGES_FOR_TAGS: usize = 2_000;

/// The index of one state of a site, made when it is first asked for.
#[derive(Debug, Default)]
pub struct Search(OnceLock<BTreeMap<String, Vec<u8>>>);

impl Search {
    /// A part by its name; empty if there is none. The first call makes all of them on all cores, so it
    /// must not come from one of rayon's own threads.
    pub fn part(&self, site: &Site, name: &str) -> &[u8] {
        self.0.get_or_init(|| parts(site)).get(name).map_or(&[], Vec::as_slice)
    }
}

/// Where the parts are published, with their names.
pub fn files(site: &Site) -> impl Iterator<Item = (String, String)> {
    let enabled = site.config.search.enabled;
    let names = if enabled { Shape::of(site).names() } else { Vec::new() };
    names.into_iter().map(|name| (format!("{FOLDER}{name}.js"), name))
}

/// Into how many parts the index is cut.
struct Shape {
    /// The pages that can be found, in their order.
    listed: Vec<PageId>,
    words: usize,
    vocabulary: usize,
    /// How many pages stand in one part of what results show.
    pages_in_part: usize,
}

impl Shape {
    fn of(site: &Site) -> Self {
        let listed: Vec<PageId> = (0..site.pages.len()).filter(|&id| !site.pages[id].page.meta.unlisted).collect();
        let size: usize = listed.iter().map(|&id| size(&site.pages[id].page.body, &site.pages[id].page.code)).sum();
        let average = size / listed.len().max(1);
        Self {
            words: size.div_ceil(TEXT_FOR_WORDS).clamp(1, 8192),
            vocabulary: size.div_ceil(TEXT_FOR_VOCABULARY).clamp(1, 64),
            pages_in_part: (TEXT_FOR_PAGES / average.max(1)).clamp(1, 64),
            listed,
        }
    }

    fn names(&self) -> Vec<String> {
        let count = |letter: &str, count: usize| (0..count).map(|at| format!("{letter}{at}")).collect::<Vec<_>>();
        let pages = self.listed.len().div_ceil(self.pages_in_part);
        let tags = self.listed.len().div_ceil(PAGES_FOR_TAGS);
        let parts = [count("w", self.words), count("v", self.vocabulary), count("p", pages), count("t", tags)];
        ["index".to_owned(), "tags".to_owned()].into_iter().chain(parts.into_iter().flatten()).collect()
    }
}

/// About how long a body is, as HTML.
fn size(pieces: &[Piece], code: &[CodeBlock]) -> usize {
    let of = |piece: &Piece| match piece {
        Piece::Html(html) => html.len(),
        Piece::Code(at) => code[*at].text.len(),
        Piece::Component { body, .. } => size(body, code),
        _ => 0,
    };
    pieces.iter().map(of).sum()
}

/// All parts by name.
fn parts(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let shape = Shape::of(site);
    let (postings, shown): (Vec<_>, Vec<_>) = pages::read(site, &shape.listed).into_iter().unzip();
    let words = posting::merge(postings);
    let mut parts = BTreeMap::new();
    let mut hash = blake3::Hasher::new();
    let mut put = |name: String, value: &Value| {
        let bytes = script(&name, value);
        hash.update(&bytes);
        parts.insert(name, bytes);
    };
    let runs = cut(&words, shape.words, |(word, posting)| word.len() + posting.len() + 6);
    let (starts, slices): (Vec<&str>, Vec<_>) = runs.into_iter().unzip();
    for (at, slice) in slices.iter().enumerate() {
        let words = slice.iter().map(|(word, posting)| (word.clone(), Value::from(posting.as_str())));
        put(format!("w{at}"), &Value::Object(words.collect()));
    }
    let runs = cut(&words, shape.vocabulary, |(word, _)| word.len() + 1);
    let (vocabulary_starts, slices): (Vec<&str>, Vec<_>) = runs.into_iter().unzip();
    for (at, slice) in slices.iter().enumerate() {
        let words: Vec<&str> = slice.iter().map(|(word, _)| word.as_str()).collect();
        put(format!("v{at}"), &Value::from(words.join(" ")));
    }
    for (at, chunk) in shown.chunks(shape.pages_in_part).enumerate() {
        put(format!("p{at}"), &Value::from(chunk));
    }
    let (tags, carried) = pages::tags(site, &shape.listed);
    put("tags".into(), &Value::from(tags));
    for (at, chunk) in carried.chunks(PAGES_FOR_TAGS).enumerate() {
        put(format!("t{at}"), &json!(chunk));
    }
    let manifest = json!({
        "version": &hash.finalize().to_hex()[..8],
        "language": site.config.site.language,
        "title": site.config.site.title,
        "pages": shape.listed.len(),
        "words": starts,
        "vocabulary": vocabulary_starts,
        "shown": shape.pages_in_part,
        "tagged": PAGES_FOR_TAGS,
    });
    parts.insert("index".into(), script("index", &manifest));
    parts
}

/// The first word of a run, and the words in it.
type Run<'a, T> = (&'a str, &'a [(String, T)]);

/// A list cut into so many runs of about the same weight, and the first word of each; runs may be empty.
fn cut<T>(words: &[(String, T)], count: usize, weight: impl Fn(&(String, T)) -> usize) -> Vec<Run<'_, T>> {
    let total: usize = words.iter().map(&weight).sum();
    let mut runs: Vec<Run<'_, T>> = Vec::with_capacity(count);
    let (mut from, mut passed) = (0, 0);
    for run in 1..=count {
        let mut to = from;
        while to < words.len() && (run == count || passed * count < total * run) {
            passed += weight(&words[to]);
            to += 1;
        }
        // An empty run begins where the next one does: nothing is looked for in it.
        let start = words.get(from).filter(|_| run > 1).map_or("", |(word, _)| word.as_str());
        runs.push((start, &words[from..to]));
        from = to;
    }
    runs
}

/// The script that hands over a part. The line separators of Unicode end a line in older scripts, and `<`
/// would end a script in a page: neither stands in it as it is.
fn script(name: &str, value: &Value) -> Vec<u8> {
    let json = value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("bokwormSearch(\"{name}\",{json});\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_hold_every_word_once_however_many_there_are() {
        let words: Vec<(String, ())> = ["a", "b", "c", "d"].map(|word| (word.to_owned(), ())).to_vec();
        for count in 1..8 {
            let runs = cut(&words, count, |_| 1);
            assert_eq!(runs.len(), count);
            assert_eq!(runs.iter().map(|(_, run)| *run).collect::<Vec<_>>().concat(), words);
        }
    }

    #[test]
    fn a_part_never_ends_a_script() {
        let bytes = script("p0", &Value::from("</script>\u{2028}"));
        assert_eq!(bytes, b"bokwormSearch(\"p0\",\"\\u003c/script>\\u2028\");\n");
    }
}
