//! The program: arguments, one call, printing, exit code.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use bokworm::command::globals::{self, Globals};
use bokworm::command::{
    Outcome, assess, books, build, check, completions, diff, explain, headers, init, instead, ledger, links, man,
    matrix, mv, new, publish, query, schema, serve, tags, theme, translations,
};
use bokworm::terminal;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
///
/// Where an option names a variable ([env: BOKWORM_OUT]), that stands in its place if it isn't given.
/// Empty ones say nothing; those of switches say no with 0, false, no or off.
#[derive(Parser)]
#[command(name = "bokworm", version, verbatim_doc_comment, subcommand_required = true, arg_required_else_help = true)]
struct Arguments {
    /// Where to run, and how to tell
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(aliases = ["generate"])]
    Build(build::Arguments),
    #[command(visible_alias = "lint")]
    Check(check::Arguments),
    Explain(explain::Arguments),
    Query(query::Arguments),
    Matrix(matrix::Arguments),
    Links(links::Arguments),
    Diff(diff::Arguments),
    Mv(mv::Arguments),
    Ledger(ledger::Arguments),
    Tags(tags::Arguments),
    Books(books::Arguments),
    Assess(assess::Arguments),
    Translations(translations::Arguments),
    #[command(visible_aliases = ["dev", "preview"], aliases = ["start", "server", "watch"])]
    Serve(serve::Arguments),
    #[command(aliases = ["deploy", "gh-deploy"])]
    Publish(publish::Arguments),
    Headers(headers::Arguments),
    Init(init::Arguments),
    New(new::Arguments),
    Theme(theme::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let start = arguments.globals.start.as_deref().unwrap_or(Path::new("."));
    anyhow::ensure!(start.is_dir(), "`-C {}` names no folder", start.display());
    globals::tell_environment();
    let outcome = match &arguments.command {
        Command::Build(arguments) => build::run(arguments, start),
        Command::Check(arguments) => check::run(arguments, start),
        Command::Explain(arguments) => explain::run(arguments, start),
        Command::Query(arguments) => query::run(arguments, start),
        Command::Matrix(arguments) => matrix::run(arguments, start),
        Command::Links(arguments) => links::run(arguments, start),
        Command::Diff(arguments) => diff::run(arguments, start),
        Command::Mv(arguments) => mv::run(arguments, start),
        Command::Ledger(arguments) => ledger::run(arguments, start),
        Command::Books(arguments) => books::run(arguments, start),
        Command::Tags(arguments) => tags::run(arguments, start),
        Command::Assess(arguments) => assess::run(arguments, start),
        Command::Translations(arguments) => translations::run(arguments, start),
        Command::Serve(arguments) => serve::run(arguments, start),
        Command::Publish(arguments) => publish::run(arguments, start),
        Command::Headers(arguments) => headers::run(arguments, start),
        Command::Init(arguments) => init::run(arguments, start),
        Command::New(arguments) => new::run(arguments, start),
        Command::Theme(arguments) => theme::run(arguments, start),
        Command::Schema(arguments) => schema::run(arguments, start),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => man::run(arguments, start, Arguments::command()),
    }?;
    terminal::all_details_told()?;
    Ok(outcome)
}

fn main() -> ExitCode {
    let words = globals::words();
    globals::settle(&words);
    let code = match completions::answer(Arguments::command) {
        Ok(true) => Ok(0),
        Ok(false) => match asked(&words) {
            Ok(arguments) => run(&arguments).map(|outcome| u8::from(outcome == Outcome::Findings)),
            Err(help) => instead::tell(help, &words),
        },
        Err(error) => Err(error),
    };
    ExitCode::from(code.unwrap_or_else(|error| {
        tell(&error);
        2
    }))
}

/// What the command line asks for, and the environment where it says nothing.
fn asked(words: &[OsString]) -> Result<Arguments, clap::Error> {
    let mut command = globals::without_empty_variables(Arguments::command());
    let matches = command.try_get_matches_from_mut(words)?;
    Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// The error and its causes in one sentence; what the message says beyond its first line
/// stands below.
fn tell(error: &anyhow::Error) {
    let (red, plain) = if terminal::notes_in_colour() { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
    // Nobody is left to tell if this fails.
    let _ = terminal::note(&format!("{red}error:{plain} {error:#}\n"));
}
