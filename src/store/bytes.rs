//! The one way in which values are written as bytes and read again: lengths and places as numbers of as many bytes as
//! they need, texts with their length before them. Bytes that can't be such a value come back as nothing; whether they
//! are those that were written, whoever keeps them has to know.

use std::ops::RangeInclusive;

/// What can be written as bytes and read again.
pub trait Packed: Sized {
    /// Appends the value to some bytes.
    fn pack(&self, out: &mut Vec<u8>);
    /// Takes a value from the front of some bytes.
    fn unpack(from: &mut &[u8]) -> Option<Self>;
}

/// Types that are their fields, one after the other. Each field is named: one more can't be forgotten, the compiler asks.
macro_rules! packed_fields {
    ($($name:ident { $($field:ident),+ $(,)? })+) => {
        $(impl $crate::store::bytes::Packed for $name {
            #[inline]
            fn pack(&self, out: &mut Vec<u8>) {
                let Self { $($field),+ } = self;
                $($crate::store::bytes::Packed::pack($field, out);)+
            }

            #[inline]
            fn unpack(from: &mut &[u8]) -> Option<Self> {
                $(let $field = $crate::store::bytes::Packed::unpack(from)?;)+
                Some(Self { $($field),+ })
            }
        })+
    };
}

pub(crate) use packed_fields;

/// A value with what it is before it.
pub fn tagged(out: &mut Vec<u8>, tag: u8, value: &impl Packed) {
    out.push(tag);
    value.pack(out);
}

/// The next bytes, so many of them.
#[inline]
pub fn take<'a>(from: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = from.split_at_checked(count)?;
    *from = rest;
    Some(taken)
}

/// Bytes with their number before them.
#[inline]
pub fn put_slice(out: &mut Vec<u8>, bytes: &[u8]) {
    bytes.len().pack(out);
    out.extend_from_slice(bytes);
}

/// Bytes that stand with their number before them.
#[inline]
pub fn take_slice<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::unpack(from)?;
    take(from, length)
}

/// Names with values, with their number before them.
pub fn pack_entries<'a, T: Packed + 'a>(
    entries: impl ExactSizeIterator<Item = (&'a String, &'a T)>,
    out: &mut Vec<u8>,
) {
    entries.len().pack(out);
    for (name, value) in entries {
        name.pack(out);
        value.pack(out);
    }
}

/// Names with values, as `pack_entries` writes them.
pub fn unpack_entries<T: Packed, Entries: FromIterator<(String, T)>>(from: &mut &[u8]) -> Option<Entries> {
    (0..usize::unpack(from)?).map(|_| Some((String::unpack(from)?, T::unpack(from)?))).collect()
}

impl<const COUNT: usize> Packed for [u8; COUNT] {
    #[inline]
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    #[inline]
    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (taken, rest) = from.split_first_chunk()?;
        *from = rest;
        Some(*taken)
    }
}

impl Packed for u8 {
    #[inline]
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    #[inline]
    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let (taken, rest) = from.split_first()?;
        *from = rest;
        Some(*taken)
    }
}

impl Packed for bool {
    #[inline]
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    #[inline]
    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(u8::unpack(from)? != 0)
    }
}

/// Seven bits a byte, the lowest first; most lengths and places need one or two.
impl Packed for usize {
    #[inline]
    fn pack(&self, out: &mut Vec<u8>) {
        let mut left = *self;
        while left >= 0x80 {
            out.push(left as u8 | 0x80);
            left >>= 7;
        }
        out.push(left as u8);
    }

    #[inline]
    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = u8::unpack(from)?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

/// Numbers that may be of any size: as many bytes as they have, the lowest first.
macro_rules! whole_numbers {
    ($($number:ty)+) => {
        $(impl Packed for $number {
            #[inline]
            fn pack(&self, out: &mut Vec<u8>) {
                self.to_le_bytes().pack(out);
            }

            #[inline]
            fn unpack(from: &mut &[u8]) -> Option<Self> {
                Packed::unpack(from).map(Self::from_le_bytes)
            }
        })+
    };
}

whole_numbers! { u16 u32 u64 i64 }

impl Packed for f64 {
    #[inline]
    fn pack(&self, out: &mut Vec<u8>) {
        self.to_bits().pack(out);
    }

    #[inline]
    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Packed::unpack(from).map(Self::from_bits)
    }
}

impl Packed for String {
    #[inline]
    fn pack(&self, out: &mut Vec<u8>) {
        put_slice(out, self.as_bytes());
    }

    #[inline]
    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(str::from_utf8(take_slice(from)?).ok()?.to_owned())
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(if bool::unpack(from)? { Some(T::unpack(from)?) } else { None })
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        self.iter().for_each(|item| item.pack(out));
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        let count = usize::unpack(from)?;
        // Each takes a byte at least: no more room is asked for than can be needed.
        let mut items = Self::with_capacity(count.min(from.len()));
        for _ in 0..count {
            items.push(T::unpack(from)?);
        }
        Some(items)
    }
}

impl Packed for RangeInclusive<usize> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.start().pack(out);
        self.end().pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Option<Self> {
        Some(usize::unpack(from)?..=usize::unpack(from)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comes_back<T: Packed + PartialEq + std::fmt::Debug>(value: &T) {
        let mut bytes = Vec::new();
        value.pack(&mut bytes);
        let mut rest = &bytes[..];
        assert_eq!(T::unpack(&mut rest).as_ref(), Some(value));
        assert!(rest.is_empty());
        for end in 0..bytes.len() {
            assert_eq!(T::unpack(&mut &bytes[..end]), None, "{end} of {value:?}");
        }
    }

    #[test]
    fn values_come_back_and_half_of_one_is_none() {
        [0, 1, 127, 128, 300, 1 << 40, usize::MAX].iter().for_each(comes_back);
        comes_back(&u64::MAX);
        comes_back(&-1_i64);
        comes_back(&0.5);
        comes_back(&"é".to_owned());
        comes_back(&vec![Some("a".to_owned()), None]);
        comes_back(&[1_u8, 2, 3]);
        comes_back(&(3..=1_000));
    }

    #[test]
    fn bytes_that_are_no_value_are_none() {
        assert_eq!(usize::unpack(&mut &[0xff; 20][..]), None, "a number without an end");
        assert_eq!(String::unpack(&mut &[2, 0xc3, 0x28][..]), None, "no UTF-8");
        assert_eq!(Vec::<u8>::unpack(&mut &[0xff, 0xff, 0xff, 0xff, 0x0f][..]), None, "more than there is");
    }
}
