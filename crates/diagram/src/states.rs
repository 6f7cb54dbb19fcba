//! States: from `[*]` to `[*]`, states within states, choices, forks, notes.

use std::collections::HashMap;

use crate::fault::DrawingFault;
use crate::graph::{BoxGraph, BoxGroup, BoxShape, GraphBox, GraphLine, LineHead, LineStroke};
use crate::letters::lines;
use crate::shapes;
use crate::source::DiagramSource;

/// States are not drawn deeper.
const DEEPEST: usize = 20;

#[derive(Default)]
struct StatesReader {
    graph: BoxGraph,
    names: HashMap<String, usize>,
    groups: HashMap<String, usize>,
    open: Vec<usize>,
    /// The state that a note of several lines is for, with what it says so far.
    note: Option<(usize, Vec<String>)>,
}

pub(crate) fn draw(source: &DiagramSource) -> Result<String, DrawingFault> {
    let mut reader = StatesReader::default();
    let mut last = 0;
    for (line, text) in source.lines.iter().skip(1) {
        last = *line;
        reader.line(text).map_err(|message| DrawingFault::new(*line, message))?;
    }
    if !reader.open.is_empty() || reader.note.is_some() {
        return Err(DrawingFault::new(last, "a state or a note is never closed"));
    }
    shapes::draw(source, &reader.graph, "states")
}

impl StatesReader {
    fn line(&mut self, text: &str) -> Result<(), String> {
        if let Some((state, said)) = &mut self.note {
            if text == "end note" {
                let (state, said) = (*state, said.join("<br>"));
                self.note = None;
                self.add_note(state, &said);
            } else {
                said.push(text.to_owned());
            }
            return Ok(());
        }
        let (word, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        match word {
            "classDef" | "class" | "style" | "hide" | "scale" | "--" => Ok(()),
            "}" => self.open.pop().map(drop).ok_or_else(|| "`}` closes no state".to_owned()),
            "direction" => {
                self.graph.turn(self.open.last().copied(), rest.trim());
                Ok(())
            }
            "note" => self.note(rest),
            "state" => self.state(rest.trim()),
            _ if text.contains("-->") => self.transition(text),
            _ => {
                let (name, said) = text.split_once(':').unwrap_or((text, ""));
                let name = name.split(":::").next().unwrap_or(name).trim();
                if name.contains(' ') {
                    return Err(format!("`{name}` is neither a state nor a transition"));
                }
                let node = self.node(name, false);
                if !said.trim().is_empty() && !said.starts_with(':') {
                    self.describe(node, name, said);
                }
                Ok(())
            }
        }
    }

    fn describe(&mut self, node: usize, name: &str, said: &str) {
        let of = &mut self.graph.nodes[node];
        if of.is_told {
            of.lines.extend(lines(said));
        } else {
            of.lines = lines(said);
            of.is_told = true;
        }
        if let Some(group) = self.groups.get(name) {
            self.graph.groups[*group].title = lines(said);
        }
    }

    fn transition(&mut self, text: &str) -> Result<(), String> {
        let (from, rest) = text.split_once("-->").ok_or("a transition is written `a --> b`")?;
        let (to, label) = rest.split_once(':').filter(|(_, label)| !label.starts_with("::")).unwrap_or((rest, ""));
        let plain = |name: &str| name.split(":::").next().unwrap_or(name).trim().to_owned();
        let (from, to) = (plain(from), plain(to));
        if from.is_empty() || to.is_empty() || from.contains(' ') || to.contains(' ') {
            return Err("a transition is written `a --> b`, with names without spaces".to_owned());
        }
        let (from, to) = (self.node(&from, true), self.node(&to, false));
        let label = if label.trim().is_empty() { Vec::new() } else { lines(label) };
        self.graph.edges.push(GraphLine { from, to, label, end: LineHead::Arrow, ..GraphLine::default() });
        Ok(())
    }

    /// `state "words" as name`, `state name <<choice>>`, `state name {`
    fn state(&mut self, text: &str) -> Result<(), String> {
        let (text, opens) = text.strip_suffix('{').map_or((text, false), |text| (text.trim_end(), true));
        let (name, said) = match text.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
            Some((said, rest)) => (rest.trim().strip_prefix("as").map_or("", str::trim), said),
            None => (text, ""),
        };
        let (name, kind) = name.split_once("<<").unwrap_or((name, ""));
        let name = name.trim();
        if name.is_empty() {
            return Err("a state's name is missing".to_owned());
        }
        if opens {
            if self.open.len() >= DEEPEST {
                return Err(format!("states are nested more than {DEEPEST} deep here"));
            }
            let title = lines(if said.is_empty() { name } else { said });
            self.graph.groups.push(BoxGroup { title, parent: self.open.last().copied(), direction: None });
            self.groups.insert(name.to_owned(), self.graph.groups.len() - 1);
            self.open.push(self.graph.groups.len() - 1);
            self.move_in(name);
            return Ok(());
        }
        let node = self.node(name, false);
        if !said.is_empty() {
            self.describe(node, name, said);
        }
        let of = &mut self.graph.nodes[node];
        match kind.trim_end_matches(">>").trim() {
            "choice" => (of.shape, of.lines) = (BoxShape::Diamond, Vec::new()),
            "fork" | "join" => (of.shape, of.lines) = (BoxShape::Bar, Vec::new()),
            _ => {}
        }
        Ok(())
    }

    /// What leads to a state that holds others, and was named before, leads to what it holds.
    fn move_in(&mut self, name: &str) {
        if let Some(node) = self.names.get(name).copied() {
            let of = &mut self.graph.nodes[node];
            (of.group, of.stands_for) = (self.open.last().copied(), self.open.last().copied());
            (of.shape, of.lines) = (BoxShape::Nothing, Vec::new());
        }
    }

    /// `right of name : words`, or without words, which follow up to `end note`.
    fn note(&mut self, text: &str) -> Result<(), String> {
        let rest = ["right of ", "left of "].iter().find_map(|side| text.trim().strip_prefix(side));
        let (name, said) = rest
            .map(|rest| rest.split_once(':').unwrap_or((rest, "")))
            .ok_or("a note is `right of` or `left of` a state")?;
        let node = self.node(name.trim(), false);
        if said.is_empty() {
            self.note = Some((node, Vec::new()));
        } else {
            self.add_note(node, said);
        }
        Ok(())
    }

    fn add_note(&mut self, state: usize, said: &str) {
        let group = self.graph.nodes[state].group;
        self.graph.nodes.push(GraphBox { lines: lines(said), shape: BoxShape::Note, group, ..GraphBox::default() });
        let note = self.graph.nodes.len() - 1;
        self.graph.edges.push(GraphLine { from: state, to: note, stroke: LineStroke::Dotted, ..GraphLine::default() });
    }

    fn node(&mut self, name: &str, begins: bool) -> usize {
        let place = self.open.last().copied();
        let key = if name == "[*]" { format!("[*] {begins} {place:?}") } else { name.to_owned() };
        if let Some(node) = self.names.get(&key) {
            return *node;
        }
        let within = self.groups.get(name).copied();
        let (shape, said) = match (name, begins, within) {
            ("[*]", true, _) => (BoxShape::Start, Vec::new()),
            ("[*]", false, _) => (BoxShape::End, Vec::new()),
            (_, _, Some(_)) => (BoxShape::Nothing, Vec::new()),
            _ => (BoxShape::Round, lines(name)),
        };
        self.graph.nodes.push(GraphBox {
            lines: said,
            shape,
            group: within.or(place),
            stands_for: within,
            ..GraphBox::default()
        });
        self.names.insert(key, self.graph.nodes.len() - 1);
        self.graph.nodes.len() - 1
    }
}
