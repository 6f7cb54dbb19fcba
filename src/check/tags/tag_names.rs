//! Labels that are probably one tag, told where the rarer one is first carried.

use super::alike::Pair;
use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, counted};
use crate::site::Edition;
use crate::source::{SourcePath, Span};

pub(in crate::check) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let site = context.site;
    for &Pair { code, rare, common } in context.alike() {
        if plain(rare) == plain(common) {
            let odd = if plain(rare) == rare { common } else { rare };
            odd_spaces(site, odd, findings);
            continue;
        }
        let Some((path, span)) = first_use(site, rare) else { continue };
        let (few, many) = (site.carrying(rare).len(), site.carrying(common).len());
        let (few, many) = (counted(few, "page"), counted(many, "page"));
        let message = match code {
            Code::TagCollision => {
                format!("`{rare}` ({few}) and `{common}` ({many}) are two tags, but share one tag page")
            }
            Code::SimilarTags => format!("`{rare}` ({few}) and `{common}` ({many}) are probably one tag"),
            _ => format!("`{rare}` is on this page alone, one letter away from `{common}` on {many}"),
        };
        let help = format!("If they are one: `bokworm tags rename \"{rare}\" \"{common}\"`.");
        let finding = Diagnostic::new(code, path, span, message);
        findings.push(finding.with_identity(format!("`{rare}` and `{common}`")).with_help(help));
    }
}

/// Spaces that look like one and are none to a program.
const ODD_SPACES: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2007}'];

/// A label with plain spaces.
fn plain(label: &str) -> String {
    label.replace(ODD_SPACES, " ")
}

/// Tells each page whose tag holds a space that makes another tag of it.
fn odd_spaces(site: &Edition, label: &str, findings: &mut Vec<Diagnostic>) {
    for &id in site.carrying(label) {
        let page = &site.pages[id].page;
        let Some(tag) = page.meta.tags.iter().find(|tag| tag.label == label) else { continue };
        let message = format!("a no-break space stands in the tag `{label}`, which makes another tag of it");
        let finding = Diagnostic::new(Code::InvisibleCharacter, &page.path, tag.span, message)
            .with_help("It looks like a space and is none to a program: write a plain one.");
        let written = tag.span.of(&page.text);
        let edits: Vec<Edit> = written
            .match_indices(ODD_SPACES)
            .map(|(at, space)| Edit {
                span: Span::new(at, at + space.len()).shifted(tag.span.start),
                replacement: " ".into(),
            })
            .collect();
        let fix = Fix { title: "write a plain space".into(), edits };
        findings.push(if fix.edits.is_empty() { finding } else { finding.with_fix(fix) });
    }
}

/// The first page that carries a label, and where.
pub(in crate::check) fn first_use<'a>(site: &'a Edition, label: &str) -> Option<(&'a SourcePath, Span)> {
    let pages = site.carrying(label).iter().map(|&id| &site.pages[id].page);
    let page = pages.min_by(|a, b| a.path.cmp(&b.path))?;
    let named =
        |written: &str| written == label || site.vocabulary.get(written).is_some_and(|word| word.label == label);
    let tag = page.meta.tags.iter().find(|tag| named(&tag.label))?;
    Some((&page.path, tag.span))
}
