//! Components and their attributes against what their templates declare.

use super::unread_component::renamed_tag;
use crate::check::context::{PageContext, SiteContext};
use crate::component::{Declaration, Parameter, ParameterKind};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::html::tag::{self, Syntax};
use crate::nearest::nearest;
use crate::page::{Attribute, Component, is_html_element};
use crate::source::{SourcePath, Span};

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let path = &page_context.page.path;
    for component in &page_context.page.components {
        match context.site.components.get(&component.name) {
            Some(declared) => {
                attributes(path, component, declared, findings);
                unknown_attributes(path, page_context.text(), component, declared, findings);
            }
            None => findings.push(unknown(context, page_context.text(), path, component)),
        }
    }
}

fn unknown(context: &SiteContext<'_>, text: &str, path: &SourcePath, component: &Component) -> Diagnostic {
    if is_html_element(&component.name) {
        return capital(text, path, component);
    }
    let message = format!("there is no component `{}`", component.name);
    let help = match nearest(&component.name, context.site.components.names()) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => format!(
            "Add `templates/components/{}.html`, or write the name in backticks if it is not a component.",
            component.name
        ),
    };
    let finding = Diagnostic::new(Code::UnknownComponent, path, component.span, message).with_help(help);
    let meant = context.site.components.names().find(|known| known.eq_ignore_ascii_case(&component.name));
    let tag = tag::read(text, component.span.start, Syntax::Jsx).ok();
    match meant.zip(tag).and_then(|(meant, tag)| Some((meant, renamed_tag(text, &tag, meant)?))) {
        Some((meant, edits)) => finding.with_fix(Fix { title: format!("write `{meant}`"), edits }),
        None => finding,
    }
}

/// Elements of HTML that are no components of other tools, as `<Video>`, `<Button>` and `<Table>` are.
const ONLY_HTML: [&str; 18] = [
    "b",
    "blockquote",
    "br",
    "center",
    "div",
    "em",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "ul",
];

/// An element of HTML that begins with a capital letter, as only components do.
fn capital(text: &str, path: &SourcePath, component: &Component) -> Diagnostic {
    let (name, small) = (&component.name, component.name.to_ascii_lowercase());
    let message = format!("`<{name}>` is taken for a component, since it begins with a capital letter");
    let finding = Diagnostic::new(Code::UnknownComponent, path, component.span, message);
    if !ONLY_HTML.contains(&small.as_str()) {
        let help =
            format!("If HTML is meant, write `<{small}>`; a component needs `templates/components/{name}.html`.");
        return finding.with_help(help);
    }
    let finding = finding.with_help(format!("If HTML is meant, write `<{small}>`."));
    let tag = tag::read(text, component.span.start, Syntax::Jsx).ok();
    match tag.and_then(|tag| renamed_tag(text, &tag, &small)) {
        Some(edits) => finding.with_fix(Fix { title: format!("write `{small}`"), edits }),
        None => finding,
    }
}

/// Attributes that are missing or hold a value of another kind.
fn attributes(path: &SourcePath, component: &Component, declared: &Declaration, findings: &mut Vec<Diagnostic>) {
    for parameter in &declared.parameters {
        let name = &parameter.name;
        let Some(attribute) = component.attribute(name) else {
            if parameter.required {
                let message = format!("`{}` lacks its attribute `{name}`", component.name);
                let finding = Diagnostic::new(Code::MissingAttribute, path, component.span, message);
                findings.push(finding.with_help(format!("Write `<{} {name}=\"…\">`.", component.name)));
            }
            continue;
        };
        findings.extend(unknown_choice(path, component, parameter, attribute));
        let Some(kind) = parameter.kind.filter(|kind| !kind.admits(&attribute.value)) else { continue };
        let message = format!("`{name}` of `{}` must be {}", component.name, kind.describe());
        let finding = Diagnostic::new(Code::InvalidAttribute, path, attribute.span, message);
        findings.push(finding.with_help(match kind {
            ParameterKind::Text => format!("Write it in quotes: `{name}=\"…\"`."),
            ParameterKind::Integer => format!("Write digits alone: `{name}={{3}}`."),
            _ => format!("Write it in braces: `{name}={{…}}`."),
        }));
    }
}

/// A value that is none of those that mean something.
fn unknown_choice(
    path: &SourcePath,
    component: &Component,
    parameter: &Parameter,
    attribute: &Attribute,
) -> Option<Diagnostic> {
    let (choices, written) = (&parameter.choices, attribute.value.as_str()?);
    if choices.is_empty() || written.is_empty() || choices.iter().any(|choice| choice == written) {
        return None;
    }
    let message = format!("`{}` of `{}` can't be `{written}`", parameter.name, component.name);
    let help = match nearest(written, choices.iter().map(String::as_str)) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => format!("It can be `{}`.", choices.join("`, `")),
    };
    Some(Diagnostic::new(Code::InvalidAttribute, path, attribute.span, message).with_help(help))
}

fn unknown_attributes(
    path: &SourcePath,
    text: &str,
    component: &Component,
    declared: &Declaration,
    findings: &mut Vec<Diagnostic>,
) {
    if declared.open {
        return;
    }
    let known = |name: &str| declared.parameters.iter().any(|parameter| parameter.name == name);
    for attribute in component.attributes.iter().filter(|attribute| !known(&attribute.name)) {
        let message = format!("`{}` does not know the attribute `{}`", component.name, attribute.name);
        let finding = Diagnostic::new(Code::UnknownAttribute, path, attribute.span, message);
        let names: Vec<&str> = declared.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let free = names.iter().copied().filter(|name| component.attribute(name).is_none());
        findings.push(match nearest(&attribute.name, free) {
            Some(meant) => {
                let finding = finding.with_help(format!("Did you mean `{meant}`?"));
                match renamed(text, attribute, meant) {
                    Some(fix) => finding.with_fix(fix),
                    None => finding,
                }
            }
            None if names.is_empty() => finding.with_help("It takes no attributes."),
            None => finding.with_help(format!("It knows `{}`.", names.join("`, `"))),
        });
    }
}

/// The attribute under its right name, where it differs only in capitals or hyphens.
fn renamed(text: &str, attribute: &Attribute, meant: &str) -> Option<Fix> {
    let plain =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let end = attribute.span.start + attribute.name.len();
    let written = text.get(attribute.span.start..end)?;
    let span = Span::new(attribute.span.start, end);
    (written == attribute.name && plain(meant) == plain(&attribute.name))
        .then(|| Fix { title: format!("write `{meant}`"), edits: vec![Edit { span, replacement: meant.to_owned() }] })
}
