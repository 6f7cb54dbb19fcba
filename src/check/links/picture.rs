//! Pictures that say nothing to those who don't see them. An empty `alt=""` in raw
//! HTML says that a picture is only decoration.

use crate::check::context::TextContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::html::tag::{self, Syntax};
use crate::page::LinkKind;

pub(super) fn check(context: &TextContext<'_>, findings: &mut Vec<Diagnostic>) {
    let TextContext { page, prose, .. } = context;
    for link in page.links.iter().filter(|link| link.kind == LinkKind::Image) {
        if !link.text.trim().is_empty() || link.target.trim().is_empty() {
            continue;
        }
        let written = link.span.whole.of(prose.text);
        let tag = tag::read(written, 0, Syntax::Jsx).ok().filter(|_| written.starts_with("<img"));
        if tag.as_ref().is_some_and(|tag| tag.get(written, "alt").is_some()) {
            continue;
        }
        let message = format!("the picture `{}` has no text for those who do not see it", link.target);
        let help = match tag {
            Some(_) => "Say what it shows: `alt=\"…\"`; or write `alt=\"\"` if it is only decoration.",
            None => "Say between the brackets what it shows: `![What it shows](picture.png)`.",
        };
        findings.push(Diagnostic::new(Code::MissingAlt, &page.path, link.span.place, message).with_help(help));
    }
}
