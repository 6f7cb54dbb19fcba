//! `bokworm man`: the pages of the manual as `man` shows them, made of what `--help` prints.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::Outcome;
use crate::diagnostic::counted;
use crate::terminal;

/// Write the pages of the manual, for `man`
///
/// One for the program and one for each command, into a folder where `man` looks for them:
///
///   bokworm man ~/.local/share/man/man1
///   man bokworm-build
#[derive(clap::Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The folder that they are written to; made if it doesn't exist
    #[arg(value_name = "DIR")]
    pub directory: PathBuf,
}

/// Writes the pages of the manual of `program` into a folder that is named from `start`.
///
/// # Errors
/// If they can't be written.
pub fn run(arguments: &Arguments, start: &Path, program: clap::Command) -> anyhow::Result<Outcome> {
    let folder = start.join(&arguments.directory);
    let shown = arguments.directory.display();
    fs::create_dir_all(&folder).with_context(|| format!("`{shown}` can't be made"))?;
    let mut program = program.disable_help_subcommand(true);
    program.build();
    let mut written = 0;
    write(&program, &folder, &mut written).with_context(|| format!("the manual can't be written to `{shown}`"))?;
    terminal::say(&format!("{} written to `{shown}`\n", counted(written, "page")))?;
    Ok(Outcome::Clean)
}

/// Writes the page of a command, and those of the commands below it.
fn write(command: &clap::Command, folder: &Path, written: &mut usize) -> std::io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_uppercase();
    let source = concat!("bokworm ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(command.clone()).title(name).source(source).generate_to(folder)?;
    *written += 1;
    command.get_subcommands().try_for_each(|below| write(below, folder, written))
}
