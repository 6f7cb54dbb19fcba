//! The one place that prints: what was asked for on the standard output, what is told beside it on the
//! standard error. Knows nothing of what it says.
//!
//! Whoever read along may have seen enough (`bokworm schema | head`): what comes then is for nobody, and nothing
//! went wrong. What can't be printed for another reason is an error, and no panic as with `println!`.

use std::io::{self, ErrorKind, IsTerminal, Write};

/// Prints what was asked for.
///
/// # Errors
/// If it can't be written, but for a reader that is gone.
pub fn say(text: &str) -> io::Result<()> {
    print(io::stdout().lock(), "what there is to say", text)
}

/// Tells something beside it.
///
/// # Errors
/// If it can't be written, but for a reader that is gone.
pub fn note(text: &str) -> io::Result<()> {
    print(io::stderr().lock(), "what there is to note", text)
}

/// Whether what was asked for is to be coloured.
pub fn says_in_colour() -> bool {
    wants_colour(&io::stdout())
}

/// Whether what is told beside it is to be coloured.
pub fn notes_in_colour() -> bool {
    wants_colour(&io::stderr())
}

/// Whether somebody watches what is told beside it.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

fn print(mut stream: impl Write, what: &str, text: &str) -> io::Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(io::Error::new(error.kind(), format!("{what} can't be printed: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Only for a terminal, and not where `NO_COLOR` is set (<https://no-color.org>).
fn wants_colour(stream: &impl IsTerminal) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
