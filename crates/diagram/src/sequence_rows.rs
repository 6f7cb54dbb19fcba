//! Sequences as they are read, row by row: who takes part, and what is told.

use crate::graph::LineHead;

#[derive(Debug)]
pub(crate) struct SequenceParty {
    pub(crate) label: Vec<String>,
    pub(crate) is_person: bool,
}

#[derive(Debug)]
pub(crate) enum SequenceRow {
    Message { from: usize, to: usize, text: Vec<String>, dotted: bool, end: LineHead, start: LineHead },
    Note { from: usize, to: usize, side: NoteSide, text: Vec<String> },
    Begin(usize),
    Finish(usize),
    Open { word: String, text: Vec<String> },
    Part(Vec<String>),
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NoteSide {
    Left,
    Right,
    Over,
}
