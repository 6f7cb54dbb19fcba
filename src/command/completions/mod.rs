//! `bokworm completions`: what a shell needs to complete our commands. The shell asks the program itself, so that it
//! knows what the project has; the scripts only say how.

mod bash;

use std::path::Path;

use clap_complete::Shell;
use clap_complete::env::{CompleteEnv, Elvish, Fish, Powershell, Shells, Zsh};

use super::Outcome;
use crate::terminal;

/// With this in the environment, a shell asks.
const ASKED_BY: &str = "BOKWORM_COMPLETE";
const SHELLS: Shells<'static> = Shells(&[&bash::Bash, &Elvish, &Fish, &Powershell, &Zsh]);

/// Print completions for a shell
///
/// They know the commands and, in a project, its pages, tags, kinds, folders, keys and relations.
/// Put them where the shell looks for them:
///
///   bokworm completions bash > ~/.local/share/bash-completion/completions/bokworm
///   bokworm completions zsh  > ~/.zfunc/_bokworm      (with fpath+=~/.zfunc before compinit)
///   bokworm completions fish > ~/.config/fish/completions/bokworm.fish
///   bokworm completions powershell >> $PROFILE
#[derive(clap::Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The shell
    pub shell: Shell,
}

/// Prints the completions of the program.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    // By way of memory, so that a full disk is told as elsewhere.
    let mut script = Vec::new();
    if let Some(shell) = SHELLS.completer(&arguments.shell.to_string()) {
        shell.write_registration(ASKED_BY, "bokworm", "bokworm", "bokworm", &mut script)?;
    }
    terminal::say(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}

/// Answers a shell that asks how a line may go on; false where none does.
///
/// # Errors
/// If the shell isn't known, or the answer can't be written.
pub fn answer(program: fn() -> clap::Command) -> anyhow::Result<bool> {
    let here = std::env::current_dir().ok();
    let asked = CompleteEnv::with_factory(program).var(ASKED_BY).shells(SHELLS);
    Ok(asked.try_complete(std::env::args_os(), here.as_deref().or(Some(Path::new("."))))?)
}
