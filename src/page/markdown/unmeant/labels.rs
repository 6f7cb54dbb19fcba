//! Labels: `[text][label]` and `[^1]` without a definition, definitions that nothing uses, and two of one label.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::told::{Replacing, Telling};
use crate::diagnostic::{Code, Severity};
use crate::nearest::nearest;

/// With so many definitions, at most, labels without one are compared.
const MOST_COMPARED: usize = 200;

/// No label is longer.
const LONGEST: usize = 100;

/// A definition as the Markdown library knows it.
pub(in crate::page::markdown) struct KnownDefinition {
    pub(in crate::page::markdown) label: String,
    pub(in crate::page::markdown) target: String,
    pub(in crate::page::markdown) range: Range<usize>,
}

/// What refers to labels, and what defines them.
#[derive(Default)]
pub(super) struct Labels {
    /// Where definitions begin that something uses.
    used: HashSet<usize>,
    footnotes: BTreeMap<String, Range<usize>>,
    referred: BTreeSet<String>,
    /// Code and raw HTML, in which nothing is a definition.
    verbatim: Vec<Range<usize>>,
    missing_notes: Vec<Range<usize>>,
}

impl Labels {
    pub(super) fn uses(&mut self, definition: &Range<usize>) {
        self.used.insert(definition.start);
    }

    pub(super) fn refers(&mut self, footnote: &str) {
        if !self.referred.contains(footnote) {
            self.referred.insert(footnote.to_owned());
        }
    }

    pub(super) fn defines(&mut self, footnote: &str, range: &Range<usize>) {
        self.footnotes.entry(footnote.to_owned()).or_insert_with(|| range.clone());
    }

    pub(super) fn verbatim(&mut self, range: &Range<usize>) {
        self.verbatim.push(range.clone());
    }

    /// `[` that begins nothing: perhaps a footnote that is defined nowhere.
    pub(super) fn bracket(&mut self, told: &Telling<'_>, at: usize) {
        let line = told.near(at, LONGEST);
        let Some(rest) = line.strip_prefix("[^") else { return };
        let Some(end) = rest.find(']').filter(|end| (1..=40).contains(end)) else { return };
        let (label, after) = (&rest[..end], &rest[end + 1..]);
        let before = told.before(at);
        let is_number = label.trim().bytes().all(|b| b.is_ascii_digit()) && !label.trim().is_empty();
        let follows =
            before.is_some_and(|c| c.is_alphabetic() || matches!(c, '.' | ',' | ';' | '”' | '"' | ')' | '。'));
        // `[^a]` is any other letter where programs look for texts.
        let is_apart = after.starts_with([' ', '.', ',', ';', ':', ')']) || after.trim().is_empty();
        let is_name = label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
            && !is_range(label)
            && (follows && (label.len() > 1 || is_apart) || told.line_start(at) == at && after.starts_with(' '));
        let ends = after.chars().next().is_none_or(|c| !matches!(c, '*' | '+' | '?' | '{' | '(' | '\\' | '|'));
        if (is_number || is_name) && ends && before != Some('\\') && before != Some('[') {
            self.missing_notes.push(at..at + 3 + end);
        }
    }

    /// Tells what is wrong, at the end of a page. `swallowed`: some of its text was not read.
    pub(super) fn finish(
        self,
        told: &mut Telling<'_>,
        broken: &[Range<usize>],
        definitions: &[KnownDefinition],
        swallowed: bool,
    ) {
        let mut meant = HashSet::new();
        let lines = LineLabels::of(told.text);
        for range in broken {
            let Some(label) = undefined(told, &lines, range) else { continue };
            // Comparing many with many takes its time.
            let known = definitions.iter().take(MOST_COMPARED).map(|definition| definition.label.as_str());
            let near = if meant.len() < MOST_COMPARED { nearest(label, known) } else { None };
            meant.extend(near.map(str::to_owned));
            let help = match near {
                Some(near) => format!("Did you mean `[{near}]`?"),
                None => format!("Write a line `[{label}]: address` below, or the address at once: `[text](address)`."),
            };
            if label.contains("://") {
                in_square_brackets(told, range, label);
                continue;
            }
            let help = lines.nearly_defined(label).map_or(help, str::to_owned);
            let message = format!("`[{label}]` is defined nowhere on this page, so this is no link");
            told.tell(Code::UndefinedLabel, range.clone(), message, help);
        }
        let meant_notes = self.missing_notes(told);
        self.repeated(told, definitions);
        if swallowed {
            return;
        }
        self.unused(told, definitions, &meant.union(&meant_notes).cloned().collect());
    }

    /// Tells references to footnotes that are nowhere; what they were perhaps meant to be.
    fn missing_notes(&self, told: &mut Telling<'_>) -> HashSet<String> {
        let mut meant = HashSet::new();
        let label_of = |range: &Range<usize>| &told.text[range.start + 2..range.end - 1];
        // `[^1] The note`, where a colon is missing.
        let begins = |range: &&Range<usize>| {
            told.line_start(range.start) == range.start && told.text[range.end..].starts_with(' ')
        };
        let mut without_colon: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        for range in self.missing_notes.iter().filter(begins) {
            let is_other = |other: &&Range<usize>| other.start != range.start && label_of(other) == label_of(range);
            if self.missing_notes.iter().take(MOST_COMPARED).any(|other| is_other(&other)) {
                without_colon.insert(label_of(range), range.clone());
            }
        }
        let without_colon: BTreeMap<String, Range<usize>> =
            without_colon.into_iter().map(|(label, range)| (label.to_owned(), range)).collect();
        for (label, range) in &without_colon {
            let message = format!("the footnote `[^{label}]` is not read as one, since a colon is missing");
            told.tell(Code::UndefinedLabel, range.clone(), message, format!("Write `[^{label}]:`."));
            told.mend("write a colon", vec![Replacing::insert(range.end, ":")]);
        }
        for range in &self.missing_notes {
            let name = &told.text[range.start + 2..range.end - 1];
            let begins_line = told.line_start(range.start) == range.start && !name.bytes().all(|b| b.is_ascii_digit());
            if without_colon.contains_key(name) || begins_line {
                continue;
            }
            if name.trim().len() < name.len() {
                let message = "this is not read as a footnote, since a space stands in it";
                told.tell(Code::UndefinedLabel, range.clone(), message, format!("Write `[^{}]`.", name.trim()));
                told.mend(
                    "remove the space",
                    vec![Replacing { range: range.clone(), written: format!("[^{}]", name.trim()) }],
                );
                meant.insert(format!("^{}", name.trim()));
                continue;
            }
            let unused = self.footnotes.keys().filter(|label| !self.referred.contains(*label)).take(MOST_COMPARED);
            let near = if meant.len() < MOST_COMPARED { nearest(name, unused.map(String::as_str)) } else { None };
            let near = near.filter(|near| name.len() > 2 && near.len() > 2);
            if let Some(near) = near {
                let message = format!("the footnote `[^{name}]` is nowhere on this page");
                told.tell(Code::UndefinedLabel, range.clone(), message, format!("Did you mean `[^{near}]`?"));
                meant.insert(format!("^{near}"));
                continue;
            }
            let label = told.text[range.clone()].to_owned();
            let message = format!("the footnote `{label}` is nowhere on this page");
            // Indented by four spaces, it is code.
            let help = match told.text.contains(&format!("\n    {label}:")) {
                true => format!("Its line `{label}: …` is read as code: begin it at the left edge."),
                false => format!("Write it on a line of its own: `{label}: …`."),
            };
            told.tell(Code::UndefinedLabel, range.clone(), message, help);
        }
        meant
    }

    /// Tells definitions and footnotes that nothing uses.
    fn unused(&self, told: &mut Telling<'_>, definitions: &[KnownDefinition], meant: &HashSet<String>) {
        for definition in definitions.iter().filter(|definition| !self.used.contains(&definition.range.start)) {
            if !meant.contains(&definition.label) && !is_comment(definition) {
                let line = told.line_from(definition.range.start).trim_end();
                let message = format!("nothing on this page refers to `[{}]`", definition.label);
                let place = definition.range.start..definition.range.start + line.len();
                told.tell(Code::UnusedLabel, place, message, "Nothing need be done: readers don't see it.");
            }
        }
        for (label, range) in self
            .footnotes
            .iter()
            .filter(|(label, _)| !self.referred.contains(*label) && !meant.contains(&format!("^{label}")))
        {
            let message = format!("no text refers to the footnote `[^{label}]`, so readers don't see it");
            let help = format!("Write `[^{label}]` where it belongs, or remove the footnote.");
            told.tell(Code::UnusedLabel, range.start..range.start + label.len() + 4, message, help);
            if let Some(finding) = told.findings.last_mut() {
                // A text is lost, other than with an address that nobody needs.
                finding.severity = Severity::Warning;
            }
        }
    }

    /// Labels that are defined a second time, otherwise than the first.
    fn repeated(&self, told: &mut Telling<'_>, definitions: &[KnownDefinition]) {
        if definitions.is_empty() && self.footnotes.is_empty() {
            return;
        }
        let mut first: BTreeMap<String, Range<usize>> = BTreeMap::new();
        for definition in definitions.iter().filter(|definition| !is_comment(definition)) {
            first.insert(plain(&definition.label), definition.range.clone());
        }
        for (label, range) in &self.footnotes {
            first.insert(format!("^{}", plain(label)), range.clone());
        }
        let text = told.text;
        for at in memchr::memmem::find_iter(text.as_bytes(), b"\n[").map(|at| at + 1) {
            let line = told.line_from(at);
            let Some(end) = line.get(..line.len().min(LONGEST)).unwrap_or_default().find("]:") else { continue };
            let label = &line[1..end];
            let Some(range) = first.get(&plain(label)).filter(|range| range.start < at && !range.contains(&at)) else {
                continue;
            };
            let after = self.verbatim.partition_point(|range| range.end <= at);
            let same = told.line_from(range.start).split_once("]:").map(|(_, rest)| rest.trim())
                == Some(line[end + 2..].trim());
            if same || self.verbatim.get(after).is_some_and(|range| range.start <= at) {
                continue;
            }
            let message = format!("`[{label}]` is defined already, so this is not read");
            let help = format!("Give it another name, or remove it: `{}` counts.", shown(told.line_from(range.start)));
            told.tell(Code::RepeatedLabel, at..at + end + 2, message, help);
        }
    }
}

fn plain(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn shown(line: &str) -> String {
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.trim_end().to_owned(),
    }
}

/// The label of `[text][label]` or `[label][]`, where it is meant as one.
fn undefined<'a>(told: &Telling<'a>, lines: &LineLabels<'a>, range: &Range<usize>) -> Option<&'a str> {
    let written = told.text.get(range.clone())?;
    let middle = written.rfind("][")?;
    let text = written[..middle].trim_start_matches('!').strip_prefix('[')?;
    let label = written[middle + 2..].strip_suffix(']')?;
    let label = if label.is_empty() { text } else { label };
    let (before, after) = (told.before(range.start), told.after(range.end));
    let follows_word = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | ')' | '_' | '\\' | '[' | '{'));
    let goes_on = after.is_some_and(|c| matches!(c, '[' | '(' | '*' | '+' | '{' | '?' | '=' | ':'));
    let is_sign = |c: char| matches!(c, '*' | '+' | '{' | '}' | '^' | '$' | '\\' | '|' | '<' | '>' | '=' | '\n' | '"');
    // `[win][x64] Text`: what begins an item of a list of changes is what it is about.
    let is_small = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let begins_item = told.text[told.line_start(range.start)..range.start].trim_end().ends_with(['-', '*', '+', ':']);
    if begins_item && label != text && is_small(text) && is_small(label) && after.is_none_or(char::is_whitespace) {
        return None;
    }
    let is_words = || {
        lines.nearly_defined(label).is_some()
            || text.chars().filter(|c| c.is_alphabetic()).take(2).count() == 2 && !is_range(text) && !is_range(label)
    };
    let is_label = !label.contains(is_sign) && label.len() <= LONGEST && label.chars().any(char::is_alphanumeric);
    (is_label && !follows_word && !goes_on && is_words()).then_some(label)
}

/// `a-z`, `1...5`.
fn is_range(text: &str) -> bool {
    let kind = |c: char| (c.is_ascii_digit(), c.is_uppercase());
    let ends = text.split_once('-').map(|(first, last)| (first.chars().next(), last.chars().next()));
    let is_one = matches!(ends, Some((Some(first), Some(last))) if kind(first) == kind(last));
    text.chars().count() == 3 && is_one || text.contains("...")
}

/// `[text][https://…]`.
fn in_square_brackets(told: &mut Telling<'_>, range: &Range<usize>, address: &str) {
    let message = "this is meant as a link, but its address stands in square brackets";
    told.tell(Code::UnreadLink, range.clone(), message, format!("Write `[text]({address})`."));
    let target = range.end - address.len() - 2..range.end;
    if told.text.get(target.clone()).is_some_and(|written| written.starts_with('['))
        && !address.contains(['(', ')', ' '])
    {
        told.mend("write round brackets", vec![Replacing { range: target, written: format!("({address})") }]);
    }
}

/// Lines that begin with something in square brackets: what that is, and where the first such line goes on. A page may have as
/// many as it has labels that nothing defines, so they are found once, for the first that asks.
struct LineLabels<'t> {
    text: &'t str,
    ends: OnceCell<HashMap<&'t str, usize>>,
}

impl<'t> LineLabels<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, ends: OnceCell::new() }
    }

    fn ends(&self) -> &HashMap<&'t str, usize> {
        self.ends.get_or_init(|| {
            let mut ends = HashMap::new();
            for at in memchr::memmem::find_iter(self.text.as_bytes(), b"\n[").map(|at| at + 2) {
                let near = &self.text.as_bytes()[at..self.text.len().min(at + LONGEST + 1)];
                if let Some(length) = memchr::memchr(b']', near) {
                    ends.entry(&self.text[at..at + length]).or_insert(at + length + 1);
                }
            }
            ends
        })
    }

    /// What to do about a line that is nearly a definition of a label.
    fn nearly_defined(&self, label: &str) -> Option<&'static str> {
        let at = *self.ends().get(label)?;
        let rest = &self.text[at..];
        if rest.starts_with(" :") {
            return Some("Remove the space before the colon below: `[label]: address`.");
        }
        let is_apart = self.text[..at - label.len() - "\n[]".len()].ends_with(['\n', '\r']);
        let address = rest.strip_prefix(": ")?.lines().next().unwrap_or_default();
        Some(match is_apart {
            true if address.matches('(').count() > address.matches(')').count() => {
                "Its address below opens a bracket and does not close it: write one `)` more."
            }
            true => "Write the line below as `[label]: address`, the address without spaces.",
            false => "Leave a blank line before the line below that says its address.",
        })
    }
}

/// Definitions that are comments, `[//]: # (…)`, or were meant as links: `[text]:(target)`.
fn is_comment(definition: &KnownDefinition) -> bool {
    let KnownDefinition { label, target, .. } = definition;
    target.len() < 2
        || target.starts_with('(')
        || label.starts_with("//")
        || label.to_lowercase().starts_with("comment")
        || label.starts_with('_')
}
