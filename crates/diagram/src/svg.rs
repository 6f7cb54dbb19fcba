//! SVG as text: no styles and no ids, so that a page's style sheet and its policy have nothing against it.

use std::fmt::Write;

use crate::letters::{self, LINE};

/// A place, or a width and a height.
pub(crate) type Point = (f64, f64);

/// Left, top, width and height.
pub(crate) type Corners = (f64, f64, f64, f64);

/// A picture as far as it is drawn.
#[derive(Default)]
pub(crate) struct SvgPicture {
    out: String,
    width: f64,
    height: f64,
}

/// What is said of a picture to those who don't see it.
#[derive(Default)]
pub(crate) struct ToldPicture {
    pub(crate) title: String,
    pub(crate) description: String,
}

impl SvgPicture {
    /// Room for something.
    pub(crate) fn reach(&mut self, x: f64, y: f64) {
        self.width = self.width.max(x);
        self.height = self.height.max(y);
    }

    pub(crate) fn rect(&mut self, class: &str, (x, y, width, height): Corners, round: f64) {
        self.reach(x + width, y + height);
        let (x, y, width, height) = (x.round(), y.round(), width.round(), height.round());
        let _ = write!(self.out, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        if round > 0.0 {
            let _ = write!(self.out, " rx=\"{round:.0}\"");
        }
        self.out.push_str("/>");
    }

    pub(crate) fn circle(&mut self, class: &str, x: f64, y: f64, radius: f64) {
        self.reach(x + radius, y + radius);
        let _ = write!(self.out, "<circle class=\"{class}\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"{radius:.0}\"/>");
    }

    pub(crate) fn polygon(&mut self, class: &str, points: &[(f64, f64)]) {
        let _ = write!(self.out, "<polygon class=\"{class}\" points=\"");
        for (number, (x, y)) in points.iter().enumerate() {
            self.reach(*x, *y);
            let _ = write!(self.out, "{}{x:.1},{y:.1}", if number > 0 { " " } else { "" });
        }
        self.out.push_str("\"/>");
    }

    pub(crate) fn path(&mut self, class: &str, data: &str) {
        let _ = write!(self.out, "<path class=\"{class}\" d=\"{data}\"/>");
    }

    pub(crate) fn line(&mut self, class: &str, from: crate::svg::Point, to: crate::svg::Point) {
        self.reach(from.0.max(to.0), from.1.max(to.1));
        self.path(class, &format!("M{:.1} {:.1}L{:.1} {:.1}", from.0, from.1, to.0, to.1));
    }

    /// Lines of text, in the middle around a point, or from it on.
    pub(crate) fn text(&mut self, class: &str, lines: &[String], (x, y): crate::svg::Point) {
        let top = y - (lines.len() as f64 - 1.0) * LINE / 2.0 + 5.0;
        for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            let y = top + number as f64 * LINE;
            let _ = write!(self.out, "<text class=\"{class}\" x=\"{x:.0}\" y=\"{y:.0}\">");
            push_escaped(&mut self.out, line);
            self.out.push_str("</text>");
        }
    }

    /// A title in the middle above what is drawn.
    pub(crate) fn title(&mut self, lines: &[String]) {
        let (width, height) = letters::size(lines);
        self.reach(width, height);
        self.text("label strong", lines, (self.width / 2.0, height / 2.0));
    }

    /// Adds another picture on top.
    pub(crate) fn append(&mut self, other: &Self) {
        self.reach(other.width, other.height);
        self.out.push_str(&other.out);
    }

    pub(crate) fn finish(self, kind: &str, told: &ToldPicture) -> String {
        let (width, height) = (self.width.ceil() + 16.0, self.height.ceil() + 16.0);
        // Shown smaller than this, its letters couldn't be read.
        let wide = if width > 900.0 { " wide" } else { "" };
        let mut svg = format!(
            "<svg class=\"diagram {kind}{wide}\" role=\"img\" width=\"{width}\" height=\"{height}\" viewBox=\"-8 -8 {width} {height}\"><title>"
        );
        push_escaped(&mut svg, if told.title.is_empty() { &told.description } else { &told.title });
        svg.push_str("</title>");
        if !told.title.is_empty() && !told.description.is_empty() {
            svg.push_str("<desc>");
            push_escaped(&mut svg, &told.description);
            svg.push_str("</desc>");
        }
        svg.push_str(&self.out);
        svg.push_str("</svg>");
        svg
    }
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}
