//! Which two bytes stand side by side in a text: what it can't hold need not be looked for. Rules look for dozens of
//! things that hardly any page has.

/// A set of pairs of bytes.
pub(super) struct BytePairs {
    bits: Box<[u64]>,
}

impl BytePairs {
    /// Those of a text.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut bits = vec![0_u64; 1 << 10].into_boxed_slice();
        for pair in text.windows(2) {
            let at = place(pair[0], pair[1]);
            bits[at >> 6] |= 1 << (at & 63);
        }
        Self { bits }
    }

    /// Whether the text may hold something of two bytes or more: all its pairs are there.
    pub(super) fn may_hold(&self, wanted: &str) -> bool {
        wanted.as_bytes().windows(2).all(|pair| {
            let at = place(pair[0], pair[1]);
            self.bits[at >> 6] >> (at & 63) & 1 == 1
        })
    }
}

fn place(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

#[cfg(test)]
mod tests {
    use super::BytePairs;

    #[test]
    fn what_a_text_holds_it_may_hold() {
        let text = "See [[Costs]] – ¡olé!";
        let pairs = BytePairs::of(text.as_bytes());
        for (start, _) in text.char_indices() {
            for (end, c) in text[start..].char_indices() {
                assert!(pairs.may_hold(&text[start..start + end + c.len_utf8()]));
            }
        }
        assert!(!["[(", "]]]x", "TODO", "é–"].into_iter().any(|other| pairs.may_hold(other)));
    }
}
