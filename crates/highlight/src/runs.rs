//! Which stretches of a text have which class: built line by line, remembered as a few
//! bytes, written as HTML. Knows no grammar.

use crate::class::Class;
use crate::escape::push_text;

/// More classes than there are: a run is kept as one number, the class in its lowest five bits.
const CLASSES: usize = 32;

/// A stretch of text of one class. It never crosses the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClassRun {
    /// Its length in bytes.
    pub length: u32,
    /// What it is.
    pub class: Class,
}

/// The runs of a text, in order; what is left after the last is plain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Runs(pub Vec<ClassRun>);

impl Runs {
    /// Adds what comes next, joined to what comes before if that is the same.
    pub(super) fn push(&mut self, length: usize, class: Class) {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        match self.0.last_mut() {
            _ if length == 0 => {}
            Some(last) if last.class == class => last.length = last.length.saturating_add(length),
            _ => self.0.push(ClassRun { length, class }),
        }
    }

    /// As bytes: a variable-length number each, the class in its lowest five bits.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.0.len() * 2);
        for run in &self.0 {
            push_number(&mut bytes, run.length as usize * CLASSES + run.class as usize);
        }
        bytes
    }

    /// From such bytes, if they can be runs of this text.
    pub(super) fn decode(mut bytes: &[u8], text: &str) -> Option<Runs> {
        let mut runs = Runs(Vec::with_capacity(bytes.len() / 2));
        let mut end = 0usize;
        while !bytes.is_empty() {
            let number = take_number(&mut bytes)?;
            let length = u32::try_from(number / CLASSES).ok()?;
            let start = end;
            end = end.checked_add(length as usize)?;
            let class = Class::from_number((number % CLASSES) as u64)?;
            let covered = text.get(start..end)?;
            if class != Class::Plain && covered.contains('\n') {
                return None;
            }
            runs.0.push(ClassRun { length, class });
        }
        Some(runs)
    }
}

/// Appends a number: seven bits a byte, the lowest first.
fn push_number(out: &mut Vec<u8>, number: usize) {
    let mut left = number;
    while left >= 0x80 {
        out.push(left as u8 | 0x80);
        left >>= 7;
    }
    out.push(left as u8);
}

/// Takes such a number from the front of some bytes.
fn take_number(from: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, rest) = from.split_first()?;
        *from = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// The runs of one line with the white space at either end of each taken out of it, and joined
/// again where that is all that parts them.
pub(super) fn without_space(line: &str, runs: &Runs) -> Runs {
    let mut trimmed = Runs::default();
    let mut rest = line;
    for run in &runs.0 {
        let (token, after) = rest.split_at_checked(run.length as usize).unwrap_or((rest, ""));
        rest = after;
        let code = token.trim();
        let before = token.len() - token.trim_start().len();
        trimmed.push(before, Class::Plain);
        trimmed.push(code.len(), run.class);
        trimmed.push(token.len() - before - code.len(), Class::Plain);
    }
    joined(line, &trimmed)
}

/// Puts two runs of one class with only blanks between them into one: `pub fn`.
fn joined(line: &str, runs: &Runs) -> Runs {
    let mut joined = Runs::default();
    let mut start = 0;
    for (index, run) in runs.0.iter().enumerate() {
        let end = start + run.length as usize;
        let is_blank = line.get(start..end).is_some_and(|token| token.bytes().all(|byte| byte == b' '));
        let before = joined.0.last().map(|last| last.class);
        let after = runs.0.get(index + 1).map(|next| next.class);
        let class = if is_blank && before == after { before.unwrap_or_default() } else { run.class };
        joined.push(run.length as usize, class);
        start = end;
    }
    joined
}

/// Writes a text as HTML, each run that is not plain in a `span`.
pub(super) fn write_html(out: &mut String, text: &str, runs: &Runs) {
    let mut rest = text;
    for run in &runs.0 {
        let (token, after) = rest.split_at_checked(run.length as usize).unwrap_or((rest, ""));
        rest = after;
        write_token(out, token, run.class);
    }
    push_text(out, rest);
}

/// Writes one token.
pub(super) fn write_token(out: &mut String, token: &str, class: Class) {
    if class == Class::Plain || token.is_empty() {
        return push_text(out, token);
    }
    out.push_str("<span class=\"");
    out.push(class.letter());
    out.push_str("\">");
    push_text(out, token);
    out.push_str("</span>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(list: &[(u32, Class)]) -> Runs {
        Runs(list.iter().map(|(length, class)| ClassRun { length: *length, class: *class }).collect())
    }

    #[test]
    fn bytes_give_the_runs_back() {
        let text = format!("fn {}\n", "a".repeat(3000));
        let some = runs(&[(2, Class::Keyword), (1, Class::Plain), (3000, Class::Function)]);
        assert_eq!(some.encode().len(), 5);
        assert_eq!(Runs::decode(&some.encode(), &text), Some(some));
        assert_eq!(Runs::decode(&[], &text), Some(Runs::default()));
    }

    #[test]
    fn bytes_that_do_not_fit_the_text_are_refused() {
        let too_long = runs(&[(5, Class::Keyword)]).encode();
        assert_eq!(Runs::decode(&too_long, "four"), None);
        assert_eq!(Runs::decode(&too_long, "one\ntwo"), None);
        assert_eq!(Runs::decode(&runs(&[(1, Class::Keyword)]).encode(), "é"), None);
        assert_eq!(Runs::decode(&[0xff; 20], "x"), None);
        assert_eq!(Runs::decode(&[0x80], "x"), None);
        assert_eq!(Runs::decode(&[0x3f], "x"), None);
    }

    #[test]
    fn white_space_is_left_out() {
        let line = "  // a b \n";
        let trimmed = without_space(line, &runs(&[(10, Class::Comment)]));
        assert_eq!(trimmed, runs(&[(2, Class::Plain), (6, Class::Comment), (2, Class::Plain)]));
        let apart = runs(&[(1, Class::Keyword), (2, Class::Plain), (1, Class::Keyword)]);
        assert_eq!(without_space("a  b", &apart), runs(&[(4, Class::Keyword)]));
        assert_eq!(without_space(" \n", &runs(&[(2, Class::Comment)])), runs(&[(2, Class::Plain)]));
    }
}
