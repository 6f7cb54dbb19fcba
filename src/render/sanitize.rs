//! Raw HTML made safe, where the configuration says `html = "safe"`: what could run
//! code or change the page around it is dropped (ammonia); what our own templates wrote stands in slots meanwhile.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use crate::html::tree::{self, is_beyond_reading};
use crate::html::{SCHEMES, escaped, is_harmless};

/// What our own templates wrote, kept out of what is cleaned.
///
/// A slot is an element of the HTML around it, so cleaning keeps it where it is one. Inside an attribute or a text
/// it is written with `&quot;` or `&lt;` by the cleaner, and filled no more: quotes of ours can't end an author's.
pub(super) struct Slots {
    /// Its element's name, which nobody can know who writes a page.
    name: String,
    kept: Vec<String>,
}

impl Slots {
    /// With a name of their own.
    pub(super) fn new() -> Self {
        Self { name: format!("bok-{:016x}", RandomState::new().hash_one(0)), kept: Vec::new() }
    }

    /// Puts some HTML aside; tells what stands for it.
    pub(super) fn keep(&mut self, html: String) -> String {
        self.kept.push(html);
        let (name, index) = (&self.name, self.kept.len() - 1);
        // No quotes, which would end those of an attribute around it.
        format!("<{name} class={index}></{name}>")
    }

    /// A slot as the cleaner writes it where it is an element.
    fn element(&self, index: usize) -> String {
        let name = &self.name;
        format!("<{name} class=\"{index}\"></{name}>")
    }

    /// Cleans what stands around the slots, and fills them: each at most once, and never what stands in another. Of what is
    /// nested deeper than a browser follows, only the text stays.
    pub(super) fn clean(self, html: &str, keep: Keep) -> String {
        if is_beyond_reading(html) {
            return escaped(&tree::text_alone(html));
        }
        let cleaned = match keep {
            Keep::HarmlessElements => until_stable(html, &self.name),
            Keep::TextAlone => text_alone(html, &self.name),
        };
        let name = self.name.clone();
        without_written(&name, self.fill(&cleaned))
    }

    fn fill(mut self, cleaned: &str) -> String {
        let opening = format!("<{} class=\"", self.name);
        let mut out = String::with_capacity(cleaned.len() + self.kept.iter().map(String::len).sum::<usize>());
        let mut rest = cleaned;
        while let Some(at) = rest.find(&opening) {
            out.push_str(&rest[..at]);
            let digits = rest[at + opening.len()..].bytes().take_while(u8::is_ascii_digit).count();
            let index = rest[at + opening.len()..][..digits].parse::<usize>().ok();
            let Some(index) =
                index.filter(|&index| index < self.kept.len() && rest[at..].starts_with(&self.element(index)))
            else {
                rest = &rest[at + opening.len()..];
                continue;
            };
            rest = &rest[at + self.element(index).len()..];
            out.push_str(&std::mem::take(&mut self.kept[index]));
        }
        out.push_str(rest);
        out
    }
}

/// Leaves out slots that came to stand in a text or an attribute: nothing fills them, and their name would be another
/// in each build.
fn without_written(name: &str, html: String) -> String {
    if !html.contains(name) {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once(name) {
        let start = before.strip_suffix("&lt;").or_else(|| before.strip_suffix('<'));
        let end = start.and_then(|_| end_of_written(name, after));
        out.push_str(start.filter(|_| end.is_some()).unwrap_or(before));
        rest = end.unwrap_or(after);
    }
    out.push_str(rest);
    out
}

/// What follows a slot that was written as text, of which the name was read.
fn end_of_written<'h>(name: &str, after: &'h str) -> Option<&'h str> {
    let close = |rest: &'h str| rest.strip_prefix("&gt;").or_else(|| rest.strip_prefix('>'));
    let rest = after.strip_prefix(" class=")?;
    let rest = close(rest.trim_start_matches(|digit: char| digit.is_ascii_digit()))?;
    let rest = rest.strip_prefix("&lt;/").or_else(|| rest.strip_prefix("</"))?;
    close(rest.strip_prefix(name)?)
}

/// What stays of HTML that is cleaned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Elements and attributes that can't do harm.
    HarmlessElements,
    /// No element at all.
    TextAlone,
}

/// How often HTML is cleaned until it no longer changes.
const ROUNDS: usize = 5;

/// Cleans HTML until reading it as a browser does brings what is written: a tree may hold what its own text does not
/// say (an `li` in an `em` in an `li`), and what was cleaned in one place would come to stand in another.
fn until_stable(html: &str, slot: &str) -> String {
    let mut cleaned = clean(html, slot);
    for _ in 0..ROUNDS {
        let again = clean(&cleaned, slot);
        if again == cleaned {
            return cleaned;
        }
        cleaned = again;
    }
    text_alone(html, slot)
}

fn text_alone(html: &str, slot: &str) -> String {
    let mut builder = ammonia::Builder::empty();
    builder.add_tags([slot]).add_generic_attributes(["class"]);
    builder.clean(html).to_string()
}

/// Whether some HTML ends no element around it, and what follows is outside of its own, as a browser reads it: what
/// fills a slot may end elements around the slot, and their end tags then end others.
pub(super) fn is_closed(html: &str) -> bool {
    if is_beyond_reading(html) {
        return false;
    }
    let name = format!("bok-{:016x}", RandomState::new().hash_one(0));
    let before = format!("<main><article><div><{name}>");
    let end = format!("<{name}></{name}>");
    let after = format!("{end}</{name}></div></article></main>{end}");
    let read =
        ammonia::Builder::default().add_tags(["main", &name]).clean(&format!("{before}{html}{after}")).to_string();
    read.starts_with(&before) && read.ends_with(&after)
}

/// Drops what could run code: scripts, event handlers, `javascript:` addresses,
/// `<base>`, `<meta>`, SVG and MathML, styles, forms, frames.
fn clean(html: &str, slot: &str) -> String {
    let mut builder = ammonia::Builder::default();
    builder
        .add_tags([slot])
        .add_tags([
            "input",
            "label",
            "section",
            "figure",
            "figcaption",
            "video",
            "audio",
            "source",
            "track",
            "picture",
            "u",
            "small",
        ])
        .add_generic_attributes([
            "id",
            "class",
            "title",
            "lang",
            "dir",
            "role",
            "tabindex",
            "aria-label",
            "aria-hidden",
        ])
        .add_tag_attributes("img", ["loading", "decoding", "width", "height", "alt", "srcset", "sizes", "data-large"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("video", ["src", "controls", "poster", "width", "height", "preload"])
        .add_tag_attributes("audio", ["src", "controls", "preload"])
        .add_tag_attributes("source", ["src", "type"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("details", ["open"])
        .link_rel(Some("noopener noreferrer"))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .attribute_filter(|_, name, value| may_stay(name, value).then(|| value.into()))
        .strip_comments(true);
    builder.clean(html).to_string()
}

/// Whether an attribute that holds addresses, of which the cleaner does not know it, holds harmless ones.
fn may_stay(name: &str, value: &str) -> bool {
    match name {
        "cite" | "poster" | "longdesc" => is_harmless(value),
        // Addresses and sizes, whose words can't be told apart for certain where an address holds commas.
        "srcset" => value.split([',', ' ', '\t', '\n', '\r', '\u{c}']).all(is_harmless),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(write: impl Fn(&str) -> String) -> String {
        let mut slots = Slots::new();
        let slot = slots.keep("<b class=\"ours\" onclick=x>ours</b>".into());
        let html = write(&slot);
        slots.clean(&html, Keep::HarmlessElements)
    }

    #[test]
    fn html_is_cleaned_until_a_browser_reads_what_is_written() {
        let html = "<ol><li><em><table></em></li><li></table></li></ol>after";
        let cleaned = Slots::new().clean(html, Keep::HarmlessElements);
        assert_eq!(Slots::new().clean(&cleaned, Keep::HarmlessElements), cleaned);
        assert_eq!(Slots::new().clean("<b>a</b> &lt;i>", Keep::TextAlone), "a &lt;i&gt;");
    }

    #[test]
    fn of_what_is_nested_too_deep_the_text_stays() {
        let html = format!("{}<i onclick=x>5 &lt; 6</i>{}", "<div>".repeat(600), "</div>".repeat(600));
        for keep in [Keep::HarmlessElements, Keep::TextAlone] {
            let mut slots = Slots::new();
            let slot = slots.keep("ours".into());
            assert_eq!(slots.clean(&(html.clone() + &slot), keep), "5 &lt; 6");
        }
        assert!(!is_closed(&html));
        let shallow = "<div><i>x</i></div>".repeat(600);
        assert_eq!(Slots::new().clean(&shallow, Keep::HarmlessElements), shallow);
        assert!(is_closed(&shallow));
    }

    #[test]
    fn what_ends_an_element_around_it_is_not_closed() {
        assert!(is_closed("<ol><li><em><div><p>x</p></div></em></li></ol>"));
        assert!(!is_closed("<ol><li><em><div><li>x</li></div></em></li></ol>"));
        assert!(!is_closed("<b>x") && !is_closed("<div>"));
    }

    #[test]
    fn a_slot_is_filled_where_it_is_an_element_and_nowhere_else() {
        assert_eq!(filled(|slot| format!("<p>{slot}</p>")), "<p><b class=\"ours\" onclick=x>ours</b></p>");
        assert_eq!(filled(|slot| format!("{slot}{slot}")).matches("onclick").count(), 1);
        for html in
            [filled(|slot| format!("<p title='{slot}'>x</p>")), filled(|slot| format!("<textarea>{slot}</textarea>"))]
        {
            assert!(!html.contains("onclick") && !html.contains("bok-"), "{html}");
        }
        let both = filled(|slot| format!("<textarea>a{slot}b</textarea><p title=\"c{slot}d\">e</p>{slot}"));
        assert_eq!(filled(|slot| format!("<p title=f{slot}>g</p>")), "<p title=\"f&lt;\" class=\"0\">&gt;g</p>");
        assert_eq!(both, "ab<p title=\"cd\">e</p><b class=\"ours\" onclick=x>ours</b>");
    }

    #[test]
    fn a_slot_of_someone_else_is_none() {
        let html = filled(|_| "<bok-0 class=\"0\"></bok-0>\u{10fffd}0\u{10fffc}".into());
        assert_eq!(html, "\u{10fffd}0\u{10fffc}");
    }
}
