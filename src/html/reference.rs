//! Character references (`&amp;`, `&#8212;`) read as what they stand for, as far as text comes with them.

/// What a reference stands for, from what follows its `&`, and what follows it. One that isn't known is a space; what is
/// none is the sign itself.
pub(super) fn character(text: &str) -> (char, &str) {
    let end = text.bytes().take(12).position(|byte| byte == b';');
    end.map_or(('&', text), |end| (named(&text[..end]), &text[end + 1..]))
}

fn named(name: &str) -> char {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        _ => match name.strip_prefix('#') {
            Some(hex) if hex.starts_with(['x', 'X']) => number(&hex[1..], 16).unwrap_or(' '),
            Some(digits) => number(digits, 10).unwrap_or(' '),
            None => ' ',
        },
    }
}
