//! `bokworm publish`: builds the site and sends it to where readers find it.

use std::io;
use std::path::Path;

use anyhow::{Context, bail};

use super::flags::{Flags, SiteFlags};
use super::{Outcome, build, opened, tell_configuration};
use crate::config::PublishPlace;
use crate::config::publish::seconds;
use crate::history;
use crate::ledger;
use crate::project::Project;
use crate::publish::branch::BranchTarget;
use crate::publish::folder::FolderTarget;
use crate::publish::target::PublishTarget;
use crate::store;
use crate::terminal;
use crate::write::site::SiteOnDisk;

mod sending;

use sending::Terms;

/// Send the site to where readers find it
///
/// Builds the site, and sends what changed since the last time to a folder elsewhere, a branch, or an object store:
///
///   bokworm publish --to folder:/mnt/www/handbook
///   bokworm publish --to git:gh-pages --push origin
///   bokworm publish --to s3://bucket/handbook --dry-run
///
/// Where to is kept in book.toml ([publish]). What pages are made of goes first, then pages, and
/// what the site no longer has goes last, after a day: readers never get a page that names a
/// missing file. If it is cut off, the next time goes on.
///
/// Nothing is published if there are errors, or changes that nobody committed.
///
/// Exit codes: 0 published, 1 not published because of findings, 2 could not run.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Where the site goes, in place of the configuration's: folder:DIR, git:BRANCH, s3://BUCKET/PATH, gs://…, az://…
    #[arg(long, value_name = "PLACE", env = "BOKWORM_PUBLISH_TO", hide_env_values = true)]
    pub to: Option<String>,
    /// Only tell what would be sent and removed
    #[arg(long)]
    pub dry_run: bool,
    /// How long files stay that the site no longer has, in place of the configuration's (24h): 30m, 7d, 0
    #[arg(long, value_name = "TIME")]
    pub grace: Option<String>,
    /// How many files the site may lose at once, those in assets/ aside, in place of the configuration's (100)
    #[arg(long, value_name = "NUMBER")]
    pub max_deletes: Option<usize>,
    /// Push the branch to this remote, as git calls it
    #[arg(long, value_name = "REMOTE")]
    pub push: Option<String>,
    /// Keep nothing of what the branch had before: it has one commit then
    #[arg(long)]
    pub no_history: bool,
    /// Publish to a branch too whose last commit somebody else made
    #[arg(long)]
    pub over_foreign: bool,
    /// Don't wait for somebody who seems to publish to the same object store: after a publish that was cut off
    #[arg(long)]
    pub take_over: bool,
    /// Publish changes too that nobody committed
    #[arg(long)]
    pub uncommitted: bool,
    /// Publish although there are errors, where pages can be made all the same
    #[arg(long)]
    pub despite_errors: bool,
    /// Don't publish when there are warnings either
    #[arg(long, conflicts_with = "despite_errors")]
    pub strict: bool,
    /// Send the site as the last build left it, without building it anew: what a build would be told changes nothing
    #[arg(long, conflicts_with_all = ["despite_errors", "strict"])]
    pub built: bool,
    /// Where the site is built to
    #[command(flatten)]
    pub site: SiteFlags,
    /// Print nothing but findings
    #[arg(long, short)]
    pub quiet: bool,
    /// Where the project lies
    #[command(flatten)]
    pub project: Flags,
}

/// Builds the project of the folder `start`, and publishes it.
///
/// # Errors
/// If it can't or must not be published.
pub fn run(arguments: &Arguments, start: &Path) -> anyhow::Result<Outcome> {
    let project = opened::project(start, &arguments.site.overrides(&arguments.project))?;
    if project.is_misconfigured() {
        tell_configuration(&project)?;
        return Ok(Outcome::Findings);
    }
    let place = place(arguments, &project)?;
    let terms = terms(arguments, &project)?;
    if !arguments.uncommitted && !arguments.built {
        refuse_uncommitted(&project)?;
    }
    // What would be refused in the end is refused before the site is built.
    let goal = Goal::open(&place, arguments, &project, start)?;
    if !arguments.built && build::run(&build_arguments(arguments), start)? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    let site = SiteOnDisk::open(&project.out_dir, &project.protected())?;
    match goal {
        Goal::Files(target) => sending::to_target(&site, &*target, &terms, &project)?,
        Goal::Branch(branch) => sending::to_branch(&site, &branch, &terms)?,
    }
    if !terms.quiet && project.root.join(ledger::FILE).exists() {
        tell_ledger(&project)?;
    }
    Ok(Outcome::Clean)
}

/// A place that was found, and where nothing stands in the way.
enum Goal {
    Files(Box<dyn PublishTarget>),
    Branch(BranchTarget),
}

impl Goal {
    fn open(place: &PublishPlace, arguments: &Arguments, project: &Project, start: &Path) -> anyhow::Result<Self> {
        match place {
            PublishPlace::Folder(folder) => {
                let base = if arguments.to.is_some() { start } else { &project.root };
                let mut apart = project.protected();
                apart.push(project.out_dir.clone());
                Ok(Self::Files(Box::new(FolderTarget::open(&base.join(folder), &apart)?)))
            }
            PublishPlace::Branch(name) => {
                let remote = arguments.push.as_ref().or(project.config.publish.remote.as_ref());
                let branch = BranchTarget::open(&project.root, name, remote.map(String::as_str))?;
                if !arguments.over_foreign {
                    branch.refuse_foreign()?;
                }
                Ok(Self::Branch(branch))
            }
            PublishPlace::Store(address) => object_store(address, arguments.take_over).map(Self::Files),
        }
    }
}

#[cfg(feature = "stores")]
fn object_store(address: &str, takes_over: bool) -> anyhow::Result<Box<dyn PublishTarget>> {
    Ok(Box::new(crate::publish::store::StoreTarget::open(address, takes_over)?))
}

#[cfg(not(feature = "stores"))]
fn object_store(address: &str, _: bool) -> anyhow::Result<Box<dyn PublishTarget>> {
    bail!(
        "this bokworm was built without object stores, so it can't publish to `{address}`\nhelp: the released program can; \
         from the sources, build it with `cargo build --release --features stores`"
    )
}

/// By the command line, or else the configuration.
fn terms(arguments: &Arguments, project: &Project) -> anyhow::Result<Terms> {
    let config = &project.config.publish;
    let grace = arguments.grace.as_ref().unwrap_or(&config.grace);
    let grace =
        seconds(grace).with_context(|| format!("`--grace {grace}` is no span of time: write 30m, 24h, 7d, or 0"))?;
    let max_deletes = arguments.max_deletes.unwrap_or(config.max_deletes);
    let history = config.history && !arguments.no_history;
    Ok(Terms { grace, max_deletes, history, dry_run: arguments.dry_run, quiet: arguments.quiet })
}

fn place(arguments: &Arguments, project: &Project) -> anyhow::Result<PublishPlace> {
    let Some(written) = arguments.to.as_ref().or(project.config.publish.to.as_ref()) else {
        bail!(
            "nobody has said where the site goes\nhelp: say it with `--to`, or as `to` in `[publish]` of book.toml: \
             `folder:../www`, `git:gh-pages`, `s3://bucket/handbook`"
        );
    };
    PublishPlace::read(written).with_context(|| {
        format!(
            "`{written}` is no place to publish to\nhelp: write a folder as `folder:{written}`, a branch as \
             `git:gh-pages`, a place in an object store as `s3://bucket/handbook` (or `gs://`, `az://`)"
        )
    })
}

/// What readers get is what somebody can look up later. The ledger is left out of it: a build writes it.
fn refuse_uncommitted(project: &Project) -> anyhow::Result<()> {
    let below = |place: &Path| place.strip_prefix(&project.root).ok()?.to_str().map(str::to_owned);
    let own = [ledger::FILE, store::OWN].map(|own| Some(own.to_owned()));
    let made = [below(&project.out_dir), project.cache_dir.as_deref().and_then(below)].into_iter().chain(own);
    let made: Vec<String> = made.flatten().filter(|path| !path.is_empty()).collect();
    let changed = history::uncommitted(&project.root, &made.iter().map(String::as_str).collect::<Vec<_>>());
    let Some(first) = changed.first() else { return Ok(()) };
    let more = match changed.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    bail!("`{first}`{more} isn't committed: nothing was published\nhelp: commit it, or say `--uncommitted`")
}

/// What is published now and recorded here only is forgotten with this folder.
fn tell_ledger(project: &Project) -> io::Result<()> {
    let is_ledger = |path: &String| path.rsplit('/').next() == Some(ledger::FILE);
    if !history::uncommitted(&project.root, &[]).iter().any(is_ledger) {
        return Ok(());
    }
    terminal::say(&format!("`{}` has addresses that aren't committed: commit it.\n", ledger::FILE))
}

fn build_arguments(arguments: &Arguments) -> build::Arguments {
    let Arguments { project, site, strict, despite_errors, .. } = arguments.clone();
    build::Arguments { project, site, strict, despite_errors, quiet: true, ..build::Arguments::default() }
}
