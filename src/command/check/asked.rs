//! Which findings somebody asked for: those of files and folders, of what changed since a commit, or of one page that is
//! handed over.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use crate::command::compared_with::no_branch_point;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::history::{ChangedFiles, Revision, branch_point, branch_point_of};
use crate::project::{Overrides, Project};
use crate::session::{CommittedPlace, Purpose, Session};
use crate::source::{Root, Source, SourcePath};
use crate::terminal;

/// What stands for the standard input in place of a path.
const STANDARD_INPUT: &str = "-";

/// The name of a page that is handed over without one.
const UNNAMED: &str = "standard-input.md";

/// The largest page that is taken from the standard input.
const LARGEST: u64 = 64 << 20;

/// What somebody says of it.
pub(super) struct SaidOfFindings<'a> {
    pub(super) paths: &'a [PathBuf],
    /// Since when changes are asked for, if only they are: a commit, or nothing for where the branch began.
    pub(super) since: Option<Option<&'a str>>,
    pub(super) stdin_path: Option<&'a Path>,
    pub(super) fix: bool,
    pub(super) severities: &'a [(Code, Severity)],
}

/// What was asked for.
pub(super) struct AskedFindings<'a> {
    paths: Vec<PathBuf>,
    /// What changed, if only that was asked for.
    pub(super) changed: Option<ChangedSince>,
    pub(super) severities: &'a [(Code, Severity)],
}

/// What changed since a commit.
pub(super) struct ChangedSince {
    pub(super) revision: Revision,
    pub(super) files: ChangedFiles,
}

/// A page from the standard input, where there is one.
pub(super) type HandedOver = Option<Source>;

/// Finds out what was asked for.
///
/// # Errors
/// If a path isn't there, git can't tell what changed, or the standard input can't be read.
pub(super) fn asked<'a>(
    said: &SaidOfFindings<'a>,
    project: &Project,
    start: &Path,
) -> anyhow::Result<(AskedFindings<'a>, HandedOver)> {
    let is_input = said.paths.iter().any(|path| path.as_os_str() == STANDARD_INPUT);
    let severities = said.severities;
    if is_input {
        if said.paths.len() > 1 {
            bail!("`-` stands for one page from the standard input\nhelp: name no other path beside it");
        }
        let page = handed_over(said, project, start)?;
        let paths = project.locate(&page.path).map(real).into_iter().collect();
        return Ok((AskedFindings { paths, changed: None, severities }, Some(page)));
    }
    if said.stdin_path.is_some() {
        bail!(
            "`--stdin-path` says where a page from the standard input stands\nhelp: write `-` in place of a path, too"
        );
    }
    let paths = said.paths.iter().map(|path| existing(start, path)).collect::<anyhow::Result<Vec<_>>>()?;
    let changed = match said.since {
        Some(name) => Some(changed_since(start, name)?),
        None => None,
    };
    Ok((AskedFindings { paths, changed, severities }, None))
}

impl AskedFindings<'_> {
    /// Keeps the findings of the files that were asked for.
    pub(super) fn keep(&self, project: &Project, findings: &mut Vec<Diagnostic>) {
        let mut is_asked = BTreeMap::new();
        findings.retain(|finding| self.holds(project, finding, &mut is_asked));
    }

    fn holds(&self, project: &Project, finding: &Diagnostic, known: &mut BTreeMap<SourcePath, bool>) -> bool {
        if self.paths.is_empty() && self.changed.is_none() {
            return true;
        }
        *known.entry(finding.path.clone()).or_insert_with(|| {
            let Some(file) = project.locate(&finding.path).map(real) else { return false };
            self.names(&file) && self.changed.as_ref().is_none_or(|changed| changed.files.holds(&file))
        })
    }

    fn names(&self, file: &Path) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|path| file.starts_with(path))
    }

    /// Keeps those, and what is found elsewhere and wasn't before the change; tells how many others there are.
    pub(super) fn keep_with_consequences(
        &self,
        session: &Session,
        start: &Path,
        overrides: &Overrides,
        findings: &mut Vec<Diagnostic>,
    ) -> usize {
        let project = session.project();
        let Some(changed) = &self.changed else {
            self.keep(project, findings);
            return 0;
        };
        if !self.paths.is_empty() {
            findings.retain(|finding| project.locate(&finding.path).map(real).is_some_and(|file| self.names(&file)));
        }
        let mut known = BTreeMap::new();
        let (mut kept, elsewhere): (Vec<_>, Vec<_>) =
            std::mem::take(findings).into_iter().partition(|finding| self.holds(project, finding, &mut known));
        let before = if elsewhere.is_empty() { None } else { self.before(changed, session, start, overrides) };
        let told: Option<BTreeSet<_>> = before.as_ref().map(|before| before.iter().map(sameness).collect());
        let is_new = |finding: &Diagnostic| told.as_ref().is_some_and(|told| !told.contains(&sameness(finding)));
        let (new, old): (Vec<_>, Vec<_>) = elsewhere.into_iter().partition(is_new);
        kept.extend(new);
        *findings = kept;
        old.len()
    }

    /// What was found in the project as the commit has it; nothing where there was none.
    fn before(
        &self,
        changed: &ChangedSince,
        now: &Session,
        start: &Path,
        overrides: &Overrides,
    ) -> Option<Vec<Diagnostic>> {
        let place = CommittedPlace { start, overrides };
        match now.at_beside(changed.revision.clone(), &place, Purpose::Check) {
            Ok(mut before) => {
                let state = before.state();
                Some(state.check(&state.severities(self.severities), Vec::new()))
            }
            Err(error) => {
                terminal::detail(|| format!("what was found before can't be told: {error:#}"));
                None
            }
        }
    }
}

/// What makes a finding the same before and after, wherever it stands in its file, and however much it counts.
fn sameness(finding: &Diagnostic) -> (Code, &str, &str) {
    (finding.code, finding.path.on_disk(), finding.identity())
}

fn changed_since(start: &Path, name: Option<&str>) -> anyhow::Result<ChangedSince> {
    let revision = match name {
        None => branch_point(start).map_err(|why| anyhow::anyhow!(no_branch_point(why)))?,
        Some(name) => {
            let found = branch_point_of(start, name).map_err(|why| anyhow::anyhow!(no_branch_point(why)))?;
            found.with_context(|| {
                format!(
                    "git knows no commit `{name}`\n\
                     help: name a branch, a tag or a commit, as `git log` does; paths stand before `--changed`"
                )
            })?
        }
    };
    let files = ChangedFiles::since(start, &revision).context("git can't tell what changed")?;
    Ok(ChangedSince { revision, files })
}

/// The page from the standard input, at the place that somebody names.
fn handed_over(said: &SaidOfFindings<'_>, project: &Project, start: &Path) -> anyhow::Result<Source> {
    if said.fix {
        bail!(
            "`--fix` can't mend what comes from the standard input\nhelp: `--format json` tells the edits that would"
        );
    }
    if said.since.is_some() {
        bail!("a page from the standard input is checked as it is, whatever changed\nhelp: take `--changed` away");
    }
    let mut bytes = Vec::new();
    let taken = std::io::stdin().lock().take(LARGEST).read_to_end(&mut bytes);
    taken.context("the standard input can't be read")?;
    let path = match said.stdin_path {
        None => SourcePath::new(Root::Content, UNNAMED),
        Some(path) => place_of(project, start, path)?,
    };
    Ok(Source { path, text: Arc::from(String::from_utf8_lossy(&bytes)) })
}

/// The place of a page below the folder of the pages.
fn place_of(project: &Project, start: &Path, path: &Path) -> anyhow::Result<SourcePath> {
    let is_page =
        path.extension().is_some_and(|ending| ["md", "mdx"].iter().any(|page| ending.eq_ignore_ascii_case(page)));
    anyhow::ensure!(is_page, "`{}` is no page\nhelp: name a file that ends with `.md`", path.display());
    let (whole, folder) = (real(start.join(path)), real(project.source_dir.clone()));
    let below = whole.strip_prefix(&folder).ok().and_then(|below| {
        let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
        names.map(|names| names.join("/"))
    });
    let shown = project.shown(&project.source_dir);
    let below = below.with_context(|| {
        format!("`{}` does not lie in the folder of the pages\nhelp: they lie in `{shown}`", path.display())
    })?;
    Ok(SourcePath::new(Root::Content, below))
}

/// A path without symbolic links, whether its file is there or not.
fn real(path: PathBuf) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if !parent.as_os_str().is_empty() => real(parent.to_path_buf()).join(name),
        _ => path,
    }
}

fn existing(start: &Path, path: &Path) -> anyhow::Result<PathBuf> {
    let whole = start.join(path);
    anyhow::ensure!(whole.exists(), "`{}` does not exist", path.display());
    whole.canonicalize().with_context(|| format!("`{}` can't be read", path.display()))
}
