//! Lines between boxes: from the border of one, past its bends, to the border of the other, with what they carry at their ends.

use std::fmt::Write;

use crate::graph::{BoxGraph, BoxShape, GraphLine, LineHead, LineStroke};
use crate::letters;
use crate::place::{self, BoxArea, LEAN, PlacedGraph};
use crate::svg::SvgPicture;

use crate::svg::Point;

/// Draws a line; its label comes later, over all lines.
pub(crate) fn draw(picture: &mut SvgPicture, graph: &BoxGraph, placed: &PlacedGraph, number: usize) {
    let edge = &graph.edges[number];
    if edge.stroke == LineStroke::Hidden {
        return;
    }
    let ((from, first_shape), (to, last_shape)) =
        (end(graph, placed, edge.from, edge.to), end(graph, placed, edge.to, edge.from));
    if edge.from == edge.to {
        return own(picture, edge, from);
    }
    let bends = &placed.routes[number];
    let across = graph.direction.is_across();
    let first = bends.first().copied().unwrap_or((to.x, to.y));
    let last = bends.last().copied().unwrap_or((from.x, from.y));
    let mut start = border(from, first_shape, first, across);
    let mut end = border(to, last_shape, last, across);
    if bends.is_empty() {
        let lane = lane(graph, placed, number);
        let moved = |(x, y): Point| if across { (x, y + lane) } else { (x + lane, y) };
        (start, end) = (moved(start), moved(end));
    }
    let mut points = vec![start];
    points.extend(bends);
    points.push(end);
    let data = curve(&points, across);
    points.iter().for_each(|(x, y)| picture.reach(*x, *y));
    picture.path(class(edge.stroke), &data);
    let toward = |point: Point, before: Point| {
        if across { (before.0, point.1) } else { (point.0, before.1) }
    };
    let straight = points.len() == 2 && ((start.0 - end.0).abs() < 1.0 || (start.1 - end.1).abs() < 1.0);
    let ahead = if straight {
        (points[0], points[1])
    } else {
        (toward(end, points[points.len() - 2]), toward(start, points[1]))
    };
    head(picture, edge.end, end, ahead.0);
    head(picture, edge.start, start, if straight { end } else { ahead.1 });
    for (count, at) in edge.counts.iter().zip([start, end]).filter(|(count, _)| !count.is_empty()) {
        let beside = letters::width(count) / 2.0;
        let place = if across {
            let is_left = at.0 < f64::midpoint(start.0, end.0);
            (at.0 + if is_left { 8.0 + beside } else { -14.0 - beside }, at.1 - 11.0)
        } else {
            let is_above = at.1 < f64::midpoint(start.1, end.1);
            (at.0 + 8.0 + beside, at.1 + if is_above { 14.0 } else { -14.0 })
        };
        picture.text("edge-label", std::slice::from_ref(count), place);
    }
}

/// What a line leads to that comes from `other`: a box, or the group that it stands for, from outside of that.
fn end(graph: &BoxGraph, placed: &PlacedGraph, node: usize, other: usize) -> (BoxArea, BoxShape) {
    let of = &graph.nodes[node];
    match of.stands_for.filter(|group| !place::is_within(graph, graph.nodes[other].group, *group)) {
        Some(group) => (placed.groups[group], BoxShape::Box),
        None => (placed.nodes[node], of.shape),
    }
}

pub(crate) fn label(picture: &mut SvgPicture, graph: &BoxGraph, placed: &PlacedGraph, number: usize) {
    let edge = &graph.edges[number];
    if edge.label.is_empty() || edge.stroke == LineStroke::Hidden {
        return;
    }
    let (from, to) = (end(graph, placed, edge.from, edge.to).0, end(graph, placed, edge.to, edge.from).0);
    let middle = (f64::midpoint(from.x, to.x), f64::midpoint(from.y, to.y));
    let (width, height) = letters::size(&edge.label);
    let (x, y) = match placed.labels[number] {
        Some(place) => place,
        None if edge.from == edge.to => (from.x + from.width / 2.0 + 34.0 + width / 2.0, from.y),
        None => middle,
    };
    picture.rect("edge-ground", (x - width / 2.0 - 4.0, y - height / 2.0, width + 8.0, height), 3.0);
    picture.text("edge-label", &edge.label, (x, y));
}

/// A line that leads back to where it begins.
fn own(picture: &mut SvgPicture, edge: &GraphLine, area: BoxArea) {
    let (x, y) = (area.x + area.width / 2.0, area.y);
    picture.reach(x + 32.0, y + 20.0);
    let data = format!(
        "M{x:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {x:.1} {:.1}",
        y - 7.0,
        x + 40.0,
        y - 26.0,
        x + 40.0,
        y + 26.0,
        y + 7.0
    );
    picture.path(class(edge.stroke), &data);
    head(picture, edge.end, (x, y + 7.0), (x + 20.0, y + 15.0));
}

fn class(stroke: LineStroke) -> &'static str {
    match stroke {
        LineStroke::Dotted => "edge dotted",
        LineStroke::Thick => "edge thick",
        LineStroke::Plain | LineStroke::Hidden => "edge",
    }
}

/// A curve through points that leaves and arrives in the direction of ranks.
fn curve(points: &[Point], across: bool) -> String {
    let mut data = format!("M{:.1} {:.1}", points[0].0, points[0].1);
    for pair in points.windows(2) {
        let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
        let _ = if (x1 - x2).abs() < 1.0 || (y1 - y2).abs() < 1.0 {
            write!(data, "L{x2:.1} {y2:.1}")
        } else if across {
            let middle = f64::midpoint(x1, x2);
            write!(data, "C{middle:.1} {y1:.1} {middle:.1} {y2:.1} {x2:.1} {y2:.1}")
        } else {
            let middle = f64::midpoint(y1, y2);
            write!(data, "C{x1:.1} {middle:.1} {x2:.1} {middle:.1} {x2:.1} {y2:.1}")
        };
    }
    data
}

/// Where a line leaves a box on its way to a point: on the side that faces it, along the ranks, and the farther aside, the
/// farther that lies aside.
fn border(area: BoxArea, shape: BoxShape, to: Point, across: bool) -> Point {
    let (dx, dy) = (to.0 - area.x, to.1 - area.y);
    let (half, high) = (area.width / 2.0, area.height / 2.0);
    if across {
        if dx.abs() <= half && dy.abs() > high {
            return (area.x, area.y + high.copysign(dy));
        }
        let y = aside(shape, dy, high);
        return (area.x + (half - inset(shape, y / high, dx > 0.0, (half, high))).copysign(dx), area.y + y);
    }
    if dy.abs() <= high && dx.abs() > half {
        return (area.x + (half - inset(shape, 0.0, dx > 0.0, (half, high))).copysign(dx), area.y);
    }
    let x = aside(shape, dx, half);
    let above = if is_round_or_pointed(shape) { inset(shape, x / half, true, (high, half)) } else { 0.0 };
    (area.x + x, area.y + (high - above).copysign(dy))
}

fn is_round_or_pointed(shape: BoxShape) -> bool {
    matches!(shape, BoxShape::Circle | BoxShape::DoubleCircle | BoxShape::Diamond)
}

/// How far from the middle of a side: straight ahead where that can be, and never quite at the corner.
fn aside(shape: BoxShape, wish: f64, half: f64) -> f64 {
    let (near, far) = match shape {
        BoxShape::Start | BoxShape::End => return 0.0,
        _ if is_round_or_pointed(shape) => (half * 0.2, half * 0.5),
        _ => (half * 0.5, half * 0.8),
    };
    if wish.abs() <= near {
        return wish;
    }
    (near + (far - near) * (1.0 - near / wish.abs())).copysign(wish)
}

/// How far within its rectangle the right or left side of a shape lies, at a height from -1 to 1; `half` of its width and height.
fn inset(shape: BoxShape, at: f64, is_right: bool, half: Point) -> f64 {
    let (above, below) = (LEAN * (1.0 - at) / 2.0, LEAN * (1.0 + at) / 2.0);
    match shape {
        BoxShape::LeanRight => {
            if is_right {
                below
            } else {
                above
            }
        }
        BoxShape::LeanLeft => {
            if is_right {
                above
            } else {
                below
            }
        }
        BoxShape::Trapezoid => above,
        BoxShape::TrapezoidUp => below,
        BoxShape::Hexagon => LEAN * at.abs(),
        BoxShape::Flag if !is_right => LEAN * (1.0 - at.abs()),
        BoxShape::Stadium => half.1 * (1.0 - (1.0 - at * at).max(0.0).sqrt()),
        BoxShape::Circle | BoxShape::DoubleCircle => half.0 * (1.0 - (1.0 - at * at).max(0.0).sqrt()),
        BoxShape::Diamond => half.0 * at.abs(),
        _ => 0.0,
    }
}

/// How far lines that join the same two boxes without a bend lie beside each other.
fn lane(graph: &BoxGraph, placed: &PlacedGraph, number: usize) -> f64 {
    const APART: f64 = 16.0;
    let pair = |edge: &GraphLine| (edge.from.min(edge.to), edge.from.max(edge.to));
    let joins = |other: &usize| {
        pair(&graph.edges[*other]) == pair(&graph.edges[number])
            && placed.routes[*other].is_empty()
            && graph.edges[*other].stroke != LineStroke::Hidden
    };
    let all: Vec<usize> = (0..graph.edges.len()).filter(joins).collect();
    let place = all.iter().position(|other| *other == number).unwrap_or_default();
    (place as f64 - all.len().saturating_sub(1) as f64 / 2.0) * APART
}

/// What a line carries at an end, as seen from a point before it.
pub(crate) fn head(picture: &mut SvgPicture, head: LineHead, at: Point, before: Point) {
    let (dx, dy) = (at.0 - before.0, at.1 - before.1);
    let length = dx.hypot(dy).max(0.001);
    let (ux, uy) = (dx / length, dy / length);
    let point = |back: f64, aside: f64| (at.0 - ux * back - uy * aside, at.1 - uy * back + ux * aside);
    match head {
        LineHead::None => {}
        LineHead::Arrow => picture.polygon("head", &[at, point(9.0, 4.5), point(9.0, -4.5)]),
        LineHead::Circle => {
            let middle = point(5.0, 0.0);
            picture.circle("head", middle.0, middle.1, 4.0);
        }
        LineHead::Cross => {
            picture.line("edge", point(2.0, 5.0), point(10.0, -5.0));
            picture.line("edge", point(10.0, 5.0), point(2.0, -5.0));
        }
        LineHead::Triangle => picture.polygon("head empty", &[at, point(13.0, 7.0), point(13.0, -7.0)]),
        LineHead::Diamond | LineHead::FullDiamond => {
            let class = if head == LineHead::Diamond { "head empty" } else { "head" };
            picture.polygon(class, &[at, point(8.0, 5.0), point(16.0, 0.0), point(8.0, -5.0)]);
        }
        LineHead::Open => {
            picture.line("edge", at, point(10.0, 5.0));
            picture.line("edge", at, point(10.0, -5.0));
        }
    }
}
