//! A gettext catalogue (a PO file) as text and as values: comments, flags, contexts, messages over several lines. Forms
//! for numbers are read and kept; messages that are obsolete are passed over.

use std::fmt::Write as _;

/// What a PO file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// The text of the header; empty if there is none.
    pub(super) header: String,
    /// The messages, in their order.
    pub(super) messages: Vec<CatalogueMessage>,
}

/// One message with its translation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CatalogueMessage {
    /// What translators wrote beside it: lines of `#`.
    pub(super) comments: Vec<String>,
    /// What was told to them: lines of `#.`.
    pub(super) extracted: Vec<String>,
    /// Where it stands: `#:`.
    pub(super) references: Vec<String>,
    /// `no-wrap` and its like, but for `fuzzy`.
    pub(super) flags: Vec<String>,
    /// Whether somebody has to look at its translation.
    pub(super) is_fuzzy: bool,
    /// What the original said when it was translated: `#| msgid`.
    pub(super) previous: Option<String>,
    /// What tells it from others that say the same.
    pub(super) context: Option<String>,
    /// What the original says.
    pub(super) id: String,
    /// What the translation says; empty if there is none.
    pub(super) translation: String,
    /// The line on which it begins in the file that it was read from.
    pub(super) line: usize,
}

impl CatalogueMessage {
    /// Whether it has a translation that nobody has to look at.
    pub(super) fn is_translated(&self) -> bool {
        !self.is_fuzzy && !self.translation.is_empty()
    }
}

/// Why a text is no PO file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueError {
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    /// What is wrong, and what to do.
    pub why: &'static str,
}

/// Where the next string in quotes goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum StringPlace {
    #[default]
    Nowhere,
    Context,
    Id,
    /// Another form, which pages have no use for.
    Other,
    Translation,
    Previous,
}

/// A catalogue while it is read.
#[derive(Default)]
struct CatalogueReader {
    catalogue: Catalogue,
    open: CatalogueMessage,
    place: StringPlace,
    /// Whether the open message has its translation: what comes then belongs to the next.
    is_whole: bool,
    has_id: bool,
}

/// Reads a PO file.
///
/// # Errors
/// Where it can't be understood.
pub(super) fn read(text: &str) -> Result<Catalogue, CatalogueError> {
    let mut reader = CatalogueReader::default();
    let text = text.trim_start_matches('\u{feff}');
    let mut last = 1;
    for (at, line) in text.lines().enumerate() {
        last = at + 1;
        reader.line(line, last)?;
    }
    reader.close(last)?;
    Ok(reader.catalogue)
}

impl CatalogueReader {
    fn line(&mut self, line: &str, number: usize) -> Result<(), CatalogueError> {
        let bare = line.trim();
        let at = |column: usize, why| Err(CatalogueError { line: number, column, why });
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        if bare.is_empty() {
            return if self.is_whole { self.close(number) } else { Ok(()) };
        }
        if let Some(comment) = bare.strip_prefix('#') {
            return self.comment(comment, line, number);
        }
        let word_end = bare.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(bare.len());
        let (word, rest) = bare.split_at(word_end);
        match word {
            "" => {}
            "msgctxt" | "msgid" if self.is_whole => {
                self.close(number)?;
                self.begin(word, number);
            }
            "msgctxt" | "msgid" => self.begin(word, number),
            "msgid_plural" => self.place = StringPlace::Other,
            "msgstr" | "msgstr[0]" if self.has_id => (self.place, self.is_whole) = (StringPlace::Translation, true),
            _ if word.starts_with("msgstr[") && self.has_id => self.place = StringPlace::Other,
            _ if word.starts_with("msgstr") => return at(indent + 1, "a translation without its `msgid`"),
            "<<<<<<<" | "=======" | ">>>>>>>" => {
                return at(indent + 1, "git left a conflict here: resolve it first");
            }
            _ => return at(indent + 1, "`msgid`, `msgstr` or a text in quotes is expected here"),
        }
        let spaces = rest.chars().take_while(|c| c.is_whitespace()).count();
        self.string(rest.trim_start(), number, indent + word.chars().count() + spaces + 1)
    }

    fn begin(&mut self, word: &str, number: usize) {
        if self.open.line == 0 {
            self.open.line = number;
        }
        self.has_id |= word == "msgid";
        self.place = if word == "msgid" { StringPlace::Id } else { StringPlace::Context };
    }

    fn comment(&mut self, comment: &str, line: &str, number: usize) -> Result<(), CatalogueError> {
        // What is obsolete stands in comments alone.
        if self.is_whole {
            self.close(number)?;
        }
        let told = comment.get(1..).unwrap_or_default().trim();
        match comment.chars().next() {
            Some('~') => {}
            Some('.') => self.open.extracted.push(told.to_owned()),
            Some(':') => self.open.references.push(told.to_owned()),
            Some(',') => {
                for flag in told.split(',').map(str::trim).filter(|flag| !flag.is_empty()) {
                    if flag == "fuzzy" {
                        self.open.is_fuzzy = true;
                    } else {
                        self.open.flags.push(flag.to_owned());
                    }
                }
            }
            Some('|') => {
                let column = line.find('|').map_or(1, |at| line[..at].chars().count() + 2);
                if let Some(id) = told.strip_prefix("msgid ") {
                    self.place = StringPlace::Previous;
                    return self.string(id.trim_start(), number, column);
                }
                if !told.starts_with('"') {
                    self.place = StringPlace::Other;
                } else if self.place == StringPlace::Previous {
                    return self.string(told, number, column);
                }
            }
            _ => self.open.comments.push(comment.trim().to_owned()),
        }
        Ok(())
    }

    fn string(&mut self, quoted: &str, line: usize, column: usize) -> Result<(), CatalogueError> {
        let value = unquoted(quoted).map_err(|(at, why)| CatalogueError { line, column: column + at, why })?;
        let open = &mut self.open;
        let target = match self.place {
            StringPlace::Nowhere => {
                return Err(CatalogueError { line, column, why: "a text that belongs to no `msgid` or `msgstr`" });
            }
            StringPlace::Other => return Ok(()),
            StringPlace::Context => open.context.get_or_insert_default(),
            StringPlace::Previous => open.previous.get_or_insert_default(),
            StringPlace::Id => &mut open.id,
            StringPlace::Translation => &mut open.translation,
        };
        target.push_str(&value);
        Ok(())
    }

    fn close(&mut self, line: usize) -> Result<(), CatalogueError> {
        let message = std::mem::take(&mut self.open);
        let is_whole = std::mem::take(&mut self.is_whole);
        let begins = message.line > 0;
        (self.place, self.has_id) = (StringPlace::Nowhere, false);
        if begins && !is_whole {
            return Err(CatalogueError { line, column: 1, why: "the message before has no `msgstr`" });
        }
        if begins && message.id.is_empty() && message.context.is_none() {
            self.catalogue.header = message.translation;
        } else if begins {
            self.catalogue.messages.push(message);
        }
        Ok(())
    }
}

/// What a string in quotes says; else where it is broken, and how.
fn unquoted(quoted: &str) -> Result<String, (usize, &'static str)> {
    let Some(inner) = quoted.strip_prefix('"') else { return Err((0, "a text in quotes is expected here")) };
    let mut value = String::with_capacity(inner.len());
    let mut chars = inner.chars().enumerate();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' if chars.next().is_none() => return Ok(value),
            '"' => return Err((at + 2, "nothing may stand behind the closing quote: write `\\\"` for a quote inside")),
            '\\' => match chars.next().map(|(_, escaped)| escaped) {
                Some('n') => value.push('\n'),
                Some('t') => value.push('\t'),
                Some('r') => value.push('\r'),
                Some(escaped @ ('"' | '\\' | '\'' | '?')) => value.push(escaped),
                _ => return Err((at + 1, "no such escape: write `\\\\` for a backslash")),
            },
            c => value.push(c),
        }
    }
    Err((quoted.chars().count(), "the closing quote is missing"))
}

/// Writes a catalogue. What was read of it is written the same, but for how lines are wrapped.
pub(super) fn write(catalogue: &Catalogue) -> String {
    let mut out = String::new();
    push_string(&mut out, "", "msgid", "");
    push_string(&mut out, "", "msgstr", &catalogue.header);
    for message in &catalogue.messages {
        out.push('\n');
        push_message(&mut out, message);
    }
    out
}

fn push_message(out: &mut String, message: &CatalogueMessage) {
    for comment in &message.comments {
        let _ = writeln!(out, "{}", format!("# {comment}").trim_end());
    }
    for told in &message.extracted {
        let _ = writeln!(out, "#. {told}");
    }
    for reference in &message.references {
        let _ = writeln!(out, "#: {reference}");
    }
    let fuzzy = message.is_fuzzy.then_some("fuzzy");
    let flags: Vec<&str> = fuzzy.into_iter().chain(message.flags.iter().map(String::as_str)).collect();
    if !flags.is_empty() {
        let _ = writeln!(out, "#, {}", flags.join(", "));
    }
    if let Some(previous) = &message.previous {
        push_string(out, "#| ", "msgid", previous);
    }
    if let Some(context) = &message.context {
        push_string(out, "", "msgctxt", context);
    }
    push_string(out, "", "msgid", &message.id);
    push_string(out, "", "msgstr", &message.translation);
}

/// A string with its word; one of several lines stands on as many.
fn push_string(out: &mut String, before: &str, word: &str, value: &str) {
    let lines: Vec<&str> = value.split_inclusive('\n').collect();
    if lines.len() < 2 {
        let _ = writeln!(out, "{before}{word} \"{}\"", escaped(value));
        return;
    }
    let _ = writeln!(out, "{before}{word} \"\"");
    for line in lines {
        let _ = writeln!(out, "{before}\"{}\"", escaped(line));
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: ja\\n\"\n\"X-Generator: bokworm\\n\"\n\n\
        # Is this right?\n#. type: heading 2\n#: content/en/a.md:3\n#, fuzzy, no-wrap\n#| msgid \"A \\\"thing\\\"\"\n\
        msgctxt \"Top\"\nmsgid \"\"\n\"Two\\n\"\n\"lines\\t\\\\\"\nmsgstr \"二\"\n";

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let catalogue = read(WRITTEN).unwrap();
        let message = &catalogue.messages[0];
        assert_eq!(catalogue.header, "Language: ja\nX-Generator: bokworm\n");
        assert_eq!((message.id.as_str(), message.translation.as_str(), message.line), ("Two\nlines\t\\", "二", 11));
        assert_eq!((message.previous.as_deref(), message.context.as_deref()), (Some("A \"thing\""), Some("Top")));
        assert!(message.is_fuzzy && message.flags == ["no-wrap"] && message.comments == ["Is this right?"]);
        assert_eq!(write(&catalogue), WRITTEN);
    }

    #[test]
    fn obsolete_messages_and_forms_for_numbers_are_no_mistake() {
        let text = "msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"b\"\nmsgstr[1] \"bs\"\n#~ msgid \"old\"\n\
                    #~ msgstr \"alt\"\nmsgid \"c\"\nmsgstr \"d\"\n";
        let read = read(text).unwrap();
        let told: Vec<_> = read.messages.iter().map(|message| (&*message.id, &*message.translation)).collect();
        assert_eq!(told, [("a", "b"), ("c", "d")]);
    }

    #[test]
    fn what_is_broken_is_told_with_its_place() {
        let error = |text: &str| {
            let error = read(text).unwrap_err();
            (error.line, error.column)
        };
        assert_eq!(error("msgid \"a\"\nmsgstr \"b\n"), (2, 10));
        assert_eq!(error("msgid \"a\"\n\nmsgstr \"b\\x\"\n"), (3, 10));
        assert_eq!(error("msgid \"a\" b\"\n"), (1, 10));
        assert_eq!(error("msgid \"a\"\nmsgid \"b\"\n#: x\n"), (3, 1));
        assert_eq!(error("hello\n"), (1, 1));
        assert_eq!(error("msgstr \"a\"\n"), (1, 1));
        assert_eq!(error("\"a\"\n"), (1, 1));
        assert_eq!(error("msgid \"a\"\n<<<<<<< ours\n"), (2, 1));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_written_is_read_again(id in ".{1,20}", said in "[a-c\n\t\"\\\\ ü語\r]{0,20}", is_fuzzy: bool) {
            let message = CatalogueMessage {
                context: is_fuzzy.then(|| said.clone()),
                previous: is_fuzzy.then(|| id.clone()),
                id, translation: said, is_fuzzy, line: 0, ..CatalogueMessage::default()
            };
            let catalogue = Catalogue { header: "Language: ja\n".to_owned(), messages: vec![message; 2] };
            let mut again = read(&write(&catalogue)).unwrap();
            again.messages.iter_mut().for_each(|message| message.line = 0);
            proptest::prop_assert_eq!(again, catalogue);
        }

        #[test]
        fn nothing_makes_the_reader_panic(text in "(msgid |msgstr |msgctxt |#|~|,|\\||\"|a|\\\\|\n){0,30}") {
            let _ = read(&text);
        }
    }
}
