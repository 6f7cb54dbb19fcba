//! How the entries of a site are cut: into runs, whose words are found together, and into the parts of
//! what results show. It follows from the pages' paths and sizes alone.
//!
//! An entry's number says where it is shown: part `number / SHOWN`, place `number % SHOWN`. A run
//! begins a part, so that within it numbers follow from its own entries; where a run ends follows from
//! a path, so that a page more or less changes one run.

use std::ops::Range;

use super::entry::Entry;
use crate::page::{Page, Piece};
use crate::site::Edition;
use crate::store;

/// So many entries stand in one part of what results show, at most.
pub(super) const SHOWN: usize = 4;
/// How much HTML stands behind such a part, unless one page has more.
const TEXT: usize = 16_000;
/// One in so many pages ends a run.
const USUAL_RUN: u32 = 32;
const LONGEST_RUN: usize = 64;

/// The cuts.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// All runs, in order.
    pub runs: Vec<Extent>,
    /// The entries of each part of what results show.
    pub parts: Vec<Range<usize>>,
}

/// Where a run begins and ends.
#[derive(Debug)]
pub(super) struct Extent {
    /// Its entries.
    pub entries: Range<usize>,
    /// Its first part, of what results show.
    pub part: usize,
}

impl Shape {
    /// The cuts of a site's entries.
    pub(super) fn of(site: &Edition, entries: &[Entry]) -> Self {
        let mut shape = Self::default();
        let mut filled = 0;
        let (mut run, mut part) = (0, 0);
        for (at, entry) in entries.iter().enumerate() {
            let size = size(site, *entry);
            if at > part && (at - part == SHOWN || filled + size > TEXT) {
                shape.parts.push(part..at);
                (part, filled) = (at, 0);
            }
            filled += size;
            if entries.get(at + 1).is_none_or(|next| ends_run(site, *entry, *next, at + 1 - run)) {
                shape.parts.push(part..at + 1);
                let before = shape.runs.last().map_or(0, |extent| extent.part + shape.parts_of(extent));
                shape.runs.push(Extent { entries: run..at + 1, part: before });
                (run, part, filled) = (at + 1, at + 1, 0);
            }
        }
        shape
    }

    fn parts_of(&self, extent: &Extent) -> usize {
        let parts = &self.parts[extent.part..];
        parts.iter().take_while(|part| part.end <= extent.entries.end).count()
    }

    /// The number of the entry with which a run begins.
    pub(super) fn base(&self, run: usize) -> usize {
        self.runs[run].part * SHOWN
    }

    /// The entries of a run, each with its number in the run.
    pub(super) fn numbered(&self, run: usize) -> impl Iterator<Item = (usize, usize)> {
        let extent = &self.runs[run];
        let parts = self.parts[extent.part..].iter().take_while(|part| part.end <= extent.entries.end);
        parts
            .enumerate()
            .flat_map(|(at, part)| part.clone().enumerate().map(move |(in_part, entry)| (at * SHOWN + in_part, entry)))
    }

    /// One more than the last number.
    pub(super) fn numbers(&self) -> usize {
        self.parts.len() * SHOWN
    }
}

fn ends_run(site: &Edition, entry: Entry, next: Entry, length: usize) -> bool {
    match (entry, next) {
        (Entry::Page(id), Entry::Page(_)) => {
            length >= LONGEST_RUN || store::ends_run(site.pages[id].page.path.as_str(), USUAL_RUN)
        }
        (Entry::Index(_), Entry::Index(_)) | (Entry::Tag(_), Entry::Tag(_)) => length >= LONGEST_RUN,
        _ => true,
    }
}

/// About how much a result may show of an entry.
fn size(site: &Edition, entry: Entry) -> usize {
    match entry {
        Entry::Page(id) => length(&site.pages[id].page, &site.pages[id].page.body),
        _ => 0,
    }
}

fn length(page: &Page, pieces: &[Piece]) -> usize {
    let of_tag = |write: &dyn Fn(&mut String)| {
        let mut tag = String::new();
        write(&mut tag);
        tag.len()
    };
    let of = |piece: &Piece| match piece {
        Piece::Html(html) => html.len(),
        Piece::Heading(at) => of_tag(&|tag| page.headings[*at].push_opening(tag)),
        Piece::HeadingEnd(at) => of_tag(&|tag| page.headings[*at].push_closing(tag)),
        Piece::Component { body, .. } => length(page, body),
        _ => 0,
    };
    pieces.iter().map(of).sum()
}
