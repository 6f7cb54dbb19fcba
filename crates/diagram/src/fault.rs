//! Why a diagram is not drawn, and at which of its lines.

/// Why a diagram is not drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawingFault {
    /// The line of it, from 0.
    pub line: usize,
    /// What is wrong, as a clause.
    pub message: String,
}

impl DrawingFault {
    pub(crate) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}
