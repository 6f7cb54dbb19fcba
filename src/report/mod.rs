//! Findings as text: one file a format. Knows diagnostics and the texts they
//! speak of, not where they come from.

pub mod plain;
