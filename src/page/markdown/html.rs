//! What is known of HTML's elements: which names are elements, and which beginnings of a line CommonMark takes for a block of raw HTML.

/// Elements that begin a block of raw HTML, which ends at a blank line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

/// The other elements.
const INLINES: &[&str] = &[
    "a", "abbr", "acronym", "area", "audio", "b", "bdi", "bdo", "big", "br", "button", "canvas", "cite", "code",
    "data", "datalist", "del", "dfn", "em", "embed", "font", "i", "img", "input", "ins", "kbd", "label", "map", "mark",
    "marquee", "math", "meta", "meter", "noscript", "object", "output", "picture", "pre", "progress", "q", "rp", "rt",
    "ruby", "s", "samp", "script", "select", "slot", "small", "source", "span", "strike", "strong", "style", "sub",
    "sup", "svg", "template", "textarea", "time", "tt", "u", "var", "video", "wbr",
];

/// Whether a tag's name is a component's: it begins with a capital letter and is
/// not HTML in capitals (`<DIV>`, `<A>`).
pub(super) fn is_component(name: &str) -> bool {
    if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let shouts = name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    !(shouts && is_element(name))
}

/// Whether HTML has an element of that name, in any case.
pub fn is_element(name: &str) -> bool {
    BLOCKS.iter().chain(INLINES).any(|element| element.eq_ignore_ascii_case(name))
}

/// Whether a text begins with the closing tag of that name.
pub(super) fn closes(content: &[u8], name: &str) -> bool {
    let Some(rest) = content.strip_prefix(b"</").and_then(|rest| rest.strip_prefix(name.as_bytes())) else {
        return false;
    };
    rest.first().is_none_or(|&b| b == b'>' || b.is_ascii_whitespace())
}

/// Whether a line begins a block of raw HTML that ends at a blank line, by its element.
pub(super) fn begins_block(content: &[u8]) -> bool {
    let Some(rest) = content.strip_prefix(b"<") else { return false };
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let after = &rest[length..];
    let ends = after.first().is_none_or(|b| b.is_ascii_whitespace() || *b == b'>') || after.starts_with(b"/>");
    ends && BLOCKS.iter().any(|block| block.as_bytes().eq_ignore_ascii_case(&rest[..length]))
}

/// What ends the block of raw HTML that a line begins, where blank lines don't.
pub(super) fn verbatim(content: &[u8]) -> Option<&'static [&'static str]> {
    let rest = content.strip_prefix(b"<")?;
    match rest.first()? {
        b'?' => Some(&["?>"]),
        b'!' if rest.starts_with(b"!--") => Some(&["-->"]),
        b'!' if rest.starts_with(b"![CDATA[") => Some(&["]]>"]),
        b'!' if rest.get(1).is_some_and(u8::is_ascii_alphabetic) => Some(&[">"]),
        _ => {
            let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let ends = rest.get(length).is_none_or(|b| b.is_ascii_whitespace() || *b == b'>');
            let known = [&b"script"[..], b"pre", b"style", b"textarea"];
            let is_known = known.iter().any(|name| rest[..length].eq_ignore_ascii_case(name));
            (ends && is_known).then_some(&["</script>", "</pre>", "</style>", "</textarea>"])
        }
    }
}

/// Whether a text holds one of these, in any case.
pub(super) fn holds_any(text: &[u8], words: &[&str]) -> bool {
    let holds_at =
        |at: usize, word: &[u8]| text[at..].get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
    words.iter().map(|word| word.as_bytes()).any(|word| memchr::memchr_iter(word[0], text).any(|at| holds_at(at, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_in_capitals_is_no_component() {
        assert!(is_component("BoxOut") && is_component("FAQ") && is_component("Tabs.Item"));
        assert!(!is_component("DIV") && !is_component("A") && !is_component("H1") && !is_component("boxOut"));
    }

    #[test]
    fn blocks_of_raw_html_are_told_by_their_first_line() {
        assert!(begins_block(b"</div>") && begins_block(b"<hr/>") && begins_block(b"<TD class"));
        assert!(!begins_block(b"<span>") && !begins_block(b"<divx>") && !begins_block(b"div"));
        assert_eq!(verbatim(b"<!-- x"), Some(&["-->"][..]));
        assert!(verbatim(b"<Script>").is_some() && verbatim(b"<prefix>").is_none());
    }
}
