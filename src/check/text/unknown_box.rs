//! Boxes of a kind that is misspelt or that is not read: `:::waring`, `> [!WARNNG]`, `> [!NOTE] Title`, `::note`.

use crate::check::context::TextContext;
use crate::check::prose::{Line, Prose};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::nearest::nearest;
use crate::page::{Component, Page};
use crate::source::Span;

/// The kinds that the theme has colours and words for.
const KINDS: [&str; 9] = ["caution", "danger", "important", "info", "note", "secondary", "success", "tip", "warning"];

/// Those that `> [!NOTE]` can be, as on GitHub.
const ALERTS: [&str; 5] = ["CAUTION", "IMPORTANT", "NOTE", "TIP", "WARNING"];

/// Kinds of other tools that are like one of ours and mean something else all the same.
const OTHERS: [&str; 14] = [
    "abstract", "bug", "details", "error", "example", "failure", "faq", "hint", "question", "quote", "summary", "tabs",
    "todo", "warn",
];

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    findings.extend(page.components.iter().filter_map(|component| misspelt(page, component)));
    if prose.holds(":::") {
        findings.extend(prose.lines.iter().filter(|line| !line.hidden).filter_map(|line| unread_fence(page, line)));
    }
    if ALERTS.iter().any(|kind| prose.holds(kind)) {
        let lines = prose.lines.iter().enumerate().filter(|(_, line)| !line.hidden);
        findings.extend(lines.filter_map(|(number, line)| nearly_alert(page, prose, number, line)));
    }
    if prose.holds("[!") {
        let lines = prose.lines.iter().enumerate().filter(|(_, line)| !line.hidden);
        findings.extend(lines.filter_map(|(number, line)| alert(page, prose, number, line)));
    }
    if prose.holds("\n::") {
        findings.extend(two_colons(page, prose));
    }
}

/// A box whose kind is nearly one of those that there are.
fn misspelt(page: &Page, component: &Component) -> Option<Diagnostic> {
    if component.name != "Admonition" {
        return None;
    }
    let attribute = component.attribute("type").or_else(|| component.attribute("kind"))?;
    let kind = attribute.value.as_str()?.to_lowercase();
    if KINDS.contains(&kind.as_str()) || OTHERS.contains(&kind.as_str()) || kind.len() < 3 {
        return None;
    }
    let meant = nearest(&kind, KINDS)?;
    let written = attribute.span.of(&page.text);
    let message = format!("there is no kind of box called `{kind}`");
    let finding = Diagnostic::new(Code::UnknownBox, &page.path, attribute.span, message);
    let finding = finding.with_help(format!("Did you mean `{meant}`?"));
    let place = written.to_lowercase().find(&kind).filter(|_| written.is_ascii())?;
    let start = attribute.span.start + place;
    Some(finding.with_fix(Fix::replace(Span::new(start, start + kind.len()), meant)))
}

/// The first line of a quote that was to be a box and is none.
fn alert(page: &Page, prose: &Prose<'_>, number: usize, line: &Line<'_>) -> Option<Diagnostic> {
    let inner = line.text.trim_start().strip_prefix('>')?.trim_start();
    let after = inner.strip_prefix("[!")?;
    let kind = &after[..after.find(']')?];
    let rest = after[kind.len() + 1..].trim_start_matches(['+', '-']).trim();
    let is_word = (3..=20).contains(&kind.len()) && kind.bytes().all(|b| b.is_ascii_alphabetic());
    let continues = number > 0 && prose.lines[number - 1].text.trim_start().starts_with('>');
    let is_read = page.components.iter().any(|component| {
        line.start <= component.span.start && component.span.start < line.start + line.text.len().max(1)
    });
    // `[!a](b)` is a link.
    if !is_word || continues || is_read || after[kind.len() + 1..].starts_with(['(', '[', ':']) {
        return None;
    }
    let start = line.start + line.text.find("[!")?;
    let name = Span::new(start + 2, start + 2 + kind.len());
    let is_known = ALERTS.iter().any(|known| known.eq_ignore_ascii_case(kind));
    if is_known {
        let message = format!("`[!{kind}]` makes no box here, since something else stands on its line");
        let help = format!(
            "Write the text on the next line, after `> `; a box with a title of its own is `:::{} {}` up to `:::`.",
            kind.to_lowercase(),
            if rest.is_empty() { "Title" } else { rest }
        );
        let span = Span::new(start, line.start + line.text.trim_end().len());
        return (!rest.is_empty())
            .then(|| Diagnostic::new(Code::UnknownBox, &page.path, span, message).with_help(help));
    }
    let span = Span::new(start, start + kind.len() + 3);
    let message = format!("`[!{kind}]` is no kind of box, so it is shown as text");
    let finding = Diagnostic::new(Code::UnknownBox, &page.path, span, message);
    let is_other = OTHERS.iter().chain(&KINDS).any(|other| other.eq_ignore_ascii_case(kind));
    Some(match nearest(kind, ALERTS).filter(|_| !is_other) {
        Some(meant) => finding.with_help(format!("Did you mean `[!{meant}]`?")).with_fix(Fix::replace(name, meant)),
        None => finding.with_help(
            "Here it can be `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`; for a box of another \
             kind write `:::info` up to `:::`.",
        ),
    })
}

/// `:::note:`, which is read as text.
fn unread_fence(page: &Page, line: &Line<'_>) -> Option<Diagnostic> {
    let content = line.text.trim_start();
    let colons = content.bytes().take_while(|b| *b == b':').count();
    let rest = content[colons..].trim_start();
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (kind, after) = (&rest[..length], rest[length..].trim_end());
    let is_known = colons >= 3 && KINDS.contains(&kind.to_ascii_lowercase().as_str());
    if !is_known
        || after.is_empty()
        || after.starts_with([' ', '\t', '{', '-', '_'])
        || after.starts_with(char::is_alphanumeric)
    {
        return None;
    }
    if after.starts_with('[') && after.contains(']') {
        return None;
    }
    let start = line.start + line.text.len() - content.len();
    let span = Span::new(start, start + content.trim_end().len());
    let message = format!("`{}` opens no box, because of what follows `{kind}`", content.trim_end());
    let finding = Diagnostic::new(Code::UnknownBox, &page.path, span, message);
    let finding = finding.with_help(format!("Write `:::{kind}`, or `:::{kind} Title` with a space."));
    let is_sign = after.chars().all(|c| ":.,;!?".contains(c));
    let end = Span::new(span.end - after.len(), span.end);
    let edits = vec![Edit { span: end, replacement: String::new() }];
    Some(if is_sign { finding.with_fix(Fix { title: format!("take `{after}` away"), edits }) } else { finding })
}

/// `> [NOTE]`, `> [! NOTE]`, and `[!NOTE]` that stands in no quote.
fn nearly_alert(page: &Page, prose: &Prose<'_>, number: usize, line: &Line<'_>) -> Option<Diagnostic> {
    let content = line.text.trim();
    let before = number.checked_sub(1).map_or("", |before| prose.lines[before].text.trim());
    let inner = content.strip_prefix('>').map(str::trim_start);
    let kind = inner.unwrap_or(content).strip_prefix('[')?.strip_suffix(']')?;
    let name = kind.trim_start_matches('!').trim();
    if !ALERTS.contains(&name) || before.starts_with('>') || (inner.is_none() && !before.is_empty()) {
        return None;
    }
    let start = line.start + line.text.find('[')?;
    let span = Span::new(start, start + kind.len() + 2);
    let is_link = page.links.iter().any(|link| link.span.whole.start == start);
    let finding = |message: String| Diagnostic::new(Code::UnknownBox, &page.path, span, message);
    if is_link {
        return None;
    }
    if inner.is_some() && kind != format!("!{name}") {
        let message = format!("`[{kind}]` makes no box: it is written `[!{name}]`");
        return Some(finding(message).with_fix(Fix::replace(span, format!("[!{name}]"))));
    }
    if inner.is_some() || kind != format!("!{name}") {
        return None;
    }
    let message = format!("`[{kind}]` makes no box, since it does not stand in a quote");
    let lines = prose.lines[number..].iter().take_while(|line| !line.text.trim().is_empty() && !line.hidden);
    let edits = lines.map(|line| Edit { span: Span::new(line.start, line.start), replacement: "> ".to_owned() });
    let fix = Fix { title: "write `> ` before each of its lines".to_owned(), edits: edits.collect() };
    Some(finding(message).with_help("Write `> ` before it and before each line of the box.").with_fix(fix))
}

/// `::note` up to `::`, which lacks a colon.
fn two_colons(page: &Page, prose: &Prose<'_>) -> Option<Diagnostic> {
    let is_opening = |line: &&Line<'_>| {
        let kind = line.text.strip_prefix("::").map(|rest| rest.trim_start_matches(' '));
        let kind = kind.map(|rest| rest.split([' ', '[', '{']).next().unwrap_or_default());
        !line.hidden && kind.is_some_and(|kind| KINDS.contains(&kind))
    };
    let first = prose.lines.iter().find(is_opening)?;
    let span = first.span();
    let message = format!("`{}` opens no box: it lacks a colon", span.of(prose.text).trim_end());
    let finding = Diagnostic::new(Code::UnknownBox, &page.path, span, message);
    let finding = finding.with_help("Write three colons, `:::`, before the kind and where the box ends.");
    let mut later = prose.lines.iter().filter(|line| line.start > first.start && !line.hidden);
    let close = later.find(|line| line.text.trim_end() == "::" || is_opening(line));
    let Some(close) = close.filter(|line| line.text.trim_end() == "::") else { return Some(finding) };
    let colon = |at: usize| Edit { span: Span::new(at, at), replacement: ":".to_owned() };
    let edits = vec![colon(first.start), colon(close.start)];
    Some(finding.with_fix(Fix { title: "write three colons".to_owned(), edits }))
}

#[cfg(test)]
mod tests {
    use crate::check::prose::Prose;
    use crate::page;
    use crate::source::{Source, SourcePath};

    fn told(text: &str) -> Vec<String> {
        let source = Source { path: SourcePath::content("a.md"), text: text.into() };
        let page = page::parse(&source, page::Dialect::OWN);
        let prose = Prose::read(&page);
        let lines = prose.lines.iter().enumerate().filter(|(_, line)| !line.hidden);
        let alerts = lines.filter_map(|(number, line)| super::alert(&page, &prose, number, line));
        let boxes = page.components.iter().filter_map(|component| super::misspelt(&page, component));
        let lines = || prose.lines.iter().enumerate().filter(|(_, line)| !line.hidden);
        let nearly = lines().filter_map(|(number, line)| super::nearly_alert(&page, &prose, number, line));
        let fences = lines().filter_map(|(_, line)| super::unread_fence(&page, line));
        boxes
            .chain(alerts)
            .chain(nearly)
            .chain(fences)
            .chain(super::two_colons(&page, &prose))
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn boxes_of_known_kinds_and_of_ones_own_are_left_alone() {
        for text in [
            ":::note\na\n:::\n",
            "::: TIP Title\na\n:::\n",
            ":::example\na\n:::\n",
            ":::warn\na\n:::\n",
            ":::details More\na\n:::\n",
            "> [!note]\n> a\n",
            "> [![badge](a.svg)](b)\n",
            "> [!text](a.svg)\n",
            "```\n> [!INFO]\n::note\n```\n",
            "> a\n> [!NOTE] b\n",
            "a::note\n",
            "::noteworthy\n",
            "> [NOTE]: a\n",
            "See [NOTE]\n",
            "[NOTE]\n",
            ":::note[Title]\na\n:::\n",
            ":::note-worthy\na\n:::\n",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
        for text in [
            ":::waring\na\n:::\n",
            "> [!WARNNG]\n> a\n",
            "> [!INFO]\n> a\n",
            "> [!NOTE] b\n",
            "::tip\na\n::\n",
            ":::note:\na\n",
            "> [NOTE]\n> a\n",
            "> [! TIP]\n> a\n",
            "[!NOTE]\na\n",
        ] {
            assert_eq!(told(text).len(), 1, "{text}");
        }
    }
}
