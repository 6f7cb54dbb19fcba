//! A site before and after a move: which thing is which, and which references lead elsewhere than they did.

use std::collections::HashMap;

use super::paths::PathMoves;
use super::things::{Thing, ThingOf, Things};
use crate::page::LinkKind;
use crate::site::{Library, PageId, Place, Problem, Resolution};
use crate::source::{SourcePath, Span};

/// A heading that has another id after a move, or stands on another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadingMove {
    /// The page that it stood on.
    pub from: SourcePath,
    /// The page that it stands on.
    pub to: SourcePath,
    /// The id that it had.
    pub old: String,
    /// The id that it has.
    pub new: String,
}

/// A text that stands on another page after a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextMove {
    /// The page that it stood on.
    pub from: SourcePath,
    /// The page that it stands on.
    pub to: SourcePath,
    /// Where it stands there.
    pub span: Span,
}

/// A tag that is called otherwise after a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagMove {
    /// The label that it had.
    pub old: String,
    /// The label that it has.
    pub new: String,
}

/// A move, and the site on both sides of it: afterwards without what the move rewrites.
#[derive(Clone, Copy)]
pub struct Move<'a> {
    /// The site before.
    pub before: &'a Library,
    /// The site after.
    pub after: &'a Library,
    /// Which files lie elsewhere.
    pub paths: &'a PathMoves,
    /// The headings that have another id, or another page.
    pub headings: &'a [HeadingMove],
    /// The text that stands on another page.
    pub text: Option<&'a TextMove>,
    /// The tag that is called otherwise.
    pub tag: Option<&'a TagMove>,
    /// Whether the move was made before and people have written since: then what leads anywhere is as it is meant.
    pub was_made: bool,
}

/// The two sides of a move, ready to be asked.
pub(super) struct MovedSite<'a> {
    pub(super) of: Move<'a>,
    pub(super) before: Things<'a>,
    pub(super) after: Things<'a>,
    /// For each edition afterwards, the one that it was.
    editions: Vec<usize>,
    /// Tags by edition and key that are called otherwise, with the key that they have afterwards.
    tags: HashMap<ThingOf, ThingOf>,
}

/// Where a reference stands: on a page of an edition, or beside all pages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat {
    /// The edition, as it is afterwards.
    pub(super) edition: usize,
    pub(super) page: Option<SeatOnPage>,
}

/// A page on both sides.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeatOnPage {
    pub(super) before: PageId,
    pub(super) after: PageId,
}

/// A reference that leads elsewhere than it should.
#[derive(Clone, Debug)]
pub(super) struct Strayed {
    /// What it led to.
    pub(super) was: ThingOf,
    /// What it is to lead to.
    pub(super) is: ThingOf,
    /// The fragment that it is to have, where that is another.
    pub(super) fragment: Option<String>,
}

impl<'a> MovedSite<'a> {
    pub(super) fn of(of: Move<'a>) -> Self {
        let (before, after) = (Things::of(of.before), Things::of(of.after));
        let code = |things: &Things<'a>, at: usize| {
            things.edition(at).language.as_ref().map(|language| language.code.to_lowercase())
        };
        let was = |at: usize| {
            let same = (0..before.editions().len()).find(|&other| code(&before, other) == code(&after, at));
            same.unwrap_or(if at < before.editions().len() { at } else { 0 })
        };
        let editions: Vec<usize> = (0..after.editions().len()).map(was).collect();
        let mut tags = HashMap::new();
        for (at, &was) in editions.iter().enumerate() {
            let Some(tag) = of.tag else { break };
            let key = |things: &Things<'a>, at: usize, label: &str| {
                Some(ThingOf { edition: at, thing: Thing::Tag(things.edition(at).tag(label)?.key.clone()) })
            };
            if let (Some(old), Some(new)) = (key(&before, was, &tag.old), key(&after, at, &tag.new)) {
                tags.insert(old, new);
            }
        }
        Self { of, before, after, editions, tags }
    }

    /// The edition that one was before.
    pub(super) fn was(&self, edition: usize) -> usize {
        self.editions[edition]
    }

    /// The seat of a page that lies at a file afterwards, and was there before.
    pub(super) fn seat(&self, edition: usize, after: PageId) -> Option<Seat> {
        let file = &self.after.edition(edition).pages[after].page.path;
        let before = self.before.page(self.was(edition), self.of.paths.before(file))?;
        Some(Seat { edition, page: Some(SeatOnPage { before, after }) })
    }

    /// The seat of something that stands at a place of a page: what came there with a text had another page around it.
    pub(super) fn seat_at(&self, seat: Seat, page: &SourcePath, at: usize) -> Seat {
        let text = self.of.text.filter(|text| text.to == *page && (text.span.start..text.span.end).contains(&at));
        let from = text.and_then(|text| self.before.page(self.was(seat.edition), &text.from));
        let page = seat.page.map(|page| SeatOnPage { before: from.unwrap_or(page.before), ..page });
        Seat { page, ..seat }
    }

    /// What became of a thing.
    pub(super) fn now(&self, was: &ThingOf) -> ThingOf {
        let file = |path: &SourcePath| self.of.paths.after(path).clone();
        if let Some(tag) = self.tags.get(was) {
            return tag.clone();
        }
        let edition = self.editions.iter().position(|before| *before == was.edition).unwrap_or(was.edition);
        ThingOf { edition, thing: thing_now(&was.thing, &file) }
    }

    pub(super) fn resolve_before(&self, seat: &Seat, target: &str, kind: LinkKind) -> Resolution {
        let site = self.before.edition(self.was(seat.edition));
        match seat.page {
            Some(page) => site.resolve_from(page.before, target, kind),
            None => site.resolve_from_root(target, kind),
        }
    }

    pub(super) fn resolve_after(&self, seat: &Seat, target: &str, kind: LinkKind) -> Resolution {
        let site = self.after.edition(seat.edition);
        match seat.page {
            Some(page) => site.resolve_from(page.after, target, kind),
            None => site.resolve_from_root(target, kind),
        }
    }

    /// What a resolved reference led to before.
    pub(super) fn thing_before(&self, seat: &Seat, resolution: &Resolution) -> Option<ThingOf> {
        thing(&self.before, self.was(seat.edition), seat.page.map(|page| page.before), resolution)
    }

    /// What a resolved reference leads to afterwards.
    pub(super) fn thing_after(&self, seat: &Seat, resolution: &Resolution) -> Option<ThingOf> {
        thing(&self.after, seat.edition, seat.page.map(|page| page.after), resolution)
    }

    /// What a reference is to lead to that leads elsewhere as it is written.
    pub(super) fn strayed(&self, seat: &Seat, target: &str, kind: LinkKind) -> Option<Strayed> {
        let led = self.resolve_before(seat, target, kind);
        let was = self.thing_before(seat, &led)?;
        let (is, fragment) = self.place_now(self.now(&was), &led.fragment);
        let leads = self.resolve_after(seat, target, kind);
        let arrives = self.thing_after(seat, &leads).is_some_and(|there| there == is)
            && fragment.is_none()
            && !loses_its_case(&led, &leads);
        let is_alive = leads.place != Place::Nowhere && !matches!(leads.problem, Some(Problem::NoHeading(_)));
        if arrives || (self.of.was_made && is_alive) || self.after.address(&is).is_none() {
            return None;
        }
        Some(Strayed { was, is, fragment })
    }

    /// Where a place of something is afterwards, and its fragment if that is another.
    fn place_now(&self, on: ThingOf, fragment: &str) -> (ThingOf, Option<String>) {
        match self.heading(&on, fragment) {
            Some(HeadingMove { to, new, .. }) => {
                (ThingOf { thing: Thing::Page(to.clone()), ..on }, (new != fragment).then(|| new.clone()))
            }
            None => (on, None),
        }
    }

    /// What becomes of a heading, if something does.
    pub(super) fn heading(&self, on: &ThingOf, id: &str) -> Option<&HeadingMove> {
        let Thing::Page(page) = &on.thing else { return None };
        self.of.headings.iter().find(|heading| heading.from == *page && heading.old == id)
    }
}

/// Whether a reference still arrives after a move, but is no longer written in the case of what it leads to.
pub(super) fn loses_its_case(before: &Resolution, after: &Resolution) -> bool {
    let is_in_another = |resolution: &Resolution| matches!(resolution.problem, Some(Problem::Case(_)));
    is_in_another(after) && !is_in_another(before)
}

fn thing_now(was: &Thing, file: &dyn Fn(&SourcePath) -> SourcePath) -> Thing {
    match was {
        Thing::Page(path) => Thing::Page(file(path)),
        Thing::File(path) => Thing::File(file(path)),
        Thing::Index(path) => Thing::Index(file(path)),
        Thing::LongPage(Some(of)) => Thing::LongPage(Some(Box::new(thing_now(of, file)))),
        Thing::LongPage(None) | Thing::Tag(_) | Thing::Other(_) => was.clone(),
    }
}

fn thing(things: &Things<'_>, edition: usize, page: Option<PageId>, resolution: &Resolution) -> Option<ThingOf> {
    let of_page = |id: PageId| {
        let thing = Thing::Page(things.edition(edition).pages[id].page.path.clone());
        Some(ThingOf { edition, thing })
    };
    match &resolution.place {
        Place::Elsewhere | Place::Nowhere => None,
        Place::Here => of_page(page?),
        Place::Page(id) => of_page(*id),
        Place::Route(route) | Place::File(route) => things.at(edition, route),
        Place::Draft => things.at(edition, resolution.address.split('#').next().unwrap_or_default()),
    }
}
