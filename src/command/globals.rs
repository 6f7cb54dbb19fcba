//! What every command can be told: where to run, and how to tell. The environment can say it, too.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::terminal::{self, Colour, Manner};

/// What every command can be told.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Globals {
    /// Run in this folder instead of the current one
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub start: Option<PathBuf>,
    /// When to use colours: always, never, or auto, at a terminal unless NO_COLOR, CLICOLOR or CLICOLOR_FORCE say otherwise
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", global = true, env = COLOR, hide_env_values = true, hide_possible_values = true, hide_default_value = true, display_order = 800)]
    pub color: ColorWhen,
    /// Tell what is read, from where, and what is decided; with --version, how the program was built
    #[arg(long, short, global = true, display_order = 801)]
    pub verbose: bool,
}

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "lower")]
pub enum ColorWhen {
    /// At a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
}

const COLOR: &str = "BOKWORM_COLOR";

/// No variable can be called so.
const NO_VARIABLE: &str = "=";

impl ColorWhen {
    fn said(word: &str) -> Option<Self> {
        clap::ValueEnum::from_str(word, false).ok()
    }

    fn colour(self) -> Colour {
        match self {
            Self::Auto => Colour::Auto,
            Self::Always => Colour::Always,
            Self::Never => Colour::Never,
        }
    }
}

/// The command line.
pub fn words() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// Says how everything is told, by the words of the command line as they stand: what can't be understood of them is told in
/// the manner that was asked for.
pub fn settle(words: &[OsString]) {
    terminal::settle(Manner { colour: colour(words), verbose: is_verbose(words) });
}

/// Tells of the environment what stands in place of options.
pub fn tell_environment() {
    let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
    let mut said: Vec<(String, String)> = std::env::vars_os().filter_map(text).collect();
    said.retain(|(name, value)| name.starts_with("BOKWORM_") && !value.is_empty());
    said.sort();
    for (name, value) in said {
        terminal::detail(|| format!("the environment says {name}={value}"));
    }
}

/// The program's commands without the variables that are empty: these say nothing.
pub fn without_empty_variables(command: clap::Command) -> clap::Command {
    let is_empty = |arg: &clap::Arg| arg.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
    command
        .mut_args(|arg| if is_empty(&arg) { arg.env(NO_VARIABLE).hide_env(true) } else { arg })
        .mut_subcommands(without_empty_variables)
}

/// Whether the words ask to be told more: `-v`, also beside `-V` in one.
pub fn is_verbose(words: &[OsString]) -> bool {
    let asks = |word: &str| {
        let letters = word.strip_prefix('-').filter(|letters| letters.contains('v'));
        word == "--verbose" || letters.is_some_and(|letters| letters.chars().all(|letter| "vVq".contains(letter)))
    };
    options(words).any(asks)
}

fn colour(words: &[OsString]) -> Colour {
    let mut asked = None;
    let mut follows = false;
    for word in options(words) {
        if follows {
            asked = Some(word);
        }
        follows = word == "--color";
        asked = word.strip_prefix("--color=").or(asked);
    }
    let variable = std::env::var(COLOR).ok();
    asked.or(variable.as_deref()).and_then(ColorWhen::said).unwrap_or_default().colour()
}

/// The words that can be options: those behind `--` can't.
fn options(words: &[OsString]) -> impl Iterator<Item = &str> {
    words.iter().skip(1).map_while(|word| Some(word.to_str().unwrap_or_default()).filter(|word| *word != "--"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn how_to_tell_is_known_before_the_line_is_understood() {
        assert_eq!(colour(&words("bokworm --color always bild")), Colour::Always);
        assert_eq!(colour(&words("bokworm bild --color=never")), Colour::Never);
        assert_eq!(colour(&words("bokworm build --color=never --color always")), Colour::Always);
        assert_eq!(colour(&words("bokworm build -- --color always")), Colour::Auto);
        for line in ["bokworm -v build", "bokworm build --verbose", "bokworm -vV", "bokworm build -qv"] {
            assert!(is_verbose(&words(line)), "{line}");
        }
        for line in
            ["bokworm -V", "bokworm build --version", "bokworm query -- -v", "bokworm new -", "bokworm query vV"]
        {
            assert!(!is_verbose(&words(line)), "{line}");
        }
    }
}
