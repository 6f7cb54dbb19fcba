//! Sequences as they are read, row by row: who takes part, and what is told.

use crate::graph::LineHead;

#[derive(Debug)]
pub(crate) struct SequenceParty {
    pub(crate) label: Vec<String>,
    pub(crate) is_person: bool,
}

/// From whom to whom.
pub(crate) type Parties = (usize, usize);

/// Some who stand together, with what they are called.
#[derive(Debug, Default)]
pub(crate) struct SequenceBox {
    pub(crate) title: Vec<String>,
    pub(crate) parties: Vec<usize>,
}

#[derive(Debug)]
pub(crate) enum SequenceRow {
    Message {
        from: usize,
        to: usize,
        text: Vec<String>,
        dotted: bool,
        end: LineHead,
        start: LineHead,
    },
    Note {
        from: usize,
        to: usize,
        side: NoteSide,
        text: Vec<String>,
    },
    Begin(usize),
    Finish(usize),
    /// A frame, by its word; `rect` only colours what stands in it.
    Open {
        word: String,
        text: Vec<String>,
    },
    Part(Vec<String>),
    Close,
}

/// All that is drawn.
pub(crate) struct ReadSequence<'a> {
    pub(crate) parties: &'a [SequenceParty],
    pub(crate) boxes: &'a [SequenceBox],
    pub(crate) rows: &'a [SequenceRow],
    pub(crate) title: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NoteSide {
    Left,
    Right,
    Over,
}
