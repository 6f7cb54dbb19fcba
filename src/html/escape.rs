//! Text written so that none of it is markup.

/// Appends text so that HTML reads it as text.
pub(crate) fn push_text(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for at in memchr::memchr3_iter(b'&', b'<', b'>', bytes) {
        out.push_str(&text[done..at]);
        out.push_str(name(bytes[at]));
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// Appends text so that HTML reads it as text inside double quotes.
pub(crate) fn push_attribute(out: &mut String, text: &str) {
    let mut done = 0;
    for at in memchr::memchr_iter(b'"', text.as_bytes()) {
        push_text(out, &text[done..at]);
        out.push_str(name(b'"'));
        done = at + 1;
    }
    push_text(out, &text[done..]);
}

fn name(byte: u8) -> &'static str {
    match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        _ => "&quot;",
    }
}

/// Text for an attribute's double quotes, and so for an element, too.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_attribute(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(escaped("\"><script>&"), "&quot;&gt;&lt;script&gt;&amp;");
        let mut out = String::new();
        push_text(&mut out, "a \"b\" <c");
        assert_eq!(out, "a \"b\" &lt;c");
    }
}
