//! A difference as a folder of pages: what it tells, and of each page that is another its article with what changed marked.
//! Nothing in it runs; who wrote what stands there has no say in what it may do. It speaks the language of the site, and of
//! the command line where it tells what that tells; the articles keep theirs.

mod address;
mod document;
mod frame;
mod front_matter;
mod given;
mod index;
mod page;
mod picture;
mod side;
mod subjects;

use crate::html::tree::TreeNode;
use crate::output::Output;
use crate::render::theme;

pub use given::{ReportedDifference, ReportedSite};

use address::Addresses;
use document::ReportPage;
use frame::ReportFrame;
use side::ReportSide;

/// The style sheet of what only a report shows.
const STYLE: &str = "diff/diff.css";

/// The files of a report.
pub fn report(parts: &ReportedDifference<'_>) -> Vec<Output> {
    let subjects = subjects::of(parts);
    let mut before =
        ReportSide::of(parts.before, subjects.iter().filter_map(|one| Some((one.old.as_ref()?, one.file.as_str()))));
    let mut after =
        ReportSide::of(parts.after, subjects.iter().filter_map(|one| Some((one.new.as_ref()?, one.file.as_str()))));
    let marked: Vec<page::MarkedPage> =
        subjects.iter().map(|subject| page::MarkedPage::of(subject, &mut before, &mut after)).collect();
    let styles = styles(parts.after);
    let sheets: Vec<&str> = styles.iter().map(|style| style.path.as_str()).collect();
    let frame = ReportFrame::of(parts.after.library);
    let site = parts.after.library.original().config.site.title.as_str();
    let addresses =
        Addresses::of(subjects.iter().zip(&marked).map(|(one, page)| (one.file.as_str(), &page.nodes)), parts.preview);
    let mut files = Vec::new();
    let mut put = |file: &str, title: &str, nodes: Vec<TreeNode>| {
        let document = ReportPage { file, title, site, frame, styles: &sheets };
        files.push(Output::made(file, document.written(nodes)));
    };
    put("index.html", frame.word("diff_title"), index::nodes(parts, frame, &subjects));
    for (subject, page) in subjects.iter().zip(marked) {
        put(&subject.file, &subject.title, page::nodes(parts, subject, page, &addresses));
    }
    files.extend(styles);
    files.extend(typefaces(parts.after));
    let mut pictures = before.pictures;
    pictures.extend(after.pictures);
    files.extend(pictures.into_iter().map(|(path, bytes)| Output::made(path, bytes)));
    files
}

/// The typefaces that the theme's style sheets load.
fn typefaces(site: ReportedSite<'_>) -> impl Iterator<Item = Output> {
    let assets = site.renderer.editions()[0].theme.assets.iter();
    let typefaces = assets.filter(|(name, _)| name.ends_with(".woff2"));
    typefaces.map(|(_, asset)| Output::made(asset.path.clone(), asset.bytes.to_vec()))
}

/// The style sheets of the site, and that of the report.
fn styles(site: ReportedSite<'_>) -> Vec<Output> {
    let renderer = &site.renderer.editions()[0];
    let own = ["theme.css", "code.css", "parts.css", "drawn.css", "assess.css"]
        .iter()
        .filter_map(|name| renderer.theme.assets.get(*name));
    let mut styles: Vec<Output> = own.map(|asset| Output::made(asset.path.clone(), asset.bytes.to_vec())).collect();
    styles.extend(crate::render::custom_style(renderer.site).map(|(path, style)| Output::made(path, style)));
    for written in &renderer.site.config.theme.stylesheets {
        let file = renderer.site.file(&format!("/{}", written.trim_start_matches('/')));
        if let Some(bytes) = file.and_then(|file| (site.bytes)(file)) {
            styles.push(Output::made(theme::fingerprinted("site.css", &bytes), bytes));
        }
    }
    let bytes = theme::built_in(STYLE).unwrap_or_default();
    styles.push(Output::made(theme::fingerprinted("diff.css", &bytes), bytes.to_vec()));
    styles
}
