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
pub(super) const HEADING: usize = 5;
/// So often a word is counted.
const TIMES: u8 = 31;
/// A section and a page of usual length, in words.
const SECTION: f32 = 150.;
const PAGE: f32 = 700.;
/// From where on a word stands more than seldom, often, and very often: after BM25, which says how much of a text a word is.
const OFTEN: [f32; 3] = [0.6, 1., 1.45];

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
/// word. `length` is how many words the section has, `whole` how many the page.
pub(super) fn value(counted: u8, section: u32, length: u32, whole: u32) -> usize {
    if section == 0 {
        return counted.into();
    }
    usize::from(counted >> 5) + (HEADING + 1) * often(counted & TIMES, length, whole)
}

fn often(times: u8, length: u32, whole: u32) -> usize {
    if times == 0 {
        return 0;
    }
    let [times, length, whole] = [u32::from(times), length, whole].map(|number| number as f32);
    let long = 0.4 + 0.3 * length / SECTION + 0.3 * whole / PAGE;
    let share = 2.2 * times / (times + 1.2 * long);
    1 + OFTEN.iter().filter(|&&from| share >= from).count()
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
        assert_eq!(often(0, 10, 10), 0);
        assert_eq!(often(1, 500, 5_000), 1);
        assert_eq!(often(1, 20, 50), 3);
        assert_eq!(often(31, 20, 50), 4);
        let counted = EntryStanding { title: 5, times: 255, ..EntryStanding::default() }.counted(1);
        assert!(value(counted, 1, 100, 100) < 32, "a place takes one digit");
    }
}
