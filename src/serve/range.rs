//! The `Range` header to a stretch of bytes. One range is honoured; several at
//! once, and what can't be read, get the whole file, as RFC 9110 allows.

use std::ops::Range;

/// Which part of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileRange {
    /// All of it.
    Whole,
    /// These bytes, at least one.
    Bytes(Range<u64>),
    /// None that it has.
    Outside,
}

/// Reads the header for a file of that length.
pub(super) fn part(header: &str, len: u64) -> FileRange {
    let Some(set) = header.trim().strip_prefix("bytes=") else { return FileRange::Whole };
    let Some((first, last)) = set.split_once('-').filter(|_| !set.contains(',')) else { return FileRange::Whole };
    let (first, last) = (first.trim(), last.trim());
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if first > last => return FileRange::Whole,
        (Some(first), Some(last)) => first..last.saturating_add(1).min(len),
        (Some(first), None) if last.is_empty() => first..len,
        (None, Some(suffix)) if first.is_empty() => len.saturating_sub(suffix)..len,
        _ => return FileRange::Whole,
    };
    if range.start < range.end { FileRange::Bytes(range) } else { FileRange::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_range_is_honoured() {
        for (header, expected) in [
            ("bytes=0-0", FileRange::Bytes(0..1)),
            ("bytes=2-5", FileRange::Bytes(2..6)),
            ("bytes=5-", FileRange::Bytes(5..10)),
            ("bytes=-3", FileRange::Bytes(7..10)),
            ("bytes=-99", FileRange::Bytes(0..10)),
            ("bytes=0-999999999999999999999999999", FileRange::Bytes(0..10)),
            ("bytes=10-", FileRange::Outside),
            ("bytes=-0", FileRange::Outside),
            ("bytes=99999999999999999999999-", FileRange::Outside),
        ] {
            assert_eq!(part(header, 10), expected, "{header}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_the_whole_file() {
        for header in
            ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", "lines=0-1", "bytes=+1-2"]
        {
            assert_eq!(part(header, 10), FileRange::Whole, "{header}");
        }
        assert_eq!(part("bytes=0-", 0), FileRange::Outside);
    }

    proptest! {
        #[test]
        fn a_range_lies_in_the_file(header in "(bytes=)?[0-9,-]{0,30}", len in 0..50u64) {
            if let FileRange::Bytes(range) = part(&header, len) {
                prop_assert!(range.start < range.end && range.end <= len);
            }
        }
    }
}
