//! Words alone, without their places, in parts: from these a browser picks those that may be meant.

use super::run;
use super::script::Script;
use super::words::{PART, WordIndex, joined};

/// Some of the words, in order, and where parts of them begin.
#[derive(Debug)]
pub(super) struct PartedWords {
    words: Vec<u32>,
    parts: Vec<usize>,
}

impl PartedWords {
    /// The words, by place, that `is_in` says are in it.
    pub(super) fn of(all: &WordIndex, is_in: impl Fn(usize) -> bool) -> Self {
        let words: Vec<u32> = (0..all.count()).filter(|&word| is_in(word)).map(|word| word as u32).collect();
        let (mut parts, mut filled) = (vec![0], 0);
        for (at, &word) in words.iter().enumerate() {
            let length = all.length(word as usize) + 2;
            if filled > 0 && filled + length > PART {
                parts.push(at);
                filled = 0;
            }
            filled += length;
        }
        Self { words, parts }
    }

    /// How many parts there are.
    pub(super) fn parts(&self) -> usize {
        self.parts.len()
    }

    /// For each part, what tells its words from those before.
    pub(super) fn beginnings(&self, all: &WordIndex) -> String {
        let beginning = |&at: &usize| match self.words.get(at) {
            Some(&word) if at > 0 => all.separator(word as usize),
            _ => Vec::new(),
        };
        joined(self.parts.iter().map(beginning))
    }

    /// Writes a part: its words with their stems, each with a digit that says in how many places it stands.
    pub(super) fn write_part(&self, all: &WordIndex, at: usize, script: &mut Script) {
        let to = self.parts.get(at + 1).copied().unwrap_or(self.words.len());
        script.raw(b"\"");
        for (place, &word) in self.words[self.parts[at]..to].iter().enumerate() {
            let gap: &[u8] = if place == 0 { b"" } else { b" " };
            script.raw(gap);
            all.write_word(word as usize, script);
            script.raw(&[run::magnitude(all.weight(word as usize))]);
        }
        script.raw(b"\"");
    }
}
