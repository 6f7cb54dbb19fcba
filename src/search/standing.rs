//! How a word stands in a section, as far as ranking asks: as one number in the index.

/// How a word stands in one section.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EntryStanding {
    /// How many words its title or heading has besides function words, if it stands there: the shortest of the names that it has.
    pub title: u8,
    /// Whether it is among the tags, in the description, in the address.
    pub tag: bool,
    pub description: bool,
    pub address: bool,
    /// How often it stands in the text; 4 is often.
    pub times: u8,
}

impl EntryStanding {
    /// It as one number.
    pub(super) fn value(self, section: u64) -> u64 {
        if section == 0 {
            let flags = [self.tag, self.description, self.address];
            let flags = flags.iter().rev().fold(0, |sum, &flag| 2 * sum + u64::from(flag));
            return flags * 16 + u64::from(self.title);
        }
        u64::from(self.title) + 8 * [0, 1, 2, 2, 3][usize::from(self.times.min(4))]
    }
}
