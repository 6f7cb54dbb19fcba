//! What a new page is made of: its file's name in the style of its neighbours, and
//! its front matter as YAML. Reads and writes no file.

use std::fmt::Write;

/// A stem longer than this is cut between words; every file system takes it, with room for more.
const LONGEST_STEM: usize = 80;

/// A text on one line: what breaks lines or can't be seen becomes a space.
pub(super) fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() || is_invisible(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks that separate lines, set direction or are no text at all.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        | '\u{fff0}'..='\u{ffff}')
}

/// The file's name without extension: the title's words, joined and capitalised as in the names
/// of most neighbours. A title without letters or digits gives `Untitled`.
pub(super) fn file_stem<'a>(title: &str, neighbours: impl Iterator<Item = &'a str>) -> String {
    let style = NameStyle::of(neighbours);
    let title = title.replace(['\'', '’'], "");
    let mut words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        words.push("untitled");
    }
    let mut stem = String::new();
    for word in words {
        let word = style.case(word);
        if !stem.is_empty() && stem.len() + 1 + word.len() > LONGEST_STEM {
            break;
        }
        if !stem.is_empty() {
            stem.push(style.separator);
        }
        // One word alone may be too long.
        let room = word.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= LONGEST_STEM).last();
        stem.push_str(&word[..room.unwrap_or(0)]);
    }
    stem
}

/// How the files of a folder are named.
struct NameStyle {
    separator: char,
    case: Case,
}

#[derive(Clone, Copy)]
enum Case {
    Lower,
    Capitals,
    AsWritten,
}

impl NameStyle {
    /// What most names do; `Page-Title` where they say nothing.
    fn of<'a>(stems: impl Iterator<Item = &'a str>) -> Self {
        let mut separators = [('-', 0usize), ('_', 0), (' ', 0)];
        let (mut lower, mut capitals, mut mixed) = (0usize, 0usize, 0usize);
        for stem in stems.filter(|stem| !matches!(&*stem.to_lowercase(), "index" | "_index" | "readme")) {
            for (separator, count) in &mut separators {
                *count += usize::from(stem.contains(*separator));
            }
            let first_letters = stem.split(['-', '_', ' ']).filter_map(|word| word.chars().next());
            let (upper, small): (Vec<char>, Vec<char>) =
                first_letters.filter(|c| c.is_uppercase() || c.is_lowercase()).partition(|c| c.is_uppercase());
            match (upper.is_empty(), small.is_empty()) {
                (true, false) => lower += 1,
                (false, true) => capitals += 1,
                (false, false) => mixed += 1,
                (true, true) => {}
            }
        }
        let case = match () {
            () if lower > capitals.max(mixed) => Case::Lower,
            () if mixed > capitals => Case::AsWritten,
            () => Case::Capitals,
        };
        let most = separators.iter().rev().max_by_key(|(_, count)| *count);
        Self { separator: most.map_or('-', |(separator, _)| *separator), case }
    }

    fn case(&self, word: &str) -> String {
        match self.case {
            Case::Lower => word.to_lowercase(),
            Case::AsWritten => word.to_owned(),
            Case::Capitals => {
                let mut letters = word.chars();
                letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect()
            }
        }
    }
}

/// The text of a new page: front matter, and room to write.
pub(super) fn text(title: &str, position: Option<(&str, i64)>, tags: &[String]) -> String {
    let mut text = format!("---\ntitle: {}\n", yaml(title));
    // Writing to a string can't fail.
    if let Some((key, position)) = position {
        let _ = writeln!(text, "{key}: {position}");
    }
    if !tags.is_empty() {
        text.push_str("tags:\n");
        for tag in tags {
            let _ = writeln!(text, "  - {}", yaml(tag));
        }
    }
    text + "---\n\n"
}

/// A text as a YAML value: plain where nobody could read it otherwise, else in quotes.
fn yaml(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| {
            c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '(' | ')' | '.' | ',' | '\'' | '’' | '&' | '+')
        })
        && !WORDS.contains(&&*text.to_lowercase());
    if plain {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() || is_invisible(c) => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(title: &str, neighbours: &[&str]) -> String {
        file_stem(title, neighbours.iter().copied())
    }

    #[test]
    fn a_name_follows_its_neighbours() {
        assert_eq!(stem("Page title", &["Write-Down", "index"]), "Page-Title");
        assert_eq!(stem("Page Title", &["write_down", "ask_early"]), "page_title");
        assert_eq!(stem("Page title", &["Write down", "Ask early"]), "Page title");
        assert_eq!(stem("Page title", &[]), "Page-Title");
    }

    #[test]
    fn a_name_holds_letters_and_digits_only() {
        assert_eq!(stem("What's \"this\": a/b\\c? 🐛", &[]), "Whats-This-A-B-C");
        assert_eq!(stem("../../etc/passwd", &[]), "Etc-Passwd");
        assert_eq!(stem("🐛 — !", &[]), "Untitled");
        assert_eq!(stem("知識体系", &[]), "知識体系");
    }

    #[test]
    fn a_long_title_is_cut_between_words_and_a_long_word_inside() {
        assert_eq!(stem(&"word ".repeat(100), &["a"]).len(), 16 * 5 - 1);
        assert_eq!(stem(&"é".repeat(300), &[]).len(), 80);
    }

    #[test]
    fn yaml_reads_back_what_was_written() {
        let texts = [
            "Plain words",
            "Level 2 (OSMM)",
            "a: b",
            "# no comment",
            "- no list",
            "yes",
            "No",
            "2024",
            "1.5",
            "~",
            "null",
            "\"quoted\"",
            "back\\slash",
            "it's",
            "trailing:",
            "a #b",
            "{a}",
            "[a]",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "|",
            ">",
            "?",
            "🐛",
            "é",
            "知識",
            "---",
            "...",
            "a, b",
            "\u{85}\u{2028}\u{feff}",
            "<a href=\"x\">",
        ];
        for text in texts {
            let written = super::text(text, Some(("sidebar_position", 3)), &[text.to_owned()]);
            let block =
                written.strip_prefix("---\n").and_then(|rest| rest.strip_suffix("---\n\n")).expect("two fences");
            let read = &yaml_rust2::YamlLoader::load_from_str(block).expect(text)[0];
            assert_eq!(read["title"].as_str(), Some(text));
            assert_eq!(read["tags"][0].as_str(), Some(text));
            assert_eq!(read["sidebar_position"].as_i64(), Some(3));
        }
    }
}
