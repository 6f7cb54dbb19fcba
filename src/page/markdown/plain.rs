//! A page as HTML without a site: links lead where they are written, and of
//! components only what stands inside them is left. For feeds, and for tests.

use super::escape;
use crate::page::facts::{PageBody, Piece};

/// A page's body as HTML, with nothing resolved, highlighted or filled in.
pub fn plain_html(page: &PageBody) -> String {
    let mut out = String::new();
    push(&mut out, page, &page.body);
    out
}

fn push(out: &mut String, page: &PageBody, pieces: &[Piece]) {
    for piece in pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Heading(heading) => page.headings[*heading].push_opening(out),
            Piece::HeadingEnd(heading) => page.headings[*heading].push_closing(out),
            Piece::Link(link) => {
                let link = &page.links[*link];
                out.push_str("<a href=\"");
                escape::push_address(out, &link.target);
                out.push('"');
                link.push_attributes(out);
                out.push('>');
            }
            Piece::Table | Piece::TableEnd => {}
            Piece::LinkEnd(_) => out.push_str("</a>"),
            Piece::Image(image) => {
                let image = &page.links[*image];
                out.push_str("<img src=\"");
                escape::push_address(out, &image.target);
                out.push_str("\" alt=\"");
                crate::html::push_attribute(out, &image.text);
                out.push('"');
                image.push_attributes(out);
                out.push_str(" />");
            }
            Piece::Address(address) => escape::push_address(out, &page.links[*address].target),
            Piece::Code(code) => {
                let code = &page.code[*code];
                out.push_str("<pre><code");
                if !code.language.is_empty() {
                    out.push_str(" class=\"language-");
                    crate::html::push_attribute(out, &code.language);
                    out.push('"');
                }
                out.push('>');
                crate::html::push_text(out, &code.text);
                out.push_str("</code></pre>");
            }
            Piece::Formula(formula) => {
                out.push_str("<code>");
                crate::html::push_text(out, &page.formulas[*formula].tex);
                out.push_str("</code>");
            }
            Piece::Component { body, .. } => push(out, page, body),
        }
    }
}
