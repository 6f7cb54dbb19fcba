//! Some neighbouring entries turned into their words, each with the places where it stands, written as
//! the browser reads them. Runs are made on all cores and put together by `index`; one whose pages
//! are as they were is used again.
//!
//! A place is three numbers: how many entries after the place before, the section (0 for the entry
//! itself, 1 for what stands before its first heading), and how the word stands there. Each number is
//! written in digits of five bits, the lowest first, as characters of the Base64 alphabet; the sixth
//! bit says that another digit follows.

use super::entry::About;
use super::function_words::FunctionWords;
use super::standing::{self, EntryStanding, OftenFrom};
use super::table::{WordId, WordTable};
use super::text::Text;
use super::{title, token};
use crate::store::bytes::{Packed, put_slice, take_slice};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Words are put together in so many shards, each on one core.
pub(super) const SHARDS: usize = 16;

/// The words of a run.
#[derive(Debug)]
pub struct EntryRun {
    letters: Vec<u8>,
    postings: Vec<u8>,
    /// By shard.
    words: Vec<RunWord>,
    shards: [u32; SHARDS + 1],
    /// What all of it was made from, to tell versions of the index apart.
    pub digest: blake3::Hash,
}

/// A word of a run. The number of the entry at its first place is not among its postings.
#[derive(Debug)]
struct RunWord {
    letters: u32,
    postings: u32,
    end: u32,
    first: u16,
    last: u16,
    length: u8,
    leads: bool,
}

/// The places of a word in a run.
pub struct WordPlaces<'a> {
    /// The number, in the run, of the entry that they begin with.
    pub first: usize,
    /// The number of the entry that they end with.
    pub last: usize,
    /// All of them, but for the first number.
    pub written: &'a [u8],
}

impl EntryRun {
    /// The words of entries, each with its number in the run; `functions` tell no page from another, `text` is room to read.
    pub fn of<'a>(
        entries: impl Iterator<Item = (usize, About<'a>)>,
        functions: &FunctionWords,
        text: &mut Text,
    ) -> Self {
        let mut writer = RunWriter::new(functions);
        let mut digest = blake3::Hasher::new();
        for (number, about) in entries {
            writer.number = number as u64;
            writer.entry(&about, text, &mut digest);
        }
        writer.finish(digest.finalize())
    }

    /// About how many bytes it comes to.
    pub fn size(&self) -> usize {
        self.letters.len() + self.postings.len() + self.words.len() * WORD + 256
    }

    /// As bytes, to be kept.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.size());
        self.digest.as_bytes().pack(&mut bytes);
        self.shards.iter().for_each(|shard| shard.pack(&mut bytes));
        put_slice(&mut bytes, &self.letters);
        put_slice(&mut bytes, &self.postings);
        (self.words.len() * WORD).pack(&mut bytes);
        self.words.iter().for_each(|word| word.encode(&mut bytes));
        bytes
    }

    /// From such bytes; none if they can't be a run.
    pub fn decode(mut bytes: &[u8]) -> Option<Self> {
        let from = &mut bytes;
        let digest = blake3::Hash::from_bytes(Packed::unpack(from)?);
        let mut shards = [0; SHARDS + 1];
        for shard in &mut shards {
            *shard = Packed::unpack(from)?;
        }
        let (letters, postings) = (take_slice(from)?, take_slice(from)?);
        let (words, half) = take_slice(from)?.as_chunks::<WORD>();
        let words: Vec<RunWord> = words.iter().map(RunWord::decode).collect();
        let fits = |word: &RunWord| {
            let letters_end = word.letters as usize + usize::from(word.length);
            letters_end <= letters.len() && word.postings <= word.end && word.end as usize <= postings.len()
        };
        let is_run = bytes.is_empty()
            && half.is_empty()
            && words.iter().all(fits)
            && shards.is_sorted()
            && shards[SHARDS] as usize == words.len();
        is_run.then(|| Self { letters: letters.to_vec(), postings: postings.to_vec(), words, shards, digest })
    }

    /// The places, in this run, of a shard's words.
    pub fn shard(&self, shard: usize) -> std::ops::Range<usize> {
        self.shards[shard] as usize..self.shards[shard + 1] as usize
    }

    /// A word by its place.
    pub fn word(&self, at: usize) -> &[u8] {
        let word = &self.words[at];
        &self.letters[word.letters as usize..][..usize::from(word.length)]
    }

    /// Whether a word stands in a title, a heading, a tag or an address.
    pub fn leads(&self, at: usize) -> bool {
        self.words[at].leads
    }

    /// Where a word stands.
    pub fn places(&self, at: usize) -> WordPlaces<'_> {
        let word = &self.words[at];
        let written = &self.postings[word.postings as usize..word.end as usize];
        WordPlaces { first: word.first.into(), last: word.last.into(), written }
    }
}

/// What a word takes up where it is kept: always as much, since there are many and every build reads them.
const WORD: usize = 18;

impl RunWord {
    fn encode(&self, out: &mut Vec<u8>) {
        let Self { letters, postings, end, first, last, length, leads } = self;
        [letters, postings, end].into_iter().for_each(|number| number.pack(out));
        [first, last].into_iter().for_each(|number| number.pack(out));
        length.pack(out);
        leads.pack(out);
    }

    /// From that many bytes.
    fn decode(bytes: &[u8; WORD]) -> Self {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, length, leads] = *bytes;
        Self {
            letters: u32::from_le_bytes([a, b, c, d]),
            postings: u32::from_le_bytes([e, f, g, h]),
            end: u32::from_le_bytes([i, j, k, l]),
            first: u16::from_le_bytes([m, n]),
            last: u16::from_le_bytes([o, p]),
            length,
            leads: leads != 0,
        }
    }
}

struct RunWriter<'a> {
    functions: &'a FunctionWords,
    table: WordTable,
    /// Every place, as it came: word, number, section, value.
    log: Vec<u64>,
    number: u64,
    section: u64,
    lengths: Lengths,
}

impl<'a> RunWriter<'a> {
    fn new(functions: &'a FunctionWords) -> Self {
        let (table, lengths) = (WordTable::default(), Lengths::default());
        Self { functions, table, log: Vec::new(), number: 0, section: 0, lengths }
    }

    fn entry(&mut self, about: &About<'_>, text: &mut Text, digest: &mut blake3::Hasher) {
        let mut hash = |text: &str| {
            digest.update(text.as_bytes()).update(&[0]);
        };
        [about.title, about.description, &about.route]
            .into_iter()
            .chain(about.defines.iter().chain(&about.tags).copied())
            .chain(about.called.iter().map(String::as_str))
            .for_each(&mut hash);
        self.section = 0;
        if about.is_tag {
            self.words(about.title, |standing| (standing.tag, standing.address) = (true, true));
        } else {
            title::names(about.title).iter().for_each(|name| self.name(name));
            self.name(about.name());
            self.initials(about.title);
            about.defines.iter().for_each(|label| self.name(crate::site::tag::name_and_kind(label).0));
        }
        for tag in &about.tags {
            self.words(tag, |standing| standing.tag = true);
        }
        self.words(about.description, |standing| standing.description = true);
        self.words(about.name(), |standing| standing.address = true);
        about.called.iter().for_each(|text| self.called(text));
        let Some(page) = about.page else { return };
        digest.update(page.digest.as_bytes());
        text.read(page);
        for (section, at) in text.sections(page).zip(1..) {
            self.section = at;
            if let Some(heading) = section.heading {
                let length = self.length(&heading.text).min(standing::HEADING) as u8;
                self.words(&heading.text, |standing| standing.title = length);
            }
            let length = self.words(section.seen, |standing| standing.times = standing.times.saturating_add(1));
            self.lengths.note(self.number, length);
            self.words(section.code, |standing| standing.times = standing.times.max(1));
        }
    }

    /// A name of the entry. Of several, the shortest in which a word stands counts.
    fn name(&mut self, name: &str) {
        let length = self.length(name).min(standing::TITLE) as u8;
        self.words(name, |standing| {
            standing.title = if standing.title == 0 { length } else { standing.title.min(length) }
        });
    }

    /// What a title may be called for short.
    fn initials(&mut self, title: &str) {
        let names = title::names(title);
        let initials = names.first().map(|name| title::initials(name, self.functions));
        initials.iter().flatten().for_each(|initials| _ = self.words(initials, |standing| standing.address = true));
    }

    /// What another page says of the entry: words that tell no page from another would only take room.
    fn called(&mut self, text: &str) {
        let functions = self.functions;
        self.chosen(text, |word| !functions.contains(word), |standing| standing.called = true);
    }

    /// How many words a title or a heading has, but for function words if there are others.
    fn length(&self, text: &str) -> usize {
        // In scripts without spaces, every two letters are a word.
        let tells = |word: &[u8]| !self.functions.contains(word) && !token::is_single(word);
        match token::count(text, tells) {
            0 => token::count(text, |_| true),
            telling => telling,
        }
    }

    /// Notes the words of a text, and says how many there are.
    fn words(&mut self, text: &str, change: impl Fn(&mut EntryStanding)) -> u32 {
        self.chosen(text, |_| true, change)
    }

    fn chosen(&mut self, text: &str, is_in: impl Fn(&[u8]) -> bool, change: impl Fn(&mut EntryStanding)) -> u32 {
        let mut count = 0;
        let place = self.number << 8 | self.section;
        let (table, log) = (&mut self.table, &mut self.log);
        token::words(text, |word| {
            if !is_in(word) {
                return;
            }
            let (id, known) = table.enter(word, place);
            if known.place != place {
                log.push(record(id, known.place, known.standing));
                (known.place, known.standing) = (place, EntryStanding::default());
            }
            change(&mut known.standing);
            count += 1;
        });
        count
    }

    /// Sorts what was logged by word, and writes it.
    fn finish(mut self, digest: blake3::Hash) -> EntryRun {
        for (id, known) in self.table.known() {
            self.log.push(record(id, known.place, known.standing));
        }
        let Self { table, log, lengths, .. } = self;
        let order = by_shard(&table);
        let mut ends = vec![0; order.ids.len() + 1];
        log.iter().for_each(|record| ends[(record >> 32) as usize + 1] += 1);
        (1..ends.len()).for_each(|at| ends[at] += ends[at - 1]);
        let mut next = ends.clone();
        let mut sorted = vec![0u32; log.len()];
        for record in &log {
            let at = &mut next[(record >> 32) as usize];
            sorted[*at] = *record as u32;
            *at += 1;
        }
        let often = lengths.often();
        let mut postings = Vec::with_capacity(log.len() * 4);
        let mut words = Vec::with_capacity(order.ids.len());
        for &id in &order.ids {
            let places = &sorted[ends[id as usize]..ends[id as usize + 1]];
            let number = |place: Option<&u32>| place.map_or(0, |place| (place >> 16) as u16);
            let start = postings.len() as u32;
            write_places(places, &often, &mut postings);
            let letters = table.letters_of(id);
            words.push(RunWord {
                letters: letters.start as u32,
                length: letters.len() as u8,
                postings: start,
                end: postings.len() as u32,
                first: number(places.first()),
                last: number(places.last()),
                leads: places.iter().any(|&place| standing::leads(place as u8, place >> 8 & 0xff)),
            });
        }
        postings.shrink_to_fit();
        EntryRun { letters: table.into_letters(), postings, words, shards: order.shards, digest }
    }
}

/// A place as one number: word, number, section, value.
fn record(id: WordId, place: u64, standing: EntryStanding) -> u64 {
    u64::from(id) << 32 | (place & 0xff_ffff) << 8 | u64::from(standing.counted(place & 0xff))
}

fn write_places(places: &[u32], often: &OftenInSections, out: &mut Vec<u8>) {
    let mut last = None;
    for &place in places {
        let (number, section) = (place >> 16, place >> 8 & 0xff);
        let value = standing::value(place as u8, section, often.of(number, section));
        if let Some(last) = last.replace(number) {
            write_number((number - last) as usize, out);
        }
        write_number(section as usize, out);
        write_number(value, out);
    }
}

/// How many words the sections of a run's entries have, one entry after the other.
#[derive(Default)]
struct Lengths {
    sections: Vec<u32>,
    /// By an entry's number: where its sections begin, and how many words all have.
    entries: Vec<(usize, u32)>,
}

impl Lengths {
    fn note(&mut self, number: u64, length: u32) {
        while self.entries.len() <= number as usize {
            self.entries.push((self.sections.len(), 0));
        }
        self.sections.push(length);
        if let Some((_, whole)) = self.entries.last_mut() {
            *whole += length;
        }
    }

    /// What is often in each section.
    fn often(&self) -> OftenInSections {
        let mut sections = Vec::with_capacity(self.sections.len());
        for (at, &(first, whole)) in self.entries.iter().enumerate() {
            let end = self.entries.get(at + 1).map_or(self.sections.len(), |(next, _)| *next);
            sections.extend(self.sections[first..end].iter().map(|&length| OftenFrom::of(length, whole)));
        }
        OftenInSections { sections, firsts: self.entries.iter().map(|(first, _)| *first).collect() }
    }
}

/// What is often in the sections of a run's entries, one entry after the other.
struct OftenInSections {
    sections: Vec<OftenFrom>,
    /// By an entry's number: where its sections begin.
    firsts: Vec<usize>,
}

impl OftenInSections {
    /// What is in a section, of which the first is 1.
    fn of(&self, number: u32, section: u32) -> OftenFrom {
        let first = self.firsts.get(number as usize).copied().unwrap_or_default();
        self.sections.get((first + section as usize).wrapping_sub(1)).copied().unwrap_or_default()
    }
}

/// The words of a table in order of their shards.
struct ShardOrder {
    ids: Vec<WordId>,
    shards: [u32; SHARDS + 1],
}

fn by_shard(table: &WordTable) -> ShardOrder {
    let shards: Vec<u8> = table.words().map(shard_of).collect();
    let mut ends = [0; SHARDS + 1];
    shards.iter().for_each(|&shard| ends[usize::from(shard) + 1] += 1);
    (1..ends.len()).for_each(|at| ends[at] += ends[at - 1]);
    let mut next = ends;
    let mut ids = vec![0; shards.len()];
    for (id, &shard) in shards.iter().enumerate() {
        let at = &mut next[usize::from(shard)];
        ids[*at as usize] = id as WordId;
        *at += 1;
    }
    ShardOrder { ids, shards: ends }
}

fn shard_of(word: &[u8]) -> u8 {
    word.iter().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte)) % SHARDS as u8
}

/// Writes a number in digits.
pub(super) fn write_number(mut number: usize, out: &mut Vec<u8>) {
    while number >= 32 {
        out.push(DIGITS[32 + number % 32]);
        number /= 32;
    }
    out.push(DIGITS[number]);
}

/// One digit: of 64, where no other follows.
pub(super) fn digit(number: usize) -> u8 {
    DIGITS[number % 64]
}

/// The number of such a digit.
pub(super) fn value(digit: u8) -> usize {
    DIGITS.iter().position(|&known| known == digit).unwrap_or(0)
}

/// How many digits a number has.
pub(super) fn digits(number: usize) -> usize {
    (usize::BITS - (number | 1).leading_zeros()).div_ceil(5) as usize
}

/// A digit that says how large a number is.
pub(super) fn magnitude(number: usize) -> u8 {
    digit(number.max(1).ilog2() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_comes_back_and_half_of_one_is_none() {
        let about = |title| About {
            title,
            is_tag: false,
            defines: Vec::new(),
            tags: vec!["One", "two"],
            description: "Three, and one more.",
            route: "/a/four".into(),
            called: &[],
            page: None,
        };
        let run = EntryRun::of(
            [(0, about("Five")), (3, about("Six seven"))].into_iter(),
            &FunctionWords::default(),
            &mut Text::default(),
        );
        let bytes = run.encode();
        let back = EntryRun::decode(&bytes).unwrap();
        assert_eq!((back.encode(), back.digest), (bytes.clone(), run.digest));
        assert_eq!(format!("{back:?}"), format!("{run:?}"));
        for end in 0..bytes.len() {
            assert!(EntryRun::decode(&bytes[..end]).is_none(), "{end}");
        }
    }

    #[test]
    fn numbers_of_any_size_are_written() {
        for (number, expected) in [(0, "A"), (31, "f"), (32, "gB"), (33, "hB"), (1024, "ggB")] {
            let mut out = Vec::new();
            write_number(number, &mut out);
            assert_eq!(out, expected.as_bytes());
            assert_eq!(digits(number), expected.len());
        }
    }
}
