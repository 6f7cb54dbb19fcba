//! Items in ranks, so that lines lead from one to a later one; lines over several ranks bend in each of them.

/// A line between two items of one level.
#[derive(Clone, Debug)]
pub(crate) struct RankLink {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) length: usize,
    /// The room that its label takes.
    pub(crate) label: Option<(f64, f64)>,
    /// Its number among all lines.
    pub(crate) number: usize,
}

/// RankedWhat stands in a rank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RankedWhat {
    Item(usize),
    Bend { link: usize, labelled: bool },
}

#[derive(Clone, Debug)]
pub(crate) struct RankPoint {
    pub(crate) what: RankedWhat,
    pub(crate) rank: usize,
    pub(crate) size: crate::svg::Point,
    pub(crate) above: Vec<usize>,
    pub(crate) below: Vec<usize>,
}

#[derive(Debug, Default)]
pub(crate) struct Ranked {
    pub(crate) points: Vec<RankPoint>,
    pub(crate) ranks: usize,
    /// The numbers of lines that lead back.
    pub(crate) turned: Vec<usize>,
}

/// More bends are not made: lines then go straight.
const MOST_BENDS: usize = 20_000;

pub(crate) fn rank(sizes: &[(f64, f64)], links: &[RankLink]) -> Ranked {
    let turned = leading_back(sizes.len(), links);
    let ends = |link: &RankLink, is_turned: bool| {
        if is_turned { (link.to, link.from) } else { (link.from, link.to) }
    };
    let forward: Vec<(usize, usize, usize)> = links
        .iter()
        .zip(&turned)
        .map(|(link, turned)| {
            let (from, to) = ends(link, *turned);
            (from, to, link.length)
        })
        .collect();
    let ranks = longest_ways(sizes.len(), &forward);
    let mut ranked = Ranked { ranks: ranks.iter().max().map_or(0, |most| most + 1), ..Ranked::default() };
    ranked
        .points
        .extend(sizes.iter().enumerate().map(|(item, size)| point(RankedWhat::Item(item), ranks[item], *size)));
    for (link, is_turned) in links.iter().zip(&turned) {
        let (from, to) = ends(link, *is_turned);
        if *is_turned {
            ranked.turned.push(link.number);
        }
        let middle = usize::midpoint(ranks[from], ranks[to]);
        let mut before = from;
        for rank in ranks[from] + 1..ranks[to] {
            let labelled = rank == middle && link.label.is_some();
            if ranked.points.len() > MOST_BENDS && !labelled {
                continue;
            }
            let size = link.label.filter(|_| labelled).unwrap_or((12.0, 0.0));
            ranked.points.push(point(RankedWhat::Bend { link: link.number, labelled }, rank, size));
            let at = ranked.points.len() - 1;
            ranked.points[before].below.push(at);
            ranked.points[at].above.push(before);
            before = at;
        }
        ranked.points[before].below.push(to);
        ranked.points[to].above.push(before);
    }
    ranked
}

fn point(what: RankedWhat, rank: usize, size: crate::svg::Point) -> RankPoint {
    RankPoint { what, rank, size, above: Vec::new(), below: Vec::new() }
}

/// Which lines close a circle, as one meets them who follows the lines in the order in which they are written.
fn leading_back(items: usize, links: &[RankLink]) -> Vec<bool> {
    let mut out = vec![Vec::new(); items];
    for (number, link) in links.iter().enumerate() {
        out[link.from].push(number);
    }
    let mut back = vec![false; links.len()];
    // 0: not seen, 1: on the way, 2: done.
    let mut seen = vec![0_u8; items];
    let has_entry: Vec<bool> = (0..items).map(|item| links.iter().any(|link| link.to == item)).collect();
    let starts = (0..items).filter(|item| !has_entry[*item]).chain(0..items);
    for start in starts {
        if seen[start] != 0 {
            continue;
        }
        let mut way = vec![(start, 0)];
        seen[start] = 1;
        while let Some((item, next)) = way.last_mut() {
            let Some(number) = out[*item].get(*next).copied() else {
                seen[*item] = 2;
                way.pop();
                continue;
            };
            *next += 1;
            let to = links[number].to;
            match seen[to] {
                0 => {
                    seen[to] = 1;
                    way.push((to, 0));
                }
                1 => back[number] = true,
                _ => {}
            }
        }
    }
    back
}

/// The rank of each item: one more than the last of those that lead to it; and what nothing leads to, just above what it leads to.
fn longest_ways(items: usize, links: &[(usize, usize, usize)]) -> Vec<usize> {
    let mut waiting = vec![0; items];
    let mut out = vec![Vec::new(); items];
    for (from, to, length) in links {
        waiting[*to] += 1;
        out[*from].push((*to, *length));
    }
    let is_first: Vec<bool> = waiting.iter().map(|waiting| *waiting == 0).collect();
    let mut ready: Vec<usize> = (0..items).filter(|item| is_first[*item]).collect();
    let mut ranks = vec![0_usize; items];
    let mut next = 0;
    while let Some(item) = ready.get(next).copied() {
        next += 1;
        for (to, length) in &out[item] {
            ranks[*to] = ranks[*to].max(ranks[item] + length);
            waiting[*to] -= 1;
            if waiting[*to] == 0 {
                ready.push(*to);
            }
        }
    }
    for item in (0..items).filter(|item| is_first[*item]) {
        let nearest = out[item].iter().map(|(to, length)| ranks[*to].saturating_sub(*length)).min();
        ranks[item] = nearest.unwrap_or(ranks[item]);
    }
    ranks
}
