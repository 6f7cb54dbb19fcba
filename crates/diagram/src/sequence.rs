//! Sequences: who tells whom what, in order; read into rows, which `sequence_drawn.rs` draws.

use std::collections::HashMap;

use crate::fault::DrawingFault;
use crate::graph::LineHead;
use crate::letters::lines;
use crate::sequence_drawn;
use crate::sequence_rows::{NoteSide, ReadSequence, SequenceBox, SequenceParty, SequenceRow};
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
    /// What `end` closes: whether each is a box around some who take part, and else a frame around what is told.
    open: Vec<bool>,
    boxes: Vec<SequenceBox>,
    /// The number of the next message, and the step to the one after it.
    numbers: Option<(usize, usize)>,
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
    let title = if reader.title.is_empty() { &source.title } else { &reader.title };
    let read = ReadSequence { parties: &reader.parties, boxes: &reader.boxes, rows: &reader.rows, title };
    Ok(sequence_drawn::draw(source, &read))
}

/// What a box is called: the colour before it is none that holds in both schemes.
fn without_colour(text: &str) -> &str {
    const COLOURS: [&str; 24] = [
        "aqua",
        "beige",
        "black",
        "blue",
        "brown",
        "cyan",
        "fuchsia",
        "gold",
        "gray",
        "green",
        "grey",
        "lime",
        "maroon",
        "navy",
        "olive",
        "orange",
        "pink",
        "purple",
        "red",
        "silver",
        "teal",
        "transparent",
        "white",
        "yellow",
    ];
    if let Some((colour, rest)) = text.split_once(')')
        && ["rgb(", "rgba(", "hsl(", "hsla("].iter().any(|name| colour.starts_with(name))
    {
        return rest.trim();
    }
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let word = word.to_ascii_lowercase();
    let plain = word.trim_start_matches("light").trim_start_matches("dark");
    if COLOURS.contains(&plain) || (word.starts_with('#') && word.len() > 3) { rest.trim() } else { text }
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
            "autonumber" => {
                let mut numbers = rest.split_whitespace().map_while(|number| number.parse().ok());
                let next = (numbers.next().unwrap_or(1), numbers.next().unwrap_or(1));
                self.numbers = (rest != "off").then_some(next);
            }
            "title" | "title:" => rest.clone_into(&mut self.title),
            "links" | "link" | "properties" | "details" => {}
            "activate" | "deactivate" => {
                let party = self.named(rest);
                self.rows.push(if word == "activate" { SequenceRow::Begin(party) } else { SequenceRow::Finish(party) });
            }
            "Note" | "note" => self.note(rest)?,
            "loop" | "alt" | "opt" | "par" | "critical" | "break" | "rect" => {
                let text = if word == "rect" { Vec::new() } else { lines(rest) };
                self.rows.push(SequenceRow::Open { word: word.to_owned(), text });
                self.begin(false)?;
            }
            "box" => {
                self.boxes.push(SequenceBox { title: lines(without_colour(rest)), parties: Vec::new() });
                self.begin(true)?;
            }
            "else" | "and" | "option" => self.rows.push(SequenceRow::Part(lines(rest))),
            "end" => match self.open.pop() {
                Some(false) => self.rows.push(SequenceRow::Close),
                Some(true) => {}
                None => return Err("`end` closes nothing".to_owned()),
            },
            _ => self.message(text)?,
        }
        Ok(())
    }

    fn begin(&mut self, is_box: bool) -> Result<(), String> {
        self.open.push(is_box);
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
        let party = self.parties.len() - 1;
        self.names.insert(name.to_owned(), party);
        if self.open.last() == Some(&true)
            && let Some(around) = self.boxes.last_mut()
        {
            around.parties.push(party);
        }
        party
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
        let number = self.numbers.map(|(number, _)| format!("{number}. ")).unwrap_or_default();
        self.numbers = self.numbers.map(|(number, step)| (number.saturating_add(step), step));
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
