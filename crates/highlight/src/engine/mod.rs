//! Text turned into runs of classes by the grammar of its language: all grammars, read once and shared by threads.
//! It doesn't know where the text came from, nor what is written of it.

mod candidates;
mod find;
mod grammar;
mod lines;
mod reader;
mod state;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use syntect::parsing::SyntaxSet;

use crate::language::LanguageNames;
use crate::runs::Runs;
#[cfg(test)]
pub(crate) use find::Knowledge;
use grammar::Contexts;
use lines::{Grammar, Patience, Worker};
#[cfg(test)]
pub(crate) use reader::LineReader;

/// A block with a longer line gets none either: some grammars take time that grows with the cube of a
/// line's length (measured: C++ 0.8 s for 500 hostile bytes, 10 s for 1,000).
pub(super) const LONGEST_LINE: usize = 512;

/// The same for grammars in which no line of this length was found to take a second.
pub(super) const LONGEST_LINE_OF_CALM: usize = 2048;

/// Those grammars: the ones that people use for long lines.
const CALM: &[&str] = &[
    "Bourne Again Shell (bash)",
    "CSS",
    "Diff",
    "Go",
    "HTML",
    "HTTP Request and Response",
    "Java",
    "JavaScript",
    "JSON",
    "Rust",
    "SQL",
    "TOML",
    "TypeScript",
    "XML",
    "YAML",
];

/// All that is loaded when the first block wants colours.
pub(super) struct Grammars {
    /// The grammars themselves.
    pub set: SyntaxSet,
    /// What people call each.
    pub names: LanguageNames,
    /// Their contexts, as far as they were made.
    pub contexts: Contexts,
    /// What threads know that colour no code at the moment.
    idle: Mutex<Vec<Worker>>,
    /// For each grammar of the set, at its place.
    pub patience: Vec<Patience>,
}

impl Grammars {
    /// Loads those that syntect and two-face bring.
    pub(super) fn load() -> Grammars {
        let set = two_face::syntax::extra_newlines();
        let names = LanguageNames::of(&set);
        let patience = set.syntaxes().iter().map(|_| Patience::default()).collect();
        Grammars { set, names, contexts: Contexts::default(), idle: Mutex::default(), patience }
    }

    /// The runs of a text. None if the grammar failed or took too long; no runs if there is none.
    pub(super) fn runs(&self, language: &str, text: &str) -> Option<Runs> {
        let Some(place) = self.names.find(language) else { return Some(Runs::default()) };
        let syntax = &self.set.syntaxes()[place];
        let grammar = Grammar { set: &self.set, contexts: &self.contexts, place, patience: &self.patience[place] };
        let longest = if CALM.contains(&syntax.name.as_str()) { LONGEST_LINE_OF_CALM } else { LONGEST_LINE };
        if text.lines().any(|line| line.len() > longest) {
            return Some(Runs::default());
        }
        // Grammars are data of other people's: what goes wrong with one must not end a build. What the thread
        // knew is lost then.
        catch_unwind(AssertUnwindSafe(|| {
            let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            let mut worker = idle().pop().unwrap_or_default();
            let runs = worker.runs(&grammar, text);
            idle().push(worker);
            runs
        }))
        .ok()
        .flatten()
    }

    /// The languages whose blocks took too long, in order.
    pub(super) fn worn_out(&self) -> Vec<&str> {
        let both = self.set.syntaxes().iter().zip(&self.patience);
        let mut names: Vec<&str> =
            both.filter(|(_, patience)| patience.is_over()).map(|(syntax, _)| syntax.name.as_str()).collect();
        names.sort_unstable();
        names
    }
}
