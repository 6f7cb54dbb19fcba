//! Tags against the vocabulary where there is one, and tags that bring nothing together.

use std::collections::HashSet;

use super::{alike, tag_names};
use crate::check::context::SiteContext;
use crate::check::lists::list::List;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::nearest::nearest;
use crate::source::{Source, SourcePath, Span};

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    if context.site.vocabulary.words().is_empty() {
        idle(context, findings);
    } else {
        undeclared(context, findings);
        unused(context, findings);
    }
    definitions(context, findings);
}

/// Pages that say that they are about a tag, of which nothing comes.
fn definitions(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let site = context.site;
    for (id, published) in site.pages.iter().enumerate().filter(|(_, published)| published.borrowed.is_none()) {
        let page = &published.page;
        for (at, label) in page.meta.defines.iter().enumerate() {
            let (message, help) = match site.tag(label).map(|tag| tag.defining) {
                None => {
                    let meant = nearest(label, site.labels().iter().map(String::as_str));
                    let help = match meant {
                        Some(meant) => format!("Did you mean `{meant}`?"),
                        None => "Tag pages with it, or remove it here.".into(),
                    };
                    (format!("no page carries the tag `{label}`, which this page is about"), help)
                }
                Some(Some(other)) if other != id => {
                    let other = &site.pages[other].page.path;
                    let message = format!("the tag `{label}` is what `{other}` is about, too");
                    (message, "One page leads the page of a tag: remove it from the other.".into())
                }
                Some(None) => {
                    let message = format!("this page is unlisted, so it does not lead the page of the tag `{label}`");
                    (message, "Take `unlisted` away, or have another page be about the tag.".into())
                }
                Some(Some(_)) => continue,
            };
            let span = page.meta.spans.get(&format!("defines[{at}]")).or_else(|| page.meta.spans.get("defines"));
            let span = span.copied().unwrap_or_default();
            findings.push(Diagnostic::new(Code::UnusedDefinition, &page.path, span, message).with_help(help));
        }
    }
}

/// Labels on pages that the vocabulary doesn't have.
fn undeclared(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let vocabulary = &context.site.vocabulary;
    let words: Vec<&str> = vocabulary.words().iter().map(|word| word.label.as_str()).collect();
    for published in &context.site.pages {
        let page = &published.page;
        for tag in page.meta.tags.iter().filter(|tag| vocabulary.get(&tag.label).is_none()) {
            let message = format!("the tag `{}` is not in the vocabulary", tag.label);
            let finding = Diagnostic::new(Code::UndeclaredTag, &page.path, tag.span, message);
            let same = words.iter().copied().find(|word| alike::words(word) == alike::words(&tag.label));
            let meant = same.or_else(|| nearest(&tag.label, words.iter().copied()));
            let finding = finding.with_help(match meant {
                Some(meant) => format!("Did you mean `{meant}`? Otherwise add it to `tags.yml`."),
                None => "Use a tag of `tags.yml`, or add it there.".into(),
            });
            let raw = page.text.get(tag.span.start..tag.span.end);
            findings.push(match meant.filter(|meant| meant.to_lowercase() == tag.label.to_lowercase()) {
                Some(meant) if raw == Some(&tag.label) => finding.with_fix(Fix::replace(tag.span, meant)),
                _ => finding,
            });
        }
    }
}

/// The file of the vocabulary.
fn file<'a>(context: &SiteContext<'a>) -> Option<&'a Source> {
    let file = |name: &str| {
        let path = SourcePath::content(name);
        context.sources.iter().find(|source| source.path == path)
    };
    file("tags.yml").or_else(|| file("tags.yaml"))
}

/// Labels of the vocabulary that no page carries and no list asks for.
fn unused(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(source) = file(context) else { return };
    let Some(others) = context.others else { return };
    for word in context.site.vocabulary.words() {
        let carried_elsewhere = || others.iter().any(|other| other.tag_of_key(&word.key).is_some());
        if !context.site.carrying(&word.label).is_empty() || carried_elsewhere() {
            continue;
        }
        let start = source.text.find(word.label.as_str());
        let span = start.map_or(Span::default(), |start| Span::new(start, start + word.label.len()));
        let message = format!("no page carries the tag `{}`", word.label);
        let finding = Diagnostic::new(Code::UnusedTag, &source.path, span, message);
        findings.push(finding.with_help("Nothing need be done, if pages are to come."));
    }
}

/// Labels on one page only that no list asks for.
fn idle(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    if context.lists.is_empty() {
        return;
    }
    let asked: HashSet<String> = context.lists.iter().flat_map(List::labels).collect();
    let suspected: HashSet<&str> = context.alike().iter().flat_map(|pair| [pair.rare, pair.common]).collect();
    for label in context.site.labels() {
        let alone = context.site.carrying(label).len() == 1;
        if !alone || asked.contains(label.as_str()) || suspected.contains(label.as_str()) {
            continue;
        }
        let Some((path, span)) = tag_names::first_use(context.site, label) else { continue };
        let message = format!("the tag `{label}` is on this page alone, and no list asks for it");
        let help = "Nothing need be done, if more pages are to carry it.";
        findings.push(Diagnostic::new(Code::IdleTag, path, span, message).with_help(help));
    }
}
