//! Boxes of all shapes, and a graph drawn as a whole.

use crate::fault::DrawingFault;
use crate::graph::{BoxGraph, BoxShape, GraphBox};
use crate::letters::{self, LINE};
use crate::place::{self, BoxArea, LEAN};
use crate::route;
use crate::source::DiagramSource;
use crate::svg::SvgPicture;

/// More boxes or lines are not drawn: nobody could read them.
const MOST: usize = 500;

/// Draws a graph, whose first line is `line`.
pub(crate) fn draw(source: &DiagramSource, graph: &BoxGraph, kind: &str) -> Result<String, DrawingFault> {
    let line = source.lines.first().map_or(0, |(line, _)| *line);
    for (count, what) in [(graph.nodes.len(), "boxes"), (graph.edges.len(), "lines between boxes")] {
        if count > MOST {
            return Err(DrawingFault::new(line, format!("it has {count} {what}, and more than {MOST} are not drawn")));
        }
    }
    if graph.nodes.is_empty() {
        return Err(DrawingFault::new(line, "nothing stands in it"));
    }
    let title = letters::lines(&source.title);
    let mut placed = place::place(graph);
    if !source.title.is_empty() {
        placed.move_down(letters::size(&title).1 + 14.0);
    }
    let mut picture = SvgPicture::default();
    for (group, area) in graph.groups.iter().zip(&placed.groups) {
        let corner = (area.x - area.width / 2.0, area.y - area.height / 2.0);
        picture.rect("group", (corner.0, corner.1, area.width, area.height), 6.0);
        let top = corner.1 + 8.0 + group.title.len() as f64 * LINE / 2.0;
        picture.text("group-name", &group.title, (area.x, top));
    }
    (0..graph.edges.len()).for_each(|edge| route::draw(&mut picture, graph, &placed, edge));
    for (node, area) in graph.nodes.iter().zip(&placed.nodes) {
        draw_node(&mut picture, node, *area);
    }
    (0..graph.edges.len()).for_each(|edge| route::label(&mut picture, graph, &placed, edge));
    if !source.title.is_empty() {
        picture.title(&title);
    }
    Ok(picture.finish(kind, &source.told(words(graph))))
}

/// What a graph says, for those who don't see it: each line between two boxes, and the boxes without one.
fn words(graph: &BoxGraph) -> String {
    let name = |node: usize| match &graph.nodes[node] {
        GraphBox { stands_for: Some(group), .. } => graph.groups[*group].title.join(" "),
        GraphBox { shape: BoxShape::Start, .. } => "●".to_owned(),
        GraphBox { shape: BoxShape::End, .. } => "◉".to_owned(),
        node => node.lines.join(" "),
    };
    let mut told = Vec::new();
    for edge in &graph.edges {
        let label = if edge.label.is_empty() { String::new() } else { format!(" ({})", edge.label.join(" ")) };
        told.push(format!("{} → {}{label}", name(edge.from), name(edge.to)));
    }
    let is_alone = |node: &usize| {
        graph.nodes[*node].shape != BoxShape::Nothing
            && graph.edges.iter().all(|edge| edge.from != *node && edge.to != *node)
    };
    told.extend((0..graph.nodes.len()).filter(is_alone).map(name));
    told.join("; ")
}

fn draw_node(picture: &mut SvgPicture, node: &GraphBox, area: BoxArea) {
    let BoxArea { x, y, width, height } = area;
    let (left, top, right, bottom) = (x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0);
    let rect = (left, top, width, height);
    let lean = LEAN;
    match node.shape {
        BoxShape::Box => picture.rect("node", rect, 3.0),
        BoxShape::Round => picture.rect("node", rect, 10.0),
        BoxShape::Stadium => picture.rect("node", rect, height / 2.0),
        BoxShape::Note => picture.rect("note", rect, 0.0),
        BoxShape::Subroutine => {
            picture.rect("node", rect, 0.0);
            picture.line("edge", (left + 8.0, top), (left + 8.0, bottom));
            picture.line("edge", (right - 8.0, top), (right - 8.0, bottom));
        }
        BoxShape::Cylinder => {
            picture.reach(right, bottom);
            let (rx, ry) = (width / 2.0, 9.0);
            let side =
                format!("M{left:.1} {:.1}a{rx:.1} {ry} 0 0 0 {width:.1} 0a{rx:.1} {ry} 0 0 0 -{width:.1} 0", top + ry);
            let body = format!("v{:.1}a{rx:.1} {ry} 0 0 0 {width:.1} 0v-{:.1}", height - 2.0 * ry, height - 2.0 * ry);
            picture.path("node", &format!("{side}{body}"));
        }
        BoxShape::Circle => picture.circle("node", x, y, width / 2.0),
        BoxShape::DoubleCircle => {
            picture.circle("node", x, y, width / 2.0);
            picture.circle("node", x, y, width / 2.0 - 5.0);
        }
        BoxShape::Flag => {
            let points = [(left, top), (right, top), (right, bottom), (left, bottom), (left + lean, y)];
            picture.polygon("node", &points);
        }
        BoxShape::Diamond => picture.polygon("node", &[(x, top), (right, y), (x, bottom), (left, y)]),
        BoxShape::Hexagon => {
            let points = [
                (left + lean, top),
                (right - lean, top),
                (right, y),
                (right - lean, bottom),
                (left + lean, bottom),
                (left, y),
            ];
            picture.polygon("node", &points);
        }
        BoxShape::LeanRight => {
            picture.polygon("node", &[(left + lean, top), (right, top), (right - lean, bottom), (left, bottom)]);
        }
        BoxShape::LeanLeft => {
            picture.polygon("node", &[(left, top), (right - lean, top), (right, bottom), (left + lean, bottom)]);
        }
        BoxShape::Trapezoid => {
            picture.polygon("node", &[(left + lean, top), (right - lean, top), (right, bottom), (left, bottom)]);
        }
        BoxShape::TrapezoidUp => {
            picture.polygon("node", &[(left, top), (right, top), (right - lean, bottom), (left + lean, bottom)]);
        }
        BoxShape::Start => picture.circle("dot", x, y, 8.0),
        BoxShape::End => {
            picture.circle("node", x, y, 9.0);
            picture.circle("dot", x, y, 5.0);
        }
        BoxShape::Bar => picture.rect("dot", rect, 2.0),
        BoxShape::Nothing => return,
        BoxShape::Parts => return draw_parts(picture, node, area),
    }
    let down = if node.shape == BoxShape::Cylinder { 8.0 } else { 0.0 };
    picture.text("label", &node.lines, (x, y + down));
}

/// A class: its name, and below it, between lines, what it has.
fn draw_parts(picture: &mut SvgPicture, node: &GraphBox, area: BoxArea) {
    let (left, right) = (area.x - area.width / 2.0, area.x + area.width / 2.0);
    let mut top = area.y - area.height / 2.0;
    picture.rect("node", (left, top, area.width, area.height), 3.0);
    let name = letters::size(&node.lines).1 + 14.0;
    picture.text("label strong", &node.lines, (area.x, top + name / 2.0));
    top += name;
    for part in &node.parts {
        picture.line("edge", (left, top), (right, top));
        let height = part.len() as f64 * LINE + 12.0;
        for (number, member) in part.iter().enumerate() {
            let y = top + 6.0 + (number as f64 + 0.5) * LINE;
            picture.text(member.class(), std::slice::from_ref(&member.text), (left + 10.0, y));
        }
        top += height;
    }
}
