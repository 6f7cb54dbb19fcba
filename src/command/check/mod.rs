//! `bokworm check`: tells what is wrong in a project, where, and how to mend it, and
//! mends what can be mended by itself.

mod asked;

use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Duration;

use asked::{AskedFindings, SaidOfFindings, asked};

use super::flags::Flags;
use super::step_summary::{self, StepSummary};
use super::{Outcome, known, opened};
use crate::check::fix;
use crate::diagnostic::{Code, Diagnostic, Severity, counted};
use crate::external;
use crate::mend::{self, Mended};
use crate::nearest::nearest;
use crate::project::{self, Project};
use crate::report::{self, Files, human};
use crate::session::Purpose;
use crate::store::kept;
use crate::terminal;

/// Tell what is wrong in the pages, where, and how to mend it
///
/// It reads the project as `bokworm build` does, but publishes nothing. Links, tags, lists, front
/// matter, components and the text itself are looked at. With paths it tells only of what lies there.
///
///   bokworm check
///   bokworm check content/Roles
///   bokworm check --fix --dry-run
///   bokworm check --changed
///   bokworm check - --stdin-path content/start.md < draft.md
///   bokworm explain broken-link
///
/// A comment silences what stands in the block after it:
///
///   <!-- bokworm-ignore broken-link: the page is to come -->
///
/// Exit codes: 0 nothing, or only notes; 1 warnings or errors; 2 could not run.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Only tell of these files and folders; `-` is a page from the standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only tell of files that changed since the branch left the main one, or REV, edits that aren't committed
    /// included, and of what their changes bring elsewhere
    #[arg(long, value_name = "REV", num_args = 0..=1)]
    pub changed: Option<Option<String>>,
    /// With `-`: where the page stands or will stand, so that its links are followed from there
    #[arg(long, value_name = "FILE")]
    pub stdin_path: Option<PathBuf>,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
    /// For whom: people, programs (JSON Lines), GitHub's annotations or a review of a pull request, or SARIF 2.1.0
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// Mend what one edit settles: capitals in links, garbled letters, line ends and the like
    #[arg(long)]
    pub fix: bool,
    /// With --fix: show what would change, and change nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// How much a kind of finding matters: off, info, warning or error
    #[arg(long = "severity", value_name = "CODE=LEVEL", value_parser = severity, add = known::code_of_level())]
    pub severities: Vec<(Code, Severity)>,
    /// Try the links to other sites, too, with pauses; good answers are kept for a week
    #[arg(long)]
    pub external: bool,
    /// With --external: leave out a host, the beginning of an address, or a pattern with `*`
    #[arg(long, value_name = "PATTERN", requires = "external")]
    pub exclude: Vec<String>,
    /// With --external: for how many days answers are kept
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    pub max_age: u64,
    /// With --external: after how many seconds a site is given up
    #[arg(long, value_name = "SECONDS", default_value_t = 20, requires = "external")]
    pub timeout: u64,
}

/// For whom findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON object a line
    Json,
    /// GitHub's workflow commands
    Github,
    /// A review of a pull request, as GitHub's interface takes it: of what changed, with suggestions
    GithubReview,
    /// SARIF 2.1.0
    Sarif,
}

impl Arguments {
    fn said(&self) -> SaidOfFindings<'_> {
        let is_review = self.format == Format::GithubReview;
        SaidOfFindings {
            paths: &self.paths,
            since: self.changed.as_ref().map(Option::as_deref).or(is_review.then_some(None)),
            stdin_path: self.stdin_path.as_deref(),
            fix: self.fix,
            severities: &self.severities,
        }
    }
}

/// Checks the project of the folder `start`.
///
/// # Errors
/// If the machine can't read or write what it has to.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let overrides = arguments.project.overrides();
    let project = opened::project(start, &overrides)?;
    let (asked, page) = asked(&arguments.said(), &project, start)?;
    let parsed = opened::parsed(&project, Purpose::Check);
    let read = opened::read(project, Purpose::Check)?;
    let is_one = page.is_some();
    let read = match page {
        Some(page) => read.with_page(page),
        None => read,
    };
    // The program ends when the findings are told: nothing of what they were found in has to be taken apart.
    let mut session = ManuallyDrop::new(read.parse(&parsed));
    if arguments.fix {
        let mended = mend::all(&mut session, asked.severities, |project, findings| asked.keep(project, findings))?;
        tell_left(&mended, session.project())?;
        if arguments.dry_run {
            show(&mended, &session.project().root)?;
            return Ok(Outcome::Clean);
        }
        mend::write(&mended)?;
        let settled = mended.settled;
        if settled > 0 {
            let (findings, files) = (counted(settled, "finding"), counted(mended.files.len(), "file"));
            terminal::note(&format!("Mended {findings} in {files}.\n"))?;
        }
    }
    let state = ManuallyDrop::new(session.state());
    let mut beyond = if arguments.external {
        external::check(&state.library, &options(arguments, &state.project))
    } else {
        Vec::new()
    };
    beyond.extend(state.translation_findings());
    let mut findings = state.check(&state.severities(asked.severities), beyond);
    let left_out = asked.keep_with_consequences(&session, start, &overrides, &mut findings);
    let from = stand(arguments.format, &asked);
    let files = state.files(&findings, |file| Some(project::seen_from(&from, file).display().to_string()));
    let pages = counted(state.library.own_pages(), "page");
    let came_to = format!("{pages} checked.");
    StepSummary { command: "check", came_to: &came_to, findings: &findings }.add(&state)?;
    let looked_at = match &asked.changed {
        Some(changed) => counted(changed.files.count(), "changed file"),
        None if is_one => "the page from the standard input".to_owned(),
        None => pages,
    };
    tell(arguments.format, &findings, &files, &looked_at, &asked)?;
    if left_out > 0 {
        let others = counted(left_out, "other finding");
        terminal::note(&format!("{others} left out, which this change does not bring: `bokworm check` tells all.\n"))?;
    }
    let (errors, warnings, _) = report::count(&findings);
    Ok(if errors + warnings > 0 { Outcome::Findings } else { Outcome::Clean })
}

/// How links to other sites are tried.
fn options(arguments: &Arguments, project: &Project) -> external::Options {
    external::Options {
        cache: project.cache().json_file(&kept::EXTERNAL_LINKS),
        max_age: Duration::from_secs(arguments.max_age.saturating_mul(24 * 60 * 60)),
        exclude: arguments.exclude.clone(),
        timeout: Duration::from_secs(arguments.timeout.max(1)),
        ..external::Options::default()
    }
}

/// The folder that paths are told from: GitHub wants the repository's.
fn stand(format: Format, asked: &AskedFindings<'_>) -> PathBuf {
    match format {
        Format::GithubReview => asked.changed.as_ref().map(|changed| changed.files.top.clone()).unwrap_or_default(),
        Format::Github => step_summary::workspace(),
        _ => std::env::current_dir().unwrap_or_default(),
    }
}

fn tell(
    format: Format,
    findings: &[Diagnostic],
    files: &Files,
    looked_at: &str,
    asked: &AskedFindings<'_>,
) -> io::Result<()> {
    let text = match format {
        Format::GithubReview => {
            let changed = asked.changed.as_ref().map(|changed| &changed.files);
            report::github_review::report(findings, files, &|path, lines| {
                changed.is_some_and(|changed| changed.shows(path, lines))
            })
        }
        Format::Json => report::json::report(findings, files),
        Format::Github => report::github::report(findings, files),
        Format::Sarif => report::sarif::report(findings, files),
        Format::Human if findings.is_empty() => format!("Nothing found in {looked_at}.\n"),
        Format::Human => human::report(findings, files, style()),
    };
    terminal::say(&text)
}

/// How the report looks where it is read.
fn style() -> human::Style {
    let colour = terminal::says_in_colour();
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    human::Style { colour, links: terminal::says_with_links(), width: columns.unwrap_or(100) }
}

/// Says which files are not mended, however much there is to mend.
fn tell_left(mended: &Mended, project: &Project) -> io::Result<()> {
    let files = mended.left.iter().filter_map(|path| project.locate(path));
    let lines = files.map(|file| format!("`{}` holds a merge conflict, and is left as it is.\n", project.shown(&file)));
    terminal::note(&lines.collect::<String>())
}

/// Shows what would change.
fn show(mended: &Mended, from: &Path) -> io::Result<()> {
    let mut out = String::new();
    for file in &mended.files {
        let shown = file.on_disk.strip_prefix(from).unwrap_or(&file.on_disk).display().to_string();
        out.push_str(&fix::diff(&shown, &file.old, &file.new));
    }
    let (findings, files) = (counted(mended.settled, "finding"), counted(mended.files.len(), "file"));
    match mended.settled {
        0 => out.push_str("Nothing to mend.\n"),
        _ => out.push_str(&format!("{findings} in {files} would be mended. Without --dry-run they are.\n")),
    }
    terminal::say(&out)
}

/// Reads `broken-link=error`.
fn severity(text: &str) -> Result<(Code, Severity), String> {
    let (name, level) = text.split_once('=').ok_or("write it as `broken-link=error`")?;
    let code = Code::from_name(name).ok_or_else(|| {
        let meant = nearest(name, Code::ALL.iter().map(|code| code.as_str()));
        let meant = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
        format!("there is no kind of finding called `{name}`{meant}")
    })?;
    let levels = [Severity::Off, Severity::Info, Severity::Warning, Severity::Error];
    let severity = levels.into_iter().find(|known| known.as_str() == level);
    Ok((code, severity.ok_or_else(|| format!("`{level}` is not one of off, info, warning and error"))?))
}
