//! How much findings matter in a project.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};

/// Gives each finding the severity that the project wants, and drops those that are off.
pub fn weigh(findings: &mut Vec<Diagnostic>, severities: &BTreeMap<Code, Severity>) {
    for finding in findings.iter_mut() {
        if let Some(severity) = severities.get(&finding.code) {
            finding.severity = *severity;
        }
    }
    findings.retain(|finding| finding.severity != Severity::Off);
}

/// The severities that `book.toml` and the command line ask for; the latter goes before.
pub fn severities(configured: &BTreeMap<String, Severity>, asked: &[(Code, Severity)]) -> BTreeMap<Code, Severity> {
    let configured = configured.iter().filter_map(|(name, severity)| Some((Code::from_name(name)?, *severity)));
    configured.chain(asked.iter().copied()).collect()
}
