//! Components whose tags are written so that they are not read as they are meant: curly or missing quotation marks,
//! `=>` in place of `=`, small letters, a tag that never ends.

use super::tag_slips::{self, AskedTag, Slip, SlipKind};
use crate::check::context::{PageContext, SiteContext};
use crate::component::Declaration;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::html::elements;
use crate::html::tag::{self, Syntax};
use crate::page::is_html_element;
use crate::source::Span;

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let (text, body) = (page_context.text(), page_context.body());
    let mut read: Vec<usize> = page_context.page.components.iter().map(|component| component.span.start).collect();
    read.sort_unstable();
    for at in memchr::memchr_iter(b'<', &text.as_bytes()[body..]).map(|at| body + at) {
        let place = Place { page_context, at, is_read: read.binary_search(&at).is_ok() };
        if let Some(finding) = place.finding(context) {
            findings.push(finding);
        }
    }
}

/// Where a tag may begin.
struct Place<'c, 'p> {
    page_context: &'c PageContext<'p>,
    at: usize,
    /// Whether the page took it for a component.
    is_read: bool,
}

impl Place<'_, '_> {
    fn finding(&self, context: &SiteContext<'_>) -> Option<Diagnostic> {
        let rest = &self.page_context.text()[self.at + 1..];
        let rest = rest.strip_prefix([' ', '/']).unwrap_or(rest);
        let first = rest.bytes().next().filter(u8::is_ascii_alphabetic)?;
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b)).count();
        let name = &rest[..length];
        let is_opening = !self.page_context.text()[self.at + 1..].starts_with('/');
        let declared = first.is_ascii_uppercase().then(|| context.site.components.get(name)).flatten();
        match declared {
            Some(_) if !is_opening => None,
            Some(declared) => self.slipped(name, declared),
            None if self.is_read => None,
            None if rest[length..].starts_with('=') => self.without_space(context, name),
            None => self.in_other_letters(context, name),
        }
    }

    fn is_text(&self) -> bool {
        let slashes = self.page_context.text()[..self.at].bytes().rev().take_while(|b| *b == b'\\').count();
        slashes % 2 == 1 || self.page_context.prose().is_hidden(self.at)
    }

    /// The tag of a component in which something slipped.
    fn slipped(&self, name: &str, declared: &Declaration) -> Option<Diagnostic> {
        let names: Vec<&str> = declared.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let (text, at, is_read) = (self.page_context.text(), self.at, self.is_read);
        let asked = AskedTag { text, at, is_read, has_body: declared.body, names: &names };
        let slips = tag_slips::slips(&asked);
        let first = slips.first().filter(|_| !self.is_text())?;
        let (message, help) = words(name, first, text);
        let shown = if is_read { "" } else { ", so the tag is shown as text" };
        let message = format!("{message}{shown}");
        let finding = Diagnostic::new(Code::UnreadComponent, &self.page_context.page.path, first.span, message);
        let finding = finding.with_help(help);
        Some(match tag_slips::mended(&asked, &slips) {
            Some((edits, written)) if written.len() <= 80 && !written.contains('\n') => {
                finding.with_fix(Fix { title: format!("write `{written}`"), edits })
            }
            Some((edits, _)) => finding.with_fix(Fix { title: format!("mend the tag `<{name}>`"), edits }),
            None => finding,
        })
    }

    /// A component's name and its first attribute without a space between them.
    fn without_space(&self, context: &SiteContext<'_>, name: &str) -> Option<Diagnostic> {
        let meant = context.site.components.names().find(|known| {
            let attribute = name.strip_prefix(known).unwrap_or_default();
            let declared = context.site.components.get(known);
            declared.is_some_and(|declared| declared.parameters.iter().any(|known| known.name == attribute))
        })?;
        if self.is_text() {
            return None;
        }
        let start = self.at + 1 + meant.len();
        let message =
            format!("`{meant}` and `{}` lack a space between them, so the tag is shown as text", &name[meant.len()..]);
        let span = Span::new(self.at, self.at + 1 + name.len());
        let edits = vec![Edit { span: Span::new(start, start), replacement: " ".to_owned() }];
        let finding = Diagnostic::new(Code::UnreadComponent, &self.page_context.page.path, span, message);
        let help = format!("Write `<{meant} {}=\"…\">`.", &name[meant.len()..]);
        Some(finding.with_help(help).with_fix(Fix { title: "put a space between them".to_owned(), edits }))
    }

    /// A component's name in other letters than its template has it, or an element of HTML that begins with a capital.
    fn in_other_letters(&self, context: &SiteContext<'_>, name: &str) -> Option<Diagnostic> {
        let text = self.page_context.text();
        if text[self.at + 1..].starts_with(' ') {
            return None;
        }
        let (meant, message, help) = if is_html_element(name) {
            // Others may be types of a program, or components of another tool.
            let is_odd = matches!(name, "Br" | "Hr" | "Wbr");
            let small = name.to_ascii_lowercase();
            let help = format!("Write `<{small}>`: what begins with a capital letter is a component.");
            is_odd.then(|| (small, format!("`<{name}>` is not read as HTML, so it is shown as text"), help))?
        } else {
            let meant = context.site.components.names().find(|known| is_same(known, name))?;
            let why =
                if name.contains('-') { "its name has no hyphens" } else { "small and capital letters matter here" };
            let help = format!("Write `<{meant}>`: {why}.");
            (meant.to_owned(), format!("`<{name}>` is not read as the component `{meant}`"), help)
        };
        let tag = tag::read(text, self.at, Syntax::Jsx).ok().filter(|_| !self.is_text())?;
        if tag.closing {
            return closing(self.page_context, text, &tag, &meant);
        }
        if !is_html_element(name) && !is_certain(context, text, &tag, &meant) {
            return None;
        }
        let span = Span::new(tag.start, tag.end);
        let finding =
            Diagnostic::new(Code::UnreadComponent, &self.page_context.page.path, span, message).with_help(help);
        Some(match renamed_tag(text, &tag, &meant) {
            Some(edits) => finding.with_fix(Fix { title: format!("write `{meant}`"), edits }),
            None => finding,
        })
    }
}

/// A closing tag in other letters than the opening tag that waits for it.
fn closing(page_context: &PageContext<'_>, text: &str, tag: &tag::Tag, meant: &str) -> Option<Diagnostic> {
    let page = page_context.page;
    let waits = |finding: &&Diagnostic| {
        let written = text.get(finding.span.start..finding.span.end).unwrap_or_default();
        finding.code == Code::UnclosedComponent
            && finding.span.start < tag.start
            && written.strip_prefix('<').is_some_and(|rest| rest.starts_with(meant))
    };
    page.findings.iter().find(waits)?;
    let span = Span::new(tag.start, tag.end);
    let message = format!("`{}` does not close `<{meant}>`, since it is written otherwise", span.of(text));
    let help = format!("Write `</{meant}>`: small and capital letters matter here.");
    let finding = Diagnostic::new(Code::UnreadComponent, &page.path, span, message).with_help(help);
    Some(finding.with_fix(Fix::replace(span, format!("</{meant}>"))))
}

/// Whether a name is another but for capitals and hyphens.
fn is_same(known: &str, name: &str) -> bool {
    name.len() >= known.len()
        && name.len() <= known.len() + 4
        && name
            .bytes()
            .filter(|b| *b != b'-')
            .map(|b| b.to_ascii_lowercase())
            .eq(known.bytes().map(|b| b.to_ascii_lowercase()))
}

/// Whether a tag in other letters can only mean the component: a word of its own in angles may stand for anything.
fn is_certain(context: &SiteContext<'_>, text: &str, tag: &tag::Tag, meant: &str) -> bool {
    let Some(declared) = context.site.components.get(meant) else { return false };
    let is_known = |name: &str| declared.parameters.iter().any(|parameter| parameter.name == name);
    let has_known = tag.attributes.iter().any(|attribute| is_known(&text[attribute.name.clone()]));
    let words = meant.bytes().filter(u8::is_ascii_uppercase).count();
    let after = &text[tag.end..];
    let closes = || memchr::memmem::find(after.as_bytes(), format!("</{}>", &text[tag.name.clone()]).as_bytes());
    !tag.closing && (has_known || (words > 1 && (tag.self_closing || closes().is_some())))
}

/// The edits that give a tag another name, and what closes it, where that can be told.
pub(super) fn renamed_tag(text: &str, tag: &tag::Tag, meant: &str) -> Option<Vec<Edit>> {
    let name = &text[tag.name.clone()];
    let named = |range: std::ops::Range<usize>| Edit { span: range.into(), replacement: meant.to_owned() };
    let mut edits = vec![named(tag.name.clone())];
    if tag.self_closing || elements::is_void(meant) {
        return Some(edits);
    }
    let after = &text[tag.end..];
    let close = after.find(&format!("</{name}>"))?;
    let is_nested = after[..close].contains(&format!("<{name}"));
    let start = tag.end + close + 2;
    edits.push(named(start..start + name.len()));
    (!is_nested).then_some(edits)
}

/// What is said of a slip, and what to do about it.
fn words(component: &str, slip: &Slip, text: &str) -> (String, String) {
    let Slip { kind, span, name, value, .. } = slip;
    let straight = if value.contains('"') { format!("`{name}='{value}'`") } else { format!("`{name}=\"{value}\"`") };
    match kind {
        SlipKind::CurlyQuotes => (
            format!("the value of `{name}` stands in quotation marks that a program does not read"),
            format!("Write straight ones: {straight}."),
        ),
        SlipKind::NoQuotes => (
            format!("`{name}` holds several words without quotation marks around them"),
            format!("Write {straight}: without them, only the first word is read."),
        ),
        SlipKind::NoOpeningQuote => {
            (format!("the value of `{name}` lacks its opening quotation mark"), format!("Write {straight}."))
        }
        SlipKind::NoClosingQuote => {
            (format!("the value of `{name}` lacks its closing quotation mark"), format!("Write {straight}."))
        }
        SlipKind::OtherQuote => (
            format!("the value of `{name}` ends with another quotation mark than it begins with"),
            format!("Write the same on both sides: {straight}."),
        ),
        SlipKind::InnerQuotes => (
            format!("the value of `{name}` holds the quotation marks that stand around it"),
            match value.contains('"') {
                true => format!("Write others around it: `{name}='{value}'`."),
                false => format!("Write others around it: `{name}=\"{value}\"`."),
            },
        ),
        SlipKind::DoubledQuotes => {
            (format!("the quotation marks around the value of `{name}` stand twice"), format!("Write {straight}."))
        }
        SlipKind::NoEquals => {
            (format!("`=` is missing between `{name}` and its value"), format!("Write `{name}=\"…\"`."))
        }
        SlipKind::SplitEnd => {
            (format!("`{}` does not end the tag `<{component}>`", span.of(text)), "Write `/>`.".to_owned())
        }
        SlipKind::Separator => (
            format!("`{value}` stands between `{name}` and its value in place of `=`"),
            format!("Write `{name}=\"…\"`."),
        ),
        SlipKind::Comma => (
            format!("`{}` stands between the attributes of `{component}`", span.of(text)),
            "Take it away: attributes have only a space between them.".to_owned(),
        ),
        SlipKind::OddSpace => (
            format!("the tag `<{component}>` holds a no-break space, which looks like a space and is none"),
            "Write a plain space.".to_owned(),
        ),
        SlipKind::Backslash => (
            format!("`\\>` does not end the tag `<{component}>`"),
            "Write `/>`, with the slash that leans to the right.".to_owned(),
        ),
        SlipKind::NoEnd => (
            format!("the tag `<{component}` is never ended"),
            format!("Write `/>` where it ends, as in `<{component} … />`."),
        ),
        SlipKind::SpaceBeforeName => {
            (format!("a space stands before the name in `< {component}`"), format!("Write `<{component}`."))
        }
    }
}
