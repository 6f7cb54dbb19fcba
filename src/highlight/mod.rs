//! Code blocks turned into HTML whose tokens carry one-letter classes, so that a style sheet
//! decides the colours. The grammars are loaded when the first block asks for one; what a block
//! came to is kept across runs. It knows nothing of pages.

mod class;
mod engine;
mod language;
mod regex;
mod runs;

use std::fmt::Write;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use crate::html::push_text;
use crate::page::CodeBlock;
use crate::store::{Cache, Key, Pack, kept};
use engine::{Grammars, LONGEST_LINE, LONGEST_LINE_OF_CALM};
use runs::Runs;

/// A longer block gets no colours.
const LONGEST_BLOCK: usize = 256 << 10;

/// The grammars, as `Cargo.lock` has them (a test compares): other grammars, other colours.
const GRAMMARS: &str = "syntect 5.3.0, two-face 0.5.2+bat-0.26.1";

/// Turns code blocks into HTML. Threads share one.
pub struct Highlighter {
    kept: Pack,
    grammars: OnceLock<Grammars>,
}

impl Highlighter {
    /// One that keeps what it finds in the cache. Nothing is read or loaded yet.
    pub fn new(cache: &Cache) -> Highlighter {
        let version = format!(
            "{} {GRAMMARS} {LONGEST_BLOCK} {LONGEST_LINE} {LONGEST_LINE_OF_CALM} {}",
            env!("CARGO_PKG_VERSION"),
            class::rules()
        );
        Highlighter { kept: cache.pack(&kept::HIGHLIGHT, &version), grammars: OnceLock::new() }
    }

    /// A code block as HTML: a `figure` with its title, if it has one, and the code.
    pub fn block(&self, code: &CodeBlock) -> String {
        let language = code.language.to_lowercase();
        let mut html = String::with_capacity(code.text.len() * 3 + 128);
        let drawn = matches!(language.as_str(), "mermaid" | "math");
        if drawn && code.title.is_none() {
            write_drawn(&mut html, &language, &code.text);
            return html;
        }
        html.push_str(if drawn { "<figure>" } else { "<figure class=\"code\">" });
        if let Some(title) = &code.title {
            html.push_str("<figcaption>");
            push_text(&mut html, title);
            html.push_str("</figcaption>");
        }
        if drawn {
            write_drawn(&mut html, &language, &code.text);
        } else {
            self.write_code(&mut html, code, &language);
        }
        html.push_str("</figure>");
        html
    }

    /// Keeps what was found for later runs. To be called once, at the end.
    pub fn save(&self) {
        self.kept.save();
    }

    /// The languages that were left without colours because their blocks took too long, in order.
    pub fn worn_out(&self) -> Vec<&str> {
        self.grammars.get().map_or_else(Vec::new, Grammars::worn_out)
    }

    fn write_code(&self, html: &mut String, code: &CodeBlock, language: &str) {
        html.push_str("<pre tabindex=\"0\"><code");
        if let Some(name) = language::class_name(language) {
            html.push_str(" class=\"language-");
            html.push_str(name);
            html.push('"');
        }
        html.push('>');
        let runs = self.runs(language, &code.text);
        if code.marked.is_empty() && code.first_line.is_none() {
            runs::write_html(html, &code.text, &runs);
        } else {
            write_lines(html, code, &runs);
        }
        html.push_str("</code></pre>");
    }

    /// The runs of a text: from the cache, or found now.
    fn runs(&self, language: &str, text: &str) -> Runs {
        if language::is_plain(language) || text.len() > LONGEST_BLOCK {
            return Runs::default();
        }
        let key = Key::of(&[language.as_bytes(), text.as_bytes()]);
        if let Some(runs) = self.kept.get(&key).and_then(|bytes| Runs::decode(&bytes, text)) {
            return runs;
        }
        // What took too long is not kept: on another day the machine may be faster.
        let grammars = self.grammars.get_or_init(Grammars::load);
        let Some(runs) = grammars.runs(language, text) else {
            return Runs::default();
        };
        self.kept.put(key, runs.encode());
        runs
    }
}

/// Writes what a script on the page draws.
fn write_drawn(html: &mut String, language: &str, text: &str) {
    let _ = write!(html, "<pre class=\"{language}\">");
    push_text(html, text);
    html.push_str("</pre>");
}

/// Writes code each of whose lines is an element of its own.
fn write_lines(html: &mut String, code: &CodeBlock, runs: &Runs) {
    let marked = in_order(&code.marked);
    let mut marks = marked.iter().peekable();
    let mut runs = runs.0.iter();
    let mut run = runs.next().copied();
    for (index, line) in code.text.split_inclusive('\n').enumerate() {
        while marks.next_if(|mark| *mark.end() <= index).is_some() {}
        let is_marked = marks.peek().is_some_and(|mark| mark.contains(&(index + 1)));
        html.push_str(if is_marked { "<span class=\"line marked\"" } else { "<span class=\"line\"" });
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
