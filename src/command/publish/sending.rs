//! A site sent to a place that takes file by file, and what is told of it.

use std::time::{Instant, SystemTime};

use crate::command::progress::Progress;
use crate::diagnostic::counted;
use crate::project::Project;
use crate::publish::branch::BranchTarget;
use crate::publish::headers::FileHeaders;
use crate::publish::plan::{PublishPlan, losses};
use crate::publish::send::{PublishTerms, Sending, ensure_few, look};
use crate::publish::site::SiteFiles;
use crate::publish::target::PublishTarget;
use crate::terminal;
use crate::write::site::SiteOnDisk;

/// How a site is to be published, by the command line or else the configuration.
pub(super) struct Terms {
    /// How long files stay, in seconds.
    pub grace: u64,
    pub max_deletes: usize,
    pub history: bool,
    pub dry_run: bool,
    pub quiet: bool,
}

/// Sends it, or tells what would be sent.
pub(super) fn to_target(
    site: &SiteOnDisk,
    target: &dyn PublishTarget,
    terms: &Terms,
    project: &Project,
) -> anyhow::Result<()> {
    let started = Instant::now();
    let said = std::fs::read_to_string(site.folder.join("_headers")).unwrap_or_default();
    let headers = FileHeaders::read(&said, &project.config.site.base_path);
    let of = |path: &str| if target.keeps_headers() { headers.of(path) } else { Vec::new() };
    let files = SiteFiles::read(&site.folder, &site.paths, of)?;
    let asked = PublishTerms { clock: &now, grace: terms.grace, max_deletes: terms.max_deletes };
    if terms.dry_run {
        let (plan, _) = look(&files, target, asked)?;
        terminal::say(&told(&plan, &format!("would go to `{}`", target.called())))?;
        return Ok(());
    }
    let sending = Sending::begin(&files, target, asked)?;
    let progress = Progress::of("Sending", sending.plan.count(), terms.quiet);
    let done = sending.finish(&|| progress.step());
    progress.end();
    let plan = done?;
    if !terms.quiet {
        terminal::say(&summary(&plan, &target.called(), started))?;
        terminal::say(&staying(&plan, terms.grace))?;
    }
    Ok(())
}

/// Makes it a commit of a branch, or tells what would be in it.
pub(super) fn to_branch(site: &SiteOnDisk, branch: &BranchTarget, terms: &Terms) -> anyhow::Result<()> {
    let started = Instant::now();
    let tree = branch.plan(&site.folder, &site.paths, !terms.dry_run)?;
    ensure_few(losses(&tree.plan.deleted), terms.max_deletes)?;
    let called = branch.called();
    if terms.dry_run {
        terminal::say(&told(&tree.plan, &format!("would go to `{called}`")))?;
        return Ok(());
    }
    let commit = branch.publish(&tree, terms.history)?;
    if !terms.quiet {
        terminal::say(&match commit {
            Some(commit) => {
                let commit = commit.get(..12).unwrap_or(&commit);
                summary(&tree.plan, &format!("{called}` as `{commit}"), started)
            }
            None => format!("`{called}` has this site already: nothing was published\n"),
        })?;
    }
    Ok(())
}

/// What would be done, file by file.
fn told(plan: &PublishPlan, what: &str) -> String {
    let mut lines = String::new();
    let kinds = [("new", &plan.new), ("changed", &plan.changed), ("gone", &plan.lost), ("removed", &plan.deleted)];
    for (kind, paths) in kinds {
        paths.iter().for_each(|path| lines.push_str(&format!("{kind:<8} {path}\n")));
    }
    let sent = counted(plan.new.len() + plan.changed.len(), "file");
    let (gone, removed) = (plan.lost.len(), plan.deleted.len());
    format!("{lines}{sent} {what}, {gone} the site no longer has, {removed} would be removed now\n")
}

/// What was done, in a line.
fn summary(plan: &PublishPlan, called: &str, started: Instant) -> String {
    let (new, changed) = (plan.new.len(), plan.changed.len());
    let elapsed = started.elapsed();
    let time = match elapsed.as_millis() {
        ms @ 0..1000 => format!("{ms} ms"),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    };
    format!(
        "Published to `{called}`: {} sent ({new} new, {changed} changed), {} as they were, {} removed in {time}\n",
        counted(new + changed, "file"),
        plan.unchanged,
        plan.deleted.len(),
    )
}

/// What waits to be removed.
fn staying(plan: &PublishPlan, grace: u64) -> String {
    let gone = plan.after.files.values().filter(|file| file.gone_since.is_some()).count();
    if gone == 0 {
        return String::new();
    }
    let grace = match grace {
        seconds if seconds % 3_600 == 0 => counted((seconds / 3_600) as usize, "hour"),
        seconds if seconds % 60 == 0 => counted((seconds / 60) as usize, "minute"),
        seconds => counted(seconds as usize, "second"),
    };
    format!(
        "{} that the site no longer has stay for readers who are there now: a publish after {grace} removes them.\n",
        counted(gone, "file")
    )
}

/// What time it is, in seconds.
fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
