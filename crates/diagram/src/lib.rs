//! Diagrams as Mermaid writes them, drawn as SVG: flowcharts, sequences, classes, states, pies and plans of time (gantt). The
//! SVG holds classes and no colours, no styles, no ids and no scripts: the style sheet of the page decides how it looks.
//! Whatever is written, it ends soon, and nothing of it becomes markup. It knows nothing of pages.

// What is wrong is given back.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::exit)]
#![cfg_attr(not(test), warn(clippy::unreachable))]
// What a module doesn't offer to others, they can't take; and what nobody takes is told.
#![warn(unreachable_pub)]

mod fault;
mod letters;
mod svg;
mod source;
mod graph;
mod ranks;
mod order;
mod place;
mod route;
mod shapes;
mod links;
mod flowchart;
mod states;
mod classes;
mod sequence_rows;
mod sequence_frames;
mod sequence_drawn;
mod sequence;
mod pie;
mod day;
mod workdays;
mod axis;
mod gantt;

pub use fault::DrawingFault;
use source::DiagramSource;

/// A diagram of more lines is not drawn.
const MOST_LINES: usize = 2_000;

/// What can be drawn, for whoever asks what else is there.
pub const KINDS: [&str; 6] = ["flowchart", "sequenceDiagram", "classDiagram", "stateDiagram-v2", "pie", "gantt"];

/// Draws a diagram.
///
/// # Errors
/// What is wrong, and in which line, where it can't be drawn.
pub fn draw(text: &str) -> Result<String, DrawingFault> {
    let lines = text.lines().count();
    if lines > MOST_LINES {
        return Err(DrawingFault::new(0, format!("it has {lines} lines, and more than {MOST_LINES} are not drawn")));
    }
    let source = DiagramSource::read(text);
    let Some((line, first)) = source.lines.first() else {
        return Err(DrawingFault::new(0, "nothing stands in it"));
    };
    let kind = first.split([' ', '\t', ';', ':']).next().unwrap_or_default();
    match kind {
        "flowchart" | "graph" | "flowchart-elk" => flowchart::draw(&source),
        "sequenceDiagram" => sequence::draw(&source),
        "classDiagram" | "classDiagram-v2" => classes::draw(&source),
        "stateDiagram" | "stateDiagram-v2" => states::draw(&source),
        "pie" => pie::draw(&source),
        "gantt" => gantt::draw(&source),
        other => {
            let other: String = other.chars().take(40).collect();
            Err(DrawingFault::new(
                *line,
                format!("`{other}` is no kind of diagram that is drawn here: {}", KINDS.join(", ")),
            ))
        }
    }
}

#[cfg(test)]
mod tests;
