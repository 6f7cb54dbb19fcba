//! A page as bytes and back, so that a page that was read once need not be read again. What the file
//! itself says (its path, its text and the digest of that) is left out. Each field of each type is named here: one more of
//! them can't be forgotten, the compiler asks. Bytes that were changed come back as nothing, or as
//! another page: whoever keeps them has to know that they are the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Number, Value};

use super::dialect::Known;
use super::facts::{
    Attribute, CodeBlock, Component, Formula, Heading, HtmlAttribute, Link, LinkKind, LinkSpan, PageBody, Piece,
};
use super::file::Page;
use super::front_matter::{FrontMatter, Neighbour, Tag};
use super::query::{Query, QueryPart};
use crate::source::{Source, Span};
use crate::store::bytes::{Packed, pack_entries, packed_fields, tagged, unpack_entries};

/// Appends a page to some bytes.
pub fn pack(page: &Page, out: &mut Vec<u8>) {
    let Page { path: _, text: _, dialect: _, head_findings: _, meta, body_start, read: _ } = page;
    let PageBody {
        digest: _,
        content_title,
        headings,
        links,
        code,
        components,
        formulas,
        body,
        raw_ids,
        code_spans,
        comments,
        first_prose,
        findings: _,
    } = &**page;
    meta.pack(out);
    body_start.pack(out);
    content_title.pack(out);
    headings.pack(out);
    links.pack(out);
    code.pack(out);
    components.pack(out);
    formulas.pack(out);
    body.pack(out);
    raw_ids.pack(out);
    code_spans.pack(out);
    comments.pack(out);
    first_prose.pack(out);
}

/// Takes the page of a file from the front of some bytes. It comes without findings: only a page that has
/// none may be packed.
pub fn unpack(from: &mut &[u8], source: &Source, known: Known) -> Option<Page> {
    let meta = Packed::unpack(from)?;
    let body_start = Packed::unpack(from)?;
    let body = PageBody {
        digest: known.digest,
        content_title: Packed::unpack(from)?,
        headings: Packed::unpack(from)?,
        links: Packed::unpack(from)?,
        code: Packed::unpack(from)?,
        components: Packed::unpack(from)?,
        formulas: Packed::unpack(from)?,
        body: Packed::unpack(from)?,
        raw_ids: Packed::unpack(from)?,
        code_spans: Packed::unpack(from)?,
        comments: Packed::unpack(from)?,
        first_prose: Packed::unpack(from)?,
        findings: Vec::new(),
    };
    Some(Page {
        path: source.path.clone(),
        text: Arc::clone(&source.text),
        meta,
        body_start,
        dialect: known.dialect,
        head_findings: Vec::new(),
        read: body.into(),
    })
}

packed_fields! {
    FrontMatter {
        title, description, id, slug, sidebar_label, sidebar_position, sidebar_class_name, tags, defines, list_image, image,
        keywords, draft, unlisted, hide_title, hide_table_of_contents, toc_min_heading_level, toc_max_heading_level,
        pagination_prev, pagination_next, pagination_label, custom_edit_url, status, aliases, authors, last_update,
        template, translation_key, translated_from, data, spans,
    }
    Tag { label, span }
    Heading { level, id, text, classes, span }
    Link { kind, target, text, attributes, span }
    LinkSpan { whole, place, is_exact }
    HtmlAttribute { name, value }
    CodeBlock { language, title, marked, inserted, deleted, first_line, text, span }
    Formula { tex, alone, span }
    Component { name, attributes, query, span, inline }
    Query { tag, filter, query, sort, limit, group }
    QueryPart { text, span }
    Attribute { name, value, link, span }
}

impl Packed for Span {
    fn pack(&self, out: &mut Vec<u8>) {
        self.start.pack(out);
        (self.end - self.start).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let start = usize::unpack(from)?;
        Some(Self::new(start, start.checked_add(usize::unpack(from)?)?))
    }
}

impl Packed for BTreeMap<String, Span> {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_entries(self.iter(), out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        unpack_entries(from)
    }
}

impl Packed for Map<String, Value> {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_entries(self.iter(), out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        unpack_entries(from)
    }
}

impl Packed for Value {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.push(0),
            Self::Bool(value) => tagged(out, 1, value),
            Self::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(whole), _) => tagged(out, 2, &whole),
                (_, Some(whole)) => tagged(out, 3, &whole),
                _ => tagged(out, 4, &number.as_f64().unwrap_or_default()),
            },
            Self::String(text) => tagged(out, 5, text),
            Self::Array(items) => tagged(out, 6, items),
            Self::Object(fields) => tagged(out, 7, fields),
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(match u8::unpack(from)? {
            0 => Self::Null,
            1 => Self::Bool(Packed::unpack(from)?),
            2 => Self::Number(i64::unpack(from)?.into()),
            3 => Self::Number(u64::unpack(from)?.into()),
            4 => Self::Number(Number::from_f64(Packed::unpack(from)?)?),
            5 => Self::String(Packed::unpack(from)?),
            6 => Self::Array(Packed::unpack(from)?),
            7 => Self::Object(Packed::unpack(from)?),
            _ => return None,
        })
    }
}

impl Packed for LinkKind {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(match self {
            Self::Link => 0,
            Self::Image => 1,
            Self::Resource => 2,
            Self::Attribute => 3,
            Self::Named => 4,
            Self::Code => 5,
        });
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let kinds = [Self::Link, Self::Image, Self::Resource, Self::Attribute, Self::Named, Self::Code];
        kinds.get(usize::from(u8::unpack(from)?)).copied()
    }
}

impl Packed for Neighbour {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Sidebar => out.push(0),
            Self::Nothing => out.push(1),
            Self::Page(page) => tagged(out, 2, page),
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(match u8::unpack(from)? {
            0 => Self::Sidebar,
            1 => Self::Nothing,
            2 => Self::Page(Packed::unpack(from)?),
            _ => return None,
        })
    }
}

impl Packed for Piece {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Html(html) => tagged(out, 0, html),
            Self::Link(link) => tagged(out, 1, link),
            Self::LinkEnd(link) => tagged(out, 2, link),
            Self::Image(link) => tagged(out, 3, link),
            Self::Address(link) => tagged(out, 4, link),
            Self::Code(code) => tagged(out, 5, code),
            Self::Component { index, body } => {
                tagged(out, 6, index);
                body.pack(out);
            }
            Self::Table => out.push(7),
            Self::TableEnd => out.push(8),
            Self::Heading(heading) => tagged(out, 9, heading),
            Self::HeadingEnd(heading) => tagged(out, 10, heading),
            Self::Formula(formula) => tagged(out, 11, formula),
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(match u8::unpack(from)? {
            0 => Self::Html(Packed::unpack(from)?),
            1 => Self::Link(Packed::unpack(from)?),
            2 => Self::LinkEnd(Packed::unpack(from)?),
            3 => Self::Image(Packed::unpack(from)?),
            4 => Self::Address(Packed::unpack(from)?),
            5 => Self::Code(Packed::unpack(from)?),
            6 => Self::Component { index: Packed::unpack(from)?, body: Packed::unpack(from)? },
            7 => Self::Table,
            8 => Self::TableEnd,
            9 => Self::Heading(Packed::unpack(from)?),
            10 => Self::HeadingEnd(Packed::unpack(from)?),
            11 => Self::Formula(Packed::unpack(from)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page;
    use crate::source::SourcePath;

    /// Pages that hold everything a page may hold.
    const TEXTS: &[&str] = &[
        "",
        "Words.",
        "---\ntitle: 1.10\nslug: a\nweight: -2.5\ndraft: yes\ntags: [a, \"B (C)\"]\nauthors:\n- name: é\npagination_next: null\n\
         pagination_prev: b\ncustom_edit_url: null\ntoc_max_heading_level: 3\naliases: [x, y]\ndefines: z\ndate: 2026-01-31\n\
         course: {code: 7, deep: [1, -1, 18446744073709551615, 0.5, null, {a: ''}]}\n---\n# One\n\n## Two {#two .x}\n",
        "[a](b.md#c \"t\") ![i](i.png) <https://e.org> <a href=\"/x\" name=\"n\">y</a> `code` www.example.org\n\n\
         ```rust {1,3-4} title=\"x.rs\" showLineNumbers=7\nfn a() {}\n```\n\n    indented\n",
        ":::tip[Deep]\n> [!NOTE]\n> <BoxOut title=\"t\" link=\"/a\" n={[1, {b: true}]}>in *it*</BoxOut>\n:::\n\na[^1]\n\n[^1]: b\n\n$x^2$\n",
    ];

    #[test]
    fn a_page_comes_back_as_it_was() {
        for text in TEXTS {
            let source = Source { path: SourcePath::content("a/b.md"), text: (*text).into() };
            let page = page::parse(&source, page::Dialect::OWN);
            assert_eq!(page.findings, [], "{text}");
            let mut bytes = Vec::new();
            pack(&page, &mut bytes);
            let mut rest = &bytes[..];
            let known = Known { dialect: page::Dialect::OWN, digest: page.digest };
            let back = unpack(&mut rest, &source, known).unwrap();
            assert_eq!(format!("{back:?}"), format!("{page:?}"));
            assert!(rest.is_empty());
            for end in 0..bytes.len() {
                assert!(unpack(&mut &bytes[..end], &source, known).is_none(), "{end} of {text}");
            }
        }
    }
}
