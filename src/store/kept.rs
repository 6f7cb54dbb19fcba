//! The table of all that is kept between runs. A kind can be made nowhere else, so whatever lies in a cache stands
//! here: what it is, under which name, how it is written, and how much of it there may be.

/// One kind of thing that is kept.
#[derive(Debug)]
pub struct Kind {
    /// The name of its file or folder, without an extension.
    pub(super) name: &'static str,
    /// How it is written; another number, another way. What else all of a kind depends on (the program, the
    /// grammars, how pictures are made smaller), whoever opens it says.
    pub(super) version: u32,
    /// About how many bytes it takes up at most.
    pub(super) limit: u64,
}

impl Kind {
    /// What tells things of this kind from those that were written in another way, or by what makes others.
    pub(super) fn version(&self, made_by: &str) -> [u8; 32] {
        *blake3::hash(format!("{} {made_by}", self.version).as_bytes()).as_bytes()
    }
}

const MB: u64 = 1 << 20;
const GB: u64 = 1 << 30;

/// Pages as parsed, some neighbours in one file, by their paths and texts (`session/parsed.rs`). A build allows them
/// twice what its own pages take up.
pub const PAGES: Kind = Kind { name: "pages", version: 5, limit: u64::MAX };

/// Which stretches of a code block have which colour, by its language and text (`highlight.rs`): the blocks of some
/// hundred thousand pages.
pub const HIGHLIGHT: Kind = Kind { name: "highlight", version: 1, limit: 64 * MB };

/// The words of neighbouring pages with their places, by what the pages say (`search/kept.rs`): those of some ten
/// thousand pages. A build allows them twice what its own take up.
pub const SEARCH: Kind = Kind { name: "search", version: 4, limit: 256 * MB };

/// What the files of a published site were made from, by the site's folder (`write/record.rs`): the files of some
/// hundred thousand pages, twice.
pub const PUBLISHED: Kind = Kind { name: "published", version: 2, limit: 256 * MB };

/// Pictures made smaller, by the original's digest, width and quality (`picture/`): those of some ten thousand
/// originals.
pub const PICTURES: Kind = Kind { name: "pictures", version: 1, limit: 2 * GB };

/// Cards drawn, by what is written on them (`picture/card/`): those of some hundred thousand pages.
pub const CARDS: Kind = Kind { name: "cards", version: 1, limit: GB };

/// What other sites answered when a link to them was tried, by address (`external/`). Answers grow old by
/// themselves.
pub const EXTERNAL_LINKS: Kind = Kind { name: "external-links", version: 1, limit: u64::MAX };

/// All of them.
pub const ALL: &[&Kind] = &[&PAGES, &HIGHLIGHT, &SEARCH, &PUBLISHED, &PICTURES, &CARDS, &EXTERNAL_LINKS];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_kinds_share_a_place() {
        let mut names: Vec<&str> = ALL.iter().map(|kind| kind.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
        // Each of the table's constants is in the list.
        assert_eq!(include_str!("kept.rs").matches("\npub const ").count(), ALL.len() + 1);
    }
}
