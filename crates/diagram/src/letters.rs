//! How much room text takes, without a typeface at hand: the widths of a common sans-serif, a little generous.

/// The height of a line.
pub(crate) const LINE: f64 = 19.0;

/// The width of a text at 14 pixels.
pub(crate) fn width(text: &str) -> f64 {
    text.chars().map(of).sum::<f64>() * 14.0
}

/// The width and height of some lines.
pub(crate) fn size(lines: &[String]) -> (f64, f64) {
    let widest = lines.iter().map(|line| width(line)).fold(0.0, f64::max);
    (widest, lines.len() as f64 * LINE)
}

fn of(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' => 0.3,
        'I' | 'f' | 't' | 'r' | ' ' | '(' | ')' | '[' | ']' | '/' | '-' | '"' | '`' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        'A'..='Z' | '&' | '#' | '<' | '>' | '=' | '+' | '~' => 0.72,
        c if (c as u32) < 0x1100 => 0.6,
        // Letters of East Asia, and pictures.
        _ => 1.05,
    }
}

/// Text with its breaks made lines, and long ones broken between words.
pub(crate) fn lines(text: &str) -> Vec<String> {
    const WIDEST: f64 = 220.0;
    let text = plain(text);
    let mut lines = Vec::new();
    for part in text.split('\n') {
        let mut line = String::new();
        for word in part.split_whitespace() {
            if !line.is_empty() && width(&line) + width(word) > WIDEST {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// Text without its marks: `<br>` is a break, other tags go, quotes and signs by number are what they stand for.
pub(crate) fn plain(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(text);
    let text = text.strip_prefix('`').and_then(|inner| inner.strip_suffix('`')).unwrap_or(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (piece, length) = match c {
            '<' => tag(rest),
            '#' => sign(rest),
            '\\' if rest.starts_with("\\n") => ("\n".to_owned(), 2),
            c => (c.to_string(), c.len_utf8()),
        };
        out.push_str(&piece);
        rest = &rest[length..];
    }
    out.replace("**", "")
}

/// A tag of HTML, which is a break or nothing.
fn tag(rest: &str) -> (String, usize) {
    let Some(end) = rest.find('>').filter(|end| *end < 100) else {
        return ("<".to_owned(), 1);
    };
    let name = rest[1..end].trim_start_matches('/').trim_end_matches('/').trim().to_ascii_lowercase();
    match name.split(' ').next().unwrap_or_default() {
        "br" => ("\n".to_owned(), end + 1),
        "b" | "i" | "u" | "em" | "strong" | "code" | "small" | "span" | "sub" | "sup" | "p" | "div" => {
            (String::new(), end + 1)
        }
        _ => ("<".to_owned(), 1),
    }
}

/// `#quot;`, `#9829;`
fn sign(rest: &str) -> (String, usize) {
    let Some(end) = rest.find(';').filter(|end| *end < 10) else {
        return ("#".to_owned(), 1);
    };
    let name = &rest[1..end];
    let named = match name {
        "quot" => Some('"'),
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "semi" => Some(';'),
        _ => name.parse().ok().and_then(char::from_u32).filter(|c| !c.is_control()),
    };
    named.map_or_else(|| ("#".to_owned(), 1), |c| (c.to_string(), end + 1))
}
