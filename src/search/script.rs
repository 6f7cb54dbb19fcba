//! The script that hands over a part of the index: `bokwormSearch("w3", …)`. What stands in it can end
//! neither the script nor a line of it, whatever the pages hold.

/// A script that is being written.
pub(super) struct Script(Vec<u8>);

impl Script {
    /// The beginning of a part's script.
    pub(super) fn new(name: &str) -> Self {
        let mut script = Self(Vec::new());
        script.raw(b"bokwormSearch(");
        script.string(name);
        script.raw(b",");
        script
    }

    /// Writes what is a script already.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// Where the next bytes go.
    pub(super) fn out(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }

    /// Writes a number.
    pub(super) fn number(&mut self, number: usize) -> &mut Self {
        self.raw(number.to_string().as_bytes())
    }

    /// Writes a text in quotes.
    pub(super) fn string(&mut self, text: &str) -> &mut Self {
        self.0.push(b'"');
        let bytes = text.as_bytes();
        let mut from = 0;
        // The line separators of Unicode end a line in older scripts, and `<` would end a script in a page.
        while let Some(at) = bytes[from..].iter().position(|&byte| SPECIAL[usize::from(byte)]) {
            let at = from + at;
            self.0.extend_from_slice(&bytes[from..at]);
            from = at + 1;
            match bytes[at] {
                b'"' => self.0.extend_from_slice(b"\\\""),
                b'\\' => self.0.extend_from_slice(b"\\\\"),
                0xe2 if bytes[from..].starts_with(b"\x80\xa8") || bytes[from..].starts_with(b"\x80\xa9") => {
                    self.0.extend_from_slice(if bytes[at + 2] == 0xa8 { b"\\u2028" } else { b"\\u2029" });
                    from += 2;
                }
                0xe2 => self.0.push(0xe2),
                byte => self.0.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            }
        }
        self.0.extend_from_slice(&bytes[from..]);
        self.0.push(b'"');
        self
    }

    /// Writes a list, each item by `write`.
    pub(super) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        self.0.push(b'[');
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.0.push(b',');
            }
            write(self, item);
        }
        self.0.push(b']');
        self
    }

    /// The whole script.
    pub(super) fn end(mut self) -> Vec<u8> {
        self.raw(b");\n");
        self.0
    }
}

const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 32 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table[b'<' as usize] = true;
    table[0xe2] = true;
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_never_ends_a_script() {
        let mut script = Script::new("p0");
        script.list(["</script>\u{2028}…\u{2029}", "\"\\\n"], |script, text| {
            script.string(text);
        });
        let expected = "bokwormSearch(\"p0\",[\"\\u003c/script>\\u2028…\\u2029\",\"\\\"\\\\\\u000a\"]);\n";
        assert_eq!(String::from_utf8(script.end()).unwrap(), expected);
    }
}
