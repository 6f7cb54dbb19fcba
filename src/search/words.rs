//! The words of all runs put together, in order, and cut into parts with the places where each
//! stands. No part is much longer than a browser should load for
//! one word; a word that stands in so many places that it takes more has several.

use std::cmp::Ordering;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;

use super::run::{self, EntryRun, SHARDS};
use super::script::Script;
use super::stems::{StemChange, Stems};

/// How long a part is, at most (but a word's places in one run are never parted).
pub(super) const PART: usize = 20_000;

/// All words of a site.
#[derive(Debug)]
pub(super) struct WordIndex {
    /// Each with the number of its first entry.
    runs: Vec<(usize, Arc<EntryRun>)>,
    /// A browser's order.
    words: Vec<IndexedWord>,
    /// Where each word stands in the runs, one word after the other.
    pieces: Vec<WordInRun>,
    /// Where the parts begin.
    parts: Vec<PartStart>,
}

#[derive(Clone, Copy, Debug)]
struct IndexedWord {
    /// Its pieces.
    from: u32,
    to: u32,
    /// How long its places are when they are written.
    weight: u32,
    leads: bool,
    stem: StemChange,
}

/// A word in a run.
#[derive(Clone, Copy, Debug, Default)]
struct WordInRun {
    run: u32,
    at: u32,
}

/// The beginning of a part: a word, and so many of its pieces are in parts before.
#[derive(Clone, Copy, Debug)]
struct PartStart {
    word: usize,
    piece: usize,
}

impl WordIndex {
    /// The words of runs, each of which comes with the number of its first entry, with their stems.
    pub(super) fn of(runs: Vec<(usize, Arc<EntryRun>)>, stems: &Stems) -> Self {
        let shards: Vec<(Vec<IndexedWord>, Vec<WordInRun>)> =
            (0..SHARDS).into_par_iter().map(|shard| gather(&runs, shard)).collect();
        let mut pieces = Vec::with_capacity(shards.iter().map(|(_, pieces)| pieces.len()).sum());
        let mut words = Vec::with_capacity(shards.iter().map(|(words, _)| words.len()).sum());
        for (of_shard, pieces_of_shard) in shards {
            let base = pieces.len() as u32;
            words.extend(of_shard.iter().map(|word| IndexedWord {
                from: base + word.from,
                to: base + word.to,
                ..*word
            }));
            pieces.extend(pieces_of_shard);
        }
        let mut words = Self { runs, words, pieces, parts: Vec::new() };
        words.sort(stems);
        words.cut();
        words
    }

    /// How many words there are.
    pub(super) fn count(&self) -> usize {
        self.words.len()
    }

    /// How many parts there are.
    pub(super) fn parts(&self) -> usize {
        self.parts.len()
    }

    /// The runs that these words were put together from.
    #[cfg(test)]
    pub(super) fn runs(&self) -> impl Iterator<Item = &EntryRun> {
        self.runs.iter().map(|(_, run)| &**run)
    }

    /// For each part, what tells its words from those before: a word that is looked for is in the last
    /// part whose beginning is not after it.
    pub(super) fn beginnings(&self) -> String {
        let beginning = |cut: &PartStart| {
            let is_cut = self.words.get(cut.word).is_some_and(|word| cut.piece > 0 || word.weight as usize > PART);
            if is_cut { self.text(cut.word).to_vec() } else { self.separator(cut.word) }
        };
        joined(self.parts.iter().map(beginning))
    }

    /// Writes a part: each word, a colon and its places, with spaces between them.
    pub(super) fn write_part(&self, at: usize, script: &mut Script) {
        let whole = PartStart { word: self.words.len(), piece: 0 };
        let (from, to) = (self.parts[at], self.parts.get(at + 1).copied().unwrap_or(whole));
        script.raw(b"\"");
        for word in (from.word..=to.word).take_while(|&word| word < self.words.len()) {
            let pieces = self.pieces_of(word);
            let first = if word == from.word { from.piece } else { 0 };
            let last = if word == to.word { to.piece } else { pieces.len() };
            if first < last {
                let gap: &[u8] = if word == from.word { b"" } else { b" " };
                script.raw(gap);
                self.write_word(word, script);
                script.raw(b":");
                self.write_places(&pieces[first..last], script.out());
            }
        }
        script.raw(b"\"");
    }

    /// Writes a word, and after a comma what makes it its stem.
    pub(super) fn write_word(&self, word: usize, script: &mut Script) {
        script.raw(self.text(word));
        if self.length(word) > self.text(word).len() {
            script.raw(b",").raw(self.words[word].stem.written());
        }
    }

    /// How long a word is when it is written.
    pub(super) fn length(&self, word: usize) -> usize {
        let change = self.words[word].stem.written().len();
        self.text(word).len() + change + usize::from(change > 0)
    }

    /// The words, each with what makes it its stem.
    pub(super) fn stems(&self) -> impl Iterator<Item = (&[u8], StemChange)> {
        self.words.iter().map(|word| (self.text_of(word), word.stem))
    }

    fn write_places(&self, pieces: &[WordInRun], out: &mut Vec<u8>) {
        let mut last = 0;
        for piece in pieces {
            let (base, run) = &self.runs[piece.run as usize];
            let places = run.places(piece.at as usize);
            run::write_number(base + places.first - last, out);
            out.extend_from_slice(places.written);
            last = base + places.last;
        }
    }

    fn pieces_of(&self, word: usize) -> &[WordInRun] {
        let IndexedWord { from, to, .. } = self.words[word];
        &self.pieces[from as usize..to as usize]
    }

    /// A word by its place.
    pub(super) fn text(&self, word: usize) -> &[u8] {
        self.text_of(&self.words[word])
    }

    /// How long a word's places are when they are written.
    pub(super) fn weight(&self, word: usize) -> usize {
        self.words[word].weight as usize
    }

    /// Whether a word stands in a title, a heading, a tag or an address.
    pub(super) fn leads(&self, word: usize) -> bool {
        self.words[word].leads
    }

    fn text_of(&self, word: &IndexedWord) -> &[u8] {
        let piece = self.pieces[word.from as usize];
        self.runs[piece.run as usize].1.word(piece.at as usize)
    }

    fn sort(&mut self, stems: &Stems) {
        let mut words: Vec<(u64, IndexedWord)> =
            self.words.par_iter().map(|word| with_stem(self.text_of(word), word, stems)).collect();
        words.par_sort_unstable_by(|(begin, word), (other_begin, other)| {
            begin.cmp(other_begin).then_with(|| as_scripts_do(self.text_of(word), self.text_of(other)))
        });
        self.words = words.into_iter().map(|(_, word)| word).collect();
    }

    fn cut(&mut self) {
        let (mut parts, mut filled) = (vec![PartStart { word: 0, piece: 0 }], 0);
        for (at, word) in self.words.iter().enumerate() {
            let (letters, weight) = (self.length(at), word.weight as usize);
            // A word that takes several parts begins one.
            if filled > 0 && filled + letters + weight > PART {
                parts.push(PartStart { word: at, piece: 0 });
                filled = 0;
            }
            filled += letters + 2;
            if weight <= PART {
                filled += weight;
                continue;
            }
            for (piece, place) in self.pieces_of(at).iter().enumerate() {
                let length = self.runs[place.run as usize].1.places(place.at as usize).written.len() + 4;
                if piece > 0 && filled + length > PART {
                    parts.push(PartStart { word: at, piece });
                    filled = 0;
                }
                filled += length;
            }
        }
        self.parts = parts;
    }

    /// As much of a word as tells it from the one before; nothing for the first.
    pub(super) fn separator(&self, word: usize) -> Vec<u8> {
        let Some(before) = word.checked_sub(1).map(|before| self.text(before)) else { return Vec::new() };
        let text = self.text(word);
        if !text.is_ascii() || !before.is_ascii() {
            return text.to_vec();
        }
        let common = text.iter().zip(before).take_while(|(one, other)| one == other).count();
        text[..=common.min(text.len() - 1)].to_vec()
    }
}

/// The beginnings of parts, with spaces between them.
pub(super) fn joined(beginnings: impl Iterator<Item = Vec<u8>>) -> String {
    let joined = beginnings.collect::<Vec<_>>().join(&b' ');
    String::from_utf8_lossy(&joined).into_owned()
}

/// The words of one shard, each with its pieces.
fn gather(runs: &[(usize, Arc<EntryRun>)], shard: usize) -> (Vec<IndexedWord>, Vec<WordInRun>) {
    let mut known: HashMap<&[u8], u32> = HashMap::new();
    // For each word, how many pieces it has, and its last entry.
    let mut sums: Vec<(u32, usize)> = Vec::new();
    let mut words: Vec<IndexedWord> = Vec::new();
    let mut log: Vec<(u32, WordInRun)> = Vec::new();
    for (number, (base, run)) in (0..).zip(runs) {
        for at in run.shard(shard) {
            let places = run.places(at);
            let word = *known.entry(run.word(at)).or_insert_with(|| {
                sums.push((0, 0));
                words.push(IndexedWord { from: 0, to: 0, weight: 0, leads: false, stem: StemChange::default() });
                sums.len() as u32 - 1
            });
            let (count, last) = &mut sums[word as usize];
            *count += 1;
            words[word as usize].leads |= run.leads(at);
            words[word as usize].weight += (run::digits(base + places.first - *last) + places.written.len()) as u32;
            *last = base + places.last;
            log.push((word, WordInRun { run: number, at: at as u32 }));
        }
    }
    let mut from = 0;
    for (word, (count, _)) in words.iter_mut().zip(sums) {
        (word.from, word.to) = (from, from);
        from += count;
    }
    let mut pieces = vec![WordInRun::default(); log.len()];
    for (word, piece) in log {
        let to = &mut words[word as usize].to;
        pieces[*to as usize] = piece;
        *to += 1;
    }
    (words, pieces)
}

/// A word by which it is sorted, and with its stem.
fn with_stem(text: &[u8], word: &IndexedWord, stems: &Stems) -> (u64, IndexedWord) {
    (beginning(text), IndexedWord { stem: stems.change(text), ..*word })
}

/// The first letters of a word as a number that sorts as they do.
fn beginning(word: &[u8]) -> u64 {
    let mut letters = [0; 8];
    letters.iter_mut().zip(word).for_each(|(letter, &byte)| *letter = in_order(byte));
    u64::from_be_bytes(letters)
}

/// Scripts compare text by its UTF-16 units: what needs two of them comes before the last of the others.
fn as_scripts_do(one: &[u8], other: &[u8]) -> Ordering {
    one.iter().map(|&byte| in_order(byte)).cmp(other.iter().map(|&byte| in_order(byte)))
}

fn in_order(byte: u8) -> u8 {
    if byte == 0xee || byte == 0xef { byte + 0x10 } else { byte }
}

#[cfg(test)]
mod tests {
    use super::super::entry::About;
    use super::super::function_words::FunctionWords;
    use super::super::text::Text;
    use super::*;
    use crate::page::Page;
    use crate::source::{Source, SourcePath};

    fn page(markdown: &str) -> Arc<Page> {
        Arc::new(crate::page::parse(
            &Source { path: SourcePath::content("a.md"), text: markdown.into() },
            crate::page::Dialect::OWN,
        ))
    }

    fn about<'a>(title: &'a str, page: Option<&'a Arc<Page>>) -> About<'a> {
        About {
            title,
            is_tag: false,
            defines: Vec::new(),
            tags: Vec::new(),
            description: "",
            route: "/".into(),
            called: &[],
            page,
        }
    }

    fn run<'a>(abouts: impl IntoIterator<Item = About<'a>>) -> Arc<EntryRun> {
        Arc::new(EntryRun::of(abouts.into_iter().enumerate(), &FunctionWords::default(), &mut Text::default()))
    }

    fn part(words: &WordIndex, at: usize) -> String {
        let mut script = Script::new("");
        words.write_part(at, &mut script);
        String::from_utf8(script.end()).unwrap().split('"').nth(3).unwrap().to_owned()
    }

    #[test]
    fn places_say_where_and_how_a_word_stands() {
        let body = page("one two two\n\n## One\n\nthree");
        let first = About { tags: vec!["two"], route: "/x/three".into(), ..about("One page", Some(&body)) };
        let other = About { description: "one", ..about("", None) };
        let tag = About { is_tag: true, ..about("two", None) };
        let words = WordIndex::of(vec![(0, run([first])), (2, run([other])), (4, run([tag]))], &Stems::of("en"));
        // Entry 0: in a title of two words; once in section 1; alone in the heading of section 2, and in the address. Entry 2: described.
        assert_eq!(part(&words, 0), "one:AACABcACBCAgB page:AAC three:AAhCACc two:AAQABcEAwC");
        assert_eq!((words.parts(), &*words.beginnings()), (1, ""));
        let leads: Vec<bool> = (0..4).map(|word| words.leads(word)).collect();
        assert_eq!(leads, [true; 4]);
    }

    #[test]
    fn no_part_is_long_and_a_word_that_takes_several_begins_each() {
        let titles: Vec<String> = (0..20_000).map(|at| format!("the x{at:05}")).collect();
        let runs = titles
            .chunks(64)
            .enumerate()
            .map(|(at, titles)| (at * 64, run(titles.iter().map(|title| about(title, None)))));
        let words = WordIndex::of(runs.collect(), &Stems::of(""));
        let beginnings = words.beginnings();
        let beginnings: Vec<&str> = beginnings.split(' ').collect();
        assert_eq!(words.parts(), beginnings.len());
        let (mut found, mut of_the) = (0, String::new());
        for (at, &beginning) in beginnings.iter().enumerate() {
            let part = part(&words, at);
            assert!(part.len() <= PART && part.len() > PART / 4 || at + 1 == beginnings.len(), "{at}: {}", part.len());
            for entry in part.split(' ') {
                let (word, places) = entry.split_once(':').unwrap();
                let next = beginnings.get(at + 1).copied();
                assert!(word >= beginning && next.is_none_or(|next| word < next || word == "the"), "{word} in {at}");
                match word {
                    "the" => of_the.push_str(places),
                    _ => found += 1,
                }
            }
        }
        assert_eq!(found, 20_000);
        assert_eq!(beginnings.iter().filter(|&&beginning| beginning == "the").count(), 4);
        // Each place is one digit from the last, but for those that begin a part.
        assert_eq!(of_the.matches("AC").count(), 20_000);
    }

    #[test]
    fn words_are_in_the_order_of_scripts() {
        let mut words = ["z", "a", "ab", "\u{10000}", "\u{ff41}x", "é"].map(str::as_bytes);
        words.sort_by(|one, other| as_scripts_do(one, other));
        let mut expected = ["z", "a", "ab", "\u{10000}", "\u{ff41}x", "é"];
        expected.sort_by(|one, other| one.encode_utf16().cmp(other.encode_utf16()));
        assert_eq!(words, expected.map(str::as_bytes));
        assert!(words.is_sorted_by_key(|word| beginning(word)));
    }
}
