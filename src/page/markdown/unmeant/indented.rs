//! Text that is shown as code since its line begins with four spaces.

use std::ops::Range;

use super::told::Telling;
use crate::diagnostic::Code;

/// What is shorter may be anything.
const SHORTEST: usize = 80;

/// A block of code that is one by its indentation.
pub(super) struct IndentedBlock {
    range: Range<usize>,
    /// The first line, as long as there is no other.
    line: String,
    is_long: bool,
}

impl IndentedBlock {
    pub(super) fn new(range: &Range<usize>) -> Self {
        Self { range: range.clone(), line: String::new(), is_long: false }
    }

    pub(super) fn text(&mut self, text: &str) {
        if !self.line.is_empty() && self.line.ends_with('\n') || self.line.len() > 10_000 {
            self.is_long |= !text.trim().is_empty();
        } else {
            self.line.push_str(text);
        }
    }

    /// Tells a block that is one long sentence.
    pub(super) fn end(self, told: &mut Telling<'_>) {
        let line = self.line.trim();
        let is_code =
            |c: char| matches!(c, '{' | '}' | '=' | ';' | '\\' | '|' | '<' | '>' | '$' | '#' | '_' | '"' | '[' | '\t');
        let words =
            line.split(' ').filter(|word| word.chars().all(|c| c.is_alphabetic() || c.is_ascii_punctuation())).count();
        let is_sentence = line.starts_with(char::is_uppercase)
            && line.ends_with(['.', '!', '?', ':'])
            && !line.contains(is_code)
            && !line.contains("  ")
            && line.chars().count() >= SHORTEST
            && words > 12;
        if self.is_long || !(is_sentence || is_heading(line)) || line.contains('\n') {
            return;
        }
        let message = "this text is shown as code, since four spaces stand before it";
        told.tell(
            Code::UnmeantCode,
            self.range,
            message,
            "Remove the spaces, or write it between lines of three backticks.",
        );
    }
}

/// Whether a line is a heading below the first level; with one `#` it may be a comment of a program.
fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    let is_title = |title: &str| title.starts_with(char::is_uppercase) && !title.contains(['=', ';', '{', '|']);
    (2..=6).contains(&(line.len() - text.len())) && text.strip_prefix(' ').is_some_and(is_title)
}
