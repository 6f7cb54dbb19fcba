//! Where boxes stand and lines go: group by group, from the innermost out, each in ranks (`ranks.rs`, `order.rs`).

use crate::graph::{BoxGraph, BoxGroup, BoxShape, GraphBox, RankDirection};
use crate::letters::{self, LINE};
use crate::order::{self, Layer};
use crate::ranks;

/// The middle of something, and its width and height.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BoxArea {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

#[derive(Debug, Default)]
pub(crate) struct PlacedGraph {
    pub(crate) nodes: Vec<BoxArea>,
    pub(crate) groups: Vec<BoxArea>,
    /// RankedWhat each line passes between its ends.
    pub(crate) routes: Vec<Vec<(f64, f64)>>,
    pub(crate) labels: Vec<Option<(f64, f64)>>,
    /// How wide is what stands in each group, which its title may exceed.
    inner_widths: Vec<f64>,
}

impl PlacedGraph {
    /// Makes room above all of it.
    pub(crate) fn move_down(&mut self, by: f64) {
        self.nodes.iter_mut().chain(&mut self.groups).for_each(|area| area.y += by);
        let points = self.routes.iter_mut().flatten().chain(self.labels.iter_mut().flatten());
        points.for_each(|point| point.1 += by);
    }
}

/// Between the sides of a group and what stands in it, and above that for its title.
const PADDING: f64 = 14.0;

/// How far slanted sides lean.
pub(crate) const LEAN: f64 = 14.0;

#[derive(Clone, Copy, Debug, PartialEq)]
enum LevelItem {
    Node(usize),
    Group(usize),
}

pub(crate) fn place(graph: &BoxGraph) -> PlacedGraph {
    let mut placed = PlacedGraph {
        nodes: graph.nodes.iter().map(size_of).collect(),
        groups: vec![BoxArea::default(); graph.groups.len()],
        routes: vec![Vec::new(); graph.edges.len()],
        labels: vec![None; graph.edges.len()],
        inner_widths: vec![0.0; graph.groups.len()],
    };
    level(graph, None, graph.direction, &mut placed);
    placed
}

/// Places what stands in a group, or in none, with the corner at nothing; tells its width and height.
fn level(graph: &BoxGraph, group: Option<usize>, direction: RankDirection, placed: &mut PlacedGraph) -> (f64, f64) {
    let stands = |node: &usize| graph.nodes[*node].group == group && !is_only_a_name(graph, *node);
    let nodes = (0..graph.nodes.len()).filter(stands).map(LevelItem::Node);
    let inner: Vec<usize> = (0..graph.groups.len()).filter(|inner| graph.groups[*inner].parent == group).collect();
    for at in &inner {
        let BoxGroup { title, direction: own, .. } = &graph.groups[*at];
        let (width, height) = level(graph, Some(*at), own.unwrap_or(direction), placed);
        let (title_width, title_height) = letters::size(title);
        placed.inner_widths[*at] = width;
        let area = &mut placed.groups[*at];
        area.width = width.max(title_width) + 2.0 * PADDING;
        area.height = height + 2.0 * PADDING + title_height;
    }
    let items: Vec<LevelItem> = nodes.chain(inner.iter().copied().map(LevelItem::Group)).collect();
    let across = direction.is_across();
    let turned = |(width, height): (f64, f64)| {
        if across { (height, width) } else { (width, height) }
    };
    let of_item = |item: &LevelItem| match item {
        LevelItem::Node(node) => (placed.nodes[*node].width, placed.nodes[*node].height),
        LevelItem::Group(group) => (placed.groups[*group].width, placed.groups[*group].height),
    };
    let sizes: Vec<(f64, f64)> = items.iter().map(|item| turned(of_item(item))).collect();
    let holder =
        |node: usize| holder(graph, node, group).and_then(|item| items.iter().position(|other| *other == item));
    let mut links = Vec::new();
    for (number, edge) in graph.edges.iter().enumerate() {
        if let (Some(from), Some(to)) = (holder(edge.from), holder(edge.to))
            && from != to
        {
            let label = turned(letters::size(&edge.label));
            let label = (!edge.label.is_empty()).then_some((label.0 + 12.0, label.1));
            let length = edge.length.max(if label.is_some() { 2 } else { 1 });
            links.push(ranks::RankLink { from, to, length, label, number });
        }
    }
    let ranked = ranks::rank(&sizes, &links);
    let layers = order::order(&ranked);
    let (width, height) = coordinates(&ranked, &layers, |at, x, y, size| {
        let mirrored = matches!(direction, RankDirection::Up | RankDirection::Left);
        let y = if mirrored { size.1 - y } else { y };
        let (x, y) = if across { (y, x) } else { (x, y) };
        match ranked.points[at].what {
            ranks::RankedWhat::Item(item) => put(graph, items[item], (x, y), placed),
            ranks::RankedWhat::Bend { link, labelled } => {
                placed.routes[link].push((x, y));
                if labelled {
                    placed.labels[link] = Some((x, y));
                }
            }
        }
    });
    for link in links.iter().filter(|link| ranked.turned.contains(&link.number)) {
        placed.routes[link.number].reverse();
    }
    turned((width, height))
}

/// Puts an item's middle to a place, and all that stands in it along with it.
fn put(graph: &BoxGraph, item: LevelItem, (x, y): crate::svg::Point, placed: &mut PlacedGraph) {
    match item {
        LevelItem::Node(node) => (placed.nodes[node].x, placed.nodes[node].y) = (x, y),
        LevelItem::Group(group) => {
            let area = &mut placed.groups[group];
            (area.x, area.y) = (x, y);
            let title = letters::size(&graph.groups[group].title).1;
            let (left, top) = (x - placed.inner_widths[group] / 2.0, y - area.height / 2.0 + PADDING + title);
            shift(graph, group, (left, top), placed);
        }
    }
}

fn shift(graph: &BoxGraph, group: usize, (dx, dy): crate::svg::Point, placed: &mut PlacedGraph) {
    for (node, area) in placed.nodes.iter_mut().enumerate() {
        if is_within(graph, graph.nodes[node].group, group) {
            (area.x, area.y) = (area.x + dx, area.y + dy);
        }
    }
    for (inner, area) in placed.groups.iter_mut().enumerate() {
        if inner != group && is_within(graph, graph.groups[inner].parent, group) {
            (area.x, area.y) = (area.x + dx, area.y + dy);
        }
    }
    for (number, edge) in graph.edges.iter().enumerate() {
        let both = [edge.from, edge.to].iter().all(|node| is_within(graph, graph.nodes[*node].group, group));
        if both {
            let points = placed.routes[number].iter_mut().chain(&mut placed.labels[number]);
            points.for_each(|(x, y)| (*x, *y) = (*x + dx, *y + dy));
        }
    }
}

pub(crate) fn is_within(graph: &BoxGraph, mut group: Option<usize>, outer: usize) -> bool {
    while let Some(at) = group {
        if at == outer {
            return true;
        }
        group = graph.groups[at].parent;
    }
    false
}

/// Whether a node only says that lines mean its group, from outside: it takes no room within.
fn is_only_a_name(graph: &BoxGraph, node: usize) -> bool {
    let Some(group) = graph.nodes[node].stands_for else {
        return false;
    };
    let is_inside = |other: usize| other != node && is_within(graph, graph.nodes[other].group, group);
    graph
        .edges
        .iter()
        .all(|edge| (edge.from != node || !is_inside(edge.to)) && (edge.to != node || !is_inside(edge.from)))
}

/// RankedWhat stands directly in a group and is, or holds, a node.
fn holder(graph: &BoxGraph, node: usize, group: Option<usize>) -> Option<LevelItem> {
    let mut item = LevelItem::Node(node);
    let mut around = graph.nodes[node].group;
    loop {
        if around == group {
            return Some(item);
        }
        let at = around?;
        item = LevelItem::Group(at);
        around = graph.groups[at].parent;
    }
}

/// Tells where each point stands; and how large it is all together.
fn coordinates(
    ranked: &ranks::Ranked,
    layers: &[Layer],
    mut tell: impl FnMut(usize, f64, f64, (f64, f64)),
) -> (f64, f64) {
    const GAP: f64 = 40.0;
    let across = order::positions(ranked, layers);
    let width = layers.iter().flatten().map(|at| across[*at] + ranked.points[*at].size.0 / 2.0).fold(0.0, f64::max);
    let high = |layer: &Layer| layer.iter().map(|at| ranked.points[*at].size.1).fold(0.0, f64::max);
    let gaps = GAP * layers.len().saturating_sub(1) as f64;
    let height = layers.iter().map(high).sum::<f64>() + gaps;
    let mut top = 0.0;
    for layer in layers {
        for at in layer {
            tell(*at, across[*at], top + high(layer) / 2.0, (width, height));
        }
        top += high(layer) + GAP;
    }
    (width, height)
}

fn size_of(node: &GraphBox) -> BoxArea {
    let (width, height) = letters::size(&node.lines);
    let (width, height) = match node.shape {
        BoxShape::Box | BoxShape::Round | BoxShape::Note => (width + 30.0, height + 22.0),
        BoxShape::Stadium | BoxShape::Subroutine | BoxShape::Flag => (width + 44.0, height + 22.0),
        BoxShape::Cylinder => (width + 30.0, height + 42.0),
        BoxShape::Circle => (width.max(height) + 26.0, width.max(height) + 26.0),
        BoxShape::DoubleCircle => (width.max(height) + 36.0, width.max(height) + 36.0),
        // A choice without words.
        BoxShape::Diamond if width == 0.0 => (30.0, 30.0),
        BoxShape::Diamond => (width * 1.4 + 46.0, height * 1.6 + 36.0),
        BoxShape::Hexagon | BoxShape::LeanLeft | BoxShape::LeanRight | BoxShape::Trapezoid | BoxShape::TrapezoidUp => {
            (width + 60.0, height + 22.0)
        }
        BoxShape::Parts => {
            let parts = node.parts.iter().map(|part| {
                let widest = part.iter().map(|member| letters::width(&member.text)).fold(0.0, f64::max);
                (widest, part.len() as f64 * LINE)
            });
            let widest = parts.clone().map(|(width, _)| width).fold(width, f64::max);
            (widest + 30.0, height + 14.0 + parts.map(|(_, height)| height + 12.0).sum::<f64>())
        }
        BoxShape::Start | BoxShape::End => (18.0, 18.0),
        BoxShape::Bar => (70.0, 8.0),
        BoxShape::Nothing => (0.0, 0.0),
    };
    BoxArea { x: 0.0, y: 0.0, width, height }
}
