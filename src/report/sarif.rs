//! Findings as SARIF 2.1.0, which code hosts and editors read.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Files, Located, encoded, locate};
use crate::check::explain;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{LineColumn, Span};

/// All findings as one document.
pub fn report(findings: &[Diagnostic], files: &Files) -> String {
    let located = locate(findings, files);
    let mut codes: Vec<Code> = located.iter().map(|located| located.finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let index: BTreeMap<Code, usize> = codes.iter().enumerate().map(|(at, &code)| (code, at)).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "bokworm",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|&code| rule(code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": located.iter().map(|located| result(located, index[&located.finding.code])).collect::<Vec<_>>(),
        }],
    });
    format!("{document:#}\n")
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.summary() },
        "help": { "text": explain::plain(code), "markdown": explain::text(code) },
        "defaultConfiguration": { "level": level(code.default_severity()) },
    })
}

fn result(located: &Located<'_>, rule: usize) -> Value {
    let finding = located.finding;
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let artifact = json!({ "uri": encoded(located.shown) });
    let mut result = json!({
        "ruleId": finding.code.as_str(),
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": {
            "artifactLocation": artifact,
            "region": region(located.start, located.end),
        }}],
    });
    if let Some(fix) = &finding.fix {
        let replacements: Vec<Value> = fix
            .edits
            .iter()
            .map(|edit| json!({ "deletedRegion": bytes(edit.span), "insertedContent": { "text": edit.replacement } }))
            .collect();
        result["fixes"] = json!([{
            "description": { "text": fix.title },
            "artifactChanges": [{ "artifactLocation": artifact, "replacements": replacements }],
        }]);
    }
    if let Some(target) = &finding.target {
        result["properties"] = json!({ "target": target });
    }
    result
}

fn region(start: LineColumn, end: LineColumn) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn bytes(span: Span) -> Value {
    json!({ "byteOffset": span.start, "byteLength": span.end - span.start })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Off => "none",
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
