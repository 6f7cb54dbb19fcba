//! Sequences drawn: those who take part side by side, what they tell from top to bottom.

use crate::graph::LineHead;
use crate::letters::{self, LINE};
use crate::route::head;
use crate::sequence_frames::{self, FrameSides};
use crate::sequence_rows::{NoteSide, Parties, ReadSequence, SequenceBox, SequenceParty, SequenceRow};
use crate::source::DiagramSource;
use crate::svg::{Point, SvgPicture};

/// Half of what stands for being active.
const ACTIVE: f64 = 5.0;

type Heads = (LineHead, LineHead);

struct SequenceDrawing<'a> {
    /// What is told, drawn over the lines of those who tell it; and what lies below these.
    picture: SvgPicture,
    grounds: SvgPicture,
    parties: &'a [SequenceParty],
    /// The middle of each who takes part.
    x: Vec<f64>,
    y: f64,
    /// Where the last message stands, as long as nothing else follows it.
    told_at: Option<f64>,
    /// Since when each is active, as often as that is.
    active: Vec<Vec<f64>>,
    /// The sides of the frames that are still to come, the last first; and of those that are open, with their tops.
    sides: Vec<FrameSides>,
    frames: Vec<(f64, FrameSides, bool)>,
    bars: Vec<(usize, usize, f64, f64)>,
}

pub(crate) fn draw(source: &DiagramSource, read: &ReadSequence<'_>) -> String {
    let ReadSequence { parties, boxes, rows, title } = *read;
    let mut x = columns(parties, rows);
    let (mut sides, mut all) = sequence_frames::sides(rows, &x);
    if all.0 < 0.0 {
        x.iter_mut().for_each(|x| *x -= all.0);
        (sides, all) = sequence_frames::sides(rows, &x);
    }
    sides.reverse();
    let height = parties.iter().map(|party| letters::size(&party.label).1).fold(0.0, f64::max) + 22.0;
    let high = height + if parties.iter().any(|party| party.is_person) { 40.0 } else { 0.0 };
    let named = boxes.iter().map(|around| letters::size(&around.title).1 + 14.0).fold(0.0, f64::max);
    let top = named + if title.is_empty() { 0.0 } else { 34.0 };
    let active = vec![Vec::new(); parties.len()];
    let (picture, grounds, frames, bars, told_at) = Default::default();
    let y = top + high + 14.0;
    let mut drawing = SequenceDrawing { picture, grounds, parties, x, y, told_at, active, sides, frames, bars };
    for (number, row) in rows.iter().enumerate() {
        drawing.row(row, rows.get(number + 1));
    }
    let bottom = drawing.y + 10.0;
    drawing.end_bars(bottom);
    let mut whole = SvgPicture::default();
    whole.reach(all.1, bottom);
    drawing.boxes(&mut whole, boxes, top, bottom + high);
    whole.append(&drawing.grounds);
    for x in &drawing.x {
        whole.line("lifeline", (*x, top + high), (*x, bottom));
    }
    for (party, depth, from, to) in &drawing.bars {
        let left = drawing.x[*party] - ACTIVE + *depth as f64 * ACTIVE;
        whole.rect("active", (left, *from, 2.0 * ACTIVE, (to - from).max(6.0)), 0.0);
    }
    for (party, x) in parties.iter().zip(&drawing.x) {
        draw_party(&mut whole, party, (*x, top + high - height), height);
        let below = if party.is_person { 40.0 } else { 0.0 };
        draw_party(&mut whole, party, (*x, bottom + below), height);
    }
    whole.append(&drawing.picture);
    if !title.is_empty() {
        let middle = f64::midpoint(drawing.x[0], drawing.x[drawing.x.len() - 1]).max(letters::width(title) / 2.0);
        whole.text("label strong", &[letters::plain(title)], (middle, 10.0));
        whole.reach(middle + letters::width(title) / 2.0, 20.0);
    }
    let mut told = source.told(words(parties, rows));
    if told.title.is_empty() {
        title.clone_into(&mut told.title);
    }
    whole.finish("sequence", &told)
}

/// One who takes part, below a top and so high; a person stands above that.
fn draw_party(picture: &mut SvgPicture, party: &SequenceParty, (x, top): Point, height: f64) {
    let width = letters::size(&party.label).0 + 26.0;
    if party.is_person {
        let head = top - 30.0;
        picture.circle("node", x, head, 7.0);
        picture.line("edge", (x, head + 7.0), (x, head + 20.0));
        picture.line("edge", (x - 10.0, head + 12.0), (x + 10.0, head + 12.0));
        picture.line("edge", (x - 8.0, head + 31.0), (x, head + 20.0));
        picture.line("edge", (x, head + 20.0), (x + 8.0, head + 31.0));
    } else {
        picture.rect("node", (x - width / 2.0, top, width, height), 3.0);
    }
    picture.text("label", &party.label, (x, top + height / 2.0));
    picture.reach(x + width / 2.0, top + height);
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
    fn row(&mut self, row: &SequenceRow, next: Option<&SequenceRow>) {
        let told_at = self.told_at.take();
        match row {
            SequenceRow::Message { from, to, text, dotted, end, start } => {
                let begins = matches!(next, Some(SequenceRow::Begin(party)) if party == to);
                self.message((*from, *to), text, *dotted, (*start, *end), begins);
            }
            SequenceRow::Note { from, to, side, text } => self.note((*from, *to), *side, text),
            SequenceRow::Begin(party) => {
                self.active[*party].push(told_at.unwrap_or(self.y - 4.0));
                self.told_at = told_at;
            }
            SequenceRow::Finish(party) => {
                if let Some(since) = self.active[*party].pop() {
                    let until = told_at.filter(|at| *at > since).unwrap_or(self.y - 4.0);
                    self.bars.push((*party, self.active[*party].len(), since, until));
                }
                self.told_at = told_at;
            }
            SequenceRow::Open { word, text } => self.open(word, text),
            SequenceRow::Part(text) => {
                let Some((_, (left, right), _)) = self.frames.last().copied() else { return };
                self.picture.line("edge dotted", (left, self.y), (right, self.y));
                let (said, high) = letters::size(text);
                self.picture.text("edge-label", text, (left + 16.0 + said / 2.0, self.y + high / 2.0 + 3.0));
                self.y += high + 16.0;
            }
            SequenceRow::Close => {
                if let Some((top, (left, right), is_framed)) = self.frames.pop() {
                    let corners = (left, top, right - left, self.y - top);
                    if is_framed {
                        self.picture.rect("frame", corners, 0.0);
                    } else {
                        self.grounds.rect("region", corners, 3.0);
                    }
                }
                self.y += 14.0;
            }
        }
    }

    fn open(&mut self, word: &str, text: &[String]) {
        let sides = self.sides.pop().unwrap_or_default();
        let is_framed = word != "rect";
        self.y += 6.0;
        self.frames.push((self.y, sides, is_framed));
        if !is_framed {
            self.y += 10.0;
            return;
        }
        let (left, width) = (sides.0, sequence_frames::name_width(word));
        self.picture.rect("frame-name", (left, self.y, width, LINE + 2.0), 0.0);
        self.picture.text("label", &[word.to_owned()], (left + width / 2.0, self.y + 10.0));
        let (said, high) = letters::size(text);
        if said > 0.0 {
            self.picture.text("edge-label", text, (left + width + 12.0 + said / 2.0, self.y + high / 2.0 + 1.0));
        }
        self.y += high.max(LINE) + 16.0;
    }

    /// How far from its middle the line of one who takes part has its side.
    fn half(&self, party: usize, is_right: bool, begins: bool) -> f64 {
        let bars = self.active[party].len() + usize::from(begins);
        if is_right { ACTIVE * bars as f64 } else { ACTIVE * bars.min(1) as f64 }
    }

    fn message(&mut self, (from, to): Parties, text: &[String], dotted: bool, (start, end): Heads, begins: bool) {
        let class = if dotted { "edge dotted" } else { "edge" };
        let (width, height) = letters::size(text);
        if from == to {
            let (x1, x2) = (self.x[from] + self.half(from, true, false), self.x[from] + self.half(from, true, begins));
            self.picture.text("edge-label", text, (x1 + 44.0 + width / 2.0, self.y + height / 2.0));
            self.picture.reach(x1 + 50.0 + width, self.y);
            let bottom = self.y + height.max(22.0);
            self.picture.path(class, &format!("M{x1:.1} {:.1}H{:.1}V{bottom:.1}H{x2:.1}", self.y + 2.0, x1 + 36.0));
            head(&mut self.picture, end, (x2, bottom), (x2 + 30.0, bottom));
            self.told_at = Some(bottom);
            self.y = bottom + 18.0;
            return;
        }
        let is_right = to > from;
        let right = if is_right { 1.0 } else { -1.0 };
        let x1 = self.x[from] + right * self.half(from, is_right, false);
        let x2 = self.x[to] - right * self.half(to, !is_right, begins);
        self.picture.text("edge-label", text, (f64::midpoint(x1, x2), self.y + height / 2.0));
        self.y += height + 6.0;
        self.picture.line(class, (x1, self.y), (x2, self.y));
        head(&mut self.picture, end, (x2, self.y), (x1, self.y));
        head(&mut self.picture, start, (x1, self.y), (x2, self.y));
        self.told_at = Some(self.y);
        self.y += 18.0;
    }

    fn note(&mut self, parties: Parties, side: NoteSide, text: &[String]) {
        let (words, height) = letters::size(text);
        let height = height + 14.0;
        let (left, width) = sequence_frames::note(&self.x, parties, side, words);
        self.picture.rect("note", (left, self.y, width, height), 0.0);
        self.picture.text("label", text, (left + width / 2.0, self.y + height / 2.0));
        self.y += height + 14.0;
    }

    /// Who is still active at the end is so up to there.
    fn end_bars(&mut self, bottom: f64) {
        for (party, since) in self.active.iter().enumerate() {
            self.bars.extend(since.iter().enumerate().map(|(depth, at)| (party, depth, *at, bottom)));
        }
        // Those within others lie over them.
        self.bars.sort_by_key(|(_, depth, _, _)| *depth);
    }

    fn boxes(&self, picture: &mut SvgPicture, boxes: &[SequenceBox], top: f64, bottom: f64) {
        for around in boxes.iter().filter(|around| !around.parties.is_empty()) {
            let half = |party: usize| letters::size(&self.parties[party].label).0 / 2.0 + 21.0;
            let left = around.parties.iter().map(|party| self.x[*party] - half(*party)).fold(f64::MAX, f64::min);
            let right = around.parties.iter().map(|party| self.x[*party] + half(*party)).fold(f64::MIN, f64::max);
            let (words, high) = letters::size(&around.title);
            let right = right.max(left + words + 12.0);
            let head = high + 12.0;
            picture.rect("group", (left, top - head, right - left, bottom - top + head + 8.0), 4.0);
            picture.text("group-name", &around.title, (f64::midpoint(left, right), top - head / 2.0));
        }
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
