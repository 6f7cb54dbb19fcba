//! What a move does, told: as a difference of files, and in lines.

use std::fmt::Write as _;
use std::path::Path;

use super::asked::DiskRename;
use super::sides::MovePlan;
use crate::diagnostic::counted;
use crate::diff::{FileSide, unified};
use crate::project::Project;
use crate::source::SourcePath;

/// So many addresses are told, and of the others how many there are.
const MOST_ADDRESSES: usize = 8;

/// What becomes of files, as `git diff` shows it.
pub(super) fn difference(project: &Project, plan: &MovePlan) -> String {
    let name = |path: &SourcePath| project.locate(path).map_or_else(|| path.to_string(), |file| below(project, &file));
    let mut out = String::new();
    for rename in &plan.renames {
        let (from, to) = (below(project, &rename.from), below(project, &rename.to));
        let is_told = plan.texts.iter().any(|text| name(&text.before) == from);
        if !is_told {
            out.push_str(&format!("rename from {from}\nrename to {to}\n"));
        }
    }
    for text in &plan.texts {
        let (before, after) = (name(&text.before), name(&text.after));
        let old = FileSide {
            name: text.old.as_ref().map(|_| before.as_str()),
            text: text.old.as_deref().unwrap_or_default(),
        };
        out.push_str(&unified(old, FileSide { name: Some(&after), text: &text.new }));
    }
    out
}

/// What is done, or would be.
pub(super) fn lines(project: &Project, plan: &MovePlan, dry_run: bool) -> String {
    let mut out = String::new();
    for (at, DiskRename { from, to }) in plan.renames.iter().enumerate() {
        let along = if at == 0 { "" } else { ", its translation" };
        let _ = writeln!(out, "{} → {}{along}", project.shown(from), project.shown(to));
    }
    let (were, leads) = match dry_run {
        true => ("would be", "would lead"),
        false if plan.references == 1 => ("was", "leads"),
        false => ("were", "leads"),
    };
    if plan.references > 0 {
        let (references, files) = (counted(plan.references, "reference"), counted(plan.files, "file"));
        let _ = writeln!(out, "{references} in {files} {were} rewritten.");
    }
    for moved in plan.addresses.iter().take(MOST_ADDRESSES) {
        let _ = writeln!(out, "`{}` {leads} to `{}`.", moved.from, moved.to);
    }
    let more = plan.addresses.len().saturating_sub(MOST_ADDRESSES);
    if more > 0 {
        let others = if more == 1 { "1 more address".to_owned() } else { format!("{more} more addresses") };
        let _ = writeln!(out, "So {} {others}.", if dry_run { "would" } else { "do" });
    }
    for path in &plan.parted {
        let file = project.locate(path).map_or_else(|| path.to_string(), |file| project.shown(&file));
        let _ = writeln!(
            out,
            "`{file}` stays, and is no translation of it any more, unless both say the same `translation_key`."
        );
    }
    for left in &plan.left {
        let file = project.locate(&left.of.path).map_or_else(|| left.of.path.to_string(), |file| project.shown(&file));
        let (target, address) = (&left.of.target, &left.of.address);
        let _ = writeln!(out, "{file}:{}: `{target}` is left to you: it is to lead to `{address}`.", left.line);
    }
    out
}

/// A file as it is called in the project.
pub(super) fn below(project: &Project, file: &Path) -> String {
    let below = file.strip_prefix(&project.root).unwrap_or(file);
    below.iter().map(|name| name.to_string_lossy()).collect::<Vec<_>>().join("/")
}
