//! What other pages call a page: the texts of links that lead to it, and what their sentences say around them. These are
//! the words that a body of knowledge itself has for one another.

use rayon::prelude::*;

use crate::html::elements::Effect;
use crate::html::text::Stretches;
use crate::page::{Page, Piece};
use crate::site::{Edition, PageId, Place, Resolution};

/// So many different texts are heard of one page: where more lead to it, these have said what it is.
const TEXTS: usize = 64;
/// So much of a page's HTML is looked at on either side of a link.
const AROUND: usize = 160;
/// How much of a link's own text counts.
const OWN: usize = 200;
const SENTENCE_ENDS: [char; 6] = ['.', '!', '?', '。', '！', '？'];

/// What the others say of each page, in the order of those that say it.
pub(super) fn of(site: &Edition) -> Vec<Vec<String>> {
    let said: Vec<Vec<(PageId, String)>> = (0..site.pages.len())
        .into_par_iter()
        .map(|id| {
            let mut sayings = Sayings { page: &site.pages[id].page, id, links: site.links(id), said: Vec::new() };
            if site.pages[id].is_told() && sayings.links.iter().any(|link| sayings.leads_to(link).is_some()) {
                sayings.pieces(&sayings.page.body);
            }
            sayings.said
        })
        .collect();
    let mut called = vec![Vec::new(); site.pages.len()];
    for (to, text) in said.into_iter().flatten() {
        let texts: &mut Vec<String> = &mut called[to];
        if texts.len() < TEXTS && !texts.contains(&text) {
            texts.push(text);
        }
    }
    called
}

/// What a page says of others.
struct Sayings<'a> {
    page: &'a Page,
    id: PageId,
    links: &'a [Resolution],
    said: Vec<(PageId, String)>,
}

impl Sayings<'_> {
    fn pieces(&mut self, pieces: &[Piece]) {
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Link(link) => {
                    if let Some(to) = self.leads_to(&self.links[*link]) {
                        self.said.push((to, self.around(pieces, at, *link)));
                    }
                }
                Piece::Component { body, .. } => self.pieces(body),
                _ => {}
            }
        }
    }

    fn leads_to(&self, link: &Resolution) -> Option<PageId> {
        match link.place {
            Place::Page(to) if to != self.id => Some(to),
            _ => None,
        }
    }

    /// A link's text with its sentence, as far as no other link stands in it.
    fn around(&self, pieces: &[Piece], at: usize, link: usize) -> String {
        let html = |at: Option<usize>| match at.and_then(|at| pieces.get(at)) {
            Some(Piece::Html(html)) => html.as_str(),
            _ => "",
        };
        let end = pieces[at..].iter().position(|piece| matches!(piece, Piece::LinkEnd(ended) if *ended == link));
        let mut said = before(html(at.checked_sub(1)));
        said.push(' ');
        said.extend(self.page.links[link].text.chars().take(OWN));
        said.push(' ');
        said.push_str(&after(html(end.map(|end| at + end + 1))));
        said.trim().to_owned()
    }
}

/// The end of a stretch of HTML, from where its last sentence begins.
fn before(html: &str) -> String {
    let from = (html.len().saturating_sub(AROUND)..=html.len()).find(|&at| html.is_char_boundary(at));
    let mut html = &html[from.unwrap_or(0)..];
    // Where it was cut within a tag.
    if let Some(end) = html.find('>').filter(|&end| !html[..end].contains('<')) {
        html = &html[end + 1..];
    }
    let block = html.rmatch_indices('<').find(|(at, _)| parts_words(&html[*at..])).map_or(0, |(at, _)| at);
    let text = read(&html[block..]);
    text.rsplit([':', ';']).next().and_then(|text| text.rsplit(SENTENCE_ENDS).next()).unwrap_or_default().to_owned()
}

/// The beginning of a stretch of HTML, up to where its first sentence ends.
fn after(html: &str) -> String {
    let to = (0..=html.len().min(AROUND)).rev().find(|&at| html.is_char_boundary(at)).unwrap_or(0);
    let html = &html[..to];
    let block = html.match_indices('<').find(|(at, _)| parts_words(&html[*at..])).map_or(to, |(at, _)| at);
    let mut text = read(&html[..block]);
    let is_end = |(at, end): &(usize, &str)| {
        !end.is_ascii() || text[at + end.len()..].chars().next().is_none_or(char::is_whitespace)
    };
    if let Some((at, _)) = text.match_indices(SENTENCE_ENDS).find(is_end) {
        text.truncate(at);
    }
    text
}

/// Whether what a stretch begins with is a tag that parts words.
fn parts_words(html: &str) -> bool {
    let name = html[1..].trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    end > 0 && !matches!(Effect::of(&name[..end]), Effect::Nothing)
}

fn read(html: &str) -> String {
    let mut heard = String::new();
    Stretches::default().read(html, &mut heard);
    heard
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_cut_where_it_begins_and_ends() {
        let before_all = [
            ("<p>One. Two <b>three</b> ", " Two three "),
            ("</li>\n<li>One &amp; two ", " One & two "),
            ("<p><strong>See:</strong> ", " "),
            ("", ""),
            ("한국。", ""),
        ];
        for (html, expected) in before_all {
            assert_eq!(before(html), expected, "{html}");
        }
        let after_all = [
            (" for 1.5 and more. Then", " for 1.5 and more"),
            (" for <em>it</em></li>\n<li>other", " for it"),
            ("，一。二", "，一"),
            ("", ""),
            (" a < b</p>", " a < b"),
        ];
        for (html, expected) in after_all {
            assert_eq!(after(html), expected, "{html}");
        }
    }

    #[test]
    fn much_text_is_cut_and_no_tag_or_letter_is() {
        let long = format!("<p>{}<a title=\"{}\">ü é ", "ü".repeat(400), "x".repeat(150));
        assert_eq!(before(&long), "ü é ");
        assert!(after(&"ü".repeat(400)).len() <= AROUND);
    }
}
