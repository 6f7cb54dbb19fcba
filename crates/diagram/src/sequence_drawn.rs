//! Sequences drawn: those who take part side by side, what they tell from top to bottom.

use crate::graph::LineHead;
use crate::letters::{self, LINE};
use crate::route::head;
use crate::sequence_rows::{NoteSide, SequenceParty, SequenceRow};
use crate::source::DiagramSource;
use crate::svg::SvgPicture;

/// Half of what stands for being active.
const ACTIVE: f64 = 5.0;

type Parties = (usize, usize);
type Heads = (LineHead, LineHead);

struct SequenceDrawing<'a> {
    picture: SvgPicture,
    parties: &'a [SequenceParty],
    /// The middle of each who takes part.
    x: Vec<f64>,
    y: f64,
    /// Since when each is active, as often as that is.
    active: Vec<Vec<f64>>,
    /// Frames that are open: where they begin.
    frames: Vec<f64>,
    bars: Vec<(usize, usize, f64, f64)>,
}

pub(crate) fn draw(source: &DiagramSource, parties: &[SequenceParty], rows: &[SequenceRow], title: &str) -> String {
    let x = columns(parties, rows);
    let height = parties.iter().map(|party| letters::size(&party.label).1).fold(0.0, f64::max) + 22.0;
    let high = height + if parties.iter().any(|party| party.is_person) { 40.0 } else { 0.0 };
    let top = if title.is_empty() { 0.0 } else { 34.0 };
    let active = vec![Vec::new(); parties.len()];
    let (frames, bars) = Default::default();
    let mut drawing =
        SequenceDrawing { picture: SvgPicture::default(), parties, x, y: top + high + 14.0, active, frames, bars };
    // What lies below the rest comes first, and is known last: all is drawn twice.
    rows.iter().for_each(|row| drawing.row(row));
    let bottom = drawing.y + 10.0;
    let open: Vec<(usize, usize, f64)> = drawing
        .active
        .iter()
        .enumerate()
        .flat_map(|(party, since)| since.iter().enumerate().map(move |(depth, at)| (party, depth, *at)))
        .collect();
    drawing.bars.extend(open.into_iter().map(|(party, depth, at)| (party, depth, at, bottom)));
    let rows_drawn = std::mem::take(&mut drawing.picture);
    if !title.is_empty() {
        let middle = f64::midpoint(drawing.x[0], drawing.x[drawing.x.len() - 1]);
        drawing.picture.text("label strong", &letters::lines(title), (middle, 10.0));
    }
    for party in 0..parties.len() {
        drawing.picture.line("lifeline", (drawing.x[party], top + high), (drawing.x[party], bottom));
    }
    for (party, depth, from, to) in std::mem::take(&mut drawing.bars) {
        let left = drawing.x[party] - ACTIVE + depth as f64 * ACTIVE;
        drawing.picture.rect("active", (left, from, 2.0 * ACTIVE, (to - from).max(6.0)), 0.0);
    }
    for (party, at) in parties.iter().zip(drawing.x.clone()) {
        drawing.party(party, at, top, high, height);
        drawing.party(party, at, bottom, high, height);
    }
    drawing.picture.append(&rows_drawn);
    let mut told = source.told(words(parties, rows));
    if told.title.is_empty() {
        title.clone_into(&mut told.title);
    }
    drawing.picture.finish("sequence", &told)
}

/// Where each stands: far enough from the others for what is said between them.
fn columns(parties: &[SequenceParty], rows: &[SequenceRow]) -> Vec<f64> {
    let width = |party: &SequenceParty| letters::size(&party.label).0 + 30.0;
    let mut gaps: Vec<f64> =
        parties.windows(2).map(|pair| f64::midpoint(width(&pair[0]), width(&pair[1])) + 30.0).collect();
    let mut left = width(&parties[0]) / 2.0;
    for row in rows {
        let (from, to, needed) = match row {
            SequenceRow::Message { from, to, text, .. } if from == to => {
                (*from, from + 1, letters::size(text).0 + 60.0)
            }
            SequenceRow::Message { from, to, text, .. } => (*from.min(to), *from.max(to), letters::size(text).0 + 36.0),
            SequenceRow::Note { from, to, side: NoteSide::Over, text } if from == to => {
                let half = letters::size(text).0 / 2.0 + 24.0;
                if *from == 0 {
                    left = left.max(half);
                } else {
                    gaps[from - 1] = gaps[from - 1].max(half + 10.0);
                }
                (*from, from + 1, half + 10.0)
            }
            SequenceRow::Note { from, to, side: NoteSide::Over, text } => (*from, *to, letters::size(text).0 - 40.0),
            SequenceRow::Note { from, side: NoteSide::Right, text, .. } => {
                (*from, from + 1, letters::size(text).0 + 60.0)
            }
            SequenceRow::Note { from: 0, side: NoteSide::Left, text, .. } => {
                left = left.max(letters::size(text).0 + 50.0);
                continue;
            }
            SequenceRow::Note { from, side: NoteSide::Left, text, .. } => {
                (from - 1, *from, letters::size(text).0 + 60.0)
            }
            _ => continue,
        };
        let Some(between) = gaps.get_mut(from..to) else {
            continue;
        };
        let lacking = needed - between.iter().sum::<f64>();
        let share = lacking.max(0.0) / between.len() as f64;
        between.iter_mut().for_each(|gap| *gap += share);
    }
    let mut x = vec![left + 12.0];
    for gap in gaps {
        x.push(x[x.len() - 1] + gap);
    }
    x
}

impl SequenceDrawing<'_> {
    fn party(&mut self, party: &SequenceParty, x: f64, top: f64, high: f64, height: f64) {
        let (width, _) = letters::size(&party.label);
        let (width, middle) = (width + 26.0, top + high - height / 2.0);
        if party.is_person {
            let head = top + high - height - 30.0;
            self.picture.circle("node", x, head, 7.0);
            self.picture.line("edge", (x, head + 7.0), (x, head + 20.0));
            self.picture.line("edge", (x - 10.0, head + 12.0), (x + 10.0, head + 12.0));
            self.picture.line("edge", (x - 8.0, head + 31.0), (x, head + 20.0));
            self.picture.line("edge", (x, head + 20.0), (x + 8.0, head + 31.0));
        } else {
            self.picture.rect("node", (x - width / 2.0, middle - height / 2.0, width, height), 3.0);
        }
        self.picture.text("label", &party.label, (x, middle));
    }

    fn row(&mut self, row: &SequenceRow) {
        match row {
            SequenceRow::Message { from, to, text, dotted, end, start } => {
                self.message((*from, *to), text, *dotted, (*start, *end));
            }
            SequenceRow::Note { from, to, side, text } => self.note((*from, *to), *side, text),
            SequenceRow::Begin(party) => self.active[*party].push(self.y - 4.0),
            SequenceRow::Finish(party) => {
                if let Some(since) = self.active[*party].pop() {
                    self.bars.push((*party, self.active[*party].len(), since, self.y - 4.0));
                }
            }
            SequenceRow::Open { word, text } => {
                self.y += 6.0;
                self.frames.push(self.y);
                let left = self.frame_sides().0;
                let word = std::slice::from_ref(word);
                let width = letters::size(word).0 + 16.0;
                self.picture.rect("frame-name", (left, self.y, width, LINE + 2.0), 0.0);
                self.picture.text("label", word, (left + width / 2.0, self.y + 10.0));
                let (said, high) = letters::size(text);
                if said > 0.0 {
                    self.picture.text(
                        "edge-label",
                        text,
                        (left + width + 12.0 + said / 2.0, self.y + high / 2.0 + 1.0),
                    );
                }
                self.y += high.max(LINE) + 16.0;
            }
            SequenceRow::Part(text) => {
                let (left, right) = self.frame_sides();
                self.picture.line("edge dotted", (left, self.y), (right, self.y));
                let (said, high) = letters::size(text);
                self.picture.text("edge-label", text, (left + 16.0 + said / 2.0, self.y + high / 2.0 + 3.0));
                self.y += high + 16.0;
            }
            SequenceRow::Close => {
                let (left, right) = self.frame_sides();
                if let Some(top) = self.frames.pop() {
                    self.picture.rect("frame", (left, top, right - left, self.y - top), 0.0);
                }
                self.y += 14.0;
            }
        }
    }

    /// A frame goes around all, and each within another a little less.
    fn frame_sides(&self) -> (f64, f64) {
        let inset = 6.0 * (self.frames.len() as f64 - 1.0).max(0.0);
        let half = |party: &SequenceParty| letters::size(&party.label).0 / 2.0 + 22.0;
        let last = self.x.len() - 1;
        (self.x[0] - half(&self.parties[0]) + inset, self.x[last] + half(&self.parties[last]) - inset)
    }

    fn message(&mut self, (from, to): Parties, text: &[String], dotted: bool, (start, end): Heads) {
        let class = if dotted { "edge dotted" } else { "edge" };
        let (width, height) = letters::size(text);
        let half = |party: usize| {
            if self.active[party].is_empty() { 0.0 } else { ACTIVE }
        };
        if from == to {
            let x = self.x[from] + half(from);
            let middle = self.y + height / 2.0;
            self.picture.text("edge-label", text, (x + 44.0 + width / 2.0, middle));
            self.picture.reach(x + 50.0 + width, self.y);
            let bottom = self.y + height.max(22.0);
            self.picture.path(class, &format!("M{x:.1} {:.1}h36V{bottom:.1}H{x:.1}", self.y + 2.0));
            head(&mut self.picture, end, (x, bottom), (x + 30.0, bottom));
            self.y = bottom + 18.0;
            return;
        }
        let right = if to > from { 1.0 } else { -1.0 };
        let (x1, x2) = (self.x[from] + right * half(from), self.x[to] - right * half(to));
        self.picture.text("edge-label", text, (f64::midpoint(x1, x2), self.y + height / 2.0));
        self.y += height + 6.0;
        self.picture.line(class, (x1, self.y), (x2, self.y));
        head(&mut self.picture, end, (x2, self.y), (x1, self.y));
        head(&mut self.picture, start, (x1, self.y), (x2, self.y));
        self.y += 18.0;
    }

    fn note(&mut self, (from, to): Parties, side: NoteSide, text: &[String]) {
        let (width, height) = letters::size(text);
        let (width, height) = (width + 24.0, height + 14.0);
        let middle = match side {
            NoteSide::Over => f64::midpoint(self.x[from], self.x[to]),
            NoteSide::Left => self.x[from] - 14.0 - width / 2.0,
            NoteSide::Right => self.x[to] + 14.0 + width / 2.0,
        };
        let wide = if side == NoteSide::Over { width.max(self.x[to] - self.x[from] + 40.0) } else { width };
        self.picture.rect("note", (middle - wide / 2.0, self.y, wide, height), 0.0);
        self.picture.text("label", text, (middle, self.y + height / 2.0));
        self.y += height + 14.0;
    }
}

/// What is said, for those who don't see it.
fn words(parties: &[SequenceParty], rows: &[SequenceRow]) -> String {
    let name = |party: usize| parties[party].label.join(" ");
    let told = rows.iter().filter_map(|row| match row {
        SequenceRow::Message { from, to, text, .. } => {
            Some(format!("{} → {}: {}", name(*from), name(*to), text.join(" ")))
        }
        SequenceRow::Note { text, .. } => Some(text.join(" ")),
        SequenceRow::Open { word, text } => Some(format!("{word} {}", text.join(" "))),
        _ => None,
    });
    told.collect::<Vec<_>>().join("; ")
}
