//! Which letters a typeface has, from its file, and what its bytes come to.

use std::io::{self, Read};

use ab_glyph::{Font, FontRef};

use super::kind::has_extension;
use crate::typeface::{Letters, Typeface};

/// The longest file that is read: typefaces of Chinese and Japanese have some 20 MB.
const LONGEST: u64 = 64 << 20;

/// Behind the last letter that anybody writes.
const LAST_LETTER: u32 = 0x3_2400;

/// Whether a file's name is that of a typeface which can be drawn with.
pub(super) fn is_typeface(name: &str) -> bool {
    has_extension(name, &["ttf", "otf"])
}

/// What is to be known of a typeface; nothing if it isn't one.
pub(super) fn look(file: &mut impl Read) -> io::Result<Option<Typeface>> {
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes)?;
    let Ok(font) = FontRef::try_from_slice(&bytes) else { return Ok(None) };
    // Asked for one by one: the library lists but one letter for each shape, and `手` shares its with a radical.
    let letters =
        Letters::of((0..LAST_LETTER).filter_map(char::from_u32).filter(|&letter| font.glyph_id(letter).0 != 0));
    let hash = blake3::hash(&bytes);
    Ok(Some(Typeface { digest: std::array::from_fn(|at| hash.as_bytes()[at]), letters }))
}
