//! Classes in square brackets, as a pattern spells them, turned into the ASCII that they hold; what else they may
//! hold, the caller adds.

use super::{DEPTH, Parser, PatternFlags, shorthand};
use crate::regex::symbols::Symbols;

impl Parser<'_> {
    /// The ASCII of a class in square brackets, the first of which was read.
    pub(super) fn class(&mut self, flags: PatternFlags) -> Option<Symbols> {
        self.depth += 1;
        let is_negated = self.rest.next_if_eq(&'^').is_some();
        if self.depth > DEPTH {
            return None;
        }
        let was_exact = std::mem::replace(&mut self.is_exact, true);
        let class = self.members(flags, true)?;
        // Less than all that is left out is no reason to fail.
        let symbols = match (is_negated, self.is_exact) {
            (true, true) => !class & Symbols::ASCII,
            (true, false) => Symbols::ASCII,
            (false, _) => class,
        };
        self.is_exact &= was_exact;
        self.depth -= 1;
        Some(symbols)
    }

    /// The members of a class up to its closing bracket.
    fn members(&mut self, flags: PatternFlags, may_intersect: bool) -> Option<Symbols> {
        if matches!(self.rest.peek(), Some('^' | ']')) {
            return None;
        }
        let mut symbols = Symbols::NONE;
        loop {
            match self.rest.next()? {
                ']' => return Some(symbols),
                '&' if self.rest.peek() == Some(&'&') => {
                    self.rest.next();
                    if !may_intersect || self.rest.peek() == Some(&'&') {
                        return None;
                    }
                    // The rest, up to the bracket, is the other half.
                    return Some(symbols & self.members(flags, false)?);
                }
                c => symbols = symbols | self.member(c, flags)?,
            }
        }
    }

    /// A member of a class: a character, a range of them, or a class.
    fn member(&mut self, c: char, flags: PatternFlags) -> Option<Symbols> {
        let from = match c {
            '[' if self.rest.peek() == Some(&':') => return self.named_class(),
            '[' => return self.class(flags),
            '\\' => match self.rest.next()? {
                letter @ ('p' | 'P') => return self.property(letter == 'P'),
                letter => match shorthand(letter) {
                    Some(class) => return Some(class),
                    None => self.class_character(letter)?,
                },
            },
            c => c,
        };
        let mut ahead = self.rest.clone();
        let is_range = ahead.next() == Some('-') && ahead.peek().is_some_and(|next| *next != ']');
        let mut to = from;
        if is_range {
            self.rest = ahead;
            to = match self.rest.next()? {
                '[' => return None,
                '\\' => {
                    let letter = self.rest.next()?;
                    if shorthand(letter).is_some() {
                        return None;
                    }
                    self.class_character(letter)?
                }
                c => c,
            };
        }
        if flags.ignores_case && !(from.is_ascii() && to.is_ascii()) {
            self.is_exact = false;
            return Some(Symbols::ASCII);
        }
        let is_in = |byte: u8| (from..=to).contains(&char::from(byte));
        let either = |byte: u8| is_in(byte.to_ascii_lowercase()) || is_in(byte.to_ascii_uppercase());
        let members = (0..128).filter(|byte| if flags.ignores_case { either(*byte) } else { is_in(*byte) });
        Some(members.map(Symbols::byte).fold(Symbols::NONE, |all, one| all | one))
    }

    /// A character that is escaped in a class.
    fn class_character(&mut self, letter: char) -> Option<char> {
        match letter {
            'b' => Some('\x08'),
            'R' | 'X' | 'p' | 'P' | 'c' | 'C' | 'M' | '0'..='9' => None,
            letter => self.escaped_character(letter),
        }
    }

    /// A class like `[:alpha:]`, whose first bracket was read.
    fn named_class(&mut self) -> Option<Symbols> {
        self.rest.next();
        let mut name = String::new();
        while let Some(c) = self.rest.next_if(char::is_ascii_lowercase) {
            name.push(c);
        }
        self.rest.next_if_eq(&':')?;
        self.rest.next_if_eq(&']')?;
        let (upper, lower) = (Symbols::range(b'A', b'Z'), Symbols::range(b'a', b'z'));
        let digits = Symbols::range(b'0', b'9');
        Some(match name.as_str() {
            "alpha" => upper | lower,
            "alnum" => upper | lower | digits,
            "digit" => digits,
            "upper" => upper,
            "lower" => lower,
            "space" => Symbols::SPACE,
            "blank" => Symbols::byte(b' ') | Symbols::byte(b'\t'),
            "xdigit" => shorthand('h')?,
            "word" => Symbols::WORD,
            _ => return None,
        })
    }
}
