//! A tag from its name to its end, attribute by attribute.

use super::reader::{ODD_SPACES, Reader, Slip, SlipKind, edit};
use super::values::{braces, curly};

impl<'a> Reader<'a> {
    /// Reads the tag; nothing if it can't be told what it is.
    pub(super) fn tag(&mut self) -> Option<()> {
        if self.rest().starts_with(' ') {
            self.slip(SlipKind::SpaceBeforeName, self.at..self.at + 1, vec![edit(self.at..self.at + 1, "")]);
            self.at += 1;
        }
        self.at += self.rest().bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_.".contains(b)).count();
        self.last = self.at;
        let next = self.rest().chars().next();
        if next.is_some_and(|c| !c.is_ascii_whitespace() && !ODD_SPACES.contains(&c) && !matches!(c, '/' | '>')) {
            return None;
        }
        loop {
            self.spaces();
            let rest = self.rest();
            if rest.starts_with("/>") || rest.starts_with('>') {
                let sure = self.is_sure || self.asked.is_read || self.slips.iter().any(|slip| !slip.name.is_empty());
                return sure.then_some(());
            }
            if rest.is_empty() || rest.trim_end() == "/" || rest.starts_with("/\n") || rest.starts_with("/\r") {
                return self.no_end();
            }
            if rest.starts_with('\\') && rest[1..].trim_start_matches(' ').starts_with('>') {
                self.slip(SlipKind::Backslash, self.at..self.at + 1, vec![edit(self.at..self.at + 1, "/")]);
                self.at += 1;
                self.at += self.rest().len() - self.rest().trim_start_matches(' ').len();
                continue;
            }
            if rest.starts_with('/') && rest.trim_start_matches(['/', ' ']).starts_with('>') {
                let end = self.at + rest.len() - rest.trim_start_matches(['/', ' ']).len();
                self.slip(SlipKind::SplitEnd, self.at..end + 1, vec![edit(self.at..end, "/")]);
                self.at = end + 1;
                let sure = self.is_sure || self.asked.is_read;
                return sure.then_some(());
            }
            if rest.starts_with([',', ';']) {
                self.slip(SlipKind::Comma, self.at..self.at + 1, vec![edit(self.at..self.at + 1, "")]);
                self.at += 1;
                continue;
            }
            if rest.starts_with('{') {
                self.at += braces(rest)?;
                self.last = self.at;
                continue;
            }
            if !self.attribute()? {
                return Some(());
            }
        }
    }

    /// Passes white space, of both kinds.
    fn spaces(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            if ODD_SPACES.contains(&c) {
                let span = self.at..self.at + c.len_utf8();
                self.slip(SlipKind::OddSpace, span.clone(), vec![edit(span, " ")]);
            } else if !c.is_ascii_whitespace() {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    fn no_end(&mut self) -> Option<()> {
        if self.asked.is_read || !self.is_sure {
            return None;
        }
        let slash = self.text[self.last..].trim_start().starts_with('/');
        let at = if slash { self.last + self.text[self.last..].find('/')? + 1 } else { self.last };
        let edits = match (slash, self.asked.has_body) {
            (true, _) => vec![edit(at..at, ">")],
            (false, false) => vec![edit(at..at, " />")],
            (false, true) => Vec::new(),
        };
        let start = self.asked.at;
        self.slip(SlipKind::NoEnd, start..at, edits);
        Some(())
    }

    /// Reads an attribute; tells whether the tag goes on after it.
    fn attribute(&mut self) -> Option<bool> {
        let start = self.at;
        let length = self.rest().bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-.".contains(b)).count();
        let name = &self.text[start..start + length];
        if name.is_empty() {
            return None;
        }
        self.at += length;
        let rest = self.rest();
        let sign = rest.len() - rest.trim_start_matches(' ').len();
        if rest[sign..].starts_with(['"', '\'']) && self.asked.names.contains(&name) {
            let at = self.at + sign;
            let edits = vec![edit(self.at..at, "=")];
            self.named(SlipKind::NoEquals, start, name, "", edits)?;
            self.at = at;
            return self.value(start, name).map(|()| true);
        }
        let Some((length, is_well)) = separator(&rest[sign..]) else { return self.word(start, name) };
        let sign = self.at + sign..self.at + sign + length;
        self.at = sign.end + self.text[sign.end..].len() - self.text[sign.end..].trim_ascii_start().len();
        if !is_well {
            // Between a name and a value that can be read, it can't be anything else.
            let slip = Slip {
                kind: SlipKind::Separator,
                span: (start..sign.end).into(),
                name: name.to_owned(),
                value: self.text[sign.clone()].trim().to_owned(),
                edits: vec![edit(self.text[..sign.start].trim_end().len()..self.at, "=")],
            };
            self.slips.push(slip);
        }
        self.value(start, name).map(|()| true)
    }

    /// A word without a value; tells whether the tag goes on after it.
    fn word(&mut self, start: usize, name: &str) -> Option<bool> {
        let is_on_later_line = self.text[self.asked.at..start].contains('\n');
        if is_on_later_line && !self.asked.is_read && !self.asked.names.contains(&name) {
            // This is text already.
            return self.no_end().map(|()| false);
        }
        self.last = self.at;
        Some(true)
    }
}

/// What stands between a name and its value: how long it is, and whether that is an equals sign.
fn separator(rest: &str) -> Option<(usize, bool)> {
    let begins_value = |after: &str| {
        let after = after.trim_start_matches(' ');
        after.starts_with(['"', '\'', '{']) || curly(after).is_some()
    };
    let odd =
        ["=>", "==", ":=", ":"].into_iter().find(|sign| rest.starts_with(sign) && begins_value(&rest[sign.len()..]));
    match odd {
        Some(sign) => Some((sign.len(), false)),
        None => rest.starts_with('=').then_some((1, true)),
    }
}
