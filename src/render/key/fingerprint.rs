//! What something is made from, as one hash. Every part is told apart from the next, so that no two lists of parts
//! come to the same.

use blake3::Hash;

/// A hash that is being put together: of all parts at once, since there are many and most are short.
#[derive(Default)]
pub(super) struct Fingerprint(Vec<u8>);

impl Fingerprint {
    /// Adds a text.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.number(text.len());
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    /// Adds a text that may be missing, which isn't the same as an empty one.
    pub(super) fn maybe(&mut self, text: Option<&str>) -> &mut Self {
        self.0.push(u8::from(text.is_some()));
        self.text(text.unwrap_or_default())
    }

    /// Adds some texts, and how many there are.
    pub(super) fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> &mut Self {
        let mut count = 0;
        for text in texts {
            self.text(text);
            count += 1;
        }
        self.number(count)
    }

    /// Adds a number.
    pub(super) fn number(&mut self, number: usize) -> &mut Self {
        self.0.extend_from_slice(&(number as u64).to_le_bytes());
        self
    }

    /// Adds what another fingerprint came to.
    pub(super) fn hash(&mut self, hash: Hash) -> &mut Self {
        self.0.extend_from_slice(hash.as_bytes());
        self
    }

    /// What it comes to.
    pub(super) fn end(&self) -> Hash {
        blake3::hash(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn parts_are_told_apart() {
        let of = |texts: &[&str]| Fingerprint::default().texts(texts.iter().copied()).end();
        let ways: [&[&str]; 5] = [&["ab", "c"], &["a", "bc"], &["abc"], &["abc", ""], &[]];
        for (at, one) in ways.iter().enumerate() {
            for other in &ways[at + 1..] {
                assert_ne!(of(one), of(other), "{one:?} {other:?}");
            }
        }
        let maybe = |text| Fingerprint::default().maybe(text).end();
        assert_ne!(maybe(None), maybe(Some("")));
    }
}
