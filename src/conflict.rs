//! Conflicts that git left in a file: two versions of one place, between lines that begin with `<<<<<<<`,
//! `=======` and `>>>>>>>`. A line of `=======` alone is Markdown's, and a code block may show a whole conflict as
//! an example. Knows nothing else of what the file holds.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourcePath, Span};

/// Git writes a space and a name behind the first and the last mark, and nothing behind the one between.
const OPENING: &str = "<<<<<<< ";
const DIVIDING: &str = "=======";
const CLOSING: &str = ">>>>>>> ";

/// What a line of a conflict does.
#[derive(Clone, Copy)]
enum Role {
    Opens,
    Divides,
    Closes,
}

/// A line that may belong to a conflict.
#[derive(Clone, Copy)]
struct ConflictLine {
    role: Role,
    span: Span,
    /// The code block that it stands in.
    block: Option<usize>,
}

/// Whether a text can hold a conflict at all, which hardly any does.
pub(crate) fn may_be_in(text: &str) -> bool {
    [OPENING, CLOSING].iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
}

/// The conflicts in a text, each from its first line to the end of its last. Code blocks are given in order.
pub(crate) fn find(text: &str, code: &[Span]) -> Vec<Span> {
    if !may_be_in(text) {
        return Vec::new();
    }
    let marks = marks(text, code);
    let together = marks.chunk_by(|a, b| a.block == b.block);
    let is_example = |marks: &[ConflictLine]| marks.iter().any(|mark| mark.block.is_some()) && !whole(marks).is_empty();
    // A conflict may also begin before a code block and end in it.
    let meant: Vec<ConflictLine> = together.filter(|marks| !is_example(marks)).flatten().copied().collect();
    let mut found = whole(&meant);
    if found.is_empty() {
        found.extend(half(&meant, text));
    }
    found
}

/// What is left of a conflict that somebody resolved in part: its first line, or its end from the line that divides it.
/// Code may show such lines, and words may follow many marks of a quote.
fn half(marks: &[ConflictLine], text: &str) -> Option<Span> {
    let mut marks = marks.iter().filter(|mark| mark.block.is_none());
    let mut divided = None;
    marks.find_map(|mark| match mark.role {
        Role::Opens => is_name(&mark.span.of(text)[OPENING.len()..]).then_some(mark.span),
        Role::Divides => {
            divided = Some(mark.span.start);
            None
        }
        Role::Closes => {
            let start = divided.filter(|_| is_name(&mark.span.of(text)[CLOSING.len()..]))?;
            Some(Span::new(start, mark.span.end))
        }
    })
}

/// Whether git calls a version like that: a branch, or a commit with its message in brackets.
fn is_name(written: &str) -> bool {
    const OF_STASHES: [&str; 2] = ["Updated upstream", "Stashed changes"];
    let written = written.trim_end();
    let (name, rest) = written.split_once(' ').unwrap_or((written, ""));
    OF_STASHES.contains(&written) || (!name.is_empty() && (rest.is_empty() || rest.starts_with('(')))
}

/// What is told of a conflict.
pub(crate) fn finding(text: &str, path: &SourcePath, conflict: Span) -> Diagnostic {
    let line = conflict.of(text).lines().next().unwrap_or_default();
    let span = Span::new(conflict.start, conflict.start + line.len());
    let is_whole = line.starts_with(OPENING) && conflict.end > span.end;
    let message = if is_whole {
        "a merge conflict begins with this line of `<<<<<<<`, and nobody has resolved it".to_owned()
    } else {
        format!("this line of `{}` is left of a merge conflict that was resolved in part", &line[..OPENING.len() - 1])
    };
    Diagnostic::new(Code::MergeConflict, path, span, message).with_help(
        "Keep one of its two versions, or bring them together, and remove its lines of `<<<<<<<`, `=======` and `>>>>>>>`.\n\
         Until then `--fix` leaves this file as it is.",
    )
}

/// The lines that may belong to conflicts.
fn marks(text: &str, code: &[Span]) -> Vec<ConflictLine> {
    let mut marks = Vec::new();
    let mut next = 0;
    for line in text.split_inclusive('\n') {
        let start = next;
        next += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let role = match line {
            DIVIDING => Role::Divides,
            _ if line.starts_with(OPENING) => Role::Opens,
            _ if line.starts_with(CLOSING) => Role::Closes,
            _ => continue,
        };
        let block = code.partition_point(|block| block.start <= start).checked_sub(1);
        let block = block.filter(|&at| code.get(at).is_some_and(|block| start < block.end));
        marks.push(ConflictLine { role, span: Span::new(start, start + line.len()), block });
    }
    marks
}

/// The conflicts that have all three lines. Of what is opened twice the later counts, since the earlier was
/// resolved in part or is text.
fn whole(marks: &[ConflictLine]) -> Vec<Span> {
    let (mut opened, mut divided) = (None, None);
    let mut conflicts = Vec::new();
    for mark in marks {
        match mark.role {
            Role::Opens => opened = Some(mark.span.start),
            Role::Divides => divided = opened.take().or(divided),
            Role::Closes => {
                if let Some(start) = divided.take() {
                    conflicts.push(Span::new(start, mark.span.end));
                    opened = None;
                }
            }
        }
    }
    conflicts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, code: &[&str]) -> Vec<&'a str> {
        let code: Vec<Span> = code
            .iter()
            .map(|code| Span::at(text.find(code).unwrap()))
            .zip(code)
            .map(|(at, code)| Span::new(at.start, at.start + code.len()))
            .collect();
        find(text, &code).into_iter().map(|conflict| conflict.of(text)).collect()
    }

    #[test]
    fn a_conflict_has_all_its_lines_however_they_end() {
        let plain = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic";
        let windows = plain.replace('\n', "\r\n");
        let with_base = plain.replace("=======", "||||||| 1a2b3c\nc\n=======");
        for conflict in [plain, &windows, &with_base] {
            assert_eq!(found(conflict, &[]), [conflict]);
            let twice = format!("before\n{conflict}\nbetween\n{conflict}\nafter\n");
            assert_eq!(found(&twice, &[]), [conflict, conflict]);
        }
    }

    #[test]
    fn markdown_that_looks_a_little_like_one_is_none() {
        for text in [
            "Title\n=======\n",
            "a\n>>>>>>> topic\n",
            "<<<<<<< as many as you like\nTitle\n=======\n",
            "Title\n=======\n>>>>>>> deeply quoted\n",
            " <<<<<<< HEAD\na\n =======\nb\n >>>>>>> topic\n",
            "a\n========\nb\n>>>>>>> topic\n",
            "<<<<<<<HEAD\na\n=======\nb\n>>>>>>>topic\n",
        ] {
            assert_eq!(found(text, &[]), [""; 0], "{text:?}");
        }
    }

    #[test]
    fn half_of_a_conflict_is_one() {
        let opened = "<<<<<<< HEAD";
        assert_eq!(found(&format!("a\n{opened}\nb\n"), &[]), [opened]);
        for closed in ["=======\nb\n>>>>>>> main", "=======\nb\n>>>>>>> 1a2b3c4 (Say more)"] {
            assert_eq!(found(&format!("a\n\n{closed}\n"), &[]), [closed]);
        }
        let code = format!("```\n{opened}\n```\n");
        assert_eq!(found(&code, &[&code]), [""; 0]);
    }

    #[test]
    fn only_a_whole_conflict_in_one_code_block_is_an_example() {
        let conflict = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\n";
        assert_eq!(found(&format!("```\n{conflict}```\n"), &[&format!("```\n{conflict}```\n")]), [""; 0]);
        let across = "<<<<<<< HEAD\n```js\na\n=======\n```ts\nb\n>>>>>>> topic\nc\n```\n";
        let code = &across["<<<<<<< HEAD\n".len()..];
        assert_eq!(found(across, &[code]).len(), 1);
        let around = format!("<<<<<<< HEAD\n```\n{conflict}```\n=======\n>>>>>>> topic");
        assert_eq!(found(&around, &[&format!("```\n{conflict}```\n")]), [&around]);
    }

    #[test]
    fn the_title_underlined_in_a_version_divides_nothing() {
        let text = "<<<<<<< HEAD\nA\n=======\n\nOne.\n=======\nB\n=======\n\nTwo.\n>>>>>>> topic";
        assert_eq!(found(text, &[]), [text]);
    }
}
