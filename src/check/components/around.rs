//! What components ask for around their page (tags of a kind, so many related pages) and the site can't show.

use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::{Grouping, Name};
use crate::site::find;
use crate::site::query::limit;
use crate::source::Span;

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let page = page_context.page;
    for used in &page.components {
        let Some(declared) = context.site.components.get(&used.name) else { continue };
        let asks_for = |name: &str| declared.implicits.iter().any(|implicit| implicit == name);
        let mut tell = |code: Code, span: Span, fault: crate::query::QueryFault| {
            findings.push(Diagnostic::new(code, &page.path, span, fault.message).with_help(fault.help));
        };
        let kind = used.attribute("kind").filter(|_| asks_for("tags"));
        if let Some((attribute, kind)) =
            kind.and_then(|kind| Some((kind, kind.value.as_str()?.trim()))).filter(|(_, kind)| !kind.is_empty())
        {
            let kind = Grouping::Kind(Name { text: kind.to_owned(), span: Span::new(0, kind.len()) });
            find::doubts_of_grouping(context.site, &kind)
                .into_iter()
                .for_each(|fault| tell(Code::DoubtfulQuery, attribute.span, fault));
        }
        let term = used.query.limit.as_ref().filter(|_| asks_for("related"));
        if let Some((term, fault)) = term.and_then(|term| Some((term, limit(term).err()?))) {
            tell(Code::UnreadableQuery, term.span, fault);
        }
    }
}
