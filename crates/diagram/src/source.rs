//! What all kinds of diagrams share: lines without comments, a title, and words for those who don't see it.

use crate::letters;
use crate::svg::ToldPicture;

pub(crate) struct DiagramSource {
    /// The lines that say something, trimmed, each with its number.
    pub(crate) lines: Vec<(usize, String)>,
    pub(crate) title: String,
    pub(crate) acc_title: String,
    pub(crate) acc_description: String,
}

impl DiagramSource {
    pub(crate) fn read(text: &str) -> Self {
        let (lines, title, acc_title, acc_description) = Default::default();
        let mut source = Self { lines, title, acc_title, acc_description };
        let mut head = text.trim_start().starts_with("---");
        let mut opened = false;
        let mut describing = false;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if head {
                let title = line.strip_prefix("title:").map(|title| title.trim().trim_matches('"'));
                source.title = title.map_or(std::mem::take(&mut source.title), str::to_owned);
                head = line != "---" || !std::mem::replace(&mut opened, true);
            } else if describing {
                describing = !line.contains('}');
                source.describe(line.trim_end_matches('}'));
            } else if let Some(title) =
                line.strip_prefix("accTitle").and_then(|rest| rest.trim_start().strip_prefix(':'))
            {
                title.trim().clone_into(&mut source.acc_title);
            } else if let Some(rest) = line.strip_prefix("accDescr").map(str::trim_start) {
                describing = rest.starts_with('{') && !rest.contains('}');
                source.describe(rest.trim_start_matches([':', '{']).trim_end_matches('}'));
            } else if !line.is_empty() && !line.starts_with("%%") {
                let said = line.split(" %%").next().unwrap_or(line).trim_end();
                source.lines.push((number, said.to_owned()));
            }
        }
        source
    }

    fn describe(&mut self, line: &str) {
        if !self.acc_description.is_empty() {
            self.acc_description.push(' ');
        }
        self.acc_description.push_str(line.trim());
    }

    /// What is told of it, where its author says nothing else: what it shows, in order.
    pub(crate) fn told(&self, shown: String) -> ToldPicture {
        let title = if self.acc_title.is_empty() { &self.title } else { &self.acc_title };
        let description = if self.acc_description.is_empty() { shown } else { self.acc_description.clone() };
        ToldPicture { title: letters::plain(title), description: short(description) }
    }
}

/// Words that are not too many to be read aloud.
fn short(text: String) -> String {
    const MOST: usize = 2_000;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
