//! Two texts of a file as people compare them: the lines that differ, with some around them.

use std::ops::Range;

use similar::{DiffOp, group_diff_ops};

use super::steps::steps;

/// So many lines stand around what differs.
const AROUND: usize = 1;

/// A file on both sides: what it is called, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct FileSide<'a> {
    /// Its name; nothing if it isn't there.
    pub name: Option<&'a str>,
    /// Its text.
    pub text: &'a str,
}

/// The lines that differ, as `git diff` and `patch` write and read them.
pub fn unified(before: FileSide<'_>, after: FileSide<'_>) -> String {
    let header = |side: &str, of: FileSide<'_>| of.name.map_or("/dev/null".to_owned(), |name| format!("{side}/{name}"));
    let mut out = String::new();
    if let (Some(from), Some(to)) = (before.name, after.name)
        && from != to
    {
        out.push_str(&format!("rename from {from}\nrename to {to}\n"));
    }
    if before.text != after.text {
        out.push_str(&format!("--- {}\n+++ {}\n", header("a", before), header("b", after)));
        let sides = LinesOfSides { old: lines(before.text), new: lines(after.text) };
        for hunk in group_diff_ops(steps(&sides.old, &sides.new), AROUND) {
            sides.add_hunk(&hunk, &mut out);
        }
    }
    out
}

/// Each with the end that it has: the last may have none.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

struct LinesOfSides<'t> {
    old: Vec<&'t str>,
    new: Vec<&'t str>,
}

impl LinesOfSides<'_> {
    /// One place with what stands around it.
    fn add_hunk(&self, steps: &[DiffOp], out: &mut String) {
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return };
        let old = place(&(first.old_range().start..last.old_range().end));
        let new = place(&(first.new_range().start..last.new_range().end));
        out.push_str(&format!("@@ -{old} +{new} @@\n"));
        for step in steps {
            if let DiffOp::Equal { .. } = step {
                add_lines(&self.old[step.old_range()], ' ', out);
                continue;
            }
            add_lines(&self.old[step.old_range()], '-', out);
            add_lines(&self.new[step.new_range()], '+', out);
        }
    }
}

fn add_lines(lines: &[&str], sign: char, out: &mut String) {
    for line in lines {
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// Where lines begin and how many they are; of none, the line before them.
fn place(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => (lines.start + 1).to_string(),
        many => format!("{},{many}", lines.start + 1),
    }
}
