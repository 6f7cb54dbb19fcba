//! Code turned into HTML whose tokens carry one-letter classes, so that a style sheet decides the
//! colours. The grammars are loaded when the first snippet asks for one; what a snippet came to,
//! whoever asks may remember across runs. It knows nothing of pages.

// What is wrong is given back.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::exit)]
#![cfg_attr(not(test), warn(clippy::unreachable))]
// What a module doesn't offer to others, they can't take; and what nobody takes is told.
#![warn(unreachable_pub)]

mod escape;
mod class;
mod runs;
mod language;
mod regex;
mod engine;

use std::fmt::Write;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use engine::{Grammars, LONGEST_LINE, LONGEST_LINE_OF_CALM};
use escape::push_text;
use runs::Runs;

/// A longer snippet gets no colours.
const LONGEST_SNIPPET: usize = 256 << 10;

/// The grammars, as `Cargo.lock` has them (a test compares): other grammars, other colours.
const GRAMMARS: &str = "syntect 5.3.0, two-face 0.5.2+bat-0.26.1";

/// Code, and what its fence says of it.
#[derive(Clone, Debug, Default)]
pub struct Snippet<'a> {
    /// The language; empty if none.
    pub language: &'a str,
    /// What stands above the code.
    pub title: Option<&'a str>,
    /// Lines to mark, from 1.
    pub marked: &'a [RangeInclusive<usize>],
    /// Lines that a change adds, from 1.
    pub inserted: &'a [RangeInclusive<usize>],
    /// Lines that it takes away, from 1.
    pub deleted: &'a [RangeInclusive<usize>],
    /// The number of the first line, where lines are numbered.
    pub first_line: Option<usize>,
    /// The code.
    pub text: &'a str,
}

/// What may remember, from one run of a program to the next, what code came to. Forgetting loses time and nothing else.
pub trait Memory {
    /// What the text came to in this language (in lower case), if that is known.
    fn recall(&self, language: &str, text: &str) -> Option<Vec<u8>>;
    /// To be remembered of the text in this language. It holds for as long as `version` says the same.
    fn remember(&self, language: &str, text: &str, came_to: Vec<u8>);
}

/// What all that is remembered depends on besides language and text: the grammars, limits and classes.
pub fn version() -> String {
    format!("{GRAMMARS} {LONGEST_SNIPPET} {LONGEST_LINE} {LONGEST_LINE_OF_CALM} {}", class::rules())
}

/// Turns code into HTML. Threads share one. Nothing is loaded before it is needed.
#[derive(Default)]
pub struct Painter {
    grammars: OnceLock<Grammars>,
}

impl Painter {
    /// Code as HTML: a `figure` with its title, if it has one, and the code.
    pub fn html(&self, code: &Snippet<'_>, memory: &dyn Memory) -> String {
        let language = code.language.to_lowercase();
        let mut html = String::with_capacity(code.text.len() * 3 + 128);
        html.push_str("<figure class=\"code\">");
        if let Some(title) = code.title {
            html.push_str("<figcaption>");
            push_text(&mut html, title);
            html.push_str("</figcaption>");
        }
        self.write_code(&mut html, code, &language, memory);
        html.push_str("</figure>");
        html
    }

    /// The languages that were left without colours because their blocks took too long, in order.
    pub fn worn_out(&self) -> Vec<&str> {
        self.grammars.get().map_or_else(Vec::new, Grammars::worn_out)
    }

    fn write_code(&self, html: &mut String, code: &Snippet<'_>, language: &str, memory: &dyn Memory) {
        html.push_str("<pre tabindex=\"0\"><code");
        if let Some(name) = language::class_name(language) {
            html.push_str(" class=\"language-");
            html.push_str(name);
            html.push('"');
        }
        html.push('>');
        let runs = self.runs(language, code.text, memory);
        let is_marked = [code.marked, code.inserted, code.deleted].iter().any(|lines| !lines.is_empty());
        if !is_marked && code.first_line.is_none() {
            runs::write_html(html, code.text, &runs);
        } else {
            write_lines(html, code, &runs);
        }
        html.push_str("</code></pre>");
    }

    /// The runs of a text: remembered, or found now.
    fn runs(&self, language: &str, text: &str, memory: &dyn Memory) -> Runs {
        if language::is_plain(language) || text.len() > LONGEST_SNIPPET {
            return Runs::default();
        }
        if let Some(runs) = memory.recall(language, text).and_then(|bytes| Runs::decode(&bytes, text)) {
            return runs;
        }
        // What took too long is not remembered: on another day the machine may be faster.
        let grammars = self.grammars.get_or_init(Grammars::load);
        let Some(runs) = grammars.runs(language, text) else {
            return Runs::default();
        };
        memory.remember(language, text, runs.encode());
        runs
    }
}

/// Writes code each of whose lines is an element of its own.
fn write_lines(html: &mut String, code: &Snippet<'_>, runs: &Runs) {
    let mut marks = [("line deleted", code.deleted), ("line inserted", code.inserted), ("line marked", code.marked)]
        .map(|(class, lines)| (class, in_order(lines).into_iter().peekable()));
    let mut runs = runs.0.iter();
    let mut run = runs.next().copied();
    for (index, line) in code.text.split_inclusive('\n').enumerate() {
        let mut looks = None;
        for (class, lines) in &mut marks {
            while lines.next_if(|mark| *mark.end() <= index).is_some() {}
            let is_marked = lines.peek().is_some_and(|mark| mark.contains(&(index + 1)));
            looks = looks.or(is_marked.then_some(*class));
        }
        let _ = write!(html, "<span class=\"{}\"", looks.unwrap_or("line"));
        if let Some(first) = code.first_line {
            let _ = write!(html, " data-line=\"{}\"", first.saturating_add(index));
        }
        html.push('>');
        let mut rest = line;
        while let Some(mut current) = run {
            let length = (current.length as usize).min(rest.len());
            let (token, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            runs::write_token(html, token, current.class);
            rest = after;
            current.length -= length as u32;
            run = if current.length == 0 { runs.next().copied() } else { Some(current) };
            if rest.is_empty() {
                break;
            }
        }
        push_text(html, rest);
        html.push_str("</span>");
    }
}

/// The ranges in order, none in or beside another.
fn in_order(ranges: &[RangeInclusive<usize>]) -> Vec<RangeInclusive<usize>> {
    let mut sorted: Vec<_> = ranges.iter().filter(|range| !range.is_empty()).cloned().collect();
    sorted.sort_unstable_by_key(|range| *range.start());
    let mut merged: Vec<RangeInclusive<usize>> = Vec::with_capacity(sorted.len());
    for range in sorted {
        match merged.last_mut() {
            Some(last) if *range.start() <= *last.end() => *last = *last.start()..=*last.end().max(range.end()),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
