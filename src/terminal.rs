//! The one place that prints: what was asked for on the standard output, what is told beside it on the
//! standard error. Knows nothing of what it says.
//!
//! Whoever read along may have seen enough (`bokworm schema | head`): what comes then is for nobody, and nothing
//! went wrong. What can't be printed for another reason is an error, and no panic as with `println!`.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;

/// How it is told: a program has one terminal, and whoever started it says so once.
static MANNER: OnceLock<Manner> = OnceLock::new();

/// Why a detail couldn't be told.
static LOST: OnceLock<io::Error> = OnceLock::new();

/// How everything is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Whether in colours.
    pub colour: Colour,
    /// Whether with what was read, from where, and what was decided.
    pub verbose: bool,
}

/// When something is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// As the environment has it; without a word from there, at a terminal.
    #[default]
    Auto,
    /// Wherever it goes.
    Always,
    /// Nowhere.
    Never,
}

/// Says how everything is told from now on; the first word holds.
pub fn settle(manner: Manner) {
    let _ = MANNER.set(manner);
}

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

/// Tells in a line what is only of interest to those who want to know more. That it can't be told keeps nothing from being
/// done: `all_details_told` says so at the end.
pub fn detail(line: impl FnOnce() -> String) {
    if manner().verbose
        && let Err(error) = note(&format!("verbose: {}\n", line()))
    {
        let _ = LOST.set(error);
    }
}

/// Fails where something that somebody wanted to know couldn't be told.
///
/// # Errors
/// If it can't be written, but for a reader that is gone.
pub fn all_details_told() -> io::Result<()> {
    LOST.get().map_or(Ok(()), |error| Err(io::Error::new(error.kind(), error.to_string())))
}

/// Whether what was asked for is to be coloured.
pub fn says_in_colour() -> bool {
    wants_colour(&io::stdout())
}

/// Whether addresses in what was asked for can be clicked: where no terminal reads them, they are in the way.
pub fn says_with_links() -> bool {
    io::stdout().is_terminal() && says_in_colour()
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

fn manner() -> Manner {
    MANNER.get().copied().unwrap_or_default()
}

fn wants_colour(stream: &impl IsTerminal) -> bool {
    match manner().colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => by_environment(|name| std::env::var_os(name)?.into_string().ok(), stream.is_terminal()),
    }
}

/// As other programs do it: <https://no-color.org>, <https://bixense.com/clicolors>.
fn by_environment(variable: impl Fn(&str) -> Option<String>, is_terminal: bool) -> bool {
    let said = |name| variable(name).filter(|value| !value.is_empty());
    if said("NO_COLOR").is_some() {
        return false;
    }
    if said("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    is_terminal && variable("TERM").is_none_or(|term| term != "dumb") && said("CLICOLOR").is_none_or(|it| it != "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_where_colours_are_wanted() {
        let coloured = |said: &[(&str, &str)], is_terminal| {
            let variable = |name: &str| said.iter().find(|one| one.0 == name).map(|one| one.1.to_owned());
            by_environment(variable, is_terminal)
        };
        assert!(coloured(&[], true) && !coloured(&[], false));
        assert!(coloured(&[("NO_COLOR", "")], true) && !coloured(&[("NO_COLOR", "1")], true));
        assert!(coloured(&[("CLICOLOR_FORCE", "1")], false) && !coloured(&[("CLICOLOR_FORCE", "0")], false));
        assert!(!coloured(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true));
        assert!(!coloured(&[("CLICOLOR", "0")], true) && coloured(&[("CLICOLOR", "1")], true));
        assert!(
            !coloured(&[("CLICOLOR", "1")], false) && coloured(&[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], true)
        );
        assert!(!coloured(&[("TERM", "dumb")], true));
    }
}
