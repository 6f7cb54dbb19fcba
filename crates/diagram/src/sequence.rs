//! Sequences: who tells whom what, in order; read into rows, which `sequence_drawn.rs` draws.

use std::collections::HashMap;

use crate::fault::DrawingFault;
use crate::graph::LineHead;
use crate::letters::lines;
use crate::sequence_drawn;
use crate::sequence_rows::{NoteSide, SequenceParty, SequenceRow};
use crate::source::DiagramSource;

/// How messages are written, longer ones first: whether dotted, and their ends.
const ARROWS: [(&str, bool, LineHead, LineHead); 12] = [
    ("<<-->>", true, LineHead::Arrow, LineHead::Arrow),
    ("<<->>", false, LineHead::Arrow, LineHead::Arrow),
    ("-->>", true, LineHead::Arrow, LineHead::None),
    ("->>", false, LineHead::Arrow, LineHead::None),
    ("--x", true, LineHead::Cross, LineHead::None),
    ("--)", true, LineHead::Open, LineHead::None),
    ("-->", true, LineHead::None, LineHead::None),
    ("->", false, LineHead::None, LineHead::None),
    ("-x", false, LineHead::Cross, LineHead::None),
    ("-)", false, LineHead::Open, LineHead::None),
    ("--|", true, LineHead::Arrow, LineHead::None),
    ("-|", false, LineHead::Arrow, LineHead::None),
];

#[derive(Default)]
struct SequenceReader {
    parties: Vec<SequenceParty>,
    names: HashMap<String, usize>,
    rows: Vec<SequenceRow>,
    /// The frames that are open; whether each is one that is drawn.
    open: Vec<bool>,
    numbers: Option<usize>,
    title: String,
}

pub(crate) fn draw(source: &DiagramSource) -> Result<String, DrawingFault> {
    let mut reader = SequenceReader::default();
    let mut last = 0;
    for (line, text) in source.lines.iter().skip(1) {
        last = *line;
        for statement in text.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            reader.statement(statement).map_err(|message| DrawingFault::new(*line, message))?;
        }
    }
    if !reader.open.is_empty() {
        return Err(DrawingFault::new(last, "a frame (`loop`, `alt` …) is never closed: write `end`"));
    }
    if reader.parties.is_empty() || reader.parties.len() > 50 {
        return Err(DrawingFault::new(
            last,
            format!("it has {} who take part, and 1 to 50 can be drawn", reader.parties.len()),
        ));
    }
    Ok(sequence_drawn::draw(source, &reader.parties, &reader.rows, &reader.title))
}

impl SequenceReader {
    fn statement(&mut self, text: &str) -> Result<(), String> {
        let (word, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        let rest = rest.trim();
        match word {
            "participant" | "actor" => self.party(rest, word == "actor"),
            "create" | "destroy" => {
                let (kind, name) = rest.split_once(' ').unwrap_or(("", rest));
                if word == "create" {
                    self.party(name, kind == "actor");
                }
            }
            "autonumber" => self.numbers = (rest != "off").then_some(1),
            "title" | "title:" => rest.clone_into(&mut self.title),
            "links" | "link" | "properties" | "details" => {}
            "activate" | "deactivate" => {
                let party = self.named(rest);
                self.rows.push(if word == "activate" { SequenceRow::Begin(party) } else { SequenceRow::Finish(party) });
            }
            "Note" | "note" => self.note(rest)?,
            "loop" | "alt" | "opt" | "par" | "critical" | "break" => {
                self.rows.push(SequenceRow::Open { word: word.to_owned(), text: lines(rest) });
                self.frame(true)?;
            }
            "rect" | "box" => self.frame(false)?,
            "else" | "and" | "option" => self.rows.push(SequenceRow::Part(lines(rest))),
            "end" => match self.open.pop() {
                Some(true) => self.rows.push(SequenceRow::Close),
                Some(false) => {}
                None => return Err("`end` closes nothing".to_owned()),
            },
            _ => self.message(text)?,
        }
        Ok(())
    }

    fn frame(&mut self, is_drawn: bool) -> Result<(), String> {
        self.open.push(is_drawn);
        if self.open.len() > 20 { Err("frames are nested more than 20 deep here".to_owned()) } else { Ok(()) }
    }

    /// `A as Alice`
    fn party(&mut self, text: &str, is_person: bool) {
        let (name, label) = text.split_once(" as ").unwrap_or((text, text));
        let name = name.split("@{").next().unwrap_or(name).trim();
        let label = if label == text { name } else { label };
        let party = self.named(name);
        self.parties[party] = SequenceParty { label: lines(label), is_person };
    }

    fn named(&mut self, name: &str) -> usize {
        let name = name.trim();
        if let Some(party) = self.names.get(name) {
            return *party;
        }
        self.parties.push(SequenceParty { label: lines(name), is_person: false });
        self.names.insert(name.to_owned(), self.parties.len() - 1);
        self.parties.len() - 1
    }

    /// `over A,B: words`
    fn note(&mut self, text: &str) -> Result<(), String> {
        let sides = [("left of ", NoteSide::Left), ("right of ", NoteSide::Right), ("over ", NoteSide::Over)];
        let (side, rest) = sides
            .iter()
            .find_map(|(word, side)| Some((*side, text.strip_prefix(word)?)))
            .ok_or("a note is `left of`, `right of` or `over` somebody")?;
        let (names, said) = rest.split_once(':').ok_or("a note says something after a colon")?;
        let mut of: Vec<usize> = names.split(',').map(|name| self.named(name)).collect();
        of.sort_unstable();
        let (from, to) = (of[0], of[of.len() - 1]);
        self.rows.push(SequenceRow::Note { from, to, side, text: lines(said) });
        Ok(())
    }

    fn message(&mut self, text: &str) -> Result<(), String> {
        let (said, words) = text.split_once(':').unwrap_or((text, ""));
        let found = ARROWS
            .iter()
            .filter_map(|arrow| Some((said.find(arrow.0)?, *arrow)))
            .min_by_key(|(at, arrow)| (*at, usize::MAX - arrow.0.len()));
        let Some((at, (sign, dotted, end, start))) = found else {
            let said: String = said.chars().take(40).collect();
            return Err(format!("`{said}` is no message: one is written `A->>B: words`"));
        };
        let (from, to) = (said[..at].trim(), said[at + sign.len()..].trim());
        let (to, begins, finishes) = match to.as_bytes().first() {
            Some(b'+') => (&to[1..], true, false),
            Some(b'-') => (&to[1..], false, true),
            _ => (to, false, false),
        };
        if from.is_empty() || to.is_empty() {
            return Err("a message goes from somebody to somebody: `A->>B: words`".to_owned());
        }
        let (from, to) = (self.named(from), self.named(to));
        let number = self.numbers.map(|number| format!("{number}. ")).unwrap_or_default();
        self.numbers = self.numbers.map(|number| number + 1);
        let text = lines(&format!("{number}{}", words.trim()));
        self.rows.push(SequenceRow::Message { from, to, text, dotted, end, start });
        if begins {
            self.rows.push(SequenceRow::Begin(to));
        }
        if finishes {
            self.rows.push(SequenceRow::Finish(from));
        }
        Ok(())
    }
}
