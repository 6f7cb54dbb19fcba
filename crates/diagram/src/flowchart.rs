//! Flowcharts: boxes of many shapes, lines with texts, groups within groups.

use std::collections::HashMap;

use crate::fault::DrawingFault;
use crate::graph::{BoxGraph, BoxGroup, BoxShape, GraphBox, GraphLine, RankDirection};
use crate::letters::lines;
use crate::links;
use crate::shapes;
use crate::source::DiagramSource;

/// Groups are not drawn deeper.
const DEEPEST: usize = 20;

/// How shapes are written: what opens and closes them.
const SHAPES: [(&str, &str, BoxShape); 14] = [
    ("(((", ")))", BoxShape::DoubleCircle),
    ("((", "))", BoxShape::Circle),
    ("([", "])", BoxShape::Stadium),
    ("[[", "]]", BoxShape::Subroutine),
    ("[(", ")]", BoxShape::Cylinder),
    ("{{", "}}", BoxShape::Hexagon),
    ("[/", "/]", BoxShape::LeanRight),
    ("[/", "\\]", BoxShape::Trapezoid),
    ("[\\", "\\]", BoxShape::LeanLeft),
    ("[\\", "/]", BoxShape::TrapezoidUp),
    ("[", "]", BoxShape::Box),
    ("(", ")", BoxShape::Round),
    ("{", "}", BoxShape::Diamond),
    (">", "]", BoxShape::Flag),
];

struct FlowchartReader {
    graph: BoxGraph,
    names: HashMap<String, usize>,
    group_names: HashMap<String, usize>,
    open: Vec<usize>,
}

pub(crate) fn draw(source: &DiagramSource) -> Result<String, DrawingFault> {
    let mut reader = FlowchartReader {
        graph: BoxGraph::default(),
        names: HashMap::new(),
        group_names: HashMap::new(),
        open: Vec::new(),
    };
    let mut last = 0;
    for (number, (line, text)) in source.lines.iter().enumerate() {
        last = *line;
        let text = if number == 0 { reader.head(text) } else { text.clone() };
        for statement in statements(&text) {
            reader.statement(statement.trim()).map_err(|message| DrawingFault::new(*line, message))?;
        }
    }
    if !reader.open.is_empty() {
        return Err(DrawingFault::new(last, "a `subgraph` is never closed: write `end`"));
    }
    reader.lead_into_groups();
    shapes::draw(source, &reader.graph, "flowchart")
}

/// The statements of a line: a semicolon ends one, but not in a text.
fn statements(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut depth, mut quoted) = (0, 0_i32, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '[' | '(' | '{' if !quoted => depth += 1,
            ']' | ')' | '}' if !quoted => depth -= 1,
            ';' if !quoted && depth <= 0 => {
                out.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

impl FlowchartReader {
    /// The first line; what follows the direction in it.
    fn head(&mut self, text: &str) -> String {
        let rest = text.split_once([' ', '\t', ';']).map_or("", |(_, rest)| rest).trim();
        let (word, after) = rest.split_once([' ', '\t', ';']).unwrap_or((rest, ""));
        match RankDirection::of(word) {
            Some(direction) => {
                self.graph.direction = direction;
                after.to_owned()
            }
            None => rest.to_owned(),
        }
    }

    fn statement(&mut self, text: &str) -> Result<(), String> {
        let (word, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        match word {
            "" | "classDef" | "class" | "style" | "linkStyle" | "click" => Ok(()),
            "subgraph" => self.open_group(rest.trim()),
            "end" if rest.is_empty() => {
                self.open.pop().map(drop).ok_or_else(|| "`end` closes no `subgraph`".to_owned())
            }
            "direction" => {
                self.graph.turn(self.open.last().copied(), rest.trim());
                Ok(())
            }
            _ => self.chain(text),
        }
    }

    fn open_group(&mut self, text: &str) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err(format!("groups are nested more than {DEEPEST} deep here"));
        }
        let (name, title) = match text.split_once('[') {
            Some((name, title)) => (name.trim(), title.trim_end().trim_end_matches(']')),
            None => (text.trim_matches('"'), text),
        };
        let title = if title.is_empty() { Vec::new() } else { lines(title) };
        self.graph.groups.push(BoxGroup { title, parent: self.open.last().copied(), direction: None });
        let number = self.graph.groups.len() - 1;
        self.group_names.insert(name.to_owned(), number);
        self.open.push(number);
        Ok(())
    }

    /// `a & b --> c --> d`
    fn chain(&mut self, text: &str) -> Result<(), String> {
        let (mut from, mut rest) = self.boxes(text)?;
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return Ok(());
            }
            // `a e1@--> b` names a line.
            let unnamed =
                rest.split_once('@').filter(|(name, after)| !name.contains(' ') && links::read(after).is_some());
            rest = unnamed.map_or(rest, |(_, after)| after);
            let Some((link, after)) = links::read(rest) else {
                let rest: String = rest.chars().take(30).collect();
                return Err(format!("`{rest}` is neither a box nor a line"));
            };
            let (to, after) = self.boxes(after)?;
            for (from, to) in from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to))) {
                self.graph.edges.push(GraphLine {
                    from,
                    to,
                    label: if link.label.is_empty() { Vec::new() } else { lines(&link.label) },
                    stroke: link.stroke,
                    start: link.start,
                    end: link.end,
                    length: link.length,
                    ..GraphLine::default()
                });
            }
            if self.graph.edges.len() > 5_000 {
                return Err("it has too many lines between boxes".to_owned());
            }
            (from, rest) = (to, after);
        }
    }

    fn boxes<'t>(&mut self, text: &'t str) -> Result<(Vec<usize>, &'t str), String> {
        let (first, mut rest) = self.one_box(text.trim_start())?;
        let mut all = vec![first];
        while let Some(after) = rest.trim_start().strip_prefix('&') {
            let (next, after) = self.one_box(after.trim_start())?;
            all.push(next);
            rest = after;
        }
        Ok((all, rest))
    }

    fn one_box<'t>(&mut self, text: &'t str) -> Result<(usize, &'t str), String> {
        let length = name_length(text);
        if length == 0 {
            let written: String = text.chars().take(30).collect();
            return Err(format!("a box's name is missing before `{written}`"));
        }
        let (name, mut rest) = text.split_at(length);
        let node = self.node(name);
        if let Some(inner) = rest.strip_prefix("@{") {
            let (said, after) = inner.split_once('}').ok_or("`@{` is never closed")?;
            self.say(node, said);
            rest = after;
        } else if rest.starts_with(['[', '(', '{', '>']) {
            let (shape, label, after) = shaped(rest)
                .ok_or_else(|| format!("the brackets behind `{name}` are not closed as they were opened"))?;
            let of = &mut self.graph.nodes[node];
            (of.shape, of.lines) = (shape, lines(label));
            rest = after;
        }
        if let Some(after) = rest.strip_prefix(":::") {
            rest = after.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        }
        let of = &mut self.graph.nodes[node];
        // A box belongs to the first group that says it.
        if of.group.is_none() {
            of.group = self.open.last().copied();
        }
        Ok((node, rest))
    }

    fn node(&mut self, name: &str) -> usize {
        if let Some(node) = self.names.get(name) {
            return *node;
        }
        self.graph.nodes.push(GraphBox { lines: lines(name), ..GraphBox::default() });
        self.names.insert(name.to_owned(), self.graph.nodes.len() - 1);
        self.graph.nodes.len() - 1
    }

    /// `shape: diam, label: "text"`
    fn say(&mut self, node: usize, said: &str) {
        for part in said.split(',') {
            let Some((key, value)) = part.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_matches('"');
            match key.trim() {
                "label" => self.graph.nodes[node].lines = lines(value),
                "shape" => self.graph.nodes[node].shape = by_name(value),
                _ => {}
            }
        }
    }

    /// What is called as a group is called stands for it.
    fn lead_into_groups(&mut self) {
        for (name, node) in &self.names {
            if let Some(group) = self.group_names.get(name) {
                let of = &mut self.graph.nodes[*node];
                (of.group, of.stands_for, of.shape) = (Some(*group), Some(*group), BoxShape::Nothing);
                of.lines.clear();
            }
        }
    }
}

/// How far a box's name goes: letters, digits and signs that begin no line.
fn name_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = bytes.get(at + 1);
        let goes_on = match c {
            '-' => !matches!(next, None | Some(b'-' | b'.' | b'>' | b' ')),
            '.' | '/' | '*' | '\'' | '?' | '!' | ',' | '$' | '%' | '+' => true,
            '=' => !matches!(next, Some(b'=')),
            c => c.is_alphanumeric() || c == '_' || (!c.is_ascii() && !c.is_whitespace()),
        };
        if !goes_on {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// The shape that a text begins with, what it says, and what follows: of those that open alike, the one that is closed first.
fn shaped(text: &str) -> Option<(BoxShape, &str, &str)> {
    let opened = SHAPES.iter().find(|(open, _, _)| text.starts_with(open))?.0;
    let inner = &text[opened.len()..];
    let quoted = inner.trim_start().strip_prefix('"').and_then(|rest| rest.find('"'));
    let from = quoted.map_or(0, |length| inner.len() - inner.trim_start().len() + length + 2);
    let rest = inner.get(from..)?;
    let closed = SHAPES.iter().filter(|(open, _, _)| *open == opened);
    let closed = closed.filter_map(|(_, close, shape)| Some((rest.find(close)?, *close, *shape)));
    let (end, close, shape) = closed.min_by_key(|(end, _, _)| *end)?;
    let is_nested = opened.len() == 1 && close == "]" && rest[..end].contains('[');
    (!is_nested).then_some((shape, &inner[..from + end], &rest[end + close.len()..]))
}

fn by_name(name: &str) -> BoxShape {
    match name {
        "rounded" | "event" => BoxShape::Round,
        "stadium" | "pill" | "terminal" => BoxShape::Stadium,
        "subproc" | "fr-rect" | "subprocess" | "subroutine" | "framed-rectangle" => BoxShape::Subroutine,
        "cyl" | "db" | "database" | "cylinder" => BoxShape::Cylinder,
        "circle" | "circ" => BoxShape::Circle,
        "dbl-circ" | "double-circle" => BoxShape::DoubleCircle,
        "odd" => BoxShape::Flag,
        "diam" | "decision" | "diamond" | "question" => BoxShape::Diamond,
        "hex" | "hexagon" | "prepare" => BoxShape::Hexagon,
        "lean-r" | "lean-right" | "in-out" => BoxShape::LeanRight,
        "lean-l" | "lean-left" | "out-in" => BoxShape::LeanLeft,
        "trap-b" | "trapezoid" | "priority" => BoxShape::Trapezoid,
        "trap-t" | "inv-trapezoid" | "manual" => BoxShape::TrapezoidUp,
        "fork" | "join" => BoxShape::Bar,
        "sm-circ" | "start" | "small-circle" => BoxShape::Start,
        "fr-circ" | "stop" | "framed-circle" => BoxShape::End,
        "notch-rect" | "card" | "doc" | "document" | "text" | "comment" => BoxShape::Note,
        _ => BoxShape::Box,
    }
}
