//! How a word stands in a section, as far as ranking asks: as one number in the index.

/// How a word stands in one section.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EntryStanding {
    /// How many words its title or heading has besides function words, if it stands there: the shortest of the names that it has.
    pub title: u8,
    /// Whether it is among the tags, in the description, in the address, or in what other pages say of the page.
    pub tag: bool,
    pub description: bool,
    pub address: bool,
    pub called: bool,
    /// How often it stands in the text; above that is often.
    pub times: u8,
}

/// The longest title, and the longest heading, that are told from longer ones.
pub(super) const TITLE: usize = 15;
pub(super) const HEADING: usize = 3;
/// So often a word is counted.
const TIMES: u8 = 31;
/// A section and a page of usual length, in words.
const SECTION: f32 = 150.;
const PAGE: f32 = 700.;
/// Below so many words no page is about what it says for being short.
const STUB: f32 = 100.;
/// From where on what a word tells of a text is of the next grade: each tells about half as much again as the one before
/// (`grades` in `templates/search/ranking.js`).
const GRADES: [f32; 6] = [0.19, 0.32, 0.49, 0.74, 1.12, 1.76];

impl EntryStanding {
    /// It as one number, in which a section's length does not count yet.
    pub(super) fn counted(self, section: u64) -> u8 {
        if section == 0 {
            let flags = [self.tag, self.description, self.address, self.called];
            let flags = flags.iter().rev().fold(0, |sum, &flag| 2 * sum + u8::from(flag));
            return flags * 16 + self.title;
        }
        self.title << 5 | self.times.min(TIMES)
    }
}

/// The number of a place in the index: of a section's, whether its heading has the word, and how much of the text is that
/// word.
pub(super) fn value(counted: u8, section: u32, often: OftenFrom) -> usize {
    if section == 0 {
        return counted.into();
    }
    usize::from(counted >> 5) + (HEADING + 1) * often.grade(counted & TIMES)
}

/// From how many times on a word in a section is of each grade but the first: found once for each section, since all of
/// its words are asked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OftenFrom([u8; GRADES.len()]);

impl OftenFrom {
    /// Of a section of `length` words on a page of `whole`: how much of the section a word is, after BM25, and less on a
    /// long page. Among its many words almost any query finds something.
    pub(super) fn of(length: u32, whole: u32) -> Self {
        let [length, whole] = [length, whole].map(|number| number as f32);
        let long = 0.4 + 0.3 * length / SECTION + 0.3 * whole / PAGE;
        let among = 0.3 + 0.7 * (1. + whole.max(STUB) / 160.).ln() / 6_f32.ln();
        let share = |times: u8| 2.2 * f32::from(times) / (f32::from(times) + 1.2 * long) / among;
        Self(GRADES.map(|from| (1..=TIMES).find(|&times| share(times) >= from).unwrap_or(u8::MAX)))
    }

    /// 0 for a word that doesn't stand there.
    fn grade(self, times: u8) -> usize {
        usize::from(times > 0) + self.0.iter().filter(|&&from| times >= from).count()
    }
}

/// Whether a word stands, by such a number, in a title, a heading, a tag or an address: a description is often the
/// beginning of the text.
pub(super) fn leads(counted: u8, section: u32) -> bool {
    if section == 0 { counted & 0b101_1111 > 0 } else { counted >> 5 > 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_tells_more_of_a_short_text_than_of_a_long_one() {
        assert_eq!(OftenFrom::of(10, 10).grade(0), 0);
        assert_eq!(OftenFrom::of(5_000, 20_000).grade(1), 1);
        assert_eq!(OftenFrom::of(20, 5_000).grade(1), 3);
        assert_eq!(OftenFrom::of(20, 50).grade(1), 7);
        let counted = EntryStanding { title: HEADING as u8, times: 255, ..EntryStanding::default() }.counted(1);
        assert!(value(counted, 1, OftenFrom::of(100, 100)) < 32, "a place takes one digit");
    }
}
