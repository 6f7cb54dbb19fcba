//! What a pattern of a grammar looks like, as far as it is simple: enough to say what it can begin with, and to tell at
//! most places without a regular expression's machinery that it doesn't match there, or where it ends.
//! What isn't simple is left open, never guessed.

use std::ops::{BitAnd, BitOr, Not};

/// The place of the end of a text among the symbols; the others are bytes.
pub const END: usize = 256;

/// After so many steps a try is left open.
const STEPS: usize = 200;

/// A set of bytes, and perhaps the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbols([u64; 5]);

impl Symbols {
    /// Nothing.
    pub const NONE: Symbols = Symbols([0; 5]);
    /// Everything.
    pub const ALL: Symbols = Symbols([u64::MAX, u64::MAX, u64::MAX, u64::MAX, 1]);
    /// Everything but the end.
    pub const BYTES: Symbols = Symbols([u64::MAX, u64::MAX, u64::MAX, u64::MAX, 0]);
    /// All bytes of ASCII.
    pub const ASCII: Symbols = Symbols([u64::MAX, u64::MAX, 0, 0, 0]);
    /// All other bytes.
    pub const BEYOND_ASCII: Symbols = Symbols([0, 0, u64::MAX, u64::MAX, 0]);
    /// Letters of ASCII, digits and the underscore.
    pub const WORD: Symbols = Symbols([0x03ff_0000_0000_0000, 0x07ff_fffe_87ff_fffe, 0, 0, 0]);
    /// White space of ASCII.
    pub const SPACE: Symbols = Symbols([0x0000_0001_0000_3e00, 0, 0, 0, 0]);
    const LINE_END: Symbols = Symbols([1 << b'\n', 0, 0, 0, 1]);
    const TEXT_END: Symbols = Symbols([0, 0, 0, 0, 1]);

    /// Whether it is among them.
    pub fn has(&self, symbol: usize) -> bool {
        self.0[symbol / 64] >> (symbol % 64) & 1 == 1
    }

    /// Those from one byte to another.
    pub fn range(from: u8, to: u8) -> Symbols {
        let mut set = Symbols::NONE;
        (from..=to).for_each(|byte| set.0[usize::from(byte) / 64] |= 1 << (byte % 64));
        set
    }

    /// One byte.
    pub fn byte(byte: u8) -> Symbols {
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
pub enum Before {
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
    pub const ALL: [Before; 4] = [Before::Nothing, Before::Word, Before::Other, Before::Unknown];

    /// What stands before a place in a line.
    pub fn at(line: &[u8], place: usize) -> Before {
        match place.checked_sub(1).map(|before| line[before]) {
            None => Before::Nothing,
            Some(byte) if Symbols::WORD.has(usize::from(byte)) => Before::Word,
            Some(byte) if byte.is_ascii() => Before::Other,
            Some(_) => Before::Unknown,
        }
    }
}

/// The symbol at a place: a byte, or the end.
pub fn symbol(line: &[u8], place: usize) -> usize {
    line.get(place).map_or(END, |byte| usize::from(*byte))
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// One character. Beyond ASCII it may be another than is meant.
    One(Symbols),
    /// One of these, the first that will do.
    Any(Vec<Vec<Node>>),
    /// These, once or not at all, or many times.
    Loop(Loop),
    /// These come next, or don't, and are looked at again.
    Ahead(Vec<Node>, bool),
    /// The beginning of the line.
    Begin,
    /// The end of the line.
    LineEnd,
    /// The end of the text.
    TextEnd,
    /// The edge of a word, or no edge.
    Edge(bool),
    /// What isn't known.
    Unknown,
}

/// What may come many times.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    /// What comes.
    pub body: Vec<Node>,
    /// Whether it comes at least once.
    pub once: bool,
    /// Whether it may come more than once.
    pub many: bool,
    /// Whether it comes as seldom as will do.
    pub lazy: bool,
}

/// A pattern.
#[derive(Debug)]
pub struct Shape {
    /// Its parts, in order.
    pub nodes: Vec<Node>,
    /// Whether it matches what they say, and not only less than that.
    pub is_exact: bool,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It matches and ends there.
    Ends(usize),
    /// It doesn't match.
    Fails,
    /// It takes a regular expression to know.
    Open,
}

impl Shape {
    /// What may stand at a place where the pattern matches.
    pub fn first(&self, before: Before) -> Symbols {
        let first = first(&self.nodes, before);
        first.consuming | first.empty
    }

    /// Tries a place.
    pub fn try_at(&self, line: &[u8], place: usize) -> Outcome {
        match (Try { line, steps: STEPS }).nodes(&self.nodes, None, place) {
            Outcome::Ends(_) if !self.is_exact => Outcome::Open,
            outcome => outcome,
        }
    }
}

/// How a part of a pattern can begin.
#[derive(Clone, Copy)]
struct First {
    /// What it begins with, where it takes a character.
    consuming: Symbols,
    /// What may follow where it takes none; nothing if it always takes one.
    empty: Symbols,
}

fn first(nodes: &[Node], before: Before) -> First {
    let mut all = First { consuming: Symbols::NONE, empty: Symbols::ALL };
    for node in nodes {
        let next = first_of(node, before);
        all = First { consuming: all.consuming | (all.empty & next.consuming), empty: all.empty & next.empty };
    }
    all
}

fn first_of(node: &Node, before: Before) -> First {
    let (consuming, empty) = match node {
        Node::One(symbols) => (*symbols, Symbols::NONE),
        Node::Any(branches) => {
            let none = First { consuming: Symbols::NONE, empty: Symbols::NONE };
            return branches.iter().map(|branch| first(branch, before)).fold(none, |one, other| First {
                consuming: one.consuming | other.consuming,
                empty: one.empty | other.empty,
            });
        }
        Node::Loop(looped) => {
            let body = first(&looped.body, before);
            (body.consuming, if looped.once { body.empty } else { Symbols::ALL })
        }
        Node::Ahead(nodes, true) => {
            let ahead = first(nodes, before);
            (Symbols::NONE, ahead.consuming | ahead.empty)
        }
        Node::Ahead(_, false) => (Symbols::NONE, Symbols::ALL),
        Node::Begin => (Symbols::NONE, if before == Before::Nothing { Symbols::ALL } else { Symbols::NONE }),
        Node::LineEnd => (Symbols::NONE, Symbols::LINE_END),
        Node::TextEnd => (Symbols::NONE, Symbols::TEXT_END),
        Node::Edge(is_wanted) => {
            let word = Symbols::WORD;
            let empty = match (before, is_wanted) {
                (Before::Unknown, _) => Symbols::ALL,
                (Before::Word, true) | (Before::Nothing | Before::Other, false) => !word,
                _ => word | Symbols::BEYOND_ASCII,
            };
            (Symbols::NONE, empty)
        }
        Node::Unknown => (Symbols::ALL, Symbols::ALL),
    };
    First { consuming, empty }
}

/// Whether parts of a pattern can match without taking a character.
pub fn may_be_empty(nodes: &[Node]) -> bool {
    Before::ALL.iter().any(|before| first(nodes, *before).empty != Symbols::NONE)
}

struct Try<'a> {
    line: &'a [u8],
    steps: usize,
}

/// What comes when some parts were matched.
struct Then<'a> {
    nodes: &'a [Node],
    next: Option<&'a Then<'a>>,
    /// The loop that they were in, and where this time began.
    again: Option<(&'a Loop, usize)>,
}

impl Try<'_> {
    fn nodes(&mut self, mut nodes: &[Node], then: Option<&Then<'_>>, mut place: usize) -> Outcome {
        loop {
            let Some((node, rest)) = nodes.split_first() else {
                let Some(then) = then else { return Outcome::Ends(place) };
                return match then.again {
                    Some((looped, from)) if looped.many && place > from => {
                        self.repeat(looped, false, (then.nodes, then.next), place)
                    }
                    _ => self.nodes(then.nodes, then.next, place),
                };
            };
            if self.steps == 0 {
                return Outcome::Open;
            }
            self.steps -= 1;
            let symbol = symbol(self.line, place);
            let holds = match node {
                Node::One(symbols) => {
                    if !symbols.has(symbol) {
                        return Outcome::Fails;
                    }
                    if symbol > 127 {
                        return Outcome::Open;
                    }
                    place += 1;
                    true
                }
                Node::Any(branches) => {
                    let then = Then { nodes: rest, next: then, again: None };
                    let mut tried = branches.iter().map(|branch| self.nodes(branch, Some(&then), place));
                    return tried.find(|outcome| *outcome != Outcome::Fails).unwrap_or(Outcome::Fails);
                }
                Node::Loop(looped) => return self.repeat(looped, looped.once, (rest, then), place),
                Node::Ahead(nodes, is_wanted) => match self.nodes(nodes, None, place) {
                    Outcome::Open => return Outcome::Open,
                    outcome => (outcome != Outcome::Fails) == *is_wanted,
                },
                Node::Begin => place == 0,
                Node::LineEnd => Symbols::LINE_END.has(symbol),
                Node::TextEnd => symbol == END,
                Node::Edge(is_wanted) => {
                    let before = Before::at(self.line, place);
                    if before == Before::Unknown || Symbols::BEYOND_ASCII.has(symbol) {
                        return Outcome::Open;
                    }
                    ((before == Before::Word) != Symbols::WORD.has(symbol)) == *is_wanted
                }
                Node::Unknown => return Outcome::Open,
            };
            if !holds {
                return Outcome::Fails;
            }
            nodes = rest;
        }
    }

    /// What comes many times, and the rest.
    fn repeat(
        &mut self,
        looped: &Loop,
        once: bool,
        (rest, then): (&[Node], Option<&Then<'_>>),
        place: usize,
    ) -> Outcome {
        if let [Node::One(symbols)] = &looped.body[..] {
            return self.repeat_one(*symbols, (looped, once), (rest, then), place);
        }
        let again = Then { nodes: rest, next: then, again: Some((looped, place)) };
        if once {
            return self.nodes(&looped.body, Some(&again), place);
        }
        let first =
            if looped.lazy { self.nodes(rest, then, place) } else { self.nodes(&looped.body, Some(&again), place) };
        match first {
            Outcome::Fails if looped.lazy => self.nodes(&looped.body, Some(&again), place),
            Outcome::Fails => self.nodes(rest, then, place),
            outcome => outcome,
        }
    }

    /// The same for a single character.
    fn repeat_one(
        &mut self,
        symbols: Symbols,
        (looped, once): (&Loop, bool),
        (rest, then): (&[Node], Option<&Then<'_>>),
        place: usize,
    ) -> Outcome {
        let most = if looped.many { usize::MAX } else { 1 };
        let fits = self.line[place..].iter().take(most).take_while(|byte| symbols.has(usize::from(**byte)));
        let mut count = 0;
        for byte in fits {
            if !byte.is_ascii() {
                return Outcome::Open;
            }
            count += 1;
        }
        let least = usize::from(once);
        if count < least {
            return Outcome::Fails;
        }
        for at in 0..=count - least {
            let taken = if looped.lazy { least + at } else { count - at };
            match self.nodes(rest, then, place + taken) {
                Outcome::Fails => {}
                outcome => return outcome,
            }
        }
        Outcome::Fails
    }
}
