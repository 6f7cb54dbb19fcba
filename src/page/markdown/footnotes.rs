//! Footnotes: numbered as they are first referred to, and written at the end of the
//! page, each with the way back.

use std::fmt::Write;
use std::ops::Range;

use super::nodes::{Element, Node};
use super::write::Writer;

#[derive(Default)]
pub(super) struct Footnotes {
    /// The number that readers see, by the number in the body.
    pub(super) numbers: Vec<Option<usize>>,
    /// The footnotes in the order in which they are referred to, and how often.
    pub(super) order: Vec<(usize, usize)>,
}

impl Writer {
    pub(super) fn footnote_reference(&mut self, number: usize) {
        let seen = match self.footnotes.numbers[number] {
            Some(seen) => seen,
            None => {
                self.footnotes.order.push((number, 0));
                self.footnotes.numbers[number] = Some(self.footnotes.order.len());
                self.footnotes.order.len()
            }
        };
        let times = &mut self.footnotes.order[seen - 1].1;
        *times += 1;
        let id = if *times == 1 { format!("fnref-{seen}") } else { format!("fnref-{seen}-{times}") };
        let _ = write!(
            self.html,
            "<sup class=\"footnote-ref\"><a href=\"#fn-{seen}\" id=\"{id}\" role=\"doc-noteref\">{seen}</a></sup>"
        );
        self.line_start = false;
    }

    /// Writes the footnotes that are referred to, in that order, at the end of the page.
    pub(super) fn write_footnotes(&mut self, nodes: &[Node<'_>], aside: &[Option<Range<usize>>]) {
        if self.footnotes.order.is_empty() {
            return;
        }
        self.block("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        let mut next = 0;
        // A footnote may refer to another one, which then comes after it.
        while let Some(&(number, _)) = self.footnotes.order.get(next) {
            next += 1;
            let _ = write!(self.html, "<li id=\"fn-{next}\">");
            self.line_start = false;
            let Some(range) = &aside[number] else {
                self.push("</li>\n");
                continue;
            };
            let nodes = &nodes[range.clone()];
            let (last, nodes) = match nodes.split_last() {
                Some((last @ Node::Close(Element::Paragraph), nodes)) => (Some(last), nodes),
                _ => (None, nodes),
            };
            nodes.iter().for_each(|node| self.node(node));
            let times = self.footnotes.order[next - 1].1;
            for time in 1..=times {
                let id = if time == 1 { format!("fnref-{next}") } else { format!("fnref-{next}-{time}") };
                let _ = write!(self.html, " <a href=\"#{id}\" class=\"footnote-backref\" role=\"doc-backlink\">↩</a>");
            }
            self.line_start = false;
            last.into_iter().for_each(|node| self.node(node));
            self.push("</li>\n");
        }
        self.push("</ol>\n</section>\n");
    }
}
