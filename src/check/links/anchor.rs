//! Links to a heading: one that isn't there, one in another case, and one that
//! means something else as soon as a heading of the same name is added.

use super::reference::Reference;
use crate::check::context::{PageContext, SiteContext};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::site::{Edition, PageId, Place, Problem};

pub(super) fn check(context: &SiteContext<'_>, page_context: &PageContext<'_>, findings: &mut Vec<Diagnostic>) {
    let PageContext { id, page, .. } = *page_context;
    for (link, resolution) in page.links.iter().zip(context.site.links(id)) {
        let target = page_of(&resolution.place, Some(id));
        let Some(target) = target.filter(|_| resolution.problem.is_none()) else { continue };
        let Some(text) = numbered(context.site, target, &resolution.fragment) else { continue };
        let fragment = &resolution.fragment;
        let message = format!("`#{fragment}` counts on which of the headings `{text}` comes first");
        let help = format!("Give the heading that is meant an id of its own, as in `## {text} {{#a-name}}`.");
        let finding = Diagnostic::new(Code::DuplicateHeading, &page.path, link.span.place, message);
        findings.push(finding.with_help(help).with_target(resolution.address.clone()));
    }
}

/// The text of a heading whose id has a number because another has the same text.
fn numbered<'a>(site: &'a Edition, id: PageId, fragment: &str) -> Option<&'a str> {
    let (base, number) = fragment.rsplit_once('-')?;
    number.parse::<u32>().ok()?;
    let headings = &site.pages[id].page.headings;
    let heading = headings.iter().find(|heading| heading.id == fragment)?;
    let first = headings.iter().find(|heading| heading.id == base)?;
    (first.text == heading.text).then_some(heading.text.as_str())
}

/// What is wrong with the heading that a reference names.
pub(super) fn judge(site: &Edition, reference: &Reference<'_>) -> Option<Diagnostic> {
    let resolution = reference.resolution;
    match resolution.problem.as_ref()? {
        Problem::HeadingCase(real) => {
            let written = fragment(&resolution.address);
            let message = format!("`#{written}` has other capitals than the heading's id, `#{real}`");
            let help = "Browsers tell capitals from small letters here, so the link stops at the top of the page.";
            let finding = finding(Code::AnchorCase, reference, message).with_help(help);
            Some(match reanchored(reference, real) {
                Some(fix) => finding.with_fix(fix),
                None => finding,
            })
        }
        Problem::NoHeading(nearest) => Some(missing(site, reference, nearest.as_deref())),
        _ => None,
    }
}

/// The missing heading of a reference whose page is already known to be in another case.
pub(super) fn judge_missing(site: &Edition, reference: &Reference<'_>) -> Option<Diagnostic> {
    let wanted = &reference.resolution.fragment;
    let id = page_of(&reference.resolution.place, reference.from)?;
    let anchors = site.anchors(id);
    if wanted.is_empty() || wanted == "top" || anchors.contains(wanted) {
        return None;
    }
    let nearest = crate::site::link::nearest(&wanted.to_lowercase(), anchors);
    Some(missing(site, reference, nearest.as_deref()))
}

fn missing(site: &Edition, reference: &Reference<'_>, nearest: Option<&str>) -> Diagnostic {
    let wanted = &reference.resolution.fragment;
    let id = page_of(&reference.resolution.place, reference.from);
    let here = id.is_some() && id == reference.from;
    let page = id.map_or("", |id| site.pages[id].route.as_str());
    let message = if here {
        format!("this page has no heading `#{wanted}`")
    } else {
        format!("the page `{page}` has no heading `#{wanted}`")
    };
    let anchors: &[String] = id.map_or(&[], |id| site.anchors(id));
    let same: Vec<&String> = anchors.iter().filter(|anchor| letters(anchor) == letters(wanted)).collect();
    let meant = match same.as_slice() {
        [only] => Some(only.as_str()),
        _ => nearest,
    };
    let help = match meant {
        Some(meant) => format!("Did you mean `#{meant}`?"),
        None if anchors.is_empty() => "The page has no headings: leave out what follows `#`.".into(),
        None => format!("Its headings are {}.", listed(anchors)),
    };
    let finding = finding(Code::BrokenAnchor, reference, message).with_help(help);
    match same.as_slice() {
        [only] => match reanchored(reference, only) {
            Some(fix) => finding.with_fix(fix),
            None => finding,
        },
        _ => finding,
    }
}

fn finding(code: Code, reference: &Reference<'_>, message: String) -> Diagnostic {
    let finding = Diagnostic::new(code, reference.path, reference.span, message);
    finding.with_target(reference.resolution.address.clone())
}

/// The target with another heading. Not where the page's own case is wrong: then that fix says all.
fn reanchored(reference: &Reference<'_>, anchor: &str) -> Option<Fix> {
    if matches!(reference.resolution.problem, Some(Problem::Case(_))) {
        return None;
    }
    let (page, _) = reference.raw?.split_once('#')?;
    Some(Fix::replace(reference.span, format!("{page}#{anchor}")))
}

fn page_of(place: &Place, from: Option<PageId>) -> Option<PageId> {
    match place {
        Place::Page(id) => Some(*id),
        Place::Here => from,
        _ => None,
    }
}

fn fragment(address: &str) -> &str {
    address.split_once('#').map_or("", |(_, fragment)| fragment)
}

/// What is left of a heading or an id when only its letters and digits count.
pub(in crate::check) fn letters(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn listed(anchors: &[String]) -> String {
    const MOST: usize = 6;
    let shown: Vec<String> = anchors.iter().take(MOST).map(|anchor| format!("`#{anchor}`")).collect();
    let rest = anchors.len().saturating_sub(MOST);
    if rest > 0 { format!("{} and {rest} more", shown.join(", ")) } else { shown.join(", ") }
}
