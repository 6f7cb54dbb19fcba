//! What the commands that read a whole project tell of it.

use std::collections::HashMap;
use std::io::{self, Write};

use super::project::Project;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::plain;
use crate::site::Site;
use crate::workspace::Workspace;

/// Everything that is found in a site, in order of place.
pub fn of(site: &Site) -> Vec<Diagnostic> {
    let pages = site.pages.iter().flat_map(|page| page.page.findings.iter().cloned());
    let mut found: Vec<Diagnostic> = pages.chain(site.findings.iter().cloned()).collect();
    found.retain(|finding| finding.severity > Severity::Off);
    found.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    found
}

/// Prints findings for people.
pub fn tell(project: &Project, workspace: &Workspace, found: &[Diagnostic]) -> io::Result<()> {
    let texts: HashMap<_, _> = workspace.sources().map(|source| (&source.path, &*source.text)).collect();
    let mut stderr = io::stderr().lock();
    for finding in found {
        let text = texts.get(&finding.path).copied().unwrap_or(&project.config_text);
        writeln!(stderr, "{}", plain::line(finding, text))?;
    }
    Ok(())
}
