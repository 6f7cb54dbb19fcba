//! What a thing that is kept depends on, in 16 bytes.

use super::bytes::Packed;

/// What a thing depends on, in 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key([u8; 16]);

impl Key {
    /// A key as it was written down.
    pub fn from_bytes(bytes: [u8; 16]) -> Key {
        Key(bytes)
    }

    /// To write it down.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The key of something that depends on these parts.
    pub fn of(parts: &[&[u8]]) -> Key {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Key(first(hasher.finalize().as_bytes()))
    }
}

impl Packed for Key {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Packed::unpack(from).map(Key)
    }
}

/// The first bytes of a slice that has that many.
pub(super) fn first<const COUNT: usize>(bytes: &[u8]) -> [u8; COUNT] {
    std::array::from_fn(|index| bytes[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_parts_apart() {
        assert_ne!(Key::of(&[b"ab", b"c"]), Key::of(&[b"a", b"bc"]));
    }
}
