//! Fixes put into a text: only the bytes of the fixes change. What overlaps another
//! fix waits for the next run. Nothing is written here.

use crate::diagnostic::{Diagnostic, Edit};

/// A text with fixes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The new text.
    pub text: String,
    /// How many findings it settles.
    pub settled: usize,
    /// How many wait, because their fix overlaps another.
    pub waiting: usize,
}

/// Puts the fixes of one file's findings into its text.
pub fn apply(text: &str, findings: &[&Diagnostic]) -> Fixed {
    let mut fixable: Vec<&[Edit]> =
        findings.iter().filter_map(|finding| finding.fix.as_ref()).map(|fix| fix.edits.as_slice()).collect();
    fixable.retain(|edits| !edits.is_empty() && are_sound(text, edits));
    fixable.sort_by_key(|edits| edits.first().map(|edit| edit.span));
    fixable.dedup();
    let mut taken: Vec<&Edit> = Vec::new();
    let (mut settled, mut waiting) = (0, 0);
    let mut occupied: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for edits in fixable {
        if edits.iter().any(|edit| overlaps(&occupied, edit)) {
            waiting += 1;
            continue;
        }
        settled += 1;
        for edit in edits {
            occupied.insert(edit.span.start, edit.span.end);
            taken.push(edit);
        }
    }
    taken.sort_by_key(|edit| edit.span);
    Fixed { text: Edit::all_in(text, taken.iter().copied()), settled, waiting }
}

/// Whether edits lie in the text, on character boundaries, in order and apart.
fn are_sound(text: &str, edits: &[Edit]) -> bool {
    let inside = |edit: &Edit| {
        edit.span.start <= edit.span.end
            && text.is_char_boundary(edit.span.start)
            && text.is_char_boundary(edit.span.end)
    };
    edits.iter().all(inside) && edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start)
}

/// Whether an edit touches bytes that another changes, or inserts where another does.
fn overlaps(occupied: &std::collections::BTreeMap<usize, usize>, edit: &Edit) -> bool {
    let before = occupied.range(..=edit.span.start).next_back();
    let after = occupied.range(edit.span.start..).next();
    before.is_some_and(|(&start, &end)| end > edit.span.start || start == edit.span.start)
        || after.is_some_and(|(&start, _)| start < edit.span.end)
}

/// The lines that differ, as people compare files: removed ones after `-`, added ones after `+`.
pub fn diff(shown: &str, old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let mut out = format!("--- {shown}\n+++ {shown}\n");
    let (mut a, mut b) = (0, 0);
    while a < old.len() || b < new.len() {
        if old.get(a) == new.get(b) {
            (a, b) = (a + 1, b + 1);
            continue;
        }
        // Fixes change lines and seldom add or remove one: look a little ahead for where they meet again.
        let (down_a, down_b) = meeting(&old[a..], &new[b..]);
        out.push_str(&format!("@@ line {} @@\n", a + 1));
        for line in &old[a..a + down_a] {
            push(&mut out, '-', line);
        }
        for line in &new[b..b + down_b] {
            push(&mut out, '+', line);
        }
        (a, b) = (a + down_a, b + down_b);
    }
    out
}

/// How many lines of each differ before they are the same again.
fn meeting(old: &[&str], new: &[&str]) -> (usize, usize) {
    const AHEAD: usize = 40;
    for distance in 1..=AHEAD {
        for down_a in 0..=distance {
            let down_b = distance - down_a;
            for (down_a, down_b) in [(down_a.max(down_b), down_a.max(down_b)), (down_a, down_b)] {
                let ends = down_a >= old.len() && down_b >= new.len();
                if ends || (down_a < old.len() && down_b < new.len() && old[down_a] == new[down_b]) {
                    return (down_a.min(old.len()), down_b.min(new.len()));
                }
            }
        }
    }
    (old.len(), new.len())
}

fn push(out: &mut String, mark: char, line: &str) {
    out.push(mark);
    let text = line.trim_end_matches('\n');
    out.push_str(&text.replace('\r', "␍"));
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Fix};
    use crate::source::{SourcePath, Span};

    fn finding(start: usize, end: usize, replacement: &str) -> Diagnostic {
        let finding = Diagnostic::new(Code::LinkCase, &SourcePath::content("a.md"), Span::new(start, end), "m");
        finding.with_fix(Fix::replace(Span::new(start, end), replacement))
    }

    #[test]
    fn only_the_bytes_of_the_fixes_change() {
        let (one, two) = (finding(4, 7, "TWO"), finding(0, 3, "1"));
        let fixed = apply("one two\r\nthree", &[&one, &two]);
        assert_eq!(fixed, Fixed { text: "1 TWO\r\nthree".into(), settled: 2, waiting: 0 });
    }

    #[test]
    fn what_overlaps_waits() {
        let (one, two, wild) = (finding(0, 5, "x"), finding(3, 7, "y"), finding(90, 95, "z"));
        let fixed = apply("one two", &[&one, &two, &wild]);
        assert_eq!(fixed, Fixed { text: "xwo".into(), settled: 1, waiting: 1 });
    }

    #[test]
    fn a_difference_shows_the_lines_that_change() {
        let shown = diff("a.md", "one\ntwo\nthree\n", "one\n2\nthree\n");
        assert_eq!(shown, "--- a.md\n+++ a.md\n@@ line 2 @@\n-two\n+2\n");
    }
}
