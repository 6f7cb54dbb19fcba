//! `bokworm build`: publishes a project.

use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use rayon::prelude::*;

use super::flags::Flags;
use super::progress::Progress;
use super::survey::Survey;
use super::timings::Timings;
use super::{Outcome, findings, tell_configuration};
use crate::check;
use crate::diagnostic::{Diagnostic, Severity, counted};
use crate::highlight::Highlighter;
use crate::make::{Made, Unmade, make};
use crate::output::Output;
use crate::parsed::ParsedPages;
use crate::picture::Pictures;
use crate::project::{self, Overrides, Project};
use crate::render::key::Keys;
use crate::render::{FolderCache, Renderer, Subject};
use crate::search::{self, Search};
use crate::site::{Site, address};
use crate::source::Source;
use crate::store;
use crate::terminal;
use crate::write::record::Record;
use crate::write::{Publication, Written};

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
    /// Where the site is written, in place of the configuration's (public)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The address that the site is published at, in place of the configuration's: https://example.org/handbook/,
    /// or only its path
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Where results are kept for the next build; by default .bokworm/cache in the project, and nowhere without one
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
    /// Publish drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Don't publish when there are warnings either
    #[arg(long)]
    pub strict: bool,
    /// Print nothing but findings
    #[arg(long, short)]
    pub quiet: bool,
    /// Print how long each stage took
    #[arg(long)]
    pub timings: bool,
    /// Write how long each stage and each file took, for the profiler of a browser (chrome://tracing, Firefox Profiler)
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
}

/// Publishes the project of the folder `start`.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let (out, base_url, cache) = (arguments.out.clone(), arguments.base_url.clone(), arguments.cache.clone());
    let project = project::open(start, &Overrides { out, base_url, cache, ..arguments.project.overrides() })?;
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
    // The program ends when the site is published: to take apart, text by text, what it was made from would take
    // a tenth of a second build.
    let survey = ManuallyDrop::new(timings.stage("read", || Survey::read_to_publish(project, arguments.drafts))?);
    let project = &survey.project;
    let program = store::program();
    let parsed = ParsedPages::stored(&project.cache(), &program);
    let assembled = ManuallyDrop::new({
        let workspace = timings.stage("parse", || survey.parse(&parsed));
        timings.stage("assemble", || survey.assemble_from(&workspace))
    });
    let site = &assembled.site;
    let severities = check::severities(&project.config.findings, &[]);
    let record = Record::open(&project.cache(), publication.out());
    let highlighter = Highlighter::new(&project.cache());
    let search = ManuallyDrop::new(Search::sharing(&Arc::new(search::Kept::stored(&project.cache(), &program))));
    let renderer = Renderer {
        site,
        theme: &assembled.theme,
        highlighter: &highlighter,
        history: &survey.history,
        search: &search,
    };
    let pictures = Pictures::new(&project.cache());
    let press = Press { renderer: &renderer, pictures: &pictures, publication: &publication, record: &record, timings };
    // What is to be made is found out while the site is checked: both leave cores idle here and there.
    let (mut found, listed) = std::thread::scope(|scope| {
        let check = scope.spawn(|| timings.stage("check", || survey.check(&assembled, &severities)));
        let listed = press.list(&assembled.sources, &program);
        (check.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), listed)
    });
    if !stops(&found, arguments.strict) {
        let (keys, new) = listed?;
        // A site without one of its files is none, whatever the project thinks of the finding.
        let failed = press.publish(&keys, new, arguments.quiet)?;
        let (unmade, mut damaged): (Vec<_>, Vec<_>) = failed.into_iter().partition(is_error);
        check::weigh(&mut damaged, &severities);
        found.extend(unmade);
        found.extend(damaged);
        timings.stage("save cache", || {
            highlighter.save();
            pictures.tidy();
        });
    }
    let told = findings::tell(&survey, &assembled, &found, arguments.quiet);
    if stops(&found, arguments.strict) {
        let why = if has(&found, Severity::Error) { "errors" } else { "warnings, as --strict asks" };
        let out = project.shown(&project.out_dir);
        terminal::note(&format!("Not published because of {why}: the site in `{out}` is as it was.\n"))?;
        return Ok(Outcome::Findings);
    }
    let written = timings.stage("finish", || publication.finish())?;
    let worn_out = highlighter.worn_out();
    // Where code has no colours, it isn't known of any file what it was made from: on another day it may have them.
    if worn_out.is_empty() {
        timings.stage("save record", || record.save());
    }
    // What can't be printed has kept nothing from being published.
    told?;
    tell_uncoloured(&worn_out)?;
    if !arguments.quiet {
        terminal::say(&summary(project, site, &written, started))?;
    }
    tell_written(&written)?;
    Ok(Outcome::Clean)
}

fn tell_uncoloured(languages: &[&str]) -> io::Result<()> {
    if languages.is_empty() {
        return Ok(());
    }
    let languages = languages.join(", ");
    terminal::note(&format!("note: some code has no colours, since it took too long to find them: {languages}\n"))
}

/// What is to be known of the files that were written.
fn tell_written(written: &Written) -> io::Result<()> {
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

/// From the site to its files.
struct Press<'a> {
    renderer: &'a Renderer<'a>,
    pictures: &'a Pictures,
    publication: &'a Publication,
    record: &'a Record,
    timings: &'a Timings,
}

impl<'a> Press<'a> {
    /// The keys of all files, and the files that have to be made: what would come out as it is published is
    /// left as it is.
    fn list(&self, sources: &[Source], program: &str) -> anyhow::Result<(Keys<'a>, Vec<(String, Subject)>)> {
        let keys = self.timings.stage("compare", || Keys::of(self.renderer, sources, program));
        if self.renderer.site.config.search.enabled {
            self.timings.stage("search index", || self.renderer.search.prepare(self.renderer.site));
        }
        let files: Vec<(String, Subject)> =
            self.timings.stage("list files", || self.renderer.contents().into_iter().collect());
        let kept = |(path, subject): &(String, Subject)| self.keep(&keys, path, subject);
        let kept = self.timings.stage("keep", || files.par_iter().map(kept).collect::<anyhow::Result<Vec<bool>>>())?;
        let new = files.into_iter().zip(kept).filter_map(|(file, kept)| (!kept).then_some(file)).collect();
        Ok((keys, new))
    }

    /// Renders files and hands them to the publication, on all cores. Templates that can't be rendered
    /// are findings, each told once however many pages it keeps from being made; so are damaged pictures.
    fn publish(
        &self,
        keys: &Keys<'_>,
        mut new: Vec<(String, Subject)>,
        quiet: bool,
    ) -> anyhow::Result<Vec<Diagnostic>> {
        let recipes = self.renderer.recipes(new.iter().map(|(_, subject)| subject));
        self.timings.stage("pictures", || self.pictures.prepare(recipes));
        // Folder by folder, since the pages of one share a cache.
        new.sort_by(|(one, _), (other, _)| address::parent(one).cmp(address::parent(other)));
        let progress = Progress::start(new.len(), quiet);
        let one = |cache: &mut FolderCache, (path, subject): &(String, Subject)| {
            progress.step();
            self.make(keys, cache, path, subject)
        };
        let cache = || FolderCache::new(self.renderer.theme);
        let failed = new.par_iter().map_init(cache, one).collect::<anyhow::Result<Vec<Option<Diagnostic>>>>();
        progress.end();
        let mut failed: Vec<Diagnostic> = failed?.into_iter().flatten().collect();
        failed.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
        failed.dedup_by(|a, b| a.path == b.path && a.span == b.span);
        Ok(failed)
    }

    /// Leaves a file as it is published, if it would come out the same. Says whether it did.
    fn keep(&self, keys: &Keys<'_>, path: &str, subject: &Subject) -> anyhow::Result<bool> {
        let Some(key) = keys.subject(subject) else { return Ok(false) };
        let Some(stamp) = self.record.known(path, &key) else { return Ok(false) };
        let kept = self.publication.keep(path, &stamp)?;
        if kept {
            self.record.note(path, key, stamp);
        }
        Ok(kept)
    }

    /// Renders a file and hands it over.
    fn make(
        &self,
        keys: &Keys<'_>,
        cache: &mut FolderCache,
        path: &str,
        subject: &Subject,
    ) -> anyhow::Result<Option<Diagnostic>> {
        let made = self.timings.file("render", path, || make(self.renderer, self.pictures, cache, subject));
        let Made { bytes, damaged } = match made {
            Ok(made) => made,
            Err(Unmade::Template(finding)) => return Ok(Some(Diagnostic { severity: Severity::Error, ..*finding })),
            Err(Unmade::Original { error, .. }) => return Err(error),
        };
        let output = Output { path: path.to_owned(), bytes };
        let stamp = self.timings.file("write", path, || self.publication.put(&output))?;
        // What is damaged is told each time, so it is made each time.
        if damaged.is_none()
            && let Some((key, stamp)) = keys.subject(subject).zip(stamp)
        {
            self.record.note(path, key, stamp);
        }
        Ok(damaged.map(|finding| *finding))
    }
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
fn summary(project: &Project, site: &Site, written: &Written, started: Instant) -> String {
    let used = site.pages.iter().flat_map(|page| &page.page.components);
    let lists = used.filter(|used| site.components.get(&used.name).is_some_and(|known| known.query)).count();
    let elapsed = started.elapsed();
    let time = match elapsed.as_millis() {
        ms @ 0..1000 => format!("{ms} ms"),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    };
    format!(
        "Published {}, {} and {} to `{}`: {} ({} written, {} as they were, {} removed) in {time}\n",
        counted(site.pages.len(), "page"),
        counted(lists, "list"),
        counted(site.tags.len(), "tag page"),
        project.shown(&project.out_dir),
        counted(written.files, "file"),
        written.written,
        written.unchanged,
        written.removed,
    )
}
