//! Files that are not what somebody takes them for: texts that are no pages, copies, backups and locks of other
//! programs, and pictures of several megabytes. What a page refers to is left alone; what lies among the pages and
//! nothing refers to is not published.

use std::collections::HashSet;

use super::unused_file;
use crate::check::context::SiteContext;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{Asset, Root, SourcePath, Span};

/// Texts that other programs take for pages, and documents of word processors.
const TEXTS: [&str; 8] = ["markdown", "mdown", "mkd", "mkdn", "txt", "text", "rst", "adoc"];
const DOCUMENTS: [&str; 4] = ["doc", "docx", "odt", "rtf"];

/// Texts that browsers and hosts ask for.
const ASKED_FOR: [&str; 8] = [
    "robots.txt",
    "humans.txt",
    "security.txt",
    "ads.txt",
    "llms.txt",
    "llms-full.txt",
    "license.txt",
    "requirements.txt",
];

/// What the names of backups end with.
const BACKUPS: [&str; 7] = ["orig", "bak", "rej", "old", "tmp", "swo", "crdownload"];

/// What copies are called, in the words of several systems: behind the name, and before it.
const COPIES: [&str; 7] = [" copy", " - copy", " - kopie", " kopie", " - copie", " - copia", " - cópia"];
const COPIES_OF: [&str; 5] = ["copy of ", "kopie von ", "copie de ", "copia de ", "cópia de "];

/// So many bytes take a second where the network is good.
const LARGE: u64 = 3_000_000;
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "bmp", "tiff"];

pub(super) fn check(context: &SiteContext<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(others) = context.others else { return };
    let files: Vec<&Asset> = context.site.files.values().collect();
    let pages = context.site.pages.iter().chain(others.iter().flat_map(|other| &other.pages));
    let pages: Vec<&SourcePath> = pages.map(|published| &published.page.path).collect();
    let named = |path: &SourcePath| (path.root(), path.as_str().to_owned());
    let mut names = None;
    let mut is_there = |path: &SourcePath, name: &str| {
        let all = || pages.iter().copied().chain(files.iter().map(|asset| &asset.path)).map(named).collect();
        let names: &mut HashSet<(Root, String)> = names.get_or_insert_with(all);
        let folder = path.folder();
        let whole = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        names.contains(&(path.root(), whole))
    };
    for path in &pages {
        if let Some(original) = copied(path.file_name()).filter(|original| is_there(path, original)) {
            findings.push(copy(path, &original));
        }
    }
    let suspected: Vec<(&&Asset, Leftover)> =
        files.iter().filter_map(|asset| Some((asset, leftover(asset)?))).collect();
    let mut used = HashSet::new();
    if suspected.iter().any(|(_, kind)| !matches!(kind, Leftover::Large)) {
        used.extend(unused_file::used(context.site));
        others.iter().for_each(|other| used.extend(unused_file::used(other)));
    }
    let used: HashSet<&SourcePath> =
        context.site.files.iter().filter(|(route, _)| used.contains(*route)).map(|(_, asset)| &asset.path).collect();
    for (asset, kind) in suspected {
        let path = &asset.path;
        let is_used = used.contains(path);
        match kind {
            Leftover::Large => findings.push(large(asset)),
            _ if is_used => {}
            Leftover::Copy(original) if is_there(path, &original) => findings.push(copy(path, &original)),
            Leftover::Copy(_) => {}
            Leftover::Text | Leftover::Document => findings.push(no_page(path, matches!(kind, Leftover::Text))),
            Leftover::Backup => {
                let published = if path.root() == Root::Static { ", and is published" } else { "" };
                let message = format!("`{path}` was left behind by another program{published}");
                let finding = Diagnostic::new(Code::StrayFile, path, Span::default(), message);
                findings.push(finding.with_help("Remove it if nobody needs it."));
            }
        }
    }
}

/// What is the matter with a file by its name and length.
enum Leftover {
    Text,
    Document,
    Backup,
    Copy(String),
    Large,
}

fn leftover(asset: &Asset) -> Option<Leftover> {
    let name = asset.path.file_name();
    let small = name.to_lowercase();
    let (_, extension) = small.rsplit_once('.')?;
    if BACKUPS.contains(&extension) || small.starts_with("~$") || matches!(&*small, "thumbs.db" | "desktop.ini") {
        return Some(Leftover::Backup);
    }
    if let Some(original) = copied(name) {
        return Some(Leftover::Copy(original));
    }
    if PICTURES.contains(&extension) && asset.len > LARGE {
        return Some(Leftover::Large);
    }
    if asset.path.root() != Root::Content || ASKED_FOR.contains(&&*small) {
        return None;
    }
    if TEXTS.contains(&extension) {
        return Some(Leftover::Text);
    }
    DOCUMENTS.contains(&extension).then_some(Leftover::Document)
}

/// The name of the file that one is a copy of, as its own says: `page copy.md`, `page (1).md`, `Copy of page.md`.
fn copied(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    if !stem.contains(' ') {
        return None;
    }
    let small = stem.to_lowercase();
    for before in COPIES_OF {
        if small.starts_with(before) {
            return Some(format!("{}.{extension}", stem.get(before.len()..)?));
        }
    }
    let numbered = |text: &str| {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
        (digits.len() < text.len() && text.len() - digits.len() < 3).then_some(digits.len())
    };
    // `page (1).md`, and a further copy of a copy: `page copy 2.md`.
    if let Some(at) = small.strip_suffix(')').and_then(numbered).filter(|at| small[..*at].ends_with(" (")) {
        return Some(format!("{}.{extension}", stem.get(..at - 2)?));
    }
    let unnumbered =
        numbered(&small).filter(|at| small[..*at].ends_with(' ')).map_or(&*small, |at| small[..at].trim_end());
    let end = COPIES.iter().filter_map(|end| unnumbered.strip_suffix(end)).map(str::len).min()?;
    (end > 0).then(|| Some(format!("{}.{extension}", stem.get(..end)?)))?
}

fn copy(path: &SourcePath, original: &str) -> Diagnostic {
    let is_published = path.root() == Root::Static || path.file_name().ends_with(".md");
    let published = if is_published { ", and is published beside it" } else { "" };
    let message = format!("`{path}` looks like a copy of `{original}`{published}");
    Diagnostic::new(Code::StrayFile, path, Span::default(), message)
        .with_help("Remove it, or give it a name of its own if both are meant.")
}

fn no_page(path: &SourcePath, is_text: bool) -> Diagnostic {
    let name = path.file_name();
    let message = format!("`{path}` is not published: its name does not end in `.md`, and no page links to it");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // Windows hides the last ending, so that some have two.
    let stem = stem.strip_suffix(".md").unwrap_or(stem);
    let help = match is_text {
        true => format!("If it is to be a page, rename it to `{stem}.md`; if readers are to download it, link to it."),
        false => {
            "If it is to be a page, write its text into one; if readers are to download it, link to it.".to_owned()
        }
    };
    let mut finding = Diagnostic::new(Code::UnreadFile, path, Span::default(), message).with_help(help);
    if name.to_lowercase().ends_with(".txt") {
        // Whoever writes pages may keep notes there.
        finding.severity = Severity::Info;
    }
    finding
}

fn large(asset: &Asset) -> Diagnostic {
    let path = &asset.path;
    let tenths = asset.len / 100_000;
    let message = format!("the picture `{path}` has {}.{} megabytes", tenths / 10, tenths % 10);
    Diagnostic::new(Code::LargePicture, path, Span::default(), message).with_identity(path.as_str()).with_help(
        "Make it smaller: about 2,000 pixels of width are enough for a page.\n\
         Photographs take up least as JPEG or WebP.",
    )
}

#[cfg(test)]
mod tests {
    use super::copied;

    #[test]
    fn a_copy_is_called_after_its_original() {
        for name in [
            "page copy.md",
            "page copy 2.md",
            "page (1).md",
            "Copy of page.md",
            "page - Copy.md",
            "page - Kopie.md",
            "Kopie von page.md",
        ] {
            assert_eq!(copied(name).as_deref(), Some("page.md"), "{name}");
        }
        for name in ["copy.md", "page.md", "page-1.md", "Chapter 2.md", "Plan (2026).md", "photocopy.md", "(1).md"] {
            assert_eq!(copied(name), None, "{name}");
        }
    }
}
