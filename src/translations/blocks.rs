//! Texts in blocks (paragraphs, headings, items, rows, code), and which blocks differ between two of them. From that
//! follows whether a translation changed where its original did.

use std::collections::{BTreeSet, HashMap};

/// Longer texts than that are not compared block by block, or line by line: they differ as a whole.
const MOST_COMPARED: usize = 16_000_000;

/// A text in blocks.
#[derive(Debug, Default)]
pub(super) struct TextBlocks<'a> {
    blocks: Vec<String>,
    /// For each block, how many headings stand before or in it.
    sections: Vec<usize>,
    open: Vec<&'a str>,
    fence: Option<&'a str>,
}

/// Where a text changed, by the places of the blocks that it had before.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ChangedPlaces {
    /// Blocks that are gone or read otherwise.
    blocks: BTreeSet<usize>,
    /// Those among them that differ slightly.
    slight: BTreeSet<usize>,
    /// Blocks before which others were put.
    gaps: BTreeSet<usize>,
}

impl<'a> TextBlocks<'a> {
    /// Takes a text apart. The front matter is one block.
    pub(super) fn of(text: &'a str) -> Self {
        let mut blocks = Self::default();
        let mut lines = text.lines().map(str::trim_end).peekable();
        if lines.peek() == Some(&"---") {
            blocks.open.extend(lines.next());
            for line in lines.by_ref() {
                blocks.open.push(line);
                if line == "---" {
                    break;
                }
            }
            blocks.close();
        }
        lines.for_each(|line| blocks.push(line));
        blocks.close();
        blocks
    }

    fn push(&mut self, line: &'a str) {
        let bare = line.trim_start();
        if let Some(fence) = self.fence {
            self.open.push(line);
            if bare.starts_with(fence) {
                self.fence = None;
                self.close();
            }
            return;
        }
        if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| bare.starts_with(fence)) {
            self.close();
            self.fence = Some(fence);
            self.open.push(line);
        } else if bare.is_empty() {
            self.close();
        } else if is_heading(bare) {
            self.close();
            self.open.push(line);
            self.close();
        } else {
            if is_item(bare) || bare.starts_with('|') {
                self.close();
            }
            self.open.push(line);
        }
    }

    fn close(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let headings = self.sections.last().copied().unwrap_or_default();
        let opens = self.open.len() == 1 && self.open.iter().all(|line| is_heading(line.trim_start()));
        self.sections.push(headings + usize::from(opens));
        self.blocks.push(self.open.join("\n"));
        self.open.clear();
    }

    fn headings(&self) -> usize {
        self.sections.last().copied().unwrap_or_default()
    }

    fn section(&self, place: usize) -> usize {
        self.sections.get(place).copied().unwrap_or_else(|| self.headings())
    }

    /// Where another text differs from it.
    pub(super) fn changed_into(&self, other: &Self) -> ChangedPlaces {
        let mut changed = ChangedPlaces::default();
        let mut at = Meeting::default();
        let end = Meeting { old: self.blocks.len(), new: other.blocks.len() };
        for next in common(&self.blocks, &other.blocks).into_iter().chain([end]) {
            let (old, new) = (&self.blocks[at.old..next.old], &other.blocks[at.new..next.new]);
            changed.slight.extend(slightly_different(old, new).into_iter().map(|place| at.old + place));
            changed.blocks.extend(at.old..next.old);
            if at.old == next.old && at.new < next.new {
                changed.gaps.insert(at.old);
            }
            at = Meeting { old: next.old + 1, new: next.new + 1 };
        }
        changed
    }
}

fn is_heading(line: &str) -> bool {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    (1..=6).contains(&level) && line[level..].starts_with(' ')
}

fn is_item(line: &str) -> bool {
    let marked = ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark));
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    marked || (digits > 0 && [". ", ") "].iter().any(|mark| line[digits..].starts_with(mark)))
}

/// What a translation and its original were, and where each has changed since.
pub(super) struct ChangedBoth<'a> {
    /// The original as it was.
    pub(super) original: &'a TextBlocks<'a>,
    /// Where it has changed.
    pub(super) in_original: &'a ChangedPlaces,
    /// The translation as it was.
    pub(super) translation: &'a TextBlocks<'a>,
    /// Where it has changed.
    pub(super) in_translation: &'a ChangedPlaces,
}

impl ChangedBoth<'_> {
    /// Whether the translation changed in half of the places at least in which the original did. Slight differences
    /// don't count: mostly nothing is to be done for them, and whoever changed the translation since was there.
    ///
    /// A place is the same block where both have as many blocks; else the same section where both have as many
    /// headings; else nobody knows where it is, and only how much changed is compared.
    pub(super) fn is_taken_over(&self) -> bool {
        let from = self.in_original.without_slight();
        2 * self.taken_over(&from) >= from.len()
    }

    fn taken_over(&self, from: &ChangedPlaces) -> usize {
        let into = self.in_translation;
        if self.original.blocks.len() == self.translation.blocks.len() {
            let of_block = |at: &&usize| into.touches_block(**at);
            let of_gap = |at: &&usize| into.touches_gap(**at);
            return from.blocks.iter().filter(of_block).count() + from.gaps.iter().filter(of_gap).count();
        }
        if self.original.headings() == self.translation.headings() {
            let touched: BTreeSet<usize> = into.sections(self.translation).collect();
            return from.sections(self.original).filter(|section| touched.contains(section)).count();
        }
        into.len().min(from.len())
    }
}

impl ChangedPlaces {
    fn len(&self) -> usize {
        self.blocks.len() + self.gaps.len()
    }

    fn without_slight(&self) -> Self {
        let blocks = self.blocks.difference(&self.slight).copied().collect();
        Self { blocks, slight: BTreeSet::new(), gaps: self.gaps.clone() }
    }

    fn touches_block(&self, at: usize) -> bool {
        self.blocks.contains(&at) || self.gaps.contains(&at) || self.gaps.contains(&(at + 1))
    }

    fn touches_gap(&self, at: usize) -> bool {
        let before = at.checked_sub(1).is_some_and(|before| self.blocks.contains(&before));
        self.gaps.contains(&at) || self.blocks.contains(&at) || before
    }

    /// The section of each place. What is put before a heading belongs to what stands above it.
    fn sections<'a>(&'a self, of: &'a TextBlocks<'_>) -> impl Iterator<Item = usize> + 'a {
        let above = |gap: &usize| gap.checked_sub(1).map_or(0, |before| of.section(before));
        self.blocks.iter().map(|at| of.section(*at)).chain(self.gaps.iter().map(above))
    }
}

/// How many letters may differ where blocks differ slightly.
const SLIGHT: usize = 3;

/// The places of blocks that differ slightly from those that came instead: by up to three letters, and else in signs,
/// capitals and spaces only. A number that differs is never slight.
fn slightly_different(old: &[String], new: &[String]) -> Vec<usize> {
    if old.len() == new.len() {
        let is_slight = |at: &usize| differs_slightly(&old[*at], &new[*at]);
        return (0..old.len()).filter(is_slight).collect();
    }
    // Blocks may have been joined or parted.
    let is_slight = !old.is_empty() && !new.is_empty() && differs_slightly(&old.concat(), &new.concat());
    if is_slight { (0..old.len()).collect() } else { Vec::new() }
}

fn differs_slightly(old: &str, new: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let numbers = |text: &str| -> String { text.chars().filter(|c| c.is_numeric()).collect() };
    numbers(old) == numbers(new) && are_near(&letters(old), &letters(new))
}

/// Whether so few letters are taken out and put in: by how far one gets with each number of them (Myers).
fn are_near(old: &[char], new: &[char]) -> bool {
    let run = |mut a: usize, mut b: usize| {
        while a < old.len() && b < new.len() && old[a] == new[b] {
            (a, b) = (a + 1, b + 1);
        }
        Meeting { old: a, new: b }
    };
    let mut reached = vec![run(0, 0)];
    for _ in 0..SLIGHT {
        if reached.iter().any(|at| at.old == old.len() && at.new == new.len()) {
            return true;
        }
        let further = reached.iter().flat_map(|at| {
            let out = (at.old < old.len()).then(|| run(at.old + 1, at.new));
            let put_in = (at.new < new.len()).then(|| run(at.old, at.new + 1));
            out.into_iter().chain(put_in)
        });
        reached = further.collect();
    }
    reached.iter().any(|at| at.old == old.len() && at.new == new.len())
}

/// Two places, one in each text, that read the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) old: usize,
    pub(super) new: usize,
}

/// What two texts have in common, in order: as much as can be.
fn common<T: AsRef<str>>(old: &[T], new: &[T]) -> Vec<Meeting> {
    let same = |old: &T, new: &T| old.as_ref() == new.as_ref();
    let head = old.iter().zip(new).take_while(|(a, b)| same(a, b)).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let (old_rest, new_rest) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let mut meetings: Vec<Meeting> = (0..head).map(|at| Meeting { old: at, new: at }).collect();
    let between = common_between(&numbered(old_rest, new_rest));
    meetings.extend(between.into_iter().map(|at| Meeting { old: head + at.old, new: head + at.new }));
    meetings.extend((0..tail).rev().map(|at| Meeting { old: old.len() - 1 - at, new: new.len() - 1 - at }));
    meetings
}

/// Two texts as numbers, the same for the same line.
struct Numbered {
    old: Vec<usize>,
    new: Vec<usize>,
}

fn numbered<T: AsRef<str>>(old: &[T], new: &[T]) -> Numbered {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut number = |line: &T| {
        let next = numbers.len();
        *numbers.entry(line.as_ref().to_owned()).or_insert(next)
    };
    Numbered { old: old.iter().map(&mut number).collect(), new: new.iter().map(&mut number).collect() }
}

/// The longest common sequence, by the table of all beginnings.
fn common_between(texts: &Numbered) -> Vec<Meeting> {
    let Numbered { old, new } = texts;
    let width = new.len() + 1;
    let mut meetings = Vec::new();
    if old.is_empty() || new.is_empty() || (old.len() + 1).saturating_mul(width) > MOST_COMPARED {
        return meetings;
    }
    // How much the ends from a place on have in common.
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            longest[a * width + b] = if old[a] == new[b] {
                longest[(a + 1) * width + b + 1] + 1
            } else {
                longest[(a + 1) * width + b].max(longest[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < old.len() && b < new.len() {
        if old[a] == new[b] {
            meetings.push(Meeting { old: a, new: b });
            (a, b) = (a + 1, b + 1);
        } else if longest[(a + 1) * width + b] >= longest[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    meetings
}

/// How many lines differ between two texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineCounts {
    /// Lines that only the new text has.
    pub added: usize,
    /// Lines that only the old text had.
    pub removed: usize,
}

/// Counts the lines that differ.
pub(super) fn count_lines(old: &str, new: &str) -> LineCounts {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let kept = common(&old, &new).len();
    LineCounts { added: new.len() - kept, removed: old.len() - kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "---\ntitle: A\n---\n# A\n\nOne\nline more.\n\n- a\n- b\n\n```\nx\n\ny\n```\n## B\n\nTwo.\n";

    #[test]
    fn a_text_is_taken_apart_at_empty_lines_headings_items_and_code() {
        let blocks = TextBlocks::of(OLD);
        let expected =
            ["---\ntitle: A\n---", "# A", "One\nline more.", "- a", "- b", "```\nx\n\ny\n```", "## B", "Two."];
        assert_eq!(blocks.blocks, expected);
        assert_eq!(blocks.sections, [0, 1, 1, 1, 1, 1, 2, 2]);
    }

    fn changed(new: &str) -> ChangedPlaces {
        TextBlocks::of(OLD).changed_into(&TextBlocks::of(new))
    }

    #[test]
    fn what_changed_is_known_by_the_places_before() {
        assert_eq!(changed(OLD), ChangedPlaces::default());
        assert_eq!(changed(&OLD.replace("- a\n", "- c\n")).blocks, BTreeSet::from([3]));
        assert_eq!(changed(&OLD.replace("- a\n", "")).blocks, BTreeSet::from([3]));
        assert_eq!(changed(&OLD.replace("Two.", "Two.\n\nThree.")).gaps, BTreeSet::from([8]));
        assert_eq!(changed(&OLD.replace("x\n\ny", "x\n\nz")).blocks, BTreeSet::from([5]));
    }

    fn is_taken_over(original: [&str; 2], translation: [&str; 2]) -> bool {
        let [original, original_new] = original.map(TextBlocks::of);
        let [translation, translation_new] = translation.map(TextBlocks::of);
        let in_original = &original.changed_into(&original_new);
        let in_translation = &translation.changed_into(&translation_new);
        let (original, translation) = (&original, &translation);
        ChangedBoth { original, in_original, translation, in_translation }.is_taken_over()
    }

    #[test]
    fn what_changed_in_the_same_block_section_or_extent_is_taken_over() {
        let original = ["# A\n\nOne.\n\nTwo.\n\n## B\n\nThree.\n", "# A\n\nOne of them.\n\nTwo.\n\n## B\n\nThree.\n"];
        // As many blocks: the same block.
        let like = "# A\n\nEins.\n\nZwei.\n\n## B\n\nDrei.\n";
        assert!(is_taken_over(original, [like, &like.replace("Eins.", "Eins!")]));
        assert!(!is_taken_over(original, [like, &like.replace("Zwei.", "Zwo.")]));
        // As many headings: the same section.
        let unlike = "# A\n\nEins. Zwei.\n\n## B\n\nDrei.\n";
        assert!(is_taken_over(original, [unlike, &unlike.replace("Eins.", "Eins!")]));
        assert!(!is_taken_over(original, [unlike, &unlike.replace("Drei.", "Dr.")]));
        // Else as much.
        assert!(is_taken_over(original, ["Eins.\n", "Eins!\n"]));
        let more = ["One.\n\nTwo.\n\nThree.\n", "One of them.\n\nTwo of them.\n\nThree of them.\n"];
        assert!(!is_taken_over(more, ["# E\n\nE.\n", "# E\n\nE!\n"]));
    }

    #[test]
    fn slight_differences_are_taken_over_by_whoever_was_there() {
        let slight = |old: &str, new: &str| {
            assert_eq!(differs_slightly(old, new), differs_slightly(new, old), "{old}");
            differs_slightly(old, new)
        };
        assert!(slight("A typing eror, here", "A typing error - here"));
        assert!(slight("One/two", "one and two"));
        assert!(slight("", "abc") && !slight("", "abcd"));
        assert!(!slight("Ask two people.", "Ask three people."));
        assert!(!slight("Ask 2 people.", "Ask 3 people."));
        let original = ["A.\n\nB.\n\nSome eror.\n", "A.\n\nB.\n\nSome error.\n"];
        assert!(is_taken_over(original, ["a.\n\nb.\n\nc.\n", "a!\n\nb.\n\nc.\n"]));
    }

    #[test]
    fn half_of_the_places_are_enough() {
        let original = ["A.\n\nB.\n\nC.\n", "A, and more.\n\nB, and more.\n\nC.\n\nD.\n"];
        assert!(is_taken_over(original, ["a.\n\nb.\n\nc.\n", "a!\n\nb.\n\nc.\n\nd.\n"]));
        assert!(!is_taken_over(original, ["a.\n\nb.\n\nc.\n", "a!\n\nb.\n\nc.\n"]));
    }

    #[test]
    fn lines_are_counted_that_only_one_text_has() {
        let counts = |old: &str, new: &str| {
            let LineCounts { added, removed } = count_lines(old, new);
            (added, removed)
        };
        assert_eq!(counts("a\nb\nc\n", "a\nB\nc\nd\n"), (2, 1));
        assert_eq!(counts("a\r\nb\r\n", "a\nb\n"), (0, 0));
        assert_eq!(counts("a\nb\nc\nd\n", "c\nd\na\nb\n"), (2, 2));
    }
}
