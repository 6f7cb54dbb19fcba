//! A page among those that it links to and that link to it, in its text or by relations, laid out as a drawing: it stands in the middle, those that
//! link to it before it, those that it links to behind it. Everything is in whole units of the drawing.

use std::cmp::Reverse;

use super::graph_label::{self, LINE};
use crate::site::{Edition, PageId, RelationSide};

/// How many pages are drawn around one at most: those with the most links.
const MOST: usize = 12;

/// How wide the drawing is, and a page in it.
const WIDTH: u32 = 720;
const PAGE_WIDTH: u32 = 184;

/// What is left free above and below a page's title, and between pages.
const PADDING: u32 = 9;
const GAP: u32 = 12;

/// How long the head of an arrow is, and half of how wide.
const HEAD: (u32, u32) = (8, 4);

/// The pages around one.
pub(super) struct Neighbourhood {
    /// Those that link to it, or name it in a relation, in the order of their titles.
    pub incoming: Vec<PageId>,
    /// Those that it links to or names, in the same way.
    pub outgoing: Vec<PageId>,
}

/// A page beside another.
#[derive(Clone, Copy)]
pub(super) struct NearPage {
    /// The page.
    pub page: PageId,
    /// Whether it links to the other.
    pub comes: bool,
    /// Whether the other links to it.
    pub goes: bool,
}

impl Neighbourhood {
    /// The pages around that one.
    pub(super) fn of(site: &Edition, id: PageId) -> Self {
        let both = |linked: &[PageId], side: RelationSide| {
            let mut pages = site.at_relations(id, side).concat();
            pages.extend_from_slice(linked);
            pages.sort_unstable();
            pages.dedup();
            site.by_title(pages)
        };
        Self {
            incoming: both(site.linking_to(id), RelationSide::Inverse),
            outgoing: both(&site.linked_from(id), RelationSide::Forward),
        }
    }

    /// All of them, each once.
    pub(super) fn pages(&self, site: &Edition) -> Vec<PageId> {
        let mut pages: Vec<PageId> = self.incoming.iter().chain(&self.outgoing).copied().collect();
        pages.sort_unstable();
        pages.dedup();
        site.by_title(pages)
    }

    /// Those that are drawn, in the order of their titles.
    pub(super) fn drawn(&self, site: &Edition) -> Vec<NearPage> {
        let mut chosen = self.pages(site);
        if chosen.len() > MOST {
            let links = |id: PageId| site.linking_to(id).len() + site.linked_from(id).len();
            chosen.sort_by_cached_key(|&id| (Reverse(links(id)), id));
            chosen.truncate(MOST);
            chosen = site.by_title(chosen);
        }
        let neighbour =
            |page: PageId| NearPage { page, comes: self.incoming.contains(&page), goes: self.outgoing.contains(&page) };
        chosen.into_iter().map(neighbour).collect()
    }
}

/// A page in the drawing.
pub(super) struct DrawnPage {
    /// The page.
    pub page: PageId,
    /// Its corner.
    pub left: u32,
    pub top: u32,
    /// Its size.
    pub width: u32,
    pub height: u32,
    /// Its title, cut into lines.
    pub lines: Vec<DrawnLine>,
}

/// A line of a title.
pub(super) struct DrawnLine {
    pub text: String,
    /// Where its letters stand.
    pub base: u32,
}

/// The whole drawing.
pub(super) struct Drawing {
    pub width: u32,
    pub height: u32,
    /// The page in the middle.
    pub middle: DrawnPage,
    /// Those around it, in the order in which they are read: those that come before it first.
    pub around: Vec<DrawnPage>,
    /// Lines and heads of arrows, as paths.
    pub lines: Vec<String>,
    pub heads: Vec<String>,
}

/// Draws some pages around one. Where words run from right to left, so does the drawing.
pub(super) fn draw(site: &Edition, id: PageId, neighbours: &[NearPage]) -> Drawing {
    let [before, after] = columns(site, neighbours);
    let own = page(site, id);
    let heights = [column_height(&before), own.height, column_height(&after)];
    let height = heights.into_iter().max().unwrap_or(0) + 2;
    let sides = if site.direction() == "rtl" { [2, 0] } else { [0, 2] };
    let left = |column: u32| (WIDTH - PAGE_WIDTH) / 2 * column + u32::from(column == 0) - u32::from(column == 2);
    let middle = placed(own, Corner { left: left(1), top: (height - heights[1]) / 2 });
    let mut drawing =
        Drawing { width: WIDTH, height, middle, around: Vec::new(), lines: Vec::new(), heads: Vec::new() };
    for (pages, column) in [before, after].into_iter().zip(sides) {
        let mut top = (height - column_height(&pages)) / 2;
        for (neighbour, page) in pages {
            let page = placed(page, Corner { left: left(column), top });
            top += page.height + GAP;
            drawing.join(neighbour, &page, column == 0);
            drawing.around.push(page);
        }
    }
    drawing.heads.sort_unstable();
    drawing.heads.dedup();
    drawing
}

/// A neighbour and its page, not placed yet.
type Unplaced = (NearPage, DrawnPage);

/// The pages that link here, and those to which links lead from here; those that do both stand where there are fewer.
fn columns(site: &Edition, neighbours: &[NearPage]) -> [Vec<Unplaced>; 2] {
    let only = |both: bool| neighbours.iter().filter(move |of| (of.comes && of.goes) == both);
    let before = only(false).filter(|of| of.comes).count();
    let mut free = (neighbours.len() / 2).saturating_sub(before).min(only(true).count());
    let mut columns = [Vec::new(), Vec::new()];
    for neighbour in neighbours {
        let goes_before = match (neighbour.comes, neighbour.goes) {
            (true, true) if free > 0 => {
                free -= 1;
                true
            }
            (comes, goes) => comes && !goes,
        };
        columns[usize::from(!goes_before)].push((*neighbour, page(site, neighbour.page)));
    }
    columns
}

fn column_height(pages: &[Unplaced]) -> u32 {
    let all: u32 = pages.iter().map(|(_, page)| page.height + GAP).sum();
    all.saturating_sub(GAP)
}

/// A page at the corner of the drawing.
fn page(site: &Edition, page: PageId) -> DrawnPage {
    let mut base = PADDING + LINE * 3 / 4;
    let line = |text: String| {
        let line = DrawnLine { text, base };
        base += LINE;
        line
    };
    let published = &site.pages[page];
    let title = if published.title.is_empty() { &published.route } else { &published.title };
    let lines: Vec<DrawnLine> = graph_label::lines(title).into_iter().map(line).collect();
    let height = base - LINE * 3 / 4 + PADDING;
    DrawnPage { page, left: 0, top: 0, width: PAGE_WIDTH, height, lines }
}

/// Where a page stands.
#[derive(Clone, Copy)]
struct Corner {
    left: u32,
    top: u32,
}

fn placed(page: DrawnPage, corner: Corner) -> DrawnPage {
    let Corner { left, top } = corner;
    let lines = page.lines.into_iter().map(|line| DrawnLine { base: line.base + top, ..line }).collect();
    DrawnPage { left, top, lines, ..page }
}

impl Drawing {
    /// Draws the line between a page on the left or on the right and the one in the middle, with a head at each end to
    /// which a link leads.
    fn join(&mut self, neighbour: NearPage, page: &DrawnPage, is_left: bool) {
        let (own, other) = (&self.middle, page);
        let level = |page: &DrawnPage| page.top + page.height / 2;
        let (left, right) = if is_left { (other, own) } else { (own, other) };
        let (from, to) = ((left.left + left.width, level(left)), (right.left, level(right)));
        let (to_left, to_right) =
            if is_left { (neighbour.goes, neighbour.comes) } else { (neighbour.comes, neighbour.goes) };
        let (start, end) = (from.0 + if to_left { HEAD.0 } else { 0 }, to.0 - if to_right { HEAD.0 } else { 0 });
        let bend = u32::midpoint(start, end);
        self.lines.push(format!("M{start} {}C{bend} {} {bend} {} {end} {}", from.1, from.1, to.1, to.1));
        let mut head = |tip: u32, base: u32, level: u32| {
            self.heads.push(format!("M{tip} {level}L{base} {}V{}Z", level - HEAD.1, level + HEAD.1));
        };
        if to_left {
            head(from.0, from.0 + HEAD.0, from.1);
        }
        if to_right {
            head(to.0, to.0 - HEAD.0, to.1);
        }
    }
}
