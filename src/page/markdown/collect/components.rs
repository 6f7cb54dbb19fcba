//! Which tag of a component closes which: only one in the same container, so that
//! what comes of them is well-formed. What is never closed is text.

use super::collector::{Collector, OpenComponent};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::page::facts::Formula;
use crate::page::markdown::component_marks::ADMONITION;
use crate::page::markdown::escape;
use crate::page::markdown::nodes::{ComponentDraft, ComponentSource, Element, Node};
use crate::source::Span;

impl<'a> Collector<'a> {
    /// Leaves a container: what was opened in it and is still open never closes.
    pub(super) fn leave_container(&mut self) {
        let level = self.matching.level;
        while self.matching.open.last().is_some_and(|open| open.level >= level) {
            self.give_up();
        }
        self.matching.level = level.saturating_sub(1);
    }

    /// Takes a component's tag, in a block of its own or in a line of text.
    pub(super) fn token(&mut self, mark: usize, in_block: bool) {
        let prepared = self.prepared;
        let tag = &prepared.marks[mark];
        if let Some((_, holds_component)) = &mut self.paragraph {
            *holds_component = true;
        }
        if let Some(formula) = &tag.formula {
            return self.formula(formula);
        }
        if tag.opening.is_none() {
            return self.close(mark);
        }
        let open = OpenComponent {
            key: &tag.key,
            mark,
            node: self.body.nodes.len(),
            level: self.matching.level,
            in_block,
            missed: false,
        };
        self.push(Node::Nothing);
        if tag.self_closing {
            self.complete(&open);
        } else {
            self.matching.by_key.entry(open.key).or_default().push(self.matching.open.len());
            self.matching.open.push(open);
        }
    }

    fn formula(&mut self, formula: &Formula) {
        self.begun = true;
        self.say(&formula.tex);
        self.push(Node::Formula(self.body.formulas.len()));
        self.body.formulas.push(formula.clone());
    }

    fn close(&mut self, mark: usize) {
        let prepared = self.prepared;
        let key = prepared.marks[mark].key.as_str();
        let index = self.matching.by_key.get(key).and_then(|open| open.last().copied());
        match index {
            Some(index) if self.matching.open[index].level == self.matching.level => {
                while self.matching.open.len() > index + 1 {
                    self.give_up();
                }
                if let Some(open) = self.pop() {
                    self.complete(&open);
                }
            }
            Some(index) => {
                self.matching.open[index].missed = true;
                self.find_stray(mark, true);
            }
            None => self.find_stray(mark, false),
        }
    }

    fn pop(&mut self) -> Option<OpenComponent<'a>> {
        let open = self.matching.open.pop()?;
        if let Some(of_key) = self.matching.by_key.get_mut(open.key) {
            of_key.pop();
        }
        Some(open)
    }

    /// Makes a component of an opening tag and what follows it.
    fn complete(&mut self, open: &OpenComponent<'a>) {
        let tag = &self.prepared.marks[open.mark];
        let number = self.body.components.len();
        let source = ComponentSource::Opening(tag.opening.unwrap_or_default());
        let span = self.prepared.body_span(tag.range.clone());
        self.body.components.push(ComponentDraft { source, span, inline: !open.in_block });
        self.body.nodes[open.node] = Node::Component(number);
        self.push(Node::ComponentEnd(number));
    }

    /// The innermost open component will not be closed: an admonition ends here, another tag is text.
    fn give_up(&mut self) {
        let Some(open) = self.pop() else { return };
        let tag = &self.prepared.marks[open.mark];
        let span = self.prepared.body_span(tag.range.clone());
        let written = self.prepared.written(open.mark);
        if open.key == ADMONITION {
            let line = written.trim_end();
            let is_one_line = line.len() > 6 && line.ends_with(" :::");
            let (message, help) = if is_one_line {
                (
                    "`:::` at the end of its first line does not end this box".to_owned(),
                    "Write its text on the next line, and `:::` alone on the line after it.",
                )
            } else {
                (format!("`{written}` is never closed"), "Write a line `:::` where it ends.")
            };
            let finding = Diagnostic::new(Code::UnclosedAdmonition, self.path, span, message);
            self.findings.push(finding.with_help(help));
            return self.complete(&open);
        }
        let text = escape::text(written);
        self.body.nodes[open.node] =
            if open.in_block { Node::Html(format!("<p>{text}</p>\n").into()) } else { Node::Html(text.into()) };
        if tag.meant && !open.missed {
            let name = open.key;
            let message = format!("`<{name}>` is never closed, so it is shown as text");
            let help = format!(
                "Write `</{name}>` where it ends, or `<{name} … />` if nothing stands inside it.\n\
                 If it is meant as text, write `\\<{name}>` or put it in backticks."
            );
            self.findings.push(Diagnostic::new(Code::UnclosedComponent, self.path, span, message).with_help(help));
        }
    }

    fn find_stray(&mut self, mark: usize, elsewhere: bool) {
        let span = self.prepared.body_span(self.prepared.marks[mark].range.clone());
        let written = self.prepared.written(mark);
        let (message, help) = if elsewhere {
            (
                format!("`{written}` stands in another block than the tag that it should close"),
                "Put both tags on lines of their own, equally far inside lists and quotes.",
            )
        } else {
            (format!("`{written}` closes nothing"), "Take it away, or write the opening tag that it should close.")
        };
        let edits = vec![Edit { span: Span::new(span.start, span.end), replacement: String::new() }];
        let fix = Fix { title: format!("take `{written}` away"), edits };
        let finding = Diagnostic::new(Code::StrayClosingTag, self.path, span, message).with_help(help);
        self.findings.push(if elsewhere { finding } else { finding.with_fix(fix) });
    }

    /// Takes a paragraph away from around components and formulas of their own lines, if it holds nothing else.
    pub(super) fn unwrap_paragraph(&mut self, start: usize) {
        let last = self.body.nodes.len() - 1;
        let nodes = &self.body.nodes[start + 1..last];
        let mut depth = 0_usize;
        let mut components = Vec::new();
        let mut holds_formula = false;
        for node in nodes {
            match node {
                Node::Component(number) => {
                    if depth == 0 {
                        components.push(*number);
                    }
                    depth += 1;
                }
                Node::ComponentEnd(_) => depth -= 1,
                Node::Nothing | Node::SoftBreak => {}
                Node::Text(text) if text.trim().is_empty() => {}
                _ if depth > 0 => {}
                Node::Formula(number) if self.body.formulas[*number].alone => holds_formula = true,
                _ => return,
            }
        }
        if components.is_empty() && !holds_formula {
            return;
        }
        for number in components {
            self.body.components[number].inline = false;
        }
        debug_assert!(matches!(self.body.nodes[start], Node::Open(Element::Paragraph)));
        self.body.nodes[start] = Node::Nothing;
        self.body.nodes[last] = Node::Nothing;
    }
}
