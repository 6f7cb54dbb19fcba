//! A grammar's patterns, read as Oniguruma spells them, as far as they are simple: enough to say what each can begin
//! with, and to match most of them without Oniguruma. Knows no grammar.

mod compiled;
mod first;
mod matcher;
mod parse;
mod symbols;
mod tree;

pub(super) use compiled::Regex;
pub(super) use matcher::MatchOutcome;
pub(super) use parse::parse;
pub(super) use symbols::{Before, END, Symbols, symbol};
pub(super) use tree::PatternTree;
