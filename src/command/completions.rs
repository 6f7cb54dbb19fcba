//! `bokworm completions`: what a shell needs to complete our commands.

use clap_complete::Shell;

use super::Outcome;
use crate::terminal;

/// Print completions for a shell
///
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

/// Prints the completions of `program`.
pub fn run(arguments: &Arguments, mut program: clap::Command) -> anyhow::Result<Outcome> {
    let name = program.get_name().to_owned();
    // By way of memory: clap_complete panics where it can't write.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, name, &mut script);
    terminal::say(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}
