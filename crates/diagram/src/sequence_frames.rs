//! How far frames of a sequence reach to the left and right: around what stands in them, whoever else takes part.

use crate::letters;
use crate::sequence_rows::{NoteSide, Parties, SequenceRow};

/// From what stands in a frame to its sides.
const PADDING: f64 = 14.0;

/// Left and right.
pub(crate) type FrameSides = (f64, f64);

struct OpenFrame {
    number: usize,
    sides: Option<FrameSides>,
    /// How wide its own words are.
    words: f64,
}

/// The sides of each frame, in the order in which they open; and those of all that is told.
pub(crate) fn sides(rows: &[SequenceRow], x: &[f64]) -> (Vec<FrameSides>, FrameSides) {
    let all = (x[0] - 10.0, x[x.len() - 1] + 10.0);
    let mut frames = Vec::new();
    let mut open = vec![OpenFrame { number: 0, sides: Some(all), words: 0.0 }];
    for row in rows {
        match row {
            SequenceRow::Open { word, text } => {
                let words = name_width(word) + 24.0 + letters::size(text).0;
                open.push(OpenFrame { number: frames.len(), sides: None, words });
                frames.push(all);
            }
            SequenceRow::Part(text) => {
                if let Some(frame) = open.last_mut() {
                    frame.words = frame.words.max(28.0 + letters::size(text).0);
                }
            }
            SequenceRow::Close if open.len() > 1 => {
                let Some(frame) = open.pop() else { continue };
                let (left, right) = frame.sides.unwrap_or(all);
                let left = left - PADDING;
                frames[frame.number] = (left, (right + PADDING).max(left + frame.words));
                reach(&mut open, frames[frame.number]);
            }
            row => {
                if let Some(sides) = row_sides(row, x) {
                    reach(&mut open, sides);
                }
            }
        }
    }
    (frames, open[0].sides.unwrap_or(all))
}

/// How wide the name of a frame is, with room around it; one that only colours has none.
pub(crate) fn name_width(word: &str) -> f64 {
    if word == "rect" { 0.0 } else { letters::width(word) + 16.0 }
}

fn reach(open: &mut [OpenFrame], (left, right): FrameSides) {
    if let Some(frame) = open.last_mut() {
        let sides = frame.sides.unwrap_or((left, right));
        frame.sides = Some((sides.0.min(left), sides.1.max(right)));
    }
}

fn row_sides(row: &SequenceRow, x: &[f64]) -> Option<FrameSides> {
    Some(match row {
        SequenceRow::Message { from, to, text, .. } if from == to => {
            (x[*from] - 10.0, x[*from] + 56.0 + letters::size(text).0)
        }
        SequenceRow::Message { from, to, .. } => (x[*from.min(to)] - 10.0, x[*from.max(to)] + 10.0),
        SequenceRow::Note { from, to, side, text } => {
            let (left, width) = note(x, (*from, *to), *side, letters::size(text).0);
            (left, left + width)
        }
        _ => return None,
    })
}

/// The left side and the width of a note whose words are so wide.
pub(crate) fn note(x: &[f64], (from, to): Parties, side: NoteSide, words: f64) -> (f64, f64) {
    let width = words + 24.0;
    match side {
        NoteSide::Left => (x[from] - 14.0 - width, width),
        NoteSide::Right => (x[to] + 14.0, width),
        NoteSide::Over => {
            let width = width.max(x[to] - x[from] + 40.0);
            (f64::midpoint(x[from], x[to]) - width / 2.0, width)
        }
    }
}
