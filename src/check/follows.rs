//! What only comes of something else that is told: a mistake is told once, where it is.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::html::tag::{self, Syntax};
use crate::site::Edition;
use crate::source::{SourcePath, Span};

/// What a tag that isn't read as meant brings with it, at the same place.
const OF_TAGS: [Code; 10] = [
    Code::UnknownTag,
    Code::UnknownFilter,
    Code::UnknownAttribute,
    Code::InvalidAttribute,
    Code::MissingAttribute,
    Code::UnclosedComponent,
    Code::UnclosedHtml,
    Code::UnreadableQuery,
    Code::EmptyList,
    Code::InvisibleCharacter,
];

/// Whether other pages may be told less for this: a list that isn't read as meant asks for nothing, and its tags look idle.
pub(super) fn reaches_far(finding: &Diagnostic) -> bool {
    matches!(finding.code, Code::UnreadComponent | Code::UnknownTag)
}

/// So many causes of a page are looked at.
const MOST: usize = 500;

/// Takes away what follows from tags and marks that are told of.
pub(super) fn hold_back(site: &Edition, findings: &mut Vec<Diagnostic>) {
    misread_tags(findings);
    let is_cause =
        |finding: &Diagnostic| matches!(finding.code, Code::UnreadComponent | Code::ForeignMark | Code::UnknownBox);
    // A list that asks for a tag with a no-break space shows nothing.
    let may_ask_oddly = |finding: &Diagnostic| finding.code == Code::UnknownTag;
    if !findings.iter().any(|finding| is_cause(finding) || may_ask_oddly(finding)) {
        return;
    }
    let texts: HashMap<&SourcePath, &str> =
        site.pages.iter().map(|published| (&published.page.path, &*published.page.text)).collect();
    let mut causes: HashMap<SourcePath, Vec<ToldMistake>> = HashMap::new();
    for finding in findings.iter().filter(|finding| is_cause(finding)) {
        let cause = texts.get(&finding.path).map(|text| ToldMistake::of(text, finding));
        causes.entry(finding.path.clone()).or_default().extend(cause);
    }
    let unread: Vec<String> = findings
        .iter()
        .filter_map(|finding| {
            let text = texts.get(&finding.path)?;
            let written = text.get(finding.span.start..finding.span.end).unwrap_or_default();
            let asks_oddly = may_ask_oddly(finding) && written.contains('\u{a0}');
            (finding.code == Code::UnreadComponent || asks_oddly).then(|| asked_for(text, finding)).flatten()
        })
        .take(MOST)
        .collect();
    findings.retain(|finding| {
        if matches!(finding.code, Code::IdleTag | Code::UnlistedPage) {
            let text = texts.get(&finding.path).and_then(|text| text.get(finding.span.start..finding.span.end));
            let label = text.unwrap_or_default().trim_matches(['"', '\'']);
            return label.is_empty() || !unread.iter().any(|asked| asked.contains(label));
        }
        let Some(of_page) = causes.get(&finding.path).filter(|_| may_follow(finding.code)) else { return true };
        let whole = texts.get(&finding.path).copied().unwrap_or_default();
        let text = whole.get(finding.span.start..finding.span.end);
        // `{{< figure >}}` holds what looks like a tag.
        let in_braces = whole.get(..finding.span.start).is_some_and(|before| before.ends_with("{{"));
        if in_braces && of_page.iter().any(|cause| cause.code == Code::ForeignMark) {
            return false;
        }
        // A page that is nothing but such mistakes is told of them all.
        !text.is_some_and(|written| of_page.iter().take(MOST).any(|cause| cause.brings(finding, written)))
    });
}

/// Takes away what is said of tags that are not read as they are meant, or not written so.
fn misread_tags(findings: &mut Vec<Diagnostic>) {
    let is_cause = |finding: &&Diagnostic| {
        matches!(finding.code, Code::FrontMatterSpacing | Code::UnquotedValue | Code::InvisibleCharacter)
    };
    let mut causes: HashMap<SourcePath, Vec<Span>> = HashMap::new();
    for finding in findings.iter().filter(is_cause) {
        causes.entry(finding.path.clone()).or_default().push(finding.span);
    }
    findings.retain(|finding| {
        let meets = |cause: &Span| cause.start <= finding.span.end && finding.span.start <= cause.end;
        let of_page = causes
            .get(&finding.path)
            .filter(|_| matches!(finding.code, Code::IdleTag | Code::UnlistedPage | Code::TagCollision));
        !of_page.is_some_and(|causes| causes.iter().take(MOST).any(meets))
    });
}

/// The line of a tag that is not read as meant: the list that it stands for asks for nothing.
fn asked_for(text: &str, finding: &Diagnostic) -> Option<String> {
    let start = text[..finding.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next()?;
    Some(line.replace('\u{a0}', " "))
}

fn may_follow(code: Code) -> bool {
    OF_TAGS.contains(&code)
        || matches!(
            code,
            Code::UnclosedAdmonition
                | Code::StrayClosingTag
                | Code::UnreadLink
                | Code::BrokenLink
                | Code::MissingFile
                | Code::UnknownComponent
        )
}

/// Something that brings other findings with it.
struct ToldMistake {
    code: Code,
    span: Span,
    /// The name of the tag that it stands in, or `:::` for a mark that looks like a box.
    name: String,
    /// Whether that is a closing one.
    is_closing: bool,
}

impl ToldMistake {
    fn of(text: &str, finding: &Diagnostic) -> Self {
        let (code, mut span) = (finding.code, finding.span);
        let is_tag = |at: usize| text[at..].starts_with('<');
        let open = if is_tag(span.start) { Some(span.start) } else { text[..span.start].rfind('<') };
        let rest = open.map_or("", |open| text[open + 1..].trim_start());
        let is_closing = rest.starts_with('/');
        let rest = rest.trim_start_matches('/');
        if code == Code::ForeignMark && text[span.start..].starts_with("::: ") {
            return Self { code, span, name: ":::".to_owned(), is_closing };
        }
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b)).count();
        // What is wrong with other attributes of the same tag may come of it, too.
        if let Some(open) = open.filter(|_| code == Code::UnreadComponent) {
            let end = tag::read(text, open, Syntax::Jsx).map_or(span.end, |tag| tag.end.max(span.end));
            span = Span::new(open, end);
        }
        Self { code, span, name: rest[..length].to_owned(), is_closing }
    }

    /// Whether a finding, about what is `written` there, only comes of this.
    fn brings(&self, finding: &Diagnostic, written: &str) -> bool {
        let meets = finding.span.start < self.span.end && self.span.start < finding.span.end;
        let follows = finding.span.start > self.span.start;
        match (self.code, finding.code) {
            (Code::UnreadComponent, Code::StrayClosingTag) => {
                follows && written.trim_start_matches("</").trim_end_matches(['>', ' ', '/']) == self.name
            }
            (Code::UnreadComponent, Code::UnclosedComponent) if self.is_closing => {
                let name = written.trim_start_matches('<').split(|c: char| !c.is_alphanumeric()).next();
                !follows && name.is_some_and(|name| name.eq_ignore_ascii_case(&self.name))
            }
            (Code::UnreadComponent, code) => meets && OF_TAGS.contains(&code),
            (Code::ForeignMark, Code::UnclosedAdmonition) => {
                meets || (self.name == ":::" && written.starts_with("::: "))
            }
            (Code::ForeignMark | Code::UnknownBox, Code::StrayClosingTag) => follows && written.trim() == ":::",
            (Code::ForeignMark, Code::UnreadLink | Code::BrokenLink | Code::MissingFile) => {
                meets || written.contains("{{") || written.contains("{%")
            }
            _ => false,
        }
    }
}
