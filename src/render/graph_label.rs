//! A title cut into lines that fit a page of a drawing. Nobody knows how wide a reader's letters are; this takes them to be
//! as wide as those of most typefaces.

/// How high a line is.
pub(super) const LINE: u32 = 18;

/// How much fits a line, in tenths of a small letter.
const WIDTH: u32 = 200;

/// How many lines there are at most.
const LINES: usize = 3;

/// The lines of a title; the last one ends with `…` if there are too many.
pub(super) fn lines(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in title.split_whitespace() {
        let line = lines.last().map_or("", String::as_str);
        let spaced = if line.is_empty() { 0 } else { width(line) + of(' ') };
        if spaced > 0 && spaced + width(word) > WIDTH {
            // Whoever reads the lines aloud hears words.
            lines.last_mut().into_iter().for_each(|line| line.push(' '));
            lines.push(String::new());
        }
        put(&mut lines, word);
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            while width(last) + of('…') > WIDTH {
                last.pop();
            }
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    lines
}

/// Puts a word behind the last line; one that is longer than a line goes on in others.
fn put(lines: &mut Vec<String>, word: &str) {
    let Some(line) = lines.last_mut() else { return };
    if !line.is_empty() {
        line.push(' ');
    }
    let mut filled = width(line);
    for c in word.chars() {
        let wide = of(c);
        if wide > 0 && filled + wide > WIDTH {
            lines.push(String::new());
            filled = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
        filled += wide;
    }
}

fn width(text: &str) -> u32 {
    text.chars().map(of).sum()
}

/// How wide a letter is, in tenths of a small one.
fn of(c: char) -> u32 {
    match u32::from(c) {
        // Marks that stand on the letter before.
        0x300..=0x36f | 0x591..=0x5c7 | 0x64b..=0x65f | 0x200b..=0x200f | 0x2060..=0x206f | 0xfe00..=0xfe0f => 0,
        // Chinese, Japanese, Korean, and pictures.
        0x1100..=0x11ff | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60 => 20,
        0x1f000..=0x3ffff => 20,
        _ if " .,:;!|'’il()[]-".contains(c) => 6,
        _ if "mwMW@%—".contains(c) => 15,
        _ if c.is_uppercase() || c.is_ascii_digit() => 12,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_title_is_cut_between_words_where_it_can_be() {
        assert_eq!(lines("Licence"), ["Licence"]);
        assert_eq!(lines("Publishing open source components"), ["Publishing open ", "source components"]);
        assert_eq!(lines("Donaudampfschifffahrtsgesellschaft"), ["Donaudampfschifffah", "rtsgesellschaft"]);
        assert_eq!(lines("公開された部品の一覧表と説明"), ["公開された部品の一覧", "表と説明"]);
        let long = lines(&"more words than anybody will ever read ".repeat(4));
        assert!(long.len() == 3 && long[2].ends_with('…'), "{long:?}");
        assert_eq!(lines(""), [""]);
    }
}
