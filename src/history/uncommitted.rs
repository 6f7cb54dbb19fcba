//! What nobody has committed yet.

use std::path::Path;

use super::git;

/// Files below a folder that differ from what the checked-out commit has, or that git doesn't know, as git tells them;
/// none where git knows nothing of the folder. `besides` are paths below it that don't count.
pub fn uncommitted(folder: &Path, besides: &[&str]) -> Vec<String> {
    let left_out: Vec<String> = besides.iter().map(|path| format!(":(exclude,literal){path}")).collect();
    let mut question = vec!["-c", "core.quotePath=false", "status", "--porcelain", "-z", "--no-renames", "--", "."];
    question.extend(left_out.iter().map(String::as_str));
    let Some(told) = git(folder, &question) else { return Vec::new() };
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    told.split('\0').filter_map(|line| line.get(3..)).map(str::to_owned).collect()
}
