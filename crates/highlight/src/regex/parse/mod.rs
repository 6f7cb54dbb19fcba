//! A pattern's text turned into its tree, as Oniguruma reads such texts. What this doesn't understand, or what a
//! tree can't say, makes the tree match more than the pattern does.

mod bracket_class;

use std::iter::Peekable;
use std::str::Chars;

use super::first::may_be_empty;
use super::symbols::Symbols;
use super::tree::{Loop, PatternNode, PatternTree};

/// Groups in groups that are looked into.
const DEPTH: usize = 60;

/// The tree of a pattern.
pub(crate) fn parse(pattern: &str) -> PatternTree {
    let mut parser = Parser { rest: pattern.chars().peekable(), depth: 0, is_exact: true };
    match parser.alternatives(PatternFlags::default()) {
        Some(nodes) if parser.rest.peek().is_none() => PatternTree { nodes, is_exact: parser.is_exact },
        _ => PatternTree { nodes: vec![PatternNode::Unknown], is_exact: false },
    }
}

#[derive(Clone, Copy, Default)]
struct PatternFlags {
    ignores_case: bool,
    extended: bool,
    dot_is_all: bool,
}

/// Reads a pattern. What gives `None` was not understood.
struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    depth: usize,
    /// Whether the nodes say no more than what was read so far.
    is_exact: bool,
}

/// How often something may come.
struct Times {
    once: bool,
    many: bool,
    is_exact: bool,
}

impl Parser<'_> {
    /// Up to the end, or a closing bracket.
    fn alternatives(&mut self, flags: PatternFlags) -> Option<Vec<PatternNode>> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut branches = vec![self.sequence(flags)?];
        while self.rest.next_if_eq(&'|').is_some() {
            branches.push(self.sequence(flags)?);
        }
        self.depth -= 1;
        if branches.len() == 1 { branches.pop() } else { Some(vec![PatternNode::Any(branches)]) }
    }

    fn sequence(&mut self, flags: PatternFlags) -> Option<Vec<PatternNode>> {
        let mut nodes = Vec::new();
        loop {
            if flags.extended {
                self.skip_space();
            }
            match self.rest.peek() {
                None | Some('|' | ')') => return Some(nodes),
                Some(_) => nodes.append(&mut self.item(flags)?),
            }
        }
    }

    fn skip_space(&mut self) {
        while let Some(next) = self.rest.next_if(|next| next.is_ascii_whitespace() || *next == '#') {
            if next == '#' {
                while self.rest.next().is_some_and(|c| c != '\n') {}
            }
        }
    }

    /// Something, and how often it may come.
    fn item(&mut self, flags: PatternFlags) -> Option<Vec<PatternNode>> {
        let mut nodes = self.atom(flags)?;
        loop {
            if flags.extended {
                self.skip_space();
            }
            let Some(times) = self.times() else { return Some(nodes) };
            let lazy = self.rest.next_if_eq(&'?').is_some();
            let is_possessive = !lazy && self.rest.next_if_eq(&'+').is_some();
            self.is_exact &= times.is_exact && !is_possessive && !may_be_empty(&nodes);
            nodes = vec![PatternNode::Loop(Loop { body: nodes, once: times.once, many: times.many, lazy })];
        }
    }

    fn times(&mut self) -> Option<Times> {
        let (once, many) = match self.rest.peek()? {
            '*' => (false, true),
            '+' => (true, true),
            '?' => (false, false),
            '{' => return self.interval(),
            _ => return None,
        };
        self.rest.next();
        Some(Times { once, many, is_exact: true })
    }

    /// Reads `{2,3}`. Another brace is left where it is.
    fn interval(&mut self) -> Option<Times> {
        let mut ahead = self.rest.clone();
        ahead.next();
        let mut inside = String::new();
        while let Some(c) = ahead.next_if(|c| c.is_ascii_digit() || *c == ',') {
            inside.push(c);
        }
        if ahead.next() != Some('}') || !inside.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.rest = ahead;
        let least = inside.split(',').next().unwrap_or_default();
        Some(Times { once: least.bytes().any(|digit| digit != b'0'), many: true, is_exact: false })
    }

    fn atom(&mut self, flags: PatternFlags) -> Option<Vec<PatternNode>> {
        let node = match self.rest.next()? {
            '.' if flags.dot_is_all => PatternNode::One(Symbols::BYTES),
            '.' => PatternNode::One(Symbols::BYTES & !Symbols::byte(b'\n')),
            '^' => PatternNode::Begin,
            '$' => PatternNode::LineEnd,
            '[' => PatternNode::One(self.class(flags)? | Symbols::BEYOND_ASCII),
            '(' => return self.group(flags),
            '\\' => return self.escape(flags),
            '*' | '+' | '?' => return None,
            c => self.literal(c, flags),
        };
        Some(vec![node])
    }

    fn group(&mut self, mut flags: PatternFlags) -> Option<Vec<PatternNode>> {
        if self.rest.next_if_eq(&'?').is_none() {
            return self.up_to_bracket(flags);
        }
        match self.rest.next()? {
            ':' => self.up_to_bracket(flags),
            '>' => {
                self.is_exact = false;
                self.up_to_bracket(flags)
            }
            '=' => Some(vec![PatternNode::Ahead(self.up_to_bracket(flags)?, true)]),
            '!' => {
                let was_exact = std::mem::replace(&mut self.is_exact, true);
                let nodes = self.up_to_bracket(flags)?;
                // More than what must not come is no reason to fail.
                let node = if self.is_exact { vec![PatternNode::Ahead(nodes, false)] } else { Vec::new() };
                self.is_exact &= was_exact;
                Some(node)
            }
            '<' if self.rest.next_if(|c| matches!(c, '=' | '!')).is_some() => {
                self.up_to_bracket(flags)?;
                self.is_exact = false;
                Some(Vec::new())
            }
            '<' => {
                while self.rest.next()? != '>' {}
                self.up_to_bracket(flags)
            }
            '#' => {
                while self.rest.next()? != ')' {}
                Some(Vec::new())
            }
            mut flag => {
                let mut on = true;
                loop {
                    match flag {
                        '-' => on = false,
                        'i' => flags.ignores_case = on,
                        'x' => flags.extended = on,
                        'm' => flags.dot_is_all = on,
                        ':' => return self.up_to_bracket(flags),
                        // For all that follows, up to the end of the group around it.
                        ')' => return self.alternatives(flags),
                        _ => return None,
                    }
                    flag = self.rest.next()?;
                }
            }
        }
    }

    fn up_to_bracket(&mut self, flags: PatternFlags) -> Option<Vec<PatternNode>> {
        let nodes = self.alternatives(flags)?;
        self.rest.next_if_eq(&')')?;
        Some(nodes)
    }

    fn escape(&mut self, flags: PatternFlags) -> Option<Vec<PatternNode>> {
        let c = self.rest.next()?;
        if let Some(class) = shorthand(c) {
            return Some(vec![PatternNode::One(class | Symbols::BEYOND_ASCII)]);
        }
        let node = match c {
            'b' => PatternNode::Edge(true),
            'B' => PatternNode::Edge(false),
            'A' => PatternNode::Begin,
            'z' => PatternNode::TextEnd,
            'p' | 'P' => PatternNode::One(self.property(c == 'P')? | Symbols::BEYOND_ASCII),
            'Z' | 'R' | 'X' | 'N' | 'O' | '1'..='9' => {
                self.is_exact = false;
                match c {
                    'Z' => PatternNode::LineEnd,
                    'R' => PatternNode::One(Symbols::range(0x0a, 0x0d) | Symbols::BEYOND_ASCII),
                    'X' | 'N' | 'O' => PatternNode::One(Symbols::BYTES),
                    _ => PatternNode::Unknown,
                }
            }
            // Where the search began; what is left out of the match; calls and conditions.
            'G' | 'K' | 'k' | 'g' | 'y' | 'Y' | 'c' | 'C' | 'M' | '0' => return None,
            c => {
                let c = self.escaped_character(c)?;
                self.literal(c, flags)
            }
        };
        Some(vec![node])
    }

    /// The ASCII of a property like `\p{L}`.
    fn property(&mut self, is_negated: bool) -> Option<Symbols> {
        self.rest.next_if_eq(&'{')?;
        let is_negated = self.rest.next_if_eq(&'^').is_some() != is_negated;
        let mut name = String::new();
        while let Some(c) = self.rest.next_if(|c| *c != '}') {
            name.push(c);
        }
        self.rest.next()?;
        let (upper, lower) = (Symbols::range(b'A', b'Z'), Symbols::range(b'a', b'z'));
        let set = match name.as_str() {
            "L" | "Letter" | "Alpha" => upper | lower,
            "Lu" | "Upper" => upper,
            "Ll" | "Lower" => lower,
            "N" | "Nd" | "Digit" => Symbols::range(b'0', b'9'),
            "Nl" | "No" | "M" | "Mn" | "Mc" | "Lt" | "Lm" | "Lo" => Symbols::NONE,
            "Pc" => Symbols::byte(b'_'),
            _ => {
                self.is_exact = false;
                return Some(Symbols::ASCII);
            }
        };
        Some(if is_negated { !set & Symbols::ASCII } else { set })
    }

    /// The character that an escape stands for, whose first letter was read.
    fn escaped_character(&mut self, c: char) -> Option<char> {
        let digits = match c {
            'n' => return Some('\n'),
            't' => return Some('\t'),
            'r' => return Some('\r'),
            'f' => return Some('\x0c'),
            'v' => return Some('\x0b'),
            'a' => return Some('\x07'),
            'e' => return Some('\x1b'),
            'x' => 2,
            'u' => 4,
            c => return Some(c),
        };
        let mut number = 0;
        if c == 'x' && self.rest.next_if_eq(&'{').is_some() {
            while let Some(digit) = self.rest.next_if(char::is_ascii_hexdigit) {
                number = u32::checked_add(u32::checked_mul(number, 16)?, digit.to_digit(16)?)?;
            }
            self.rest.next_if_eq(&'}')?;
        } else {
            for _ in 0..digits {
                number = number * 16 + self.rest.next()?.to_digit(16)?;
            }
            // A byte beyond ASCII is a part of a character.
            if c == 'x' && number > 127 {
                return None;
            }
        }
        char::from_u32(number)
    }

    fn literal(&mut self, c: char, flags: PatternFlags) -> PatternNode {
        let mut bytes = [0; 4];
        let first = c.encode_utf8(&mut bytes).as_bytes()[0];
        if flags.ignores_case && !c.is_ascii() {
            // Some are another case of letters of ASCII, or of several characters.
            self.is_exact = false;
            return PatternNode::Unknown;
        }
        if flags.ignores_case && c.is_ascii_alphabetic() {
            let both = Symbols::byte(first.to_ascii_lowercase()) | Symbols::byte(first.to_ascii_uppercase());
            return PatternNode::One(both | Symbols::BEYOND_ASCII);
        }
        PatternNode::One(Symbols::byte(first))
    }
}

/// The ASCII of `\w` and the like.
fn shorthand(letter: char) -> Option<Symbols> {
    let class = match letter.to_ascii_lowercase() {
        'w' => Symbols::WORD,
        's' => Symbols::SPACE,
        'd' => Symbols::range(b'0', b'9'),
        'h' => Symbols::range(b'0', b'9') | Symbols::range(b'a', b'f') | Symbols::range(b'A', b'F'),
        _ => return None,
    };
    Some(if letter.is_ascii_uppercase() { !class & Symbols::ASCII } else { class })
}

#[cfg(test)]
mod tests;
