//! Words told apart fast: each gets a number when it first comes, and is known by it.

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use super::standing::EntryStanding;

/// A word's number: how many others came before it.
pub(super) type WordId = u32;

/// The words that came so far, and where each stood last.
pub(super) struct WordTable {
    /// Numbers plus one, at places that follow from the words' hashes; 0 is free.
    slots: Vec<u32>,
    known: Vec<KnownWord>,
    letters: Vec<u8>,
    /// Not to be foreseen, so that no text can be made that takes long.
    seed: u64,
}

/// A word and its last place.
pub(super) struct KnownWord {
    hash: u32,
    letters: u32,
    length: u8,
    /// How it stands at that place, as far as it was read.
    pub standing: EntryStanding,
    /// Entry and section.
    pub place: u64,
}

impl Default for WordTable {
    fn default() -> Self {
        let seed = RandomState::new().hash_one(0);
        Self { slots: vec![0; 1 << 12], known: Vec::new(), letters: Vec::new(), seed }
    }
}

impl WordTable {
    /// The number of a word and what is known of it; a new one stands at `place`.
    pub(super) fn enter(&mut self, word: &[u8], place: u64) -> (WordId, &mut KnownWord) {
        let hash = hash(word, self.seed);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(at) = self.slots[slot].checked_sub(1) {
            let known = &self.known[at as usize];
            if known.hash == hash && self.letters[known.letters as usize..][..usize::from(known.length)] == *word {
                return (at, &mut self.known[at as usize]);
            }
            slot = (slot + 1) & mask;
        }
        let id = self.known.len();
        self.slots[slot] = id as u32 + 1;
        let letters = self.letters.len() as u32;
        self.letters.extend_from_slice(word);
        self.known.push(KnownWord {
            hash,
            letters,
            length: word.len() as u8,
            standing: EntryStanding::default(),
            place,
        });
        if self.known.len() * 2 > self.slots.len() {
            self.grow();
        }
        (id as WordId, &mut self.known[id])
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        self.slots.clear();
        self.slots.resize(mask + 1, 0);
        for (id, known) in (1..).zip(&self.known) {
            let mut slot = known.hash as usize & mask;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = id;
        }
    }

    /// What is known, in order of the numbers.
    pub(super) fn known(&self) -> impl Iterator<Item = (WordId, &KnownWord)> {
        (0..).zip(&self.known)
    }

    /// The words in order of their numbers.
    pub(super) fn words(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.known.len()).map(|id| &self.letters[self.letters_of(id as WordId)])
    }

    /// Where a word stands among all letters.
    pub(super) fn letters_of(&self, id: WordId) -> Range<usize> {
        let known = &self.known[id as usize];
        let start = known.letters as usize;
        start..start + usize::from(known.length)
    }

    /// The letters of all words, one after the other.
    pub(super) fn into_letters(mut self) -> Vec<u8> {
        self.letters.shrink_to_fit();
        self.letters
    }
}

fn hash(word: &[u8], seed: u64) -> u32 {
    let fold = |one: u64, other: u64| {
        let product = u128::from(one) * u128::from(other);
        (product as u64) ^ (product >> 64) as u64
    };
    let mut hash = seed ^ word.len() as u64;
    let (whole, rest) = word.as_chunks::<8>();
    for eight in whole {
        hash = fold(hash ^ u64::from_le_bytes(*eight), 0x9e37_79b9_7f4a_7c15);
    }
    let rest = rest.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte));
    hash = fold(hash ^ rest, 0xd6e8_feb8_6659_fd93);
    hash as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_keeps_its_number_however_many_there_are() {
        let mut table = WordTable::default();
        let words: Vec<String> = (0..10_000).map(|number| format!("w{number}")).collect();
        for _ in 0..2 {
            for (number, word) in words.iter().enumerate() {
                assert_eq!(table.enter(word.as_bytes(), 7).0 as usize, number);
            }
        }
        assert!(table.words().eq(words.iter().map(String::as_bytes)));
    }
}
