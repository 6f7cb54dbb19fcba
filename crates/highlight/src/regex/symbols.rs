//! What can stand at a place of a line, as far as a pattern tells it apart: bytes and the end, and what comes before.

use std::ops::{BitAnd, BitOr, Not};

/// The place of the end of a text among the symbols; the others are bytes.
pub(crate) const END: usize = 256;

/// A set of bytes, and perhaps the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Symbols([u64; 5]);

impl Symbols {
    /// Nothing.
    pub(crate) const NONE: Symbols = Symbols([0; 5]);
    /// Everything.
    pub(crate) const ALL: Symbols = Symbols([u64::MAX, u64::MAX, u64::MAX, u64::MAX, 1]);
    /// Everything but the end.
    pub(crate) const BYTES: Symbols = Symbols([u64::MAX, u64::MAX, u64::MAX, u64::MAX, 0]);
    /// All bytes of ASCII.
    pub(crate) const ASCII: Symbols = Symbols([u64::MAX, u64::MAX, 0, 0, 0]);
    /// All other bytes.
    pub(crate) const BEYOND_ASCII: Symbols = Symbols([0, 0, u64::MAX, u64::MAX, 0]);
    /// Letters of ASCII, digits and the underscore.
    pub(crate) const WORD: Symbols = Symbols([0x03ff_0000_0000_0000, 0x07ff_fffe_87ff_fffe, 0, 0, 0]);
    /// White space of ASCII.
    pub(crate) const SPACE: Symbols = Symbols([0x0000_0001_0000_3e00, 0, 0, 0, 0]);
    /// A newline, or the end.
    pub(crate) const LINE_END: Symbols = Symbols([1 << b'\n', 0, 0, 0, 1]);
    /// The end.
    pub(crate) const TEXT_END: Symbols = Symbols([0, 0, 0, 0, 1]);

    /// Whether it is among them.
    pub(crate) fn has(&self, symbol: usize) -> bool {
        self.0[symbol / 64] >> (symbol % 64) & 1 == 1
    }

    /// Those from one byte to another.
    pub(crate) fn range(from: u8, to: u8) -> Symbols {
        let mut set = Symbols::NONE;
        (from..=to).for_each(|byte| set.0[usize::from(byte) / 64] |= 1 << (byte % 64));
        set
    }

    /// One byte.
    pub(crate) fn byte(byte: u8) -> Symbols {
        Symbols::range(byte, byte)
    }
}

impl BitOr for Symbols {
    type Output = Symbols;
    fn bitor(self, other: Symbols) -> Symbols {
        Symbols(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }
}

impl BitAnd for Symbols {
    type Output = Symbols;
    fn bitand(self, other: Symbols) -> Symbols {
        Symbols(std::array::from_fn(|at| self.0[at] & other.0[at]))
    }
}

impl Not for Symbols {
    type Output = Symbols;
    fn not(self) -> Symbols {
        Symbols(std::array::from_fn(|at| !self.0[at])) & Symbols::ALL
    }
}

/// What stands before a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// It is the beginning of the line.
    Nothing,
    /// A letter of ASCII, a digit or an underscore.
    Word,
    /// Another character of ASCII.
    Other,
    /// A character beyond ASCII, which may be a letter.
    Unknown,
}

impl Before {
    /// All of them, in order.
    pub(crate) const ALL: [Before; 4] = [Before::Nothing, Before::Word, Before::Other, Before::Unknown];

    /// What stands before a place in a line.
    pub(crate) fn at(line: &[u8], place: usize) -> Before {
        match place.checked_sub(1).map(|before| line[before]) {
            None => Before::Nothing,
            Some(byte) if Symbols::WORD.has(usize::from(byte)) => Before::Word,
            Some(byte) if byte.is_ascii() => Before::Other,
            Some(_) => Before::Unknown,
        }
    }
}

/// The symbol at a place: a byte, or the end.
pub(crate) fn symbol(line: &[u8], place: usize) -> usize {
    line.get(place).map_or(END, |byte| usize::from(*byte))
}
