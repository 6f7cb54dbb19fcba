//! `bokworm completions`: what a shell needs to complete our commands.

use std::io::{self, Write};

use clap_complete::Shell;

use super::Outcome;

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
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Clean)
}
