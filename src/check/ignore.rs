//! Comments by which an author silences findings: `<!-- bokworm-ignore broken-link: reason -->`
//! for the block after it, `# bokworm-ignore unknown-key: reason` in the front matter for the
//! key after it. One that silences nothing is a finding itself.

use std::collections::HashMap;

use super::prose::Prose;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::nearest::nearest;
use crate::source::{SourcePath, Span};

const WORD: &str = "bokworm-ignore";

/// What an author asked to silence.
#[derive(Clone)]
pub(super) struct Ignore {
    /// The comment.
    span: Span,
    /// What it silences: the name as written, its place, the code of that name.
    names: Vec<(String, Option<Code>)>,
    /// The bytes that it speaks of.
    reach: Span,
}

/// Takes away what is silenced and adds what silences nothing.
pub(super) fn silence<'a>(asked: impl Iterator<Item = (&'a SourcePath, Vec<Ignore>)>, findings: &mut Vec<Diagnostic>) {
    let unused_yet = |ignore: Ignore| {
        let used = vec![false; ignore.names.len()];
        (ignore, used)
    };
    let of_page = |(path, ignores): (&'a SourcePath, Vec<Ignore>)| {
        (!ignores.is_empty()).then(|| (path, ignores.into_iter().map(unused_yet).collect()))
    };
    let mut asked: HashMap<&SourcePath, Vec<(Ignore, Vec<bool>)>> = asked.filter_map(of_page).collect();
    if asked.is_empty() {
        return;
    }
    findings.retain(|finding| {
        let Some(ignores) = asked.get_mut(&finding.path) else { return true };
        // The comments stand in order: only the last few before the finding can reach it.
        let after = ignores.partition_point(|(ignore, _)| ignore.reach.start <= finding.span.start);
        for (ignore, used) in ignores[..after].iter_mut().rev().take(8) {
            let named = ignore.names.iter().position(|(_, code)| *code == Some(finding.code));
            if let Some(at) = named.filter(|_| finding.span.start < ignore.reach.end.max(ignore.reach.start + 1)) {
                used[at] = true;
                return false;
            }
        }
        true
    });
    for (path, ignores) in asked {
        for (ignore, used) in ignores {
            findings.extend(unused(path, &ignore, &used));
        }
    }
}

fn unused(path: &SourcePath, ignore: &Ignore, used: &[bool]) -> Vec<Diagnostic> {
    let finding = |message: String| Diagnostic::new(Code::UnusedIgnore, path, ignore.span, message);
    if ignore.names.is_empty() {
        let help = "Name what it silences, as in `<!-- bokworm-ignore broken-link: the page is to come -->`.";
        return vec![finding("this comment does not say what it silences".into()).with_help(help)];
    }
    let mut findings = Vec::new();
    for ((name, code), _) in ignore.names.iter().zip(used).filter(|(_, used)| !**used) {
        if code.is_some() {
            let fix = (ignore.names.len() == 1).then(|| Fix {
                title: "remove the comment".into(),
                edits: vec![Edit { span: ignore.span, replacement: String::new() }],
            });
            let finding = finding(format!("there is no finding `{name}` here that this comment could silence"));
            let finding = finding.with_help("Remove the comment: what it silenced is mended.");
            findings.push(match fix {
                Some(fix) => finding.with_fix(fix),
                None => finding,
            });
        } else {
            let finding = finding(format!("there is no kind of finding called `{name}`"));
            let help = match nearest(name, Code::ALL.iter().map(|code| code.as_str())) {
                Some(meant) => format!("Did you mean `{meant}`?"),
                None => "The name stands in brackets after the word `warning` of the finding.".into(),
            };
            findings.push(finding.with_help(help));
        }
    }
    findings
}

/// All such comments of a page, in order.
pub(super) fn read(prose: &Prose<'_>) -> Vec<Ignore> {
    let mut ignores = Vec::new();
    if !prose.holds(WORD) {
        return ignores;
    }
    let mut start = 0;
    for line in prose.text[..prose.body].split_inclusive('\n') {
        let at = start;
        start += line.len();
        let Some(asked) = line.trim().strip_prefix('#').and_then(|rest| rest.trim().strip_prefix(WORD)) else {
            continue;
        };
        let span = Span::new(at, at + line.trim_end().len());
        ignores.push(Ignore { span, names: names(asked), reach: key_after(&prose.text[..prose.body], start) });
    }
    for &span in prose.comments {
        let inner = span.of(prose.text);
        let inner = inner.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        let inner = inner.or_else(|| span.of(prose.text).strip_prefix("{/*").and_then(|rest| rest.strip_suffix("*/}")));
        let Some(asked) = inner.and_then(|inner| inner.trim().strip_prefix(WORD)) else { continue };
        ignores.push(Ignore { span, names: names(asked), reach: block_after(prose, span.end) });
    }
    ignores
}

/// The names before the colon.
fn names(asked: &str) -> Vec<(String, Option<Code>)> {
    let named = asked.split_once(':').map_or(asked, |(names, _)| names);
    let names = named.split([',', ' ', '\n', '\t', '\r']).map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| (name.to_owned(), Code::from_name(name))).collect()
}

/// The block after a place: up to the next blank line, or the end of a code block.
fn block_after(prose: &Prose<'_>, from: usize) -> Span {
    let mut at = from;
    let mut begun = false;
    for line in prose.text[from..].split_inclusive('\n') {
        let blank = line.trim().is_empty();
        if blank && begun && !prose.is_hidden(at) {
            break;
        }
        begun |= !blank;
        at += line.len();
    }
    Span::new(from, at)
}

/// The key after a place in the front matter, with what is indented below it.
fn key_after(front_matter: &str, from: usize) -> Span {
    let mut at = from;
    for (number, line) in front_matter[from..].split_inclusive('\n').enumerate() {
        let below = line.starts_with([' ', '\t', '-', '\r', '\n']) && !line.starts_with("---");
        if number > 0 && !below {
            break;
        }
        at += line.len();
    }
    Span::new(from, at)
}
