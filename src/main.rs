//! The program: arguments, one call, printing, exit code.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bokworm::command::{
    Outcome, assess, build, check, completions, diff, explain, headers, init, ledger, links, matrix, mv, new, publish,
    query, schema, serve, tags, theme, translations,
};
use bokworm::terminal;
use clap::{CommandFactory, Parser, Subcommand};

/// The static site generator for bodies of knowledge
///
/// It turns a folder of Markdown pages into a website whose lists, tag pages, sidebar and
/// cross-links follow from the pages themselves.
///
/// To begin:
///
///   bokworm init handbook
///   cd handbook
///   bokworm build
#[derive(Parser)]
#[command(name = "bokworm", version, verbatim_doc_comment, subcommand_required = true, arg_required_else_help = true)]
struct Arguments {
    /// Run in this folder instead of the current one
    #[arg(short = 'C', value_name = "DIR", global = true)]
    start: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(build::Arguments),
    Check(check::Arguments),
    Explain(explain::Arguments),
    Query(query::Arguments),
    Matrix(matrix::Arguments),
    Links(links::Arguments),
    Diff(diff::Arguments),
    Mv(mv::Arguments),
    Ledger(ledger::Arguments),
    Tags(tags::Arguments),
    Assess(assess::Arguments),
    Translations(translations::Arguments),
    Serve(serve::Arguments),
    Publish(publish::Arguments),
    Headers(headers::Arguments),
    Init(init::Arguments),
    New(new::Arguments),
    Theme(theme::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
}

fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let start = arguments.start.as_deref().unwrap_or(Path::new("."));
    anyhow::ensure!(start.is_dir(), "`-C {}` names no folder", start.display());
    match &arguments.command {
        Command::Build(arguments) => build::run(arguments, start),
        Command::Check(arguments) => check::run(arguments, start),
        Command::Explain(arguments) => explain::run(arguments, start),
        Command::Query(arguments) => query::run(arguments, start),
        Command::Matrix(arguments) => matrix::run(arguments, start),
        Command::Links(arguments) => links::run(arguments, start),
        Command::Diff(arguments) => diff::run(arguments, start),
        Command::Mv(arguments) => mv::run(arguments, start),
        Command::Ledger(arguments) => ledger::run(arguments, start),
        Command::Tags(arguments) => tags::run(arguments, start),
        Command::Assess(arguments) => assess::run(arguments, start),
        Command::Translations(arguments) => translations::run(arguments, start),
        Command::Serve(arguments) => serve::run(arguments, start),
        Command::Publish(arguments) => publish::run(arguments, start),
        Command::Headers(arguments) => headers::run(arguments, start),
        Command::Init(arguments) => init::run(arguments, start),
        Command::New(arguments) => new::run(arguments, start),
        Command::Theme(arguments) => theme::run(arguments, start),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
    }
}

fn main() -> ExitCode {
    match completions::answer(Arguments::command) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            return ExitCode::from(2);
        }
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(help) => return explain(&help),
    };
    match run(&arguments) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            tell(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints the help that was asked for, or what can't be understood.
fn explain(help: &clap::Error) -> ExitCode {
    match help.print() {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            tell(&anyhow::Error::new(error).context("the help can't be printed"));
            ExitCode::from(2)
        }
        _ => ExitCode::from(u8::try_from(help.exit_code()).unwrap_or(2)),
    }
}

/// The error and its causes in one sentence; what the message says beyond its first line
/// stands below.
fn tell(error: &anyhow::Error) {
    let (red, plain) = if terminal::notes_in_colour() { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
    // Nobody is left to tell if this fails.
    let _ = terminal::note(&format!("{red}error:{plain} {error:#}\n"));
}
