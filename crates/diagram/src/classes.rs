//! Classes: what they have, and how they stand to each other.

use std::collections::HashMap;

use crate::fault::DrawingFault;
use crate::graph::{BoxGraph, BoxGroup, BoxMember, BoxShape, GraphBox, GraphLine, LineHead, LineStroke, RankDirection};
use crate::letters::{lines, plain};
use crate::shapes;
use crate::source::DiagramSource;

/// What relations carry at their left end, and at their right; longer ones first.
const LEFT: [(&str, LineHead); 5] = [
    ("<|", LineHead::Triangle),
    ("()", LineHead::Circle),
    ("*", LineHead::FullDiamond),
    ("o", LineHead::Diamond),
    ("<", LineHead::Open),
];
const RIGHT: [(&str, LineHead); 5] = [
    ("|>", LineHead::Triangle),
    ("()", LineHead::Circle),
    ("*", LineHead::FullDiamond),
    ("o", LineHead::Diamond),
    (">", LineHead::Open),
];

#[derive(Default)]
struct ClassesReader {
    graph: BoxGraph,
    names: HashMap<String, usize>,
    group: Option<usize>,
    /// The class whose braces are open.
    open: Option<usize>,
}

pub(crate) fn draw(source: &DiagramSource) -> Result<String, DrawingFault> {
    let mut reader = ClassesReader::default();
    let mut last = 0;
    for (line, text) in source.lines.iter().skip(1) {
        last = *line;
        reader.line(text).map_err(|message| DrawingFault::new(*line, message))?;
    }
    if reader.open.is_some() || reader.group.is_some() {
        return Err(DrawingFault::new(last, "`{` is never closed"));
    }
    shapes::draw(source, &reader.graph, "classes")
}

impl ClassesReader {
    fn line(&mut self, text: &str) -> Result<(), String> {
        if let Some(class) = self.open {
            // A member may have braces of its own.
            let ends = text.matches('}').count() > text.matches('{').count();
            self.open = (!ends).then_some(class);
            let member = if ends { text.trim_end_matches('}') } else { text };
            self.members(class, member);
            return Ok(());
        }
        let (word, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        match word {
            "classDef" | "cssClass" | "style" | "click" | "link" | "callback" => Ok(()),
            "}" => self.group.take().map(drop).ok_or_else(|| "`}` closes nothing".to_owned()),
            "direction" => {
                self.graph.direction = RankDirection::of(rest.trim()).unwrap_or_default();
                Ok(())
            }
            "namespace" => {
                let title = lines(rest.trim_end_matches('{'));
                self.graph.groups.push(BoxGroup { title, ..BoxGroup::default() });
                self.group = Some(self.graph.groups.len() - 1);
                Ok(())
            }
            "note" => self.note(rest.trim()),
            "class" => self.class(rest.trim()),
            _ if word.starts_with("<<") => {
                let (stereotype, name) = text.split_once(">>").ok_or("`<<` is never closed")?;
                let class = self.node(name.trim());
                self.stereotype(class, stereotype.trim_start_matches("<<"));
                Ok(())
            }
            _ => self.relation_or_member(text),
        }
    }

    /// `class Name["Label"] {`, perhaps closed on the same line.
    fn class(&mut self, text: &str) -> Result<(), String> {
        let (head, body) = text.split_once('{').map_or((text, None), |(head, body)| (head.trim(), Some(body)));
        let head = head.split(":::").next().unwrap_or(head).trim();
        let (name, label) =
            head.split_once('[').map_or((head, None), |(name, label)| (name, Some(label.trim_end_matches(']'))));
        if name.is_empty() {
            return Err("a class's name is missing".to_owned());
        }
        let class = self.node(name.trim());
        self.graph.nodes[class].group = self.group;
        if let Some(label) = label {
            self.graph.nodes[class].lines = lines(label);
        }
        if let Some(body) = body.map(str::trim_end) {
            self.open = (!body.ends_with('}')).then_some(class);
            self.members(class, body.trim_end_matches('}'));
        }
        Ok(())
    }

    /// The members that stand on a line.
    fn members(&mut self, class: usize, text: &str) {
        let members = text.split(';').filter(|member| !member.trim().is_empty());
        members.for_each(|member| self.member(class, member));
    }

    fn member(&mut self, class: usize, text: &str) {
        let text = text.trim();
        if let Some(stereotype) = text.strip_prefix("<<") {
            return self.stereotype(class, stereotype.trim_end_matches(">>"));
        }
        let part = usize::from(text.contains('('));
        self.graph.nodes[class].parts[part].push(member(text));
    }

    fn stereotype(&mut self, class: usize, text: &str) {
        self.graph.nodes[class].lines.insert(0, format!("«{}»", text.trim_end_matches(">>").trim()));
    }

    fn note(&mut self, text: &str) -> Result<(), String> {
        let (of, said) = match text.strip_prefix("for ") {
            Some(rest) => rest
                .split_once('"')
                .map(|(name, said)| (Some(name.trim()), said))
                .ok_or("a note's words stand in quotes")?,
            None => (None, text.trim_start_matches('"')),
        };
        let of = of.map(|name| self.node(name));
        let said = lines(said.trim_end_matches('"'));
        self.graph.nodes.push(GraphBox {
            lines: said,
            shape: BoxShape::Note,
            group: self.group,
            ..GraphBox::default()
        });
        let note = self.graph.nodes.len() - 1;
        if let Some(from) = of {
            self.graph.edges.push(GraphLine { from, to: note, stroke: LineStroke::Dotted, ..GraphLine::default() });
        }
        Ok(())
    }

    fn relation_or_member(&mut self, text: &str) -> Result<(), String> {
        let (said, label) = text.split_once(" : ").or_else(|| text.split_once(':')).unwrap_or((text, ""));
        let Some((left, middle, right)) = relation(said) else {
            let name = said.split(":::").next().unwrap_or(said).trim();
            if name.is_empty() || name.contains(' ') {
                return Err(format!("`{name}` is neither a class nor a relation"));
            }
            let class = self.node(name);
            if !label.trim().is_empty() && !label.starts_with(':') {
                self.member(class, label);
            }
            return Ok(());
        };
        let (left, first) = counted(left.trim());
        let (right, second) = counted(right.trim());
        let (from, to) = (self.node(&left), self.node(&right));
        let (start, rest) = LEFT
            .iter()
            .find_map(|(sign, head)| Some((*head, middle.strip_prefix(sign)?)))
            .unwrap_or((LineHead::None, middle));
        let end = RIGHT.iter().find_map(|(sign, head)| rest.ends_with(sign).then_some(*head)).unwrap_or(LineHead::None);
        let stroke = if middle.contains("..") { LineStroke::Dotted } else { LineStroke::Plain };
        let label = if label.trim().is_empty() { Vec::new() } else { lines(label) };
        self.graph.edges.push(GraphLine {
            from,
            to,
            label,
            stroke,
            start,
            end,
            counts: [first, second],
            ..GraphLine::default()
        });
        Ok(())
    }

    fn node(&mut self, name: &str) -> usize {
        let name = name.trim_matches('`');
        let key = name.split('~').next().unwrap_or(name);
        if let Some(node) = self.names.get(key) {
            return *node;
        }
        let parts = vec![Vec::new(), Vec::new()];
        let node = GraphBox {
            lines: lines(name).iter().map(|line| generic(line)).collect(),
            shape: BoxShape::Parts,
            parts,
            group: self.group,
            ..GraphBox::default()
        };
        self.graph.nodes.push(node);
        self.names.insert(key.to_owned(), self.graph.nodes.len() - 1);
        self.graph.nodes.len() - 1
    }
}

/// `+area(in)* float` as `+area(in) : float`, which is abstract; `$` in that place makes it one of the class.
fn member(text: &str) -> BoxMember {
    let (head, rest) = text.rfind(')').map_or((text, ""), |end| text.split_at(end + 1));
    let signs = ['$', '*'];
    let (said, result) = (head.trim_end_matches(signs), rest.trim_start_matches(signs).trim_end_matches(signs).trim());
    let is_marked =
        |sign: char| head[said.len()..].contains(sign) || rest.starts_with(sign) || rest.trim_end().ends_with(sign);
    let result = result.trim_start_matches(':').trim();
    let colon = if result.is_empty() { "" } else { " : " };
    let text = generic(&plain(&format!("{said}{colon}{result}")));
    BoxMember { text, is_abstract: is_marked('*'), is_static: is_marked('$') }
}

/// `List~int~` as `List<int>`.
fn generic(text: &str) -> String {
    let mut opens = false;
    let turn = |c: char| match c {
        '~' => {
            opens = !opens;
            if opens { '<' } else { '>' }
        }
        c => c,
    };
    if text.matches('~').count().is_multiple_of(2) { text.chars().map(turn).collect() } else { text.to_owned() }
}

/// What stands before, in and after the line of a relation.
fn relation(text: &str) -> Option<(&str, &str, &str)> {
    let mut quoted = false;
    let at = text.bytes().zip(text.bytes().skip(1)).position(|pair| {
        quoted ^= pair.0 == b'"';
        // Numbers in quotes hold dots, too.
        !quoted && matches!(pair, (b'-', b'-') | (b'.', b'.'))
    })?;
    let is_sign = |c: char| "<|*()>-.".contains(c);
    let mut start = text[..at].trim_end_matches(is_sign).len();
    let mut end = text.len() - text[at..].trim_start_matches(is_sign).len();
    if text[..start].ends_with(" o") {
        start -= 1;
    }
    if text[end..].starts_with("o ") {
        end += 1;
    }
    Some((&text[..start], &text[start..end], &text[end..]))
}

/// A name with a number in quotes beside it.
fn counted(text: &str) -> (String, String) {
    let mut parts = text.splitn(3, '"');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(before), Some(count), Some(after)) => (format!("{before}{after}").trim().to_owned(), count.to_owned()),
        _ => (text.to_owned(), String::new()),
    }
}
