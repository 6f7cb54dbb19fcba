//! Width and height of a picture, from the first bytes of its file. Bounded: what
//! is not told in the first megabyte is not known. The rest is read only for a digest.

use std::io::{self, Read};

use imagesize::ImageType;

use super::kind::has_extension;
use super::{exif, svg};
use crate::source::Digest;

/// Enough for every format but photographs that carry a preview or a colour profile.
const HEAD: u64 = 4 << 10;
const MORE: u64 = 1 << 20;
/// So much of a file is held while it is hashed.
const CHUNK: usize = 64 << 10;

/// What a look at a picture tells.
#[derive(Default)]
pub(super) struct Picture {
    pub dimensions: Option<(u32, u32)>,
    /// What it is by its bytes.
    pub media_type: Option<&'static str>,
    pub digest: Option<Digest>,
}

/// Whether a file's name is that of a picture whose size can be told.
pub(super) fn is_picture(name: &str) -> bool {
    is_svg(name) || has_extension(name, &["png", "jpg", "jpeg", "gif", "webp", "avif"])
}

fn is_svg(name: &str) -> bool {
    has_extension(name, &["svg"])
}

/// Width and height in pixels as the picture is shown, and its digest if that is wanted and smaller pictures
/// can be made of it.
pub(super) fn look(file: &mut impl Read, name: &str, digest: bool) -> io::Result<Picture> {
    let mut bytes = Vec::with_capacity(HEAD as usize);
    let told = |bytes: &[u8]| if is_svg(name) { svg::dimensions(bytes) } else { raster(bytes) };
    file.by_ref().take(HEAD).read_to_end(&mut bytes)?;
    let mut dimensions = told(&bytes);
    let whole = (bytes.len() as u64) < HEAD;
    if dimensions.is_none() && !whole {
        file.by_ref().take(MORE).read_to_end(&mut bytes)?;
        dimensions = told(&bytes);
    }
    let digest = match digest && dimensions.is_some() && !whole && is_still(&bytes) {
        true => Some(digest_of(&bytes, file)?),
        false => None,
    };
    let media_type = if is_svg(name) { Some("image/svg+xml") } else { media_type(&bytes) };
    Ok(Picture { dimensions, media_type: media_type.filter(|_| dimensions.is_some()), digest })
}

fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match imagesize::image_type(bytes).ok()? {
        ImageType::Gif => Some("image/gif"),
        ImageType::Jpeg => Some("image/jpeg"),
        ImageType::Png => Some("image/png"),
        ImageType::Webp => Some("image/webp"),
        ImageType::Heif(_) => Some("image/avif"),
        _ => None,
    }
}

fn raster(bytes: &[u8]) -> Option<(u32, u32)> {
    use ImageType::{Gif, Heif, Jpeg, Png, Webp};
    // Only formats that browsers show: the others are guessed from too little.
    let (Png | Jpeg | Gif | Webp | Heif(_)) = imagesize::image_type(bytes).ok()? else { return None };
    let size = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    let (width, height) = if exif::lies_on_its_side(bytes) { (height, width) } else { (width, height) };
    (width > 0 && height > 0).then_some((width, height))
}

/// Whether it is one picture of pixels, and none that moves.
fn is_still(bytes: &[u8]) -> bool {
    match imagesize::image_type(bytes) {
        Ok(ImageType::Jpeg) => true,
        // What makes it move stands before the first pixels.
        Ok(ImageType::Png) => {
            let head = memchr::memmem::find(bytes, b"IDAT").map_or(bytes, |end| &bytes[..end]);
            memchr::memmem::find(head, b"acTL").is_none()
        }
        Ok(ImageType::Webp) => bytes.get(12..16) != Some(b"VP8X") || bytes.get(20).is_some_and(|flags| flags & 2 == 0),
        _ => false,
    }
}

/// What a file's bytes come to, of which the first were read.
fn digest_of(head: &[u8], file: &mut impl Read) -> io::Result<Digest> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(head);
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => _ = hasher.update(&chunk[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let hash = hasher.finalize();
    Ok(std::array::from_fn(|at| hash.as_bytes()[at]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    use proptest::prelude::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    fn jpeg(padding: usize) -> Vec<u8> {
        let mut bytes = b"\xff\xd8".to_vec();
        for _ in 0..padding {
            bytes.extend(b"\xff\xe2\xff\xff");
            bytes.extend(vec![0; 0xfffd]);
        }
        bytes.extend(b"\xff\xc0\0\x11\x08\0\x20\0\x30\x03");
        bytes
    }

    fn dimensions_of(name: &str, bytes: &[u8]) -> Option<(u32, u32)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        look(&mut File::open(path).unwrap(), name, false).unwrap().dimensions
    }

    fn has_digest(name: &str, head: &[u8], wanted: bool) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        let bytes = [head, &vec![7; 100_000]].concat();
        std::fs::write(&path, &bytes).unwrap();
        let digest = look(&mut File::open(path).unwrap(), name, wanted).unwrap().digest;
        assert!(digest.is_none_or(|digest| digest[..] == blake3::hash(&bytes).as_bytes()[..16]));
        digest.is_some()
    }

    #[test]
    fn still_pictures_have_a_digest_of_all_their_bytes() {
        assert!(has_digest("a.png", &png(640, 480), true));
        assert!(has_digest("a.jpg", &jpeg(0), true));
        assert!(has_digest("a.jpg", &jpeg(3), true));
        assert!(!has_digest("a.png", &png(640, 480), false));
        assert!(!has_digest("a.png", &[&png(640, 480)[..], b"\x08\x06\0\0\0....\0\0\0\x08acTL"].concat(), true));
        assert!(!has_digest("a.gif", b"GIF89a\x0a\0\x14\0\0\0\0", true));
        assert!(!has_digest("a.svg", br#"<svg width="12" height="7"/>"#, true));
    }

    #[test]
    fn the_head_of_a_file_tells_its_size() {
        assert_eq!(dimensions_of("a.PNG", &png(640, 480)), Some((640, 480)));
        assert_eq!(dimensions_of("a.jpg", &jpeg(0)), Some((48, 32)));
        assert_eq!(dimensions_of("a.gif", b"GIF89a\x0a\0\x14\0\0\0\0"), Some((10, 20)));
        assert_eq!(dimensions_of("a.svg", br#"<svg width="12" height="7"/>"#), Some((12, 7)));
    }

    #[test]
    fn a_photograph_with_a_long_profile_tells_it_too() {
        assert_eq!(dimensions_of("a.jpg", &jpeg(3)), Some((48, 32)));
    }

    #[test]
    fn what_is_no_picture_has_no_size() {
        assert_eq!(dimensions_of("a.png", b""), None);
        assert_eq!(dimensions_of("a.png", b"just text"), None);
        assert_eq!(dimensions_of("a.png", &png(0, 5)), None);
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_do_harm(kind in 0..5usize, tail in proptest::collection::vec(any::<u8>(), 0..200)) {
            let heads: [&[u8]; 5] =
                [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8", b"\0\0\0\x18ftypavif\0\0\0\0mif1"];
            let bytes: Vec<u8> = heads[kind].iter().copied().chain(tail).collect();
            raster(&bytes);
            svg::dimensions(&bytes);
        }
    }
}
