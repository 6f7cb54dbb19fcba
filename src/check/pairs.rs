//! Which two bytes stand side by side in a text: what it can't hold need not be looked for. Rules look for dozens of
//! things that hardly any page has.

/// So many pairs of ASCII there are.
const PAIRS: usize = 1 << 14;

/// A set of pairs of bytes. Those above ASCII are taken for others, which costs a search at most.
pub(super) struct BytePairs {
    seen: Box<[bool; PAIRS]>,
}

impl BytePairs {
    /// Those of a text.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut seen = Box::new([false; PAIRS]);
        // A byte a pair, since writing it waits for nothing that was written before.
        let mut before = 0;
        for &byte in text {
            seen[place(before, byte)] = true;
            before = byte;
        }
        Self { seen }
    }

    /// Whether the text may hold something of two bytes or more: all its pairs are there.
    pub(super) fn may_hold(&self, wanted: &str) -> bool {
        wanted.as_bytes().windows(2).all(|pair| self.seen[place(pair[0], pair[1])])
    }
}

fn place(first: u8, second: u8) -> usize {
    usize::from(first & 0x7f) << 7 | usize::from(second & 0x7f)
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
