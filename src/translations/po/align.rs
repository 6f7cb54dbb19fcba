//! Which segment of one text is which of another: of an original as it was and as it is, by what they say; of an
//! original and its translation, by how they are built. What isn't sure says so.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::segments::{PageSegment, SegmentKind};
use crate::translations::blocks::Meeting;

/// Longer texts than that are compared no further: nothing in them is a pair.
const MOST_COMPARED: usize = 16_000_000;

/// From this share of common words on, in percent, a block is another one changed.
const SIMILAR: usize = 35;

/// A shorter text, in letters, may be the same by chance.
const SHORTEST_SAME: usize = 12;

/// The segment of the other text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Aligned {
    pub(super) at: usize,
    pub(super) is_sure: bool,
}

/// Two texts in segments.
#[derive(Clone, Copy)]
pub(super) struct TwoTexts<'a> {
    pub(super) old: &'a [PageSegment],
    pub(super) new: &'a [PageSegment],
}

/// A stretch of each text.
#[derive(Clone, Debug, PartialEq)]
struct StretchOfBoth {
    old: Range<usize>,
    new: Range<usize>,
}

/// For each segment of an original as it is now, which it was before: sure if it says the same. One that stands
/// elsewhere now is found as well.
pub(super) fn with_past(texts: TwoTexts<'_>) -> Vec<Option<Aligned>> {
    let TwoTexts { old, new } = texts;
    let mut found: Vec<Option<Aligned>> = vec![None; new.len()];
    let all = StretchOfBoth { old: 0..old.len(), new: 0..new.len() };
    let is_same = |a: usize, b: usize| old[a].kind.is_like(new[b].kind) && old[a].text == new[b].text;
    let same = best(&all, |a, b| i64::from(is_same(a, b)));
    for pair in &same {
        found[pair.new] = Some(Aligned { at: pair.old, is_sure: true });
    }
    let mut taken: HashSet<usize> = same.iter().map(|pair| pair.old).collect();
    let mut elsewhere: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in (0..old.len()).rev().filter(|at| !taken.contains(at) && old[*at].is_message()) {
        elsewhere.entry(&old[at].text).or_default().push(at);
    }
    for to in 0..new.len() {
        if found[to].is_some() || !new[to].is_message() {
            continue;
        }
        if let Some(at) = elsewhere.get_mut(&*new[to].text).and_then(Vec::pop) {
            found[to] = Some(Aligned { at, is_sure: true });
            taken.insert(at);
        }
    }
    let (old_words, new_words) = (SegmentWords::of_all(old), SegmentWords::of_all(new));
    for between in between(&same, &all) {
        let score = |a: usize, b: usize| {
            let is_free = !taken.contains(&a) && found[b].is_none() && old[a].kind.is_like(new[b].kind);
            if is_free { old_words[a].likeness(&new_words[b]) } else { 0 }
        };
        for pair in best(&between, score) {
            found[pair.new] = Some(Aligned { at: pair.old, is_sure: false });
        }
    }
    found
}

/// A segment's words, looked at once for many comparisons.
struct SegmentWords<'a> {
    segment: &'a PageSegment,
    words: HashSet<String>,
}

impl<'a> SegmentWords<'a> {
    fn of_all(segments: &'a [PageSegment]) -> Vec<Self> {
        let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect();
        segments.iter().map(|segment| Self { segment, words: words(&segment.text) }).collect()
    }

    /// How like another one of the same language it is; nought where they have nothing to do with each other.
    fn likeness(&self, other: &Self) -> i64 {
        if self.segment.kind == SegmentKind::Verbatim {
            return i64::from(begins_alike(self.segment, other.segment));
        }
        let common = self.words.intersection(&other.words).count();
        let share = (200 * common).checked_div(self.words.len() + other.words.len()).unwrap_or_default();
        if share >= SIMILAR { i64::try_from(share).unwrap_or_default() } else { 0 }
    }
}

/// Whether two tags or definitions have one name.
fn begins_alike(one: &PageSegment, other: &PageSegment) -> bool {
    let first = |segment: &PageSegment| segment.text.split([' ', '>', ':']).next().map(str::to_owned);
    first(one) == first(other)
}

/// For each segment of an original, which it is in a translation.
pub(super) fn with_translation(texts: TwoTexts<'_>) -> Vec<Option<Aligned>> {
    let TwoTexts { old, new } = texts;
    let said = |segments: &[PageSegment]| -> Vec<usize> {
        (0..segments.len()).filter(|at| segments[*at].is_message()).collect()
    };
    let (from, to) = (said(old), said(new));
    let bare = BareTexts { texts, from: &from, to: &to };
    let mut pairs = bare.pairs();
    pairs.sort_by_key(|pair| pair.at.old);
    let mut found: Vec<Option<Aligned>> = vec![None; old.len()];
    let mut anchors: Vec<Meeting> = Vec::with_capacity(pairs.len());
    for GuessedPair { at, is_sure } in pairs {
        let at = Meeting { old: from[at.old], new: to[at.new] };
        found[at.old] = Some(Aligned { at: at.new, is_sure });
        anchors.push(at);
    }
    // What nobody translates stands where it stood.
    for between in between(&anchors, &StretchOfBoth { old: 0..old.len(), new: 0..new.len() }) {
        let verbatim = |a: usize, b: usize| !old[a].is_message() && !new[b].is_message();
        let score = |a: usize, b: usize| match verbatim(a, b) && old[a].kind.is_like(new[b].kind) {
            true => 1 + 4 * i64::from(old[a].text == new[b].text) + i64::from(begins_alike(&old[a], &new[b])),
            false => 0,
        };
        for pair in best(&between, score) {
            found[pair.old] = Some(Aligned { at: pair.new, is_sure: true });
        }
    }
    found
}

/// Pairs what is left over of an original as it is now (`old`) and of its translation (`new`), between what has been
/// found: somebody may have translated a new block already, while the rest is as before. Segments of the translation that
/// are known to be something else are taken.
pub(super) fn with_left_over(texts: TwoTexts<'_>, found: &mut [Option<Aligned>], taken: &HashSet<usize>) {
    let TwoTexts { old, new } = texts;
    let mut anchors: Vec<Meeting> = Vec::new();
    for (at, own) in found.iter().enumerate() {
        let Some(own) = own else { continue };
        if anchors.last().is_none_or(|last| last.new < own.at) {
            anchors.push(Meeting { old: at, new: own.at });
        }
    }
    for between in between(&anchors, &StretchOfBoth { old: 0..old.len(), new: 0..new.len() }) {
        let from: Vec<usize> = between.old.filter(|at| found[*at].is_none() && old[*at].is_message()).collect();
        let to: Vec<usize> = between.new.filter(|at| !taken.contains(at) && new[*at].is_message()).collect();
        let bare = BareTexts { texts, from: &from, to: &to };
        for GuessedPair { at, is_sure } in bare.guessed(&StretchOfBoth { old: 0..from.len(), new: 0..to.len() }) {
            let is_sure = is_sure || bare.of_old(at.old).text == bare.of_new(at.new).text;
            found[from[at.old]] = Some(Aligned { at: to[at.new], is_sure });
        }
    }
}

/// Two segments that belong together, surely or not.
struct GuessedPair {
    at: Meeting,
    is_sure: bool,
}

/// Two texts of which only what is translated is looked at: the places of that in each.
struct BareTexts<'a> {
    texts: TwoTexts<'a>,
    from: &'a [usize],
    to: &'a [usize],
}

impl<'a> BareTexts<'a> {
    fn of_old(&self, at: usize) -> &'a PageSegment {
        &self.texts.old[self.from[at]]
    }

    fn of_new(&self, at: usize) -> &'a PageSegment {
        &self.texts.new[self.to[at]]
    }

    fn pairs(&self) -> Vec<GuessedPair> {
        let all = StretchOfBoth { old: 0..self.from.len(), new: 0..self.to.len() };
        let headings = |count: usize, kind: &dyn Fn(usize) -> SegmentKind| -> Vec<(usize, SegmentKind)> {
            let kinds = (0..count).map(|at| (at, kind(at)));
            kinds.filter(|(_, kind)| matches!(kind, SegmentKind::Heading(_))).collect()
        };
        let old = headings(self.from.len(), &|at| self.of_old(at).kind);
        let new = headings(self.to.len(), &|at| self.of_new(at).kind);
        if !old.iter().map(|(_, kind)| kind).eq(new.iter().map(|(_, kind)| kind)) {
            return self.guessed(&all);
        }
        let pair = |(old, new): (&(usize, SegmentKind), &(usize, SegmentKind))| Meeting { old: old.0, new: new.0 };
        let anchors: Vec<Meeting> = old.iter().zip(&new).map(pair).collect();
        let sure = anchors.iter().map(|at| GuessedPair { at: *at, is_sure: true });
        sure.chain(between(&anchors, &all).iter().flat_map(|section| self.in_section(section))).collect()
    }

    /// Under one heading: sure where both have the same kinds of blocks, and of a kind as many.
    fn in_section(&self, section: &StretchOfBoth) -> Vec<GuessedPair> {
        let runs = |range: &Range<usize>, kind: &dyn Fn(usize) -> SegmentKind| -> Vec<Range<usize>> {
            let mut runs: Vec<Range<usize>> = Vec::new();
            for at in range.clone() {
                match runs.last_mut().filter(|run| kind(run.start).is_like(kind(at))) {
                    Some(run) => run.end = at + 1,
                    None => runs.push(at..at + 1),
                }
            }
            runs
        };
        let old = runs(&section.old, &|at| self.of_old(at).kind);
        let new = runs(&section.new, &|at| self.of_new(at).kind);
        let is_like =
            |(a, b): (&Range<usize>, &Range<usize>)| self.of_old(a.start).kind.is_like(self.of_new(b.start).kind);
        if old.len() != new.len() || !old.iter().zip(&new).all(is_like) {
            return self.guessed(section);
        }
        let each = old.into_iter().zip(new).flat_map(|(old, new)| {
            if old.len() != new.len() {
                return self.guessed(&StretchOfBoth { old, new });
            }
            old.zip(new).map(|(old, new)| GuessedPair { at: Meeting { old, new }, is_sure: true }).collect()
        });
        each.collect()
    }

    /// What goes together best. Sure of it is what says the same, or alone has an address.
    fn guessed(&self, stretch: &StretchOfBoth) -> Vec<GuessedPair> {
        let marks = |texts: &dyn Fn(usize) -> &'a str, range: &Range<usize>| -> Vec<HashSet<&'a str>> {
            range.clone().map(|at| marks(texts(at))).collect()
        };
        let old = marks(&|at| self.of_old(at).text.as_str(), &stretch.old);
        let new = marks(&|at| self.of_new(at).text.as_str(), &stretch.new);
        let common = |a: usize, b: usize| old[a - stretch.old.start].intersection(&new[b - stretch.new.start]);
        let score = |a: usize, b: usize| {
            let (old, new) = (self.of_old(a), self.of_new(b));
            if !old.kind.is_like(new.kind) {
                return 0;
            }
            let is_same = old.text == new.text;
            let (one, other) = (old.text.chars().count().max(1), new.text.chars().count().max(1));
            let length = 6 * one.min(other) / one.max(other);
            let marks = common(a, b).count().min(4) * 5;
            let level = 6 * usize::from(old.kind == new.kind && matches!(old.kind, SegmentKind::Heading(_)));
            i64::try_from(10 + 40 * usize::from(is_same) + length + marks + level).unwrap_or_default()
        };
        let is_alone = |mark: &&&str| {
            let once = |all: &[HashSet<&str>]| all.iter().filter(|marks| marks.contains(**mark)).count() == 1;
            mark.len() >= SHORTEST_SAME && mark.contains('/') && once(&old) && once(&new)
        };
        let is_sure = |a: usize, b: usize| {
            let text = &self.of_old(a).text;
            *text == self.of_new(b).text && text.chars().count() >= SHORTEST_SAME
                || common(a, b).any(|mark| is_alone(&mark))
        };
        best(stretch, score).into_iter().map(|at| GuessedPair { at, is_sure: is_sure(at.old, at.new) }).collect()
    }
}

/// The words of a text that have signs or numbers, and are the same in all languages: addresses, code, years.
fn marks(text: &str) -> HashSet<&str> {
    let words = text.split(|c: char| c.is_whitespace() || "()[]*".contains(c));
    words.filter(|word| word.contains(|c: char| c.is_ascii_digit() || "/`_{".contains(c))).collect()
}

/// The stretches before, between and after pairs, which come in their order.
fn between(pairs: &[Meeting], all: &StretchOfBoth) -> Vec<StretchOfBoth> {
    let mut from = Meeting { old: all.old.start, new: all.new.start };
    let end = Meeting { old: all.old.end, new: all.new.end };
    let mut stretches = Vec::with_capacity(pairs.len() + 1);
    for at in pairs.iter().copied().chain([end]) {
        stretches.push(StretchOfBoth { old: from.old..at.old, new: from.new..at.new });
        from = Meeting { old: at.old + 1, new: at.new + 1 };
    }
    stretches
}

/// The pairs with the highest scores together that keep their order; what scores nothing is no pair.
fn best(stretch: &StretchOfBoth, score: impl Fn(usize, usize) -> i64) -> Vec<Meeting> {
    let (rows, columns) = (stretch.old.len(), stretch.new.len());
    let width = columns + 1;
    if rows == 0 || columns == 0 || (rows + 1).saturating_mul(width) > MOST_COMPARED {
        return Vec::new();
    }
    let of = |a: usize, b: usize| score(stretch.old.start + a, stretch.new.start + b);
    let mut sums = vec![0_i64; (rows + 1) * width];
    let mut scores = vec![0_i64; rows * columns];
    for a in (0..rows).rev() {
        for b in (0..columns).rev() {
            let own = of(a, b);
            scores[a * columns + b] = own;
            let pair = if own > 0 { own + sums[(a + 1) * width + b + 1] } else { 0 };
            sums[a * width + b] = pair.max(sums[(a + 1) * width + b]).max(sums[a * width + b + 1]);
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < rows && b < columns {
        let own = scores[a * columns + b];
        if own > 0 && sums[a * width + b] == own + sums[(a + 1) * width + b + 1] {
            pairs.push(Meeting { old: stretch.old.start + a, new: stretch.new.start + b });
            (a, b) = (a + 1, b + 1);
        } else if sums[(a + 1) * width + b] >= sums[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::segments::cut;
    use super::*;

    fn told(pairs: &[Option<Aligned>]) -> String {
        let told = |pair: &Option<Aligned>| match pair {
            None => "-".to_owned(),
            Some(Aligned { at, is_sure }) => format!("{at}{}", if *is_sure { "" } else { "?" }),
        };
        pairs.iter().map(told).collect::<Vec<_>>().join(" ")
    }

    fn past(old: &str, new: &str) -> String {
        told(&with_past(TwoTexts { old: &cut(old, 0), new: &cut(new, 0) }))
    }

    fn translated(old: &str, new: &str) -> String {
        told(&with_translation(TwoTexts { old: &cut(old, 0), new: &cut(new, 0) }))
    }

    #[test]
    fn a_text_knows_its_blocks_again_changed_moved_or_new() {
        let old = "# A\n\nOne of all the things.\n\nTwo.\n\n- a\n";
        assert_eq!(past(old, old), "0 1 2 3");
        assert_eq!(past(old, "# A\n\nOne of the things.\n\nNew here.\n\nTwo.\n\n- a\n"), "0 1? - 2 3");
        assert_eq!(past(old, "# A\n\nTwo.\n\nOne of all the things.\n"), "0 2 1");
    }

    #[test]
    fn a_translation_is_surely_a_pair_where_it_is_built_alike() {
        assert_eq!(translated("# A\n\nB.\n\n***\n\n- c\n", "# Ä\n\n***\n\nBe.\n\n* ce\n"), "0 2 - 3");
        let original = "# A\n\nB.\n\n- c\n- d\n\n## E\n\nF.\n\n***\n\nG.\n";
        assert_eq!(translated(original, "# A\n\nBe.\n\n- ce\n\n## E\n\nEf.\n\n***\n\nGe.\n"), "0 1 2? - 3 4 5 6");
        assert_eq!(translated(original, "# A\n\nBe.\n"), "0? 1? - - - - - -");
    }
}
