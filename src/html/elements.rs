//! What is known of elements by their names, in any case.

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

const RAW_TEXT: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

const OPTIONAL_END: [&str; 18] = [
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "colgroup", "html",
    "head", "body", "rt", "rp",
];

/// Whether an element has neither content nor an end tag.
pub fn is_void(name: &str) -> bool {
    is_in(&VOID, name)
}

/// Whether what stands in an element is text up to its end tag, whatever it looks like.
pub fn holds_raw_text(name: &str) -> bool {
    is_in(&RAW_TEXT, name)
}

/// Whether an element need not be closed.
pub fn may_stay_open(name: &str) -> bool {
    is_in(&OPTIONAL_END, name)
}

fn is_in(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
