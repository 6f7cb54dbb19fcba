//! Width and height of a picture, from the first bytes of its file. Bounded: what
//! is not told in the first megabyte is not known.

use std::fs::File;
use std::io::Read;

use imagesize::ImageType;

use super::{has_extension, svg};

/// Enough for every format but photographs that carry a preview or a colour profile.
const HEAD: u64 = 4 << 10;
const MORE: u64 = 1 << 20;

/// Whether a file's name is that of a picture whose size can be told.
pub(super) fn is_picture(name: &str) -> bool {
    is_svg(name) || has_extension(name, &["png", "jpg", "jpeg", "gif", "webp", "avif"])
}

fn is_svg(name: &str) -> bool {
    has_extension(name, &["svg"])
}

/// Width and height in pixels, if the file says so.
pub(super) fn dimensions(file: &mut File, name: &str) -> Option<(u32, u32)> {
    let mut bytes = Vec::with_capacity(HEAD as usize);
    let told = |bytes: &[u8]| if is_svg(name) { svg::dimensions(bytes) } else { raster(bytes) };
    file.take(HEAD).read_to_end(&mut bytes).ok()?;
    told(&bytes).or_else(|| {
        let whole = (bytes.len() as u64) < HEAD;
        (!whole && file.take(MORE).read_to_end(&mut bytes).is_ok()).then(|| told(&bytes))?
    })
}

fn raster(bytes: &[u8]) -> Option<(u32, u32)> {
    use ImageType::{Gif, Heif, Jpeg, Png, Webp};
    // Only formats that browsers show: the others are guessed from too little.
    let (Png | Jpeg | Gif | Webp | Heif(_)) = imagesize::image_type(bytes).ok()? else { return None };
    let size = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    (width > 0 && height > 0).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;
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

    fn told(name: &str, bytes: &[u8]) -> Option<(u32, u32)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        dimensions(&mut File::open(path).unwrap(), name)
    }

    #[test]
    fn the_head_of_a_file_tells_its_size() {
        assert_eq!(told("a.PNG", &png(640, 480)), Some((640, 480)));
        assert_eq!(told("a.jpg", &jpeg(0)), Some((48, 32)));
        assert_eq!(told("a.gif", b"GIF89a\x0a\0\x14\0\0\0\0"), Some((10, 20)));
        assert_eq!(told("a.svg", br#"<svg width="12" height="7"/>"#), Some((12, 7)));
    }

    #[test]
    fn a_photograph_with_a_long_profile_tells_it_too() {
        assert_eq!(told("a.jpg", &jpeg(3)), Some((48, 32)));
    }

    #[test]
    fn what_is_no_picture_has_no_size() {
        assert_eq!(told("a.png", b""), None);
        assert_eq!(told("a.png", b"just text"), None);
        assert_eq!(told("a.png", &png(0, 5)), None);
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
