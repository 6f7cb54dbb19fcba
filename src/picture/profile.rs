//! A colour profile put into a WebP file, so that a smaller picture has the colours of its original.
//! Knows the frame of the format (RIFF chunks), not how pixels are stored in it.

/// The flags of a file: it has a colour profile, it has see-through parts.
const PROFILE: u8 = 0x20;
const ALPHA: u8 = 0x10;

/// The same picture with a colour profile; as it was if it can't have one.
pub(super) fn with(webp: Vec<u8>, profile: &[u8], width: u32, height: u32) -> Vec<u8> {
    framed(&webp, profile, width, height).unwrap_or(webp)
}

fn framed(webp: &[u8], profile: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let chunks = webp.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WEBP")?;
    let (flags, pixels) = match chunks.get(..4)? {
        b"VP8X" => (*chunks.get(8)?, chunks.get(18..)?),
        // Without loss, see-through parts are among the pixels, and a bit in their head tells of them.
        b"VP8L" => (if chunks.get(12)? & 0x10 != 0 { ALPHA } else { 0 }, chunks),
        _ => (0, chunks),
    };
    let side = |length: u32| length.checked_sub(1).map(u32::to_le_bytes);
    let (wide, high) = (side(width)?, side(height)?);
    let mut out = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".to_vec();
    out.extend([flags | PROFILE, 0, 0, 0, wide[0], wide[1], wide[2], high[0], high[1], high[2]]);
    out.extend(b"ICCP");
    out.extend(u32::try_from(profile.len()).ok()?.to_le_bytes());
    out.extend(profile);
    if profile.len() % 2 == 1 {
        out.push(0);
    }
    out.extend(pixels);
    let length = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Some(out)
}

/// Whether a profile says what every browser takes for granted, or nothing that holds for pixels on a screen.
pub(super) fn is_needless(profile: &[u8]) -> bool {
    let standard =
        memchr::memmem::find(profile, b"sRGB").is_some() || memchr::memmem::find(profile, b"s\0R\0G\0B").is_some();
    standard || profile.len() < 132
}

/// Whether a profile is for inks: such pixels can't be turned into a screen's without it.
pub(super) fn is_for_print(profile: &[u8]) -> bool {
    profile.get(16..20) == Some(b"CMYK")
}
