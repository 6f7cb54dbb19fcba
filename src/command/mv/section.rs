//! A heading that goes to another page with what stands below it: taken out there, put in here. Every id is kept, or told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail, ensure};

use super::asked::SectionAsked;
use super::sides::{
    Change, MovePlan, MoveSides, NO_PATHS, heading_of, page_of, published_of, require_no_conflict, shown,
};
use crate::diagnostic::Edit;
use crate::moving::{self, HeadingMove, PageSection, TextMove, Uncut};
use crate::page::Page;
use crate::session::{ReadProject, State};
use crate::site::{SiteAddresses, is_of_note};
use crate::source::{SourcePath, Span};

/// A section on its way.
struct MovedSection {
    from: PageSide,
    to: PageSide,
    section: PageSection,
    /// Where it comes to stand.
    place: usize,
}

/// A page on one side of the way, with the id that each of its headings is to have.
struct PageSide {
    path: SourcePath,
    page: Arc<Page>,
    ids: Vec<String>,
}

impl PageSide {
    fn of(state: &State, path: SourcePath) -> anyhow::Result<Self> {
        let page = page_of(state, &path)?;
        let ids = page.headings.iter().map(|heading| heading.id.clone()).collect();
        Ok(Self { path, page, ids })
    }

    /// The edits that write down the ids of some headings.
    fn with_ids(&self, headings: &BTreeSet<usize>) -> Option<Vec<Edit>> {
        headings.iter().map(|&heading| moving::with_id(&self.page, heading, &self.ids[heading])).collect()
    }

    fn has(&self, id: &str) -> bool {
        self.ids.iter().chain(&self.page.raw_ids).any(|known| known == id)
    }
}

/// Thinks through how a section goes to another page.
pub(super) fn with_section(read: &ReadProject, old: &State, asked: SectionAsked) -> anyhow::Result<MovePlan> {
    let moved = MovedSection::of(old, asked)?;
    let [from, to] = [&moved.from, &moved.to];
    let heading = moved.headings().next().map(|at| from.page.headings[at].id.as_str()).unwrap_or_default();
    let whole = || {
        let file = shown(old, &from.path);
        anyhow!(
            "`#{heading}` can't be taken out of `{file}` as a whole\n\
             help: move it by hand, and say in `addresses.lock` where `{file}#{heading}` leads"
        )
    };
    // Headings whose ids are written down, on both pages.
    let mut written = [BTreeSet::new(), BTreeSet::new()];
    for _ in 0..4 {
        let edits = from.with_ids(&written[0]).zip(to.with_ids(&written[1])).with_context(whole)?;
        let (texts, span) = moved.texts(&edits.0, &edits.1);
        let text = TextMove { from: from.path.clone(), to: to.path.clone(), span };
        let change = Change { texts, headings: moved.heading_moves(), text: Some(text), ..Change::default() };
        let mut sides = MoveSides::of(read, old.clone(), &NO_PATHS, change);
        let after = [page_of(&sides.new, &from.path)?, page_of(&sides.new, &to.path)?];
        let expected = moved.expected();
        ensure!(after.iter().zip(&expected).all(|(page, expected)| page.headings.len() == expected.len()), whole());
        let mut is_settled = true;
        for (page, expected) in after.iter().zip(&expected) {
            for (heading, &(side, at)) in page.headings.iter().zip(expected) {
                let wanted = &[from, to][side].ids[at];
                if heading.id != *wanted {
                    written[side].insert(at);
                    is_settled = false;
                }
            }
        }
        if is_settled {
            ensure!(moved.is_same_text(&after[0], &after[1], span), whole());
            moved.require_rest(old, heading, &after[0])?;
            sides.headings.extend(moved.other_ids(old, &sides.new)?);
            return sides.plan(false);
        }
    }
    Err(whole())
}

impl MovedSection {
    fn of(old: &State, asked: SectionAsked) -> anyhow::Result<Self> {
        let SectionAsked { from, heading, to, id, after } = asked;
        let [file, other] = [shown(old, &from), shown(old, &to)];
        require_no_conflict(old, [&from, &to].into_iter())?;
        let mut editions = old.library.editions();
        let own = |path: &SourcePath| page_of(old, path).is_ok();
        let holds = |path: &SourcePath, site: &crate::site::Edition| {
            site.pages.iter().any(|page| page.page.path == *path && page.borrowed.is_none())
        };
        let is_one = editions.any(|(_, site)| holds(&from, site) && holds(&to, site));
        ensure!(is_one || !own(&from) || !own(&to), "`{other}` is a page of another language than `{file}`");
        let (mut from, to) = (PageSide::of(old, from)?, PageSide::of(old, to)?);
        let at = heading_of(&from.page, &heading, &file)?;
        ensure!(
            from.page.meta.draft || !to.page.meta.draft,
            "`{other}` is a draft, and `#{heading}` would be published nowhere\nhelp: publish that page first"
        );
        let [one, another] = [&from.path, &to.path].map(|path| published_of(old, path).map(|page| &page.route));
        ensure!(one != another, "`{file}` and `{other}` want one address, and so have no headings of their own");
        let section = PageSection::of(&from.page, at).map_err(|why| match why {
            Uncut::Inside => {
                anyhow!(
                    "`#{heading}` stands in a box, a list or a quotation of `{file}`, and has no section of its own"
                )
            }
            Uncut::Defines(label) => anyhow!(
                "`[{label}]` is defined below `#{heading}`, and the rest of `{file}` needs it\n\
                 help: move the definition to the end of the page first"
            ),
        })?;
        if let Some(label) = section.clash(&from.page, &to.page) {
            bail!("`[{label}]` is defined on both pages\nhelp: call it otherwise on one of them first");
        }
        let behind = after.map(|after| heading_of(&to.page, &after, &other)).transpose()?;
        let place = moving::place_behind(&to.page, behind).with_context(|| {
            format!("nothing can stand behind that heading of `{other}`: it has no section of its own")
        })?;
        if let Some(id) = id {
            from.ids[at] = id;
        }
        if to.has(&from.ids[at]) {
            let id = &from.ids[at];
            bail!("`{other}` has a `#{id}` already\nhelp: give it another id, as in `{other}#{id}-2`");
        }
        let mut moved = Self { from, to, section, place };
        moved.give_ids(at);
        Ok(moved)
    }

    /// The headings that go, by their places on the page that they leave.
    fn headings(&self) -> impl Iterator<Item = usize> {
        let span = self.section.span;
        let headings = self.from.page.headings.iter().enumerate();
        headings
            .filter(move |(_, heading)| span.start <= heading.span.start && heading.span.start < span.end)
            .map(|(at, _)| at)
    }

    /// Headings below the first one keep their ids, unless the other page has them.
    fn give_ids(&mut self, first: usize) {
        let below: Vec<usize> = self.headings().filter(|at| *at != first).collect();
        let mut given = vec![self.from.ids[first].clone()];
        for at in below {
            let own = self.from.ids[at].clone();
            let numbered = (2..).map(|number| format!("{own}-{number}"));
            let mut ids = std::iter::once(own.clone()).chain(numbered);
            let id = ids.find(|id| !self.to.has(id) && !given.contains(id)).unwrap_or(own);
            given.push(id.clone());
            self.from.ids[at] = id;
        }
    }

    fn heading_moves(&self) -> Vec<HeadingMove> {
        let move_of = |at: usize| HeadingMove {
            from: self.from.path.clone(),
            to: self.to.path.clone(),
            old: self.from.page.headings[at].id.clone(),
            new: self.from.ids[at].clone(),
        };
        self.headings().map(move_of).collect()
    }

    /// Both texts as they are to be, and where the section stands then.
    fn texts(&self, of_from: &[Edit], of_to: &[Edit]) -> (BTreeMap<SourcePath, Arc<str>>, Span) {
        let (from, to) = (&self.from.page.text, &self.to.page.text);
        let (head, tail): (Vec<Edit>, Vec<Edit>) = of_to.iter().cloned().partition(|edit| edit.span.start < self.place);
        let back = |span: Span| Span::new(span.start - self.place, span.end - self.place);
        let tail: Vec<Edit> = tail.into_iter().map(|edit| Edit { span: back(edit.span), ..edit }).collect();
        let (head, tail) = (Edit::all_in(&to[..self.place], &head), Edit::all_in(&to[self.place..], &tail));
        let (new, span) = moving::put_in(&head, &self.section.text(from, of_from), &tail);
        let left = self.section.left(from, of_from);
        (BTreeMap::from([(self.from.path.clone(), left.into()), (self.to.path.clone(), new.into())]), span)
    }

    /// The headings that both pages are to have then: each by the side that it comes from and its place there.
    fn expected(&self) -> [Vec<(usize, usize)>; 2] {
        let going: Vec<usize> = self.headings().collect();
        let left = (0..self.from.ids.len()).filter(|at| !going.contains(at)).map(|at| (0, at));
        let is_before = |at: &usize| self.to.page.headings[*at].span.start < self.place;
        let (before, behind): (Vec<usize>, Vec<usize>) = (0..self.to.ids.len()).partition(is_before);
        let own = |at: usize| (1, at);
        let going = going.iter().map(|&at| (0, at));
        let there = before.into_iter().map(own).chain(going).chain(behind.into_iter().map(own));
        [left.collect(), there.collect()]
    }

    /// Whether all that came to the other page says there what it said, and all else what it said: as many components and
    /// pieces of code, and the same links.
    fn is_same_text(&self, left: &Page, there: &Page, span: Span) -> bool {
        let (moved, gone): (Vec<Span>, Vec<Span>) = (self.section.spans().collect(), self.section.gone().collect());
        said(&self.from.page, |at| holds(&moved, at)) == said(there, |at| holds(&[span], at))
            && said(&self.to.page, |_| true) == said(there, |at| !holds(&[span], at))
            && said(&self.from.page, |at| !holds(&gone, at)) == said(left, |_| true)
    }

    /// A page on which nothing would be left is no page, and its address would show that to whoever comes.
    fn require_rest(&self, old: &State, heading: &str, left: &Page) -> anyhow::Result<()> {
        let [file, other] = [&self.from, &self.to].map(|side| shown(old, &side.path));
        ensure!(
            !left.is_blank() || self.from.page.is_blank(),
            "`#{heading}` is all that stands in `{file}`, and an empty page would be left\n\
             help: `bokworm mv {file} FILE` moves the page itself; to take its text into `{other}`, move what stands below \
             `#{heading}`, heading by heading, or leave a sentence that says where to go on"
        );
        Ok(())
    }

    /// What else went along that people may have kept a link to: ids of raw HTML, and those that components make.
    fn other_ids(&self, old: &State, new: &State) -> anyhow::Result<Vec<HeadingMove>> {
        let [before, left] = [old, new].map(|state| ids_on(state, &self.from.path));
        let [others, there] = [old, new].map(|state| ids_on(state, &self.to.path));
        let headings: BTreeSet<&str> = self.from.page.headings.iter().map(|heading| heading.id.as_str()).collect();
        let is_gone = |id: &&String| !left.contains(id) && !headings.contains(id.as_str()) && !is_of_note(id);
        let mut moves = Vec::new();
        for id in before.iter().filter(is_gone) {
            ensure!(
                there.contains(id) && !others.contains(id),
                "`{}` has a `#{id}` already\nhelp: give that of the section another one first",
                shown(old, &self.to.path)
            );
            let (old, new) = (id.clone(), id.clone());
            moves.push(HeadingMove { from: self.from.path.clone(), to: self.to.path.clone(), old, new });
        }
        Ok(moves)
    }
}

/// The ids that a page has of its own.
fn ids_on(state: &State, path: &SourcePath) -> Vec<String> {
    published_of(state, path).map(|page| SiteAddresses::of(&state.library).ids_on(&page.route)).unwrap_or_default()
}

fn holds(spans: &[Span], at: usize) -> bool {
    spans.iter().any(|span| (span.start..span.end).contains(&at))
}

/// What some places of a page say that could come to say something else: links, code and components, in order.
fn said(page: &Page, is_in: impl Fn(usize) -> bool) -> Vec<String> {
    let links = page.links.iter().filter(|link| is_in(link.span.whole.start));
    let code = page.code.iter().filter(|code| is_in(code.span.start));
    let components = page.components.iter().filter(|component| is_in(component.span.start));
    let mut all: Vec<String> = links.map(|link| format!("{:?} {}", link.kind, link.target)).collect();
    all.extend(code.map(|code| code.text.replace("\r\n", "\n")));
    all.extend(components.map(|component| component.name.clone()));
    all.sort_unstable();
    all
}
