//! Choices, made by a number or by the bytes of a fuzzer.

/// Where choices come from. Bytes that have come to their end choose the first of everything.
pub struct Dice<'a> {
    bytes: &'a [u8],
    state: Option<u64>,
}

impl<'a> Dice<'a> {
    pub fn of_seed(seed: u64) -> Self {
        Self { bytes: &[], state: Some(seed) }
    }

    pub fn of_bytes(bytes: &'a [u8]) -> Self {
        Self { bytes, state: None }
    }

    fn byte(&mut self) -> u8 {
        if let Some((first, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            return *first;
        }
        let Some(state) = &mut self.state else { return 0 };
        // SplitMix64, of which the highest byte is taken.
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 56) as u8
    }

    /// A number below another, which is at most 65,536.
    pub fn below(&mut self, end: usize) -> usize {
        let first = usize::from(self.byte());
        let number = if end > 256 { first << 8 | usize::from(self.byte()) } else { first };
        number % end.max(1)
    }

    /// Once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}
