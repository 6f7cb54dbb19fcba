//! Pictures that a report copies: what they are called there, and which of them it leaves out.

use crate::html::tag::Syntax;
use crate::html::tags::{Token, tokens};
use crate::output::path_flaw;

/// What a picture is called in a report: of two that hold the same, the same.
pub(super) fn name(route: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let file = route.rsplit('/').next().unwrap_or_default();
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    let name = format!("pictures/{stem}.{}.{ending}", &hash[..8]);
    if path_flaw(&name).is_none() && file.len() < 200 { name } else { format!("pictures/{}.{ending}", &hash[..16]) }
}

/// Whether a picture runs nothing, even where somebody opens it by itself: a drawing may hold scripts.
pub(super) fn is_harmless(route: &str, bytes: &[u8]) -> bool {
    let is_pixels = |ending: &str| matches!(ending, "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "ico" | "bmp");
    let ending = route.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if is_pixels(&ending) {
        return true;
    }
    let text = std::str::from_utf8(bytes);
    ending == "svg" && text.is_ok_and(runs_nothing)
}

fn runs_nothing(drawing: &str) -> bool {
    // Names of its own could stand for anything.
    if memchr::memmem::find(drawing.as_bytes(), b"<!ENTITY").is_some() || drawing.contains("<?xml-stylesheet") {
        return false;
    }
    tokens(drawing, Syntax::Html).all(|token| {
        let Token::Tag(tag) = token else { return true };
        let name = drawing[tag.name.clone()].to_ascii_lowercase();
        let name = name.rsplit(':').next().unwrap_or_default();
        let is_harmless = |attribute: &crate::html::tag::Attribute| {
            let named = drawing[attribute.name.clone()].to_ascii_lowercase();
            let value = attribute.value.plain().map_or("", |place| &drawing[place.clone()]);
            let runs = value.to_ascii_lowercase().replace(|c: char| c.is_whitespace() || c.is_control(), "");
            let sets_handler = named == "attributename" && (runs.starts_with("on") || runs.ends_with("href"));
            !named.starts_with("on") && !sets_handler && !runs.contains("javascript:") && !runs.contains("&#")
        };
        !["script", "foreignobject", "iframe", "handler", "listener"].contains(&name)
            && tag.attributes.iter().all(is_harmless)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_that_runs_something_is_left_out() {
        let drawing = |inside: &str| format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>").into_bytes();
        assert!(is_harmless("/a.svg", &drawing("<path d='M0 0'/><style>path { fill: red }</style>")));
        assert!(is_harmless("/a.PNG", b"\x89PNG"));
        for inside in [
            "<script>x</script>",
            "<s:script xmlns:s='http://www.w3.org/2000/svg'>x</s:script>",
            "<path onload='x'/>",
            "<a href=' java&#115;cript:x'><path/></a>",
            "<a xlink:href='JavaScript:x'/>",
            "<set attributeName='onmouseover' to='x'/>",
            "<foreignObject><p>x</p></foreignObject>",
        ] {
            assert!(!is_harmless("/a.svg", &drawing(inside)), "{inside}");
        }
        assert!(!is_harmless("/a.svg", b"<!DOCTYPE svg [<!ENTITY x '<script>'>]><svg>&x;</svg>"));
        assert!(!is_harmless("/a.html", b"<p>x</p>") && !is_harmless("/a.svg", b"\xff"));
    }

    #[test]
    fn a_picture_is_called_by_what_it_holds() {
        assert_eq!(name("/img/a b.png", b"x"), format!("pictures/a b.{}.png", &blake3::hash(b"x").to_hex()[..8]));
        assert_ne!(name("/a.png", b"x"), name("/a.png", b"y"));
    }
}
