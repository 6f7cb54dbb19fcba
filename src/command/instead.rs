//! What is told in place of what a command does: help, the version, or why the line can't be understood. Words that
//! other tools have for what this one does are pointed at it.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::globals;
use crate::terminal;

/// What people type who come from other tools and is no other name of a command here, with what there is for it.
const ELSEWHERE: [(&str, &str); 11] = [
    ("create", "`bokworm init DIR` starts a site, `bokworm new TITLE` adds a page"),
    ("setup", "`bokworm init DIR` starts a site"),
    ("quickstart", "`bokworm init DIR` starts a site"),
    ("test", "`bokworm check` tells what is wrong in the pages"),
    ("doctor", "`bokworm check` tells what is wrong in the pages"),
    ("fix", "`bokworm check --fix` mends what one edit settles"),
    ("list", "`bokworm query` lists pages, `bokworm tags` tags"),
    ("rename", "`bokworm mv OLD NEW` moves a page and all that leads to it"),
    ("swizzle", "`bokworm theme eject FILE` copies a file of the theme, to be changed"),
    ("clear", CLEAN),
    ("clean", CLEAN),
];

const CLEAN: &str =
    "nothing has to be cleaned: a build leaves what belongs to the site, and .bokworm/cache can be deleted";

/// What Hugo calls a new site: `new site handbook`.
const NEW_SITE: (&str, &str) = ("new", "site");

/// How the program was built: what `build.rs` knew.
const BUILT: [(&str, &str); 4] = [
    ("commit", env!("BOKWORM_BUILT_COMMIT")),
    ("target", env!("BOKWORM_BUILT_TARGET")),
    ("profile", env!("BOKWORM_BUILT_PROFILE")),
    ("features", env!("BOKWORM_BUILT_FEATURES")),
];

/// Prints what is told instead of doing what `words` say; the exit code.
///
/// # Errors
/// If it can't be printed.
pub fn tell(mut told: clap::Error, words: &[OsString]) -> anyhow::Result<u8> {
    if told.kind() == ErrorKind::DisplayVersion && globals::is_verbose(words) {
        terminal::say(&format!("{}{}", told.render(), built()))?;
        return Ok(0);
    }
    if let Some(tip) = tip(&told, words) {
        told.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(tip)]));
        told.remove(ContextKind::SuggestedSubcommand);
    }
    let text = |in_colour| if in_colour { told.render().ansi().to_string() } else { told.render().to_string() };
    // Help and version were asked for, all else is a mistake.
    match told.exit_code() {
        0 => terminal::say(&text(terminal::says_in_colour()))?,
        _ => terminal::note(&text(terminal::notes_in_colour()))?,
    }
    Ok(u8::try_from(told.exit_code()).unwrap_or(2))
}

fn built() -> String {
    let shown = |value: &'static str| if value.is_empty() { "not known" } else { value };
    BUILT.map(|(what, value)| format!("{what}: {}\n", shown(value))).concat()
}

/// Where to go with a word that isn't known here.
fn tip(told: &clap::Error, words: &[OsString]) -> Option<&'static str> {
    match told.kind() {
        ErrorKind::InvalidSubcommand => {
            let Some(ContextValue::String(word)) = told.get(ContextKind::InvalidSubcommand) else { return None };
            ELSEWHERE.iter().find(|(known, _)| known == word).map(|(_, tip)| *tip)
        }
        ErrorKind::UnknownArgument => {
            let follow = |pair: &[OsString]| pair[0] == NEW_SITE.0 && pair[1] == NEW_SITE.1;
            words.windows(2).any(follow).then_some("`bokworm init DIR` starts a site; `bokworm new TITLE` adds a page")
        }
        _ => None,
    }
}
