//! What the walk over a body asks for besides Markdown's own: one row an extension. Each is told at its beginning and read by
//! the file of its name. A new one is its file, its row here, and its name in `page/dialect.rs`.

use std::ops::Range;

use super::scan::{Line, Scan, Signs};
use super::{admonition, component, expression, formula, jsx, module};
use crate::page::dialect::{Dialect, Extension};

/// One extension of Markdown.
pub(super) struct Recogniser {
    pub(super) extension: Extension,
    /// Whether a body may hold it anywhere: one that holds none need not be walked over.
    pub(super) occurs: fn(&[u8]) -> bool,
    pub(super) reads: Reads,
}

/// Where an extension stands, and how it is read.
pub(super) enum Reads {
    /// At the beginning of a line, in place of a block of Markdown.
    Line {
        /// Whether what a line holds may begin it.
        begins: fn(&[u8]) -> bool,
        /// Whether it ends a paragraph before it.
        interrupts: bool,
        /// Reads it from the line's content on; tells where the next line begins, if it is one.
        read: fn(&mut Scan<'_>, Range<usize>) -> Option<usize>,
    },
    /// Anywhere in a line.
    Text {
        /// The byte that it begins with.
        sign: u8,
        /// Whether what stands from there on may begin it.
        begins: fn(&[u8]) -> bool,
        /// Reads it, or passes its sign where it is none.
        read: fn(&mut Scan<'_>, &mut Line),
    },
    /// In tags of HTML, which are read in any case.
    Tags,
}

/// All extensions, in the order in which they are asked.
pub(super) const RECOGNISERS: [Recogniser; 6] = [
    Recogniser {
        extension: Extension::Components,
        occurs: component::occurs,
        reads: Reads::Text { sign: b'<', begins: component::begins, read: |scan, line| scan.tag(line) },
    },
    Recogniser {
        extension: Extension::Expressions,
        occurs: expression::occurs,
        reads: Reads::Text { sign: b'{', begins: expression::begins, read: |scan, line| scan.expression(line) },
    },
    Recogniser {
        extension: Extension::Formulas,
        occurs: formula::occurs,
        reads: Reads::Text { sign: b'$', begins: formula::begins, read: |scan, line| scan.formula(line) },
    },
    Recogniser { extension: Extension::Jsx, occurs: jsx::occurs, reads: Reads::Tags },
    Recogniser {
        extension: Extension::Admonitions,
        occurs: admonition::occurs,
        reads: Reads::Line { begins: admonition::begins, interrupts: true, read: |scan, line| scan.admonition(line) },
    },
    Recogniser {
        extension: Extension::Modules,
        occurs: module::occurs,
        reads: Reads::Line { begins: module::begins, interrupts: false, read: |scan, line| scan.statement(line) },
    },
];

/// Those of a dialect.
pub(super) fn of(dialect: Dialect) -> impl Iterator<Item = &'static Recogniser> {
    RECOGNISERS.iter().filter(move |recogniser| dialect.holds(recogniser.extension))
}

/// The bytes at which something may begin in a line of a body: what the extensions of a dialect begin with that may occur
/// in it, and code and tags.
pub(super) fn signs(dialect: Dialect, body: &[u8]) -> Signs {
    let signs =
        of(dialect).filter(|recogniser| (recogniser.occurs)(body)).filter_map(|recogniser| match recogniser.reads {
            Reads::Text { sign, .. } => Some(sign),
            Reads::Line { .. } | Reads::Tags => None,
        });
    Signs::new(signs.chain([b'<', b'`']).collect())
}
