//! A component's tag, read as forgivingly as a person reads it: what was slipped in writing it, so that it is not
//! read as it is meant, and what would have to be written instead. Says nothing where it can't be sure.

mod attributes;
mod reader;
mod values;

pub(super) use reader::{AskedTag, Slip, SlipKind};

use crate::diagnostic::Edit;
use crate::html::tag::{self, Syntax};
use crate::source::Span;
use reader::{Reader, block_end};

/// What slipped in a tag, in order; nothing where all is well, or where it can't be told what is meant.
pub(super) fn slips(asked: &AskedTag<'_>) -> Vec<Slip> {
    let mut reader = Reader::new(asked);
    match reader.tag() {
        Some(()) => reader.slips,
        None => Vec::new(),
    }
}

/// The edits that mend a tag, if it can be read with them, as it would be written then.
pub(super) fn mended(asked: &AskedTag<'_>, slips: &[Slip]) -> Option<(Vec<Edit>, String)> {
    if slips.iter().any(|slip| slip.edits.is_empty()) {
        return None;
    }
    let mut edits: Vec<Edit> = slips.iter().flat_map(|slip| slip.edits.iter().cloned()).collect();
    edits.sort_by_key(|edit| edit.span);
    let apart = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    let end = block_end(asked.text, asked.at);
    let (start, last) = (asked.at, edits.last()?.span.end);
    if !apart || last > end {
        return None;
    }
    let moved: Vec<Edit> = edits
        .iter()
        .map(|edit| Edit {
            span: Span::new(edit.span.start - start, edit.span.end - start),
            replacement: edit.replacement.clone(),
        })
        .collect();
    let whole = Edit::all_in(&asked.text[start..end], &moved);
    let tag = tag::read(&whole, 0, Syntax::Jsx).ok()?;
    let again = AskedTag { text: &whole, at: 0, is_read: true, ..*asked };
    let is_well = self::slips(&again).is_empty();
    is_well.then(|| (edits, whole[..tag.end].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["layout", "limit", "tag", "title"];

    fn asked(text: &str) -> AskedTag<'_> {
        let is_read = tag::read(text, 0, Syntax::Jsx).is_ok();
        AskedTag { text, at: 0, is_read, has_body: false, names: &NAMES }
    }

    fn told(text: &str) -> Option<(SlipKind, String)> {
        let asked = asked(text);
        let slips = slips(&asked);
        let first = slips.first()?;
        Some((first.kind, mended(&asked, &slips).map_or_else(String::new, |(_, written)| written)))
    }

    #[test]
    fn a_tag_that_is_read_as_meant_is_left_alone() {
        for text in [
            "<A tag=\"Legal Risk\" />",
            "<A tag='It\u{2019}s' layout=list limit=3 />",
            "<A tag={[\"a\", \"b\"]} {...rest}>",
            "<A\n  tag=\"a\"\n  limit={3}\n/>",
            "<A tag = \"a > b\"layout='x'>",
            "<A hidden tag=\"a\"/>",
            "<A>",
            "<A | B>",
            "<A, B>",
            "<A extends B> = c",
            "<A tag",
            "<A b: number, c: string>",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn what_slipped_is_mended_so_that_it_is_read() {
        use SlipKind::*;
        for (text, kind, mended) in [
            ("<A tag=\u{201c}Legal Risk\u{201d} />", CurlyQuotes, "<A tag=\"Legal Risk\" />"),
            ("<A tag=\u{201e}a\u{201c} limit=\u{ab}3\u{bb} />", CurlyQuotes, "<A tag=\"a\" limit=\"3\" />"),
            ("<A tag=\u{2018}It\u{2019}s so\u{2019} />", CurlyQuotes, "<A tag=\"It\u{2019}s so\" />"),
            ("<A tag=Level 4 (OSMM) layout=\"list\" />", NoQuotes, "<A tag=\"Level 4 (OSMM)\" layout=\"list\" />"),
            ("<A tag=Legal Risk\" />", NoOpeningQuote, "<A tag=\"Legal Risk\" />"),
            ("<A tag=\"Legal Risk />", NoClosingQuote, "<A tag=\"Legal Risk\" />"),
            ("<A tag=\"Legal Risk' />", OtherQuote, "<A tag=\"Legal Risk\" />"),
            ("<A tag=>\"a\" />", Separator, "<A tag=\"a\" />"),
            ("<A tag : 'a' />", Separator, "<A tag='a' />"),
            ("<A tag=\"a\", limit=\"3\" />", Comma, "<A tag=\"a\" limit=\"3\" />"),
            ("<A\u{a0}tag=\"a\" />", OddSpace, "<A tag=\"a\" />"),
            ("<A tag=\"a\" \\>", Backslash, "<A tag=\"a\" />"),
            ("<A tag=\"a\" /\n\nText", NoEnd, "<A tag=\"a\" />"),
            ("<A tag=\"a\"\nText goes on", NoEnd, "<A tag=\"a\" />"),
            ("<A title=\"He said \"yes\"\" />", InnerQuotes, "<A title='He said \"yes\"' />"),
            ("<A title='It's ours'>", InnerQuotes, "<A title=\"It's ours\">"),
            ("<A tag=''Legal Risk'' />", DoubledQuotes, "<A tag=\"Legal Risk\" />"),
            ("<A tag \"Legal Risk\" />", NoEquals, "<A tag=\"Legal Risk\" />"),
            ("<A tag=\"a\" / >", SplitEnd, "<A tag=\"a\" />"),
            ("< A tag=\"a\" />", SpaceBeforeName, "<A tag=\"a\" />"),
        ] {
            assert_eq!(told(text), Some((kind, mended.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_may_mean_two_things_is_told_and_not_mended() {
        let told = told("<A tag=\u{201c}a \"b' c\u{201d} />").map(|(kind, mended)| (kind, mended.is_empty()));
        assert_eq!(told, Some((SlipKind::CurlyQuotes, true)));
    }
}
