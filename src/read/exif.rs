//! How a photograph is to be turned before it is shown, from the first bytes of its JPEG file:
//! cameras store what the sensor saw and say which way up they were held. Reads that one number.

/// The tag of the number.
const ORIENTATION: u16 = 0x0112;
/// The kind of a number of two bytes.
const SHORT: u16 = 3;

/// Whether the file's width and height change places when it is shown.
pub(super) fn lies_on_its_side(jpeg: &[u8]) -> bool {
    orientation(jpeg).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// The orientation, 1 to 8, if the file says it.
pub(crate) fn orientation(jpeg: &[u8]) -> Option<u16> {
    let mut rest = jpeg.strip_prefix(b"\xff\xd8")?;
    // Segments up to the one that says how the pixels are stored: what follows tells nothing more.
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        if matches!(marker, 0xc0..=0xc3 | 0xda) {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + length.max(2))?;
        if marker == 0xe1
            && let Some(tiff) = segment.strip_prefix(b"Exif\0\0")
        {
            return in_tiff(tiff);
        }
        rest = rest.get(2 + length.max(2)..)?;
    }
}

fn in_tiff(tiff: &[u8]) -> Option<u16> {
    let big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..)?.get(..2)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let long = |at: usize| {
        let (one, other) = (u32::from(short(at)?), u32::from(short(at + 2)?));
        usize::try_from(if big { one << 16 | other } else { other << 16 | one }).ok()
    };
    let first = long(4)?;
    let count = usize::from(short(first)?);
    let entries = (0..count).map(|entry| first.saturating_add(2 + entry * 12));
    let mut found = entries.take_while(|at| *at < tiff.len()).filter(|at| short(*at) == Some(ORIENTATION));
    let at = found.next()?;
    (short(at + 2) == Some(SHORT)).then(|| short(at + 8))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn jpeg(tiff: &[u8]) -> Vec<u8> {
        let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
        [b"\xff\xd8\xff\xe0\0\x04ab\xff\xe1", &length[..], b"Exif\0\0", tiff, b"\xff\xc0"].concat()
    }

    #[test]
    fn both_orders_of_bytes_are_read() {
        let big = jpeg(b"MM\0*\0\0\0\x08\0\x02\x01\x0f\0\x02\0\0\0\x01\0\0\0\0\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
        assert_eq!(orientation(&big), Some(6));
        assert!(lies_on_its_side(&big));
        let little = jpeg(b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0");
        assert_eq!(orientation(&little), Some(3));
        assert!(!lies_on_its_side(&little));
    }

    #[test]
    fn a_file_without_one_says_nothing() {
        assert_eq!(orientation(b"\xff\xd8\xff\xc0\0\x11"), None);
        assert_eq!(orientation(&jpeg(b"MM\0*\0\0\0\x08\0\0")), None);
        assert_eq!(orientation(b"\x89PNG"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_do_harm(tiff in proptest::collection::vec(any::<u8>(), 0..200), big: bool) {
            in_tiff(&[if big { b"MM\0*" } else { b"II*\0" }, &tiff[..]].concat());
            orientation(&jpeg(&tiff));
            orientation(&[b"\xff\xd8\xff", &tiff[..]].concat());
        }
    }
}
