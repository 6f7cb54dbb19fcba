//! stub
use super::{Page, front_matter::Split};
use crate::source::Source;

pub fn read(source: &Source, split: Split) -> Page {
    Page {
        path: source.path.clone(),
        meta: split.meta,
        content_title: None,
        headings: vec![],
        links: vec![],
        code: vec![],
        components: vec![],
        body: vec![],
        raw_ids: vec![],
        first_prose: String::new(),
        findings: split.findings,
    }
}
