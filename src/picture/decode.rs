//! The bytes of a picture turned into its pixels, as they are shown: eight bits a colour, turned as the camera was held. By
//! the decoders themselves, not by one library over all of them, which brings whole colour systems along; none is in C, since
//! anyone may have sent a picture.

use std::io::Cursor;

use image_webp::WebPDecoder;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::read::exif;

/// No picture may take more memory when it is decoded. Pixels of three colours take a third more afterwards.
const MOST_MEMORY: usize = 768 << 20;

/// Pixels of a size, each of three colours and how much it covers.
pub(super) struct Raster {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// Whether some may be seen through.
    pub alpha: bool,
}

/// A picture's pixels, and their colour profile.
pub(super) struct DecodedPicture {
    pub raster: Raster,
    pub profile: Option<Vec<u8>>,
}

/// What the bytes of a picture say; nothing if they can't be read.
pub(super) fn decode(bytes: &[u8]) -> Option<DecodedPicture> {
    match bytes {
        [0xff, 0xd8, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [b'R', b'I', b'F', b'F', ..] => webp(bytes),
        _ => None,
    }
}

fn jpeg(bytes: &[u8]) -> Option<DecodedPicture> {
    // As browsers do: what is cut off is shown as far as it goes.
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let profile = decoder.icc_profile();
    decoder.output_buffer_size().filter(|size| *size <= MOST_MEMORY)?;
    let (width, height) = decoder.dimensions()?;
    let pixels = decoder.decode().ok()?;
    let (width, height) = (width.try_into().ok()?, height.try_into().ok()?);
    let raster = Raster { bytes: covering(pixels), width, height, alpha: false };
    Some(DecodedPicture { raster: turned(raster, exif::orientation(bytes).unwrap_or(1))?, profile })
}

fn png(bytes: &[u8]) -> Option<DecodedPicture> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: MOST_MEMORY });
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().ok()?;
    let size = reader.output_buffer_size().filter(|size| *size <= MOST_MEMORY)?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).ok()?;
    pixels.truncate(frame.buffer_size());
    if frame.bit_depth == png::BitDepth::Sixteen {
        pixels = pixels.chunks_exact(2).map(|colour| eight_bits(u16::from_be_bytes([colour[0], colour[1]]))).collect();
    }
    let (pixels, alpha) = match frame.color_type {
        png::ColorType::Rgb => (covering(pixels), false),
        png::ColorType::Rgba => (pixels, true),
        png::ColorType::Grayscale => (pixels.iter().flat_map(|&grey| [grey, grey, grey, 255]).collect(), false),
        png::ColorType::GrayscaleAlpha => (pixels.chunks_exact(2).flat_map(coloured).collect(), true),
        png::ColorType::Indexed => return None,
    };
    let profile = reader.info().icc_profile.as_deref().map(<[u8]>::to_vec);
    let raster = Raster { bytes: pixels, width: frame.width, height: frame.height, alpha };
    Some(DecodedPicture { raster, profile })
}

/// Pixels of three colours as pixels of which none is seen through, in their own place: a large picture isn't held twice.
fn covering(mut colours: Vec<u8>) -> Vec<u8> {
    let many = colours.len() / 3;
    colours.resize(many * 4, 255);
    // From the last one on: each moves to where what is still to move doesn't stand.
    for at in (0..many).rev() {
        let pixel = [colours[at * 3], colours[at * 3 + 1], colours[at * 3 + 2], 255];
        colours[at * 4..at * 4 + 4].copy_from_slice(&pixel);
    }
    colours
}

/// A colour of sixteen bits, as near as eight can be.
fn eight_bits(colour: u16) -> u8 {
    ((u32::from(colour) + 128) / 257) as u8
}

fn coloured(grey_and_alpha: &[u8]) -> [u8; 4] {
    let (grey, alpha) = (grey_and_alpha[0], grey_and_alpha[1]);
    [grey, grey, grey, alpha]
}

fn webp(bytes: &[u8]) -> Option<DecodedPicture> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).ok()?;
    decoder.set_memory_limit(MOST_MEMORY);
    let size = decoder.output_buffer_size().filter(|size| *size <= MOST_MEMORY)?;
    let mut pixels = vec![0; size];
    decoder.read_image(&mut pixels).ok()?;
    let profile = decoder.icc_profile().ok().flatten();
    let (width, height) = decoder.dimensions();
    let alpha = decoder.has_alpha();
    let pixels = if alpha { pixels } else { covering(pixels) };
    Some(DecodedPicture { raster: Raster { bytes: pixels, width, height, alpha }, profile })
}

/// The same pixels, turned and mirrored as a number of Exif says.
fn turned(raster: Raster, orientation: u16) -> Option<Raster> {
    if !(2..=8).contains(&orientation) {
        return Some(raster);
    }
    let (width, height) = (usize::try_from(raster.width).ok()?, usize::try_from(raster.height).ok()?);
    let lies_on_its_side = orientation >= 5;
    let (new_width, new_height) = if lies_on_its_side { (height, width) } else { (width, height) };
    let mut bytes = Vec::with_capacity(raster.bytes.len());
    for y in 0..new_height {
        for x in 0..new_width {
            let (from_x, from_y) = match orientation {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                _ => (width - 1 - y, x),
            };
            let at = (from_y * width + from_x) * 4;
            bytes.extend_from_slice(raster.bytes.get(at..at + 4)?);
        }
    }
    Some(Raster { bytes, width: new_width.try_into().ok()?, height: new_height.try_into().ok()?, alpha: raster.alpha })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::jpeg::JpegEncoder;
    use image::metadata::Orientation;
    use image::{DynamicImage, ImageEncoder, ImageFormat};

    /// A picture in which no two neighbours are alike.
    fn drawn(width: u32, height: u32) -> DynamicImage {
        let pixels: Vec<u8> = (0..width * height * 4).map(|at| (at * 7 % 251) as u8).collect();
        DynamicImage::ImageRgba8(image::RgbaImage::from_raw(width, height, pixels).unwrap())
    }

    fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// That a picture is read as a library that knows all formats reads it.
    fn is_read_rightly(picture: &DynamicImage, format: ImageFormat) {
        let bytes = written(picture, format);
        let theirs = image::load_from_memory(&bytes).unwrap();
        let ours = decode(&bytes).unwrap().raster;
        let alpha = theirs.color().has_alpha();
        assert_eq!((ours.width, ours.height, ours.alpha), (theirs.width(), theirs.height(), alpha));
        assert!(ours.bytes == theirs.to_rgba8().into_raw(), "{format:?} {:?}", picture.color());
    }

    #[test]
    fn pixels_of_all_kinds_are_read() {
        let picture = drawn(37, 23);
        let kinds: [DynamicImage; 8] = [
            picture.to_rgba8().into(),
            picture.to_rgb8().into(),
            picture.to_luma8().into(),
            picture.to_luma_alpha8().into(),
            picture.to_rgba16().into(),
            picture.to_rgb16().into(),
            picture.to_luma16().into(),
            picture.to_luma_alpha16().into(),
        ];
        for kind in &kinds {
            is_read_rightly(kind, ImageFormat::Png);
        }
        is_read_rightly(&kinds[0], ImageFormat::WebP);
        is_read_rightly(&kinds[1], ImageFormat::WebP);
        is_read_rightly(&kinds[1], ImageFormat::Jpeg);
        is_read_rightly(&kinds[2], ImageFormat::Jpeg);
    }

    #[test]
    fn what_cameras_say_of_their_hold_is_heeded() {
        let (width, height) = (5, 3);
        let picture = drawn(width, height).to_rgba8();
        for number in 0..=9u8 {
            let raster = Raster { bytes: picture.as_raw().clone(), width, height, alpha: true };
            let ours = turned(raster, u16::from(number)).unwrap();
            let mut theirs = DynamicImage::ImageRgba8(picture.clone());
            theirs.apply_orientation(Orientation::from_exif(number).unwrap_or(Orientation::NoTransforms));
            assert_eq!((ours.width, ours.height), (theirs.width(), theirs.height()));
            assert!(ours.bytes == theirs.into_rgba8().into_raw(), "{number}");
        }
    }

    #[test]
    fn colour_profiles_are_found() {
        let profile = vec![7; 301];
        let picture = drawn(16, 16).to_rgb8();
        let (mut jpeg, mut png) = (Vec::new(), Vec::new());
        let mut encoder = JpegEncoder::new(&mut jpeg);
        encoder.set_icc_profile(profile.clone()).unwrap();
        encoder.write_image(&picture, 16, 16, image::ColorType::Rgb8.into()).unwrap();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut png);
        encoder.set_icc_profile(profile.clone()).unwrap();
        encoder.write_image(&picture, 16, 16, image::ColorType::Rgb8.into()).unwrap();
        let webp = crate::picture::profile::with(written(&picture.clone().into(), ImageFormat::WebP), &profile, 16, 16);
        for bytes in [jpeg, png, webp] {
            assert_eq!(decode(&bytes).unwrap().profile.as_ref(), Some(&profile));
        }
        assert_eq!(decode(&written(&picture.into(), ImageFormat::WebP)).unwrap().profile, None);
    }
}
