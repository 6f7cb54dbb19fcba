//! `bokworm mv`: a page, a folder, a file, a heading or a tag moved, and all that leads to it.

mod places;
mod translated;
mod asked;
mod record;
mod sides;
mod section;
mod plan;
mod renamed;
mod told;

use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use super::flags::Flags;
use super::{Outcome, known, opened, tell_configuration};
use crate::history;
use crate::ledger;
use crate::moving::{PathMoves, TagMove};
use crate::project::Project;
use crate::session::{CommittedPlace, Purpose};
use crate::terminal;
use crate::transaction::{Journal, Rename, TextChange, Transaction};
use asked::{AskedMove, SoAlready};
use places::Wish;
use sides::MovePlan;

/// Move a page, a folder, a file, a heading or a tag, and all that leads to it
///
/// Links to it and in it are rewritten in all languages, each in the way in which it was written.
/// The old address leads on: `addresses.lock` says where. Where git tracks what is moved, its
/// index follows.
///
///   bokworm mv content/Roles/Lead.md content/Roles/Head.md
///   bokworm mv content/Roles content/People
///   bokworm mv static/img/lead.png static/img/head.png
///   bokworm mv "content/Roles/Lead.md#tasks" "#duties"
///   bokworm mv "content/Roles/Lead.md#tasks" content/Roles/Head.md --after duties
///   bokworm mv "tag:Licenses" "tag:License"
///   bokworm mv --mend
///
/// Exit codes: 0 as asked; 2 could not run.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// What is moved: a path from here or from the folder of the pages, `page.md#heading`, or `tag:Name`
    #[arg(required_unless_present_any = ["mend", "undo", "go_on"], add = known::movable())]
    pub from: Option<String>,
    /// Where to: a path, a folder that is there, `#heading`, another page for a heading and its text, or `tag:Name`
    #[arg(required_unless_present_any = ["mend", "undo", "go_on"])]
    pub to: Option<String>,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
    /// With a heading that goes to another page: behind the section of which heading there; by default at its end
    #[arg(long, value_name = "HEADING", conflicts_with_all = ["mend", "undo", "go_on"])]
    pub after: Option<String>,
    /// Leave the translations of a page or folder where they are
    #[arg(long, conflicts_with_all = ["mend", "undo", "go_on"])]
    pub only: bool,
    /// Show what would change, and change nothing
    #[arg(long, conflicts_with_all = ["undo", "go_on"])]
    pub dry_run: bool,
    /// Do the rest for files that were renamed without it, since a commit (by default where the branch left the main one)
    #[arg(long, value_name = "REV", num_args = 0..=1, conflicts_with_all = ["from", "to", "undo", "go_on"])]
    pub mend: Option<Option<String>>,
    /// Take the last move back
    #[arg(long, conflicts_with_all = ["from", "to", "go_on"])]
    pub undo: bool,
    /// Go on with a move that was cut off
    #[arg(long = "continue", conflicts_with_all = ["from", "to"])]
    pub go_on: bool,
}

/// Moves something in the project of the folder `start`.
///
/// # Errors
/// If it can't be moved so, or the machine can't read or write what it has to.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = opened::project(start, &arguments.project.overrides())?;
    if project.is_misconfigured() {
        tell_configuration(&project)?;
        bail!("`book.toml` has mistakes, so nobody knows what the site is");
    }
    let mut last = Transaction::last(&project.root)?;
    if arguments.undo {
        return undo(&project, &mut last);
    }
    if arguments.go_on {
        return go_on(&project, &mut last);
    }
    require_whole(&last)?;
    match &arguments.mend {
        Some(revision) => mend(arguments, start, Mending { project, revision: revision.as_deref(), last }),
        None => moved(arguments, start, project, last),
    }
}

fn moved(arguments: &Arguments, start: &Path, project: Project, last: Transaction) -> anyhow::Result<Outcome> {
    let (from, to) = (arguments.from.as_deref().unwrap_or_default(), arguments.to.as_deref().unwrap_or_default());
    let read = opened::read(project, Purpose::Move)?;
    let wish = Wish { start, from, to, after: arguments.after.as_deref(), only: arguments.only };
    let asked = vec![from.to_owned(), to.to_owned()];
    let plan = match asked::find(&read, wish).and_then(|asked| plan::plan(&read, asked)) {
        Ok(plan) => plan,
        Err(why) if why.is::<SoAlready>() => {
            terminal::say(&format!("{why}: there is nothing to do.\n"))?;
            return Ok(Outcome::Clean);
        }
        // Who asks a second time for what is done gets no complaint.
        Err(_) if last.journal().is_some_and(|journal| journal.asked == asked) => {
            terminal::say(&format!("`{from}` was moved already: there is nothing to do.\n"))?;
            return Ok(Outcome::Clean);
        }
        Err(error) => return Err(error),
    };
    finish(read.project(), Thought { plan, asked, dry_run: arguments.dry_run }, last)
}

/// Writes a tag otherwise wherever it stands, with the ledger and all links to its page, or shows what that would be.
///
/// # Errors
/// As `run`.
pub(super) fn rename_tag(project: Project, tag: TagMove, dry_run: bool) -> anyhow::Result<Outcome> {
    let last = Transaction::last(&project.root)?;
    require_whole(&last)?;
    let read = opened::read(project, Purpose::Move)?;
    let asked = vec![format!("tag:{}", tag.old), format!("tag:{}", tag.new)];
    let plan = plan::plan(&read, AskedMove::Tag(tag))?;
    finish(read.project(), Thought { plan, asked, dry_run }, last)
}

/// Whether no move was cut off.
fn require_whole(last: &Transaction) -> anyhow::Result<()> {
    ensure!(
        !last.is_interrupted(),
        "a move was cut off, and some of it is done\n\
         help: `bokworm mv --continue` does the rest, `bokworm mv --undo` takes it back (unless another is at work just now)"
    );
    Ok(())
}

struct Mending<'a> {
    project: Project,
    revision: Option<&'a str>,
    last: Transaction,
}

fn mend(arguments: &Arguments, start: &Path, mending: Mending<'_>) -> anyhow::Result<Outcome> {
    let Mending { project, revision, last } = mending;
    let revision = renamed::revision(start, revision)?;
    let paths = renamed::since(&project, &revision)?;
    let nothing = format!("Nothing was renamed since {} that something is left to do for.\n", revision.commit.short());
    if paths.is_empty() {
        terminal::say(&nothing)?;
        return Ok(Outcome::Clean);
    }
    let overrides = arguments.project.overrides();
    let read = opened::read(project, Purpose::Move)?;
    let before = read.earlier(revision, &CommittedPlace { start, overrides: &overrides })?;
    let paths = renamed::of_one_language(&paths, &before, &read);
    let plan = plan::mended(&before, &read, &paths)?;
    if plan.texts.is_empty() {
        terminal::say(&(nothing + &told::lines(read.project(), &plan, false)))?;
        return Ok(Outcome::Clean);
    }
    if !arguments.dry_run {
        terminal::say(&renamed_lines(read.project(), &paths))?;
    }
    finish(read.project(), Thought { plan, asked: vec!["--mend".into()], dry_run: arguments.dry_run }, last)
}

fn renamed_lines(project: &Project, paths: &PathMoves) -> String {
    let shown = |path| project.locate(path).map_or_else(|| path.to_string(), |file| project.shown(&file));
    paths.iter().map(|(from, to)| format!("{} → {}\n", shown(from), shown(to))).collect()
}

/// A move that is thought through.
struct Thought {
    plan: MovePlan,
    asked: Vec<String>,
    dry_run: bool,
}

fn finish(project: &Project, thought: Thought, mut last: Transaction) -> anyhow::Result<Outcome> {
    let Thought { plan, asked, dry_run } = thought;
    if dry_run {
        let difference = told::difference(project, &plan);
        terminal::say(&format!("{difference}\n{}", told::lines(project, &plan, true)))?;
        return Ok(Outcome::Clean);
    }
    let journal = Journal { asked: asked.clone(), ..journal(project, &plan) };
    last.make(journal)?;
    tell_git(project, &last, false)?;
    last.settle()?;
    let is_file = !plan.renames.is_empty() || asked.len() < 2;
    let named = if is_file { String::new() } else { asked.join(" → ") + "\n" };
    terminal::say(&(named + &told::lines(project, &plan, false)))?;
    Ok(Outcome::Clean)
}

/// What is written down of a move before it is made.
fn journal(project: &Project, plan: &MovePlan) -> Journal {
    let name = |path: &Path| told::below(project, path);
    let renames = plan.renames.iter().map(|rename| Rename { from: name(&rename.from), to: name(&rename.to) }).collect();
    let texts = plan.texts.iter().filter_map(|text| {
        let file = name(&project.locate(&text.after)?);
        Some(TextChange { file, old: text.old.as_deref().map(str::to_owned), new: text.new.clone() })
    });
    let mut folders: Vec<PathBuf> = plan
        .renames
        .iter()
        .flat_map(|rename| rename.to.ancestors().skip(1).take_while(|folder| !folder.is_dir()))
        .map(Path::to_path_buf)
        .collect();
    folders.sort();
    folders.dedup();
    let folders = folders.iter().map(|folder| name(folder)).collect();
    Journal { renames, texts: texts.collect(), folders, ..Journal::default() }
}

/// Has git's index follow what was moved, or came back.
fn tell_git(project: &Project, last: &Transaction, back: bool) -> anyhow::Result<()> {
    let renames = last.journal().map_or(&[][..], |journal| &journal.renames);
    let mut is_told = true;
    for rename in renames {
        let (from, to) = (project.root.join(&rename.from), project.root.join(&rename.to));
        let (from, to) = if back { (to, from) } else { (from, to) };
        is_told &= history::moved_in_index(&from, &to);
    }
    if !is_told {
        terminal::note("git's index could not be told of it: `git add --all` does that.\n")?;
    }
    Ok(())
}

fn undo(project: &Project, last: &mut Transaction) -> anyhow::Result<Outcome> {
    let Some(journal) = last.journal().cloned() else {
        terminal::say("Nothing was moved here that could be taken back.\n")?;
        return Ok(Outcome::Clean);
    };
    let of_ledger = journal.texts.iter().find(|change| change.file == ledger::FILE);
    if let Some(change) = of_ledger
        && let Some(change) = record::taken_back(&project.root, change)?
    {
        last.amend(&change)?;
    }
    last.take_back()?;
    tell_git(project, last, true)?;
    last.forget()?;
    terminal::say(&format!("Taken back: {}\n", journal.asked.join(" → ")))?;
    Ok(Outcome::Clean)
}

fn go_on(project: &Project, last: &mut Transaction) -> anyhow::Result<Outcome> {
    if !last.is_interrupted() {
        terminal::say("No move was cut off: there is nothing to go on with.\n")?;
        return Ok(Outcome::Clean);
    }
    last.go_on()?;
    tell_git(project, last, false)?;
    last.settle()?;
    let asked = last.journal().map(|journal| journal.asked.join(" → ")).unwrap_or_default();
    terminal::say(&format!("Moved: {asked}\n"))?;
    Ok(Outcome::Clean)
}
