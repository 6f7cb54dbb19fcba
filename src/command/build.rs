//! `bokworm build`: publishes a project.

use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;

use super::flags::{Flags, SiteFlags, switch};
use super::ledger::file::LedgerOnDisk;
use super::progress::Progress;
use super::step_summary::StepSummary;
use super::{Outcome, findings, opened, shared_cache, tell_configuration};
use crate::check;
use crate::diagnostic::{Code, Diagnostic, Severity, counted};
use crate::ledger;
use crate::make::timings::Timings;
use crate::make::{Plan, SiteMaker, Tools};
use crate::project::Project;
use crate::session::{ParsedPages, Purpose, State};
use crate::site::{Edition, SiteAddresses, Task};
use crate::store;
use crate::terminal;
use crate::write::record::Record;
use crate::write::{Publication, WrittenFiles};

/// Publish the site
///
/// Reads the pages, checks them and writes the whole site. Without arguments it builds the project
/// in the current folder, or the nearest one above it that has a book.toml: content/, static/ and
/// templates/ become public/. Any folder of Markdown pages can be tried without a configuration:
///
///   bokworm build --source docs --out /tmp/site
///
/// The old site is replaced only when the new one is complete. What a contributor got wrong in
/// a page is told as a warning, and the site is published; an error keeps the old site.
///
/// Exit codes: 0 published, 1 not published because of findings, 2 could not run.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
    /// Where the site is built to
    #[command(flatten)]
    pub site: SiteFlags,
    /// Publish drafts too
    #[arg(long, env = "BOKWORM_DRAFTS", hide_env_values = true, value_parser = switch())]
    pub drafts: bool,
    /// Don't publish when there are warnings either
    #[arg(long, env = "BOKWORM_STRICT", hide_env_values = true, value_parser = switch())]
    pub strict: bool,
    /// Leave addresses.lock as it is, and tell what is not in it yet
    #[arg(long, env = "BOKWORM_LOCKED", hide_env_values = true, value_parser = switch())]
    pub locked: bool,
    /// Print nothing but findings
    #[arg(long, short)]
    pub quiet: bool,
    /// Print how long each stage took, and what of it went into relations and lists
    #[arg(long)]
    pub timings: bool,
    /// Write how long each stage and each file took, for the profiler of a browser (chrome://tracing, Firefox Profiler)
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
    /// Take errors for warnings; only `bokworm publish` asks for it.
    #[arg(skip)]
    pub despite_errors: bool,
}

/// Publishes the project of the folder `start`.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = opened::project(start, &arguments.site.overrides(&arguments.project))?;
    tell_configuration(&project)?;
    if project.is_misconfigured() {
        return Ok(Outcome::Findings);
    }
    let timings = Timings::start(arguments.timings || arguments.trace.is_some());
    let outcome = publish(arguments, project, &timings)?;
    if arguments.timings {
        terminal::note(&timings.table())?;
    }
    if let Some(trace) = &arguments.trace {
        let file = start.join(trace);
        std::fs::write(&file, timings.trace()).with_context(|| format!("could not write `{}`", file.display()))?;
    }
    Ok(outcome)
}

/// Reads, assembles, checks, renders and writes.
fn publish(arguments: &Arguments, project: Project, timings: &Timings) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let publication = timings.stage("begin", || Publication::begin(&project.out_dir, &project.protected()))?;
    let program = store::program();
    let shared = shared_cache::of(&project)?;
    let cache = shared.iter().fold(project.cache(), |cache, shared| cache.sharing(shared.clone()));
    let purpose = Purpose::Publish { drafts: arguments.drafts };
    let read = timings.stage("read", || opened::read(project, purpose))?;
    // The program ends when the site is published: to take apart, text by text, what it was made from would take
    // a tenth of a second build.
    let mut session = ManuallyDrop::new(timings.stage("parse", || read.parse(&ParsedPages::stored(&cache, &program))));
    let state = ManuallyDrop::new(timings.stage("assemble", || session.state()));
    for (edition, clock) in state.library.editions().filter_map(|(_, edition)| Some((edition, timings.clock()?))) {
        edition.effort.count_by(Box::new(clock));
    }
    let records = state.original().ledger.is_kept() && !arguments.drafts && !arguments.locked;
    // What is about to be recorded, nobody has to be told of.
    let unrecorded = records.then_some((Code::UnrecordedAddress, Severity::Off));
    let severities = state.severities(unrecorded.as_slice());
    let record = Record::open(&cache, publication.out());
    let tools = Tools::of_build(&cache, &program);
    let search = ManuallyDrop::new(tools.search(&state));
    let renderer = tools.renderer(&state, &search);
    let maker = SiteMaker {
        renderer: &renderer,
        pictures: &tools.pictures,
        publication: &publication,
        record: &record,
        timings,
    };
    // What is to be made is found out while the site is checked: both leave cores idle here and there.
    let (mut found, plan) = std::thread::scope(|scope| {
        let check = scope.spawn(|| timings.stage("check", || state.check(&severities, Vec::new())));
        let plan = maker.plan(&state.sources, &program);
        (check.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), plan)
    });
    leave_out_tries(&state, &mut found, records);
    if arguments.despite_errors {
        found.iter_mut().filter(|finding| is_error(finding)).for_each(|finding| finding.severity = Severity::Warning);
    }
    if !stops(&found, arguments.strict) {
        let (unmade, mut damaged): (Vec<_>, Vec<_>) =
            make(&maker, plan?, arguments.quiet)?.into_iter().partition(is_error);
        // A site without one of its files is none, whatever the project thinks of the finding.
        check::weigh(&mut damaged, &severities);
        found.extend(unmade);
        found.extend(damaged);
        timings.stage("save cache", || tools.save());
    }
    tell_efforts(&state, timings);
    let told = findings::tell(&state, &found, arguments.quiet);
    if stops(&found, arguments.strict) {
        return not_published(&state, &found);
    }
    let written = timings.stage("finish", || publication.finish())?;
    let worn_out = tools.highlighter.worn_out();
    // Where code has no colours, it isn't known of any file what it was made from: on another day it may have them.
    if worn_out.is_empty() {
        timings.stage("save record", || record.save());
    }
    let recorded = if records { timings.stage("save ledger", || record_addresses(&state))? } else { 0 };
    // What can't be printed has kept nothing from being published.
    told?;
    shared.iter().try_for_each(|shared| shared_cache::tell(&state.project, shared))?;
    tell_uncoloured(&worn_out)?;
    let published = summary(&state, &written, started);
    StepSummary { command: "build", came_to: &published, findings: &found }.add(&state)?;
    if !arguments.quiet {
        terminal::say(&published)?;
        tell_recorded(recorded)?;
    }
    tell_written(&written)?;
    Ok(Outcome::Clean)
}

fn not_published(state: &State, found: &[Diagnostic]) -> anyhow::Result<Outcome> {
    let why = if has(found, Severity::Error) { "errors" } else { "warnings, as --strict asks" };
    let out = state.project.shown(&state.project.out_dir);
    let kept = format!("Not published because of {why}: the site in `{out}` is as it was.\n");
    StepSummary { command: "build", came_to: &kept, findings: found }.add(state)?;
    terminal::note(&kept)?;
    Ok(Outcome::Findings)
}

/// What of the stages went into what is found on the way.
fn tell_efforts(state: &State, timings: &Timings) {
    let has_book = state.library.editions().any(|(_, edition)| edition.config.print.epub);
    let book = has_book.then_some(("epub", Task::Book));
    for (name, task) in [("relations", Task::Relations), ("lists", Task::Lists)].into_iter().chain(book) {
        timings.tell(name, state.library.editions().map(|(_, edition)| edition.effort.taken(task)).sum());
    }
}

/// Makes the files that have to be made, and shows how far that has come.
fn make(maker: &SiteMaker<'_>, plan: Plan<'_>, quiet: bool) -> anyhow::Result<Vec<Diagnostic>> {
    terminal::detail(|| format!("{} to be made; all others would come out as they are", counted(plan.count(), "file")));
    maker.prepare(&plan);
    let progress = Progress::start(plan.count(), quiet);
    let failed = maker.make(plan, || progress.step());
    progress.end();
    failed
}

/// Takes from the findings that addresses are lost which are about to be forgotten, where that is recorded.
fn leave_out_tries(state: &State, found: &mut Vec<Diagnostic>, records: bool) {
    let is_loss = |finding: &Diagnostic| matches!(finding.code, Code::LostAddress | Code::LostHeading);
    if !records || !found.iter().any(is_loss) {
        return;
    }
    let Ok(on_disk) = LedgerOnDisk::of(state) else { return };
    let tries = on_disk.tries(&state.project, &SiteAddresses::of(&state.library));
    let tries: Vec<String> = tries.iter().map(ToString::to_string).collect();
    found.retain(|finding| !is_loss(finding) || !finding.target.as_ref().is_some_and(|target| tries.contains(target)));
}

/// Adds to the ledger what is new; how many addresses that were. What can't be read in it is told as a finding, and
/// stays as it is.
fn record_addresses(state: &State) -> anyhow::Result<usize> {
    let Ok(mut on_disk) = LedgerOnDisk::of(state) else { return Ok(0) };
    let addresses = SiteAddresses::of(&state.library);
    let tries = on_disk.tries(&state.project, &addresses);
    on_disk.forget(&tries);
    let added = on_disk.add_new(&addresses);
    on_disk.write()?;
    Ok(added)
}

fn tell_recorded(recorded: usize) -> io::Result<()> {
    let what = match recorded {
        0 => return Ok(()),
        1 => "1 address was".to_owned(),
        several => format!("{several} addresses were"),
    };
    terminal::say(&format!("{what} added to `{}`: commit it.\n", ledger::FILE))
}

fn tell_uncoloured(languages: &[&str]) -> io::Result<()> {
    if languages.is_empty() {
        return Ok(());
    }
    let languages = languages.join(", ");
    terminal::note(&format!("note: some code has no colours, since it took too long to find them: {languages}\n"))
}

/// What is to be known of the files that were written.
fn tell_written(written: &WrittenFiles) -> io::Result<()> {
    for (one, other) in &written.alike {
        let message = "differ only in upper and lower case; some hosts can't tell them apart";
        terminal::note(&format!("warning: `{one}` and `{other}` {message}\n"))?;
    }
    if let Some(aside) = &written.left_aside {
        let message = "files that bokworm didn't make were found in the old site; it was left in";
        terminal::note(&format!("note: {message} `{}`\n", aside.display()))?;
    }
    Ok(())
}

/// Whether findings keep the site from being published.
fn stops(found: &[Diagnostic], strict: bool) -> bool {
    has(found, Severity::Error) || (strict && has(found, Severity::Warning))
}

fn is_error(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error
}

fn has(found: &[Diagnostic], severity: Severity) -> bool {
    found.iter().any(|finding| finding.severity == severity)
}

/// What was done, in a line.
fn summary(state: &State, written: &WrittenFiles, started: Instant) -> String {
    let project = &state.project;
    let editions: Vec<&Edition> = state.library.editions().map(|(_, edition)| &**edition).collect();
    let lists_of = |site: &&Edition| {
        let own = site.pages.iter().filter(|page| page.borrowed.is_none());
        let used = own.flat_map(|page| &page.page.components);
        used.filter(|used| site.components.get(&used.name).is_some_and(|known| known.query)).count()
    };
    let lists = editions.iter().map(lists_of).sum();
    let languages = match editions.len() {
        1 => String::new(),
        several => format!(" in {several} languages"),
    };
    let elapsed = started.elapsed();
    let time = match elapsed.as_millis() {
        ms @ 0..1000 => format!("{ms} ms"),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    };
    format!(
        "Published {}{languages}, {} and {} to `{}`: {} ({} written, {} as they were, {} removed) in {time}\n",
        counted(state.library.own_pages(), "page"),
        counted(lists, "list"),
        counted(editions.iter().map(|site| site.tags.len()).sum(), "tag page"),
        project.shown(&project.out_dir),
        counted(written.files, "file"),
        written.written,
        written.unchanged,
        written.removed,
    )
}
