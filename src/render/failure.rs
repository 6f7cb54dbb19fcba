//! A part of a page that can't be shown: what is told of it, and what stands in its place.

use super::template_error::{template_finding, template_place};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::html::push_text;
use crate::page::{Component, Page};
use crate::source::Span;
use crate::words::Words;

/// What is told of a component whose template fails on a page.
pub(super) fn of_component(page: &Page, component: &Component, error: &tera::Error) -> Diagnostic {
    let name = &component.name;
    let told = template_finding(error, None);
    let place = template_place(error).map(|place| format!(" at `{place}`")).unwrap_or_default();
    let message = format!("`<{name}>` can't be shown here: {}", in_one_line(&told.message));
    let help = format!("Its template fails{place}: give it what it can show, or mend the template.");
    Diagnostic::new(Code::ComponentFailure, &page.path, component.span, message).with_help(help)
}

/// What is told of the component with which a page comes to more than a page can be.
pub(super) fn of_growth(page: &Page, component: &Component, bytes: usize) -> Diagnostic {
    let (name, size) = (&component.name, bytes >> 20);
    let message = format!("with this `<{name}>` the page comes to {size} MB, more than a page can be");
    let help = "Take some of the page's lists and components away, or share them out among several pages.";
    Diagnostic::new(Code::ComponentFailure, &page.path, component.span, message).with_help(help)
}

/// What is told of a template that can't show something, at its own place.
pub(super) fn of_template(error: &tera::Error) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..template_finding(error, None) }
}

/// What is told of a template that can't show a page and shows others: it is the page's matter first.
pub fn on_page(of_template: &Diagnostic, page: &Page) -> Diagnostic {
    let message =
        format!("the template `{}` can't show this page: {}", of_template.path, in_one_line(&of_template.message));
    let help = "The built-in theme shows it instead. Mend what the page says, or the template.";
    let finding = Diagnostic::new(of_template.code, &page.path, Span::default(), message).with_help(help);
    Diagnostic { severity: of_template.severity, ..finding }
}

/// What stands where something was to be shown: text among text, and a box of its own elsewhere.
pub(super) fn mark(words: &Words) -> String {
    let mut html = String::from("<span class=\"not-shown\" role=\"note\">");
    push_text(&mut html, words.get("not_shown"));
    html.push_str("</span>");
    html
}

fn in_one_line(message: &str) -> &str {
    message.lines().next().unwrap_or_default()
}
