//! The order within ranks, so that few lines cross, and where each point stands, so that lines are straight.

use crate::ranks::{Ranked, RankedWhat};

/// The points of a rank, from left to right.
pub(crate) type Layer = Vec<usize>;

/// How often ranks are gone through, down and up.
const SWEEPS: usize = 8;

pub(crate) fn order(ranked: &Ranked) -> Vec<Layer> {
    let mut layers: Vec<Layer> = vec![Vec::new(); ranked.ranks];
    for at in as_met(ranked) {
        layers[ranked.points[at].rank].push(at);
    }
    let mut best = (crossings(ranked, &layers), layers.clone());
    for sweep in 0..SWEEPS {
        if best.0 == 0 {
            break;
        }
        let mut places = places(ranked, &layers);
        let ranks: Vec<usize> =
            if sweep % 2 == 0 { (0..layers.len()).collect() } else { (0..layers.len()).rev().collect() };
        for rank in ranks {
            let middle = |at: &usize| {
                let point = &ranked.points[*at];
                let near = if sweep % 2 == 0 { &point.above } else { &point.below };
                if near.is_empty() {
                    places[*at]
                } else {
                    near.iter().map(|at| places[*at]).sum::<f64>() / near.len() as f64
                }
            };
            let mut keyed: Vec<(f64, usize)> = layers[rank].iter().map(|at| (middle(at), *at)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            layers[rank] = keyed.into_iter().map(|(_, at)| at).collect();
            for (place, at) in layers[rank].iter().enumerate() {
                places[*at] = place as f64;
            }
        }
        let count = crossings(ranked, &layers);
        if count < best.0 {
            best = (count, layers.clone());
        }
    }
    best.1
}

/// All points, what hangs together side by side.
fn as_met(ranked: &Ranked) -> Vec<usize> {
    let mut met = Vec::with_capacity(ranked.points.len());
    let mut seen = vec![false; ranked.points.len()];
    let mut starts: Vec<usize> = (0..ranked.points.len()).collect();
    starts.sort_by_key(|at| ranked.points[*at].rank);
    for start in starts {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                met.push(at);
                open.extend(ranked.points[at].below.iter().rev());
            }
        }
    }
    met
}

fn places(ranked: &Ranked, layers: &[Layer]) -> Vec<f64> {
    let mut places = vec![0.0; ranked.points.len()];
    for layer in layers {
        for (place, at) in layer.iter().enumerate() {
            places[*at] = place as f64;
        }
    }
    places
}

/// How many lines cross between neighbouring ranks.
fn crossings(ranked: &Ranked, layers: &[Layer]) -> usize {
    let places = places(ranked, layers);
    let mut count = 0;
    for layer in layers {
        let mut ends: Vec<(usize, usize)> = Vec::new();
        for (place, at) in layer.iter().enumerate() {
            ends.extend(ranked.points[*at].below.iter().map(|to| (place, places[*to] as usize)));
        }
        ends.sort_unstable();
        let widest = ends.iter().map(|(_, to)| to + 1).max().unwrap_or(0);
        // How many ended at each place or before, as a tree of sums.
        let mut sums = vec![0; widest + 1];
        for (passed, (_, to)) in ends.iter().enumerate() {
            let (mut before, mut at) = (0, to + 1);
            while at > 0 {
                before += sums[at];
                at &= at - 1;
            }
            count += passed - before;
            at = to + 1;
            while at <= widest {
                sums[at] += 1;
                at += at & at.wrapping_neg();
            }
        }
    }
    count
}

/// Where the middle of each point stands: near those above and below it, and not over its neighbours.
pub(crate) fn positions(ranked: &Ranked, layers: &[Layer]) -> Vec<f64> {
    const ROUNDS: usize = 12;
    let mut x = vec![0.0; ranked.points.len()];
    for layer in layers {
        let wanted = vec![(0.0, 1.0); layer.len()];
        settle(ranked, layer, &wanted, &mut x);
    }
    for round in 0..ROUNDS {
        let down = round % 2 == 0;
        let ranks: Vec<usize> = if down { (0..layers.len()).collect() } else { (0..layers.len()).rev().collect() };
        for rank in ranks {
            let wanted: Vec<(f64, f64)> = layers[rank].iter().map(|at| wanted(ranked, *at, &x, round)).collect();
            settle(ranked, &layers[rank], &wanted, &mut x);
        }
    }
    let left = layers.iter().flatten().map(|at| x[*at] - ranked.points[*at].size.0 / 2.0).fold(f64::MAX, f64::min);
    x.iter_mut().for_each(|x| *x -= if left == f64::MAX { 0.0 } else { left });
    x
}

/// Where a point would stand, and how much that counts.
fn wanted(ranked: &Ranked, at: usize, x: &[f64], round: usize) -> (f64, f64) {
    let point = &ranked.points[at];
    let is_bend = |at: usize| matches!(ranked.points[at].what, RankedWhat::Bend { .. });
    let near: Vec<usize> = match round {
        0..6 if round.is_multiple_of(2) => point.above.clone(),
        0..6 => point.below.clone(),
        _ => point.above.iter().chain(&point.below).copied().collect(),
    };
    if near.is_empty() {
        return (x[at], 0.1);
    }
    let weight = |other: usize| {
        if is_bend(at) && is_bend(other) { 4.0 } else { 1.0 }
    };
    let total: f64 = near.iter().map(|other| weight(*other)).sum();
    (near.iter().map(|other| x[*other] * weight(*other)).sum::<f64>() / total, total)
}

/// Places a rank as near as can be to where its points would stand, in their order, none over another: where two would, they
/// stand together around the middle of what both want.
fn settle(ranked: &Ranked, layer: &Layer, wanted: &[(f64, f64)], x: &mut [f64]) {
    const GAP: f64 = 26.0;
    let mut offsets = Vec::with_capacity(layer.len());
    let mut offset = 0.0;
    for (place, at) in layer.iter().enumerate() {
        if let Some(before) = place.checked_sub(1) {
            offset += (ranked.points[layer[before]].size.0 + ranked.points[*at].size.0) / 2.0 + GAP;
        }
        offsets.push(offset);
    }
    // Blocks of points that stand together: what they want, how much it counts, how many they are.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (place, (wish, weight)) in wanted.iter().enumerate() {
        blocks.push((wish - offsets[place], *weight, 1));
        while let [.., before, last] = blocks.as_slice()
            && before.0 > last.0
        {
            let weight = before.1 + last.1;
            let joined = ((before.0 * before.1 + last.0 * last.1) / weight, weight, before.2 + last.2);
            blocks.truncate(blocks.len() - 2);
            blocks.push(joined);
        }
    }
    let places = blocks.iter().flat_map(|(at, _, count)| std::iter::repeat_n(*at, *count));
    for ((at, place), offset) in layer.iter().zip(places).zip(offsets) {
        x[*at] = place + offset;
    }
}
