//! Front matter that nobody reads: below other text, between lines that are no `---`, or without any. Judged by
//! its lines alone, where several of them are keys that pages know.

use super::known;
use super::meta::FrontMatter;
use super::split::{self, key_of, text_start};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::source::{SourcePath, Span};

/// The keys of which one has to stand in a block: others are words of everyday, too.
const TELLING: [&str; 8] =
    ["title", "tags", "description", "draft", "slug", "sidebar_position", "sidebar_label", "keywords"];

/// A file with its front matter, if it has any.
#[derive(Clone, Copy, Debug)]
pub struct FileHead<'a> {
    /// Where it lies.
    pub path: &'a SourcePath,
    /// The whole file.
    pub text: &'a str,
    /// Its front matter as read.
    pub meta: &'a FrontMatter,
    /// Where its body begins.
    pub body_start: usize,
}

/// The first block of a file that was meant as front matter and isn't. What is code or a comment, the caller knows.
pub fn lost(file: FileHead<'_>, is_hidden: impl Fn(usize) -> bool) -> Option<Diagnostic> {
    let bytes = file.text.as_bytes();
    if !file.meta.data.is_empty() {
        return second_block(file);
    }
    if file.body_start > text_start(file.text) {
        return None;
    }
    let at = first_line(file.text, file.body_start);
    at_the_top(file, at).or_else(|| {
        // Whatever is written in it, a key stands at the start of a line.
        let mut places = memchr::memmem::find_iter(bytes, "\n---").map(|at| at + 1);
        places.find_map(|at| (!is_hidden(at)).then(|| below_text(file, at)).flatten())
    })
}

/// A run of lines that are keys and what belongs to them.
struct KeyRun<'a> {
    names: Vec<&'a str>,
    /// Where the line after them begins.
    end: usize,
    /// That line, if it is one of dashes.
    closing: Option<Span>,
}

impl KeyRun<'_> {
    fn are_telling(&self) -> bool {
        self.names.iter().any(|name| TELLING.contains(name))
    }

    fn are_known(&self) -> bool {
        self.names.iter().all(|name| known::is_known(name))
    }
}

fn keys(text: &str, from: usize) -> KeyRun<'_> {
    let mut keys = KeyRun { names: Vec::new(), end: from, closing: None };
    while keys.end < text.len() {
        let line = line(text, keys.end);
        let written = line.of(text);
        if is_fence(written) {
            keys.closing = Some(line);
            break;
        }
        match key_of(written) {
            Some(name) => keys.names.push(name),
            None if !keys.names.is_empty() && written.starts_with([' ', '\t', '-']) && !written.trim().is_empty() => {}
            None => break,
        }
        keys.end = split::line_end(text, keys.end).1;
    }
    keys
}

/// The line that begins at a place, without what is empty at its end.
fn line(text: &str, at: usize) -> Span {
    let (end, _) = split::line_end(text, at);
    Span::new(at, at + text[at..end].trim_end().len())
}

/// The first line that isn't empty.
fn first_line(text: &str, from: usize) -> usize {
    let blank = text[from..].len() - text[from..].trim_start_matches([' ', '\t', '\n', '\r']).len();
    text[..from + blank].rfind(['\n', '\r']).map_or(from, |found| (found + 1).max(from))
}

/// Whether a line is of dashes alone, whichever these are, or of another sign with which people draw lines.
pub(super) fn is_fence(line: &str) -> bool {
    let line = line.trim_end();
    let dashes = line.chars().all(|c| matches!(c, '-' | '–' | '—' | '―' | '−'));
    let others =
        line.len() > 2 && ["*", "=", "~", "_"].iter().any(|sign| line.trim_matches(|c| sign.contains(c)).is_empty());
    dashes && line.len() > 1 || others
}

/// A line of dashes with a word behind it, as some programs begin their blocks.
fn is_named_fence(line: &str) -> bool {
    let name = line.trim_end().strip_prefix("---").map(str::trim_start);
    name.is_some_and(|name| ["yaml", "yml", "toml", "json"].iter().any(|known| name.eq_ignore_ascii_case(known)))
}

fn at_the_top(file: FileHead<'_>, at: usize) -> Option<Diagnostic> {
    let text = file.text;
    let opening = line(text, at);
    let written = opening.of(text);
    let inside = split::line_end(text, at).1;
    if written != "---" && (is_fence(written) || is_named_fence(written)) {
        let keys = keys(text, inside);
        let closing = keys.closing.filter(|_| keys.are_telling())?;
        let message = format!("`{written}` does not begin front matter, so the keys below are shown as text");
        let edits = [opening, closing].map(|span| Edit { span, replacement: "---".into() }).to_vec();
        let fix = Fix { title: "write `---` above and below them".into(), edits };
        let finding = Diagnostic::new(Code::UnreadFrontMatter, file.path, opening, message);
        return Some(finding.with_help("Write exactly three dashes above and below the keys.").with_fix(fix));
    }
    if let Some("" | "yaml" | "yml") = written.strip_prefix("```") {
        let keys = keys(text, inside);
        let closes = text[keys.end..].starts_with("```");
        return (closes && keys.names.len() > 1 && keys.names.contains(&"title") && keys.are_known()).then(|| {
            let edits = [opening, line(text, keys.end)].map(|span| Edit { span, replacement: "---".into() }).to_vec();
            let fix = Fix { title: "write `---` above and below them".into(), edits };
            let message = "three backticks begin code and no front matter, so the keys below are shown as text";
            let finding = Diagnostic::new(Code::UnreadFrontMatter, file.path, opening, message);
            finding.with_help("Write exactly three dashes above and below the keys.").with_fix(fix)
        });
    }
    without_opening(file, opening)
}

/// KeyRun right at the top, with no line above them.
fn without_opening(file: FileHead<'_>, first: Span) -> Option<Diagnostic> {
    let text = file.text;
    let keys = keys(text, first.start);
    let is_meant = keys.are_telling() && keys.are_known() && (keys.closing.is_some() || keys.names.len() > 1);
    let ends = keys.closing.is_some() || text[keys.end..].starts_with(['\n', '\r']);
    if !is_meant || !ends {
        return None;
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits = vec![Edit { span: Span::at(first.start), replacement: format!("---{end}") }];
    let message = match keys.closing {
        Some(closing) if closing.of(text) == "---" => {
            "no line of `---` stands above these keys, so they are shown as text"
        }
        _ => "these keys do not stand between lines of `---`, so they are shown as text",
    };
    edits.push(match keys.closing {
        Some(span) => Edit { span, replacement: "---".into() },
        None => Edit { span: Span::at(keys.end), replacement: format!("---{end}") },
    });
    let finding = Diagnostic::new(Code::UnreadFrontMatter, file.path, first, message);
    let fix = Fix { title: "write `---` above and below them".into(), edits };
    Some(finding.with_help("Write a line of `---` above and below the keys.").with_fix(fix))
}

/// A block between lines of `---` with text before it.
fn below_text(file: FileHead<'_>, at: usize) -> Option<Diagnostic> {
    let opening = line(file.text, at);
    if opening.of(file.text) != "---" {
        return None;
    }
    let keys = keys(file.text, split::line_end(file.text, at).1);
    let closing = keys.closing.filter(|closing| closing.of(file.text) == "---");
    if closing.is_none() || !keys.are_telling() || !keys.are_known() {
        return None;
    }
    let message = "this front matter does not stand at the top of its file, so it is shown as text";
    let finding = Diagnostic::new(Code::UnreadFrontMatter, file.path, opening, message);
    Some(finding.with_help("Move it above everything else, so that its `---` is the first line."))
}

/// A block right after the first.
fn second_block(file: FileHead<'_>) -> Option<Diagnostic> {
    let text = file.text;
    let at = first_line(text, file.body_start);
    let opening = line(text, at);
    if opening.of(text) != "---" {
        return None;
    }
    let inside = split::line_end(text, at).1;
    let keys = keys(text, inside);
    let closing = keys.closing.filter(|closing| closing.of(text) == "---");
    if closing.is_none() || !keys.names.iter().any(|name| known::is_known(name)) {
        return None;
    }
    let message = "only the first block of keys is read, and this second one is shown as text";
    let finding = Diagnostic::new(Code::UnreadFrontMatter, file.path, opening, message)
        .with_help("Put all keys into one block, between two lines of `---`.");
    let closed = text[..file.body_start].trim_end_matches(['\n', '\r']);
    let from = closed.rfind(['\n', '\r']).map_or(0, |found| found + 1);
    let is_yaml = closed[from..].trim_end() == "---";
    if !is_yaml || keys.names.iter().any(|name| file.meta.data.contains_key(*name)) {
        return Some(finding);
    }
    let edits = vec![Edit { span: Span::new(from, inside), replacement: String::new() }];
    Some(finding.with_fix(Fix { title: "make one block of both".into(), edits }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        let path = SourcePath::content("a.md");
        let split = super::super::read(&crate::source::Source { path: path.clone(), text: text.into() });
        let file = FileHead { path: &path, text, meta: &split.meta, body_start: split.body.start };
        lost(file, |_| false).map(|finding| {
            let edits = finding.fix.map(|fix| fix.edits).unwrap_or_default();
            Edit::all_in(text, &edits)
        })
    }

    #[test]
    fn keys_that_nobody_reads_become_front_matter() {
        let mended = "---\ntitle: A\ntags: [b]\n---\n\n# H\n";
        for text in [
            "----\ntitle: A\ntags: [b]\n----\n\n# H\n",
            "—\ntitle: A\ntags: [b]\n—\n\n# H\n",
            "--- yaml\ntitle: A\ntags: [b]\n---\n\n# H\n",
            "```yaml\ntitle: A\ntags: [b]\n```\n\n# H\n",
            "title: A\ntags: [b]\n\n# H\n",
            "title: A\ntags: [b]\n---\n\n# H\n",
            "---\ntitle: A\n---\n---\ntags: [b]\n---\n\n# H\n",
        ] {
            assert_eq!(told(text).as_deref(), Some(mended), "{text}");
        }
        for text in ["Hello\n\n---\ntitle: A\ntags: [b]\n---\n", "---\ntitle: A\n---\n\n---\ntitle: B\n---\n"] {
            assert_eq!(told(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn text_is_text() {
        for text in [
            "----\n\nText\n",
            "Note: this is text\n\nMore",
            "title: A\nand more text\n",
            "Text\n\n---\n\ntitle: A\n\n---\n",
            "---\ntitle: A\n---\n\n---\n\nText\n",
            "---\ntitle: A\n---\n\n---\nlevel: one\n---\n",
            "# H\n\n---\nurl: x\n---\n",
            "```yaml\nlevel: A\ntags: [b]\n```\n",
            "date: 2020\nauthor: Ada\n\nDear all",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
