//! Footnotes: numbered as they are first referred to, each with the ways back. Knows nothing of what stands in them.

use std::fmt::Write;

/// The footnotes of a page that were referred to.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The number that readers see, by the number in the body.
    numbers: Vec<Option<usize>>,
    /// In the order in which they are referred to.
    order: Vec<Referred>,
}

/// A footnote that was referred to.
#[derive(Clone, Copy)]
pub(super) struct Referred {
    /// Its number in the body.
    pub(super) number: usize,
    times: usize,
}

impl Footnotes {
    /// So many footnotes, none of them referred to.
    pub(super) fn new(count: usize) -> Self {
        Self { numbers: vec![None; count], order: Vec::new() }
    }

    /// How many there are, referred to or not.
    pub(super) fn count(&self) -> usize {
        self.numbers.len()
    }

    /// The footnote that comes at a place, if so many are referred to.
    pub(super) fn at(&self, place: usize) -> Option<Referred> {
        self.order.get(place).copied()
    }

    /// Refers to a footnote; tells the id of this place.
    pub(super) fn refer(&mut self, number: usize, html: &mut String) -> String {
        let seen = *self.numbers[number].get_or_insert_with(|| {
            self.order.push(Referred { number, times: 0 });
            self.order.len()
        });
        let referred = &mut self.order[seen - 1];
        referred.times += 1;
        let id = id_of(seen, referred.times);
        let _ = write!(
            html,
            "<sup class=\"footnote-ref\"><a href=\"#fn-{seen}\" id=\"{id}\" role=\"doc-noteref\">{seen}</a></sup>"
        );
        id
    }

    /// Writes the ways back from the footnote at a place.
    pub(super) fn push_ways_back(&self, place: usize, html: &mut String) {
        for time in 1..=self.order[place].times {
            let id = id_of(place + 1, time);
            let _ = write!(html, " <a href=\"#{id}\" class=\"footnote-backref\" role=\"doc-backlink\">↩</a>");
        }
    }
}

/// The id of a reference to a footnote, by the number that readers see.
fn id_of(seen: usize, time: usize) -> String {
    if time == 1 { format!("fnref-{seen}") } else { format!("fnref-{seen}-{time}") }
}
