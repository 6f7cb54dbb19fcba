//! The bytes of a picture turned into smaller ones: decoded once, turned as the camera was held, scaled
//! from each size to the next and encoded as WebP. Knows no file; no bytes whatever make it fail otherwise
//! than by saying that they are no picture.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x4;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

use super::decode::{DecodedPicture, Raster, decode};
use super::profile;

/// The picture in each of these widths, which ascend; in none if it is better left alone. Nothing if it can't be read.
pub(super) fn smaller(original: &[u8], widths: &[u32], quality: u8) -> Option<BTreeMap<u32, Vec<u8>>> {
    // The decoders should not panic, but they read what anyone may have sent.
    catch_unwind(AssertUnwindSafe(|| make(original, widths, quality))).ok().flatten()
}

fn make(original: &[u8], widths: &[u32], quality: u8) -> Option<BTreeMap<u32, Vec<u8>>> {
    let DecodedPicture { mut raster, profile } = decode(original)?;
    let mut made = BTreeMap::new();
    if profile.as_deref().is_some_and(profile::is_for_print) {
        return Some(made);
    }
    let profile = profile.filter(|profile| !profile::is_needless(profile));
    let (wide, high) = (u64::from(raster.width), u64::from(raster.height));
    // From the largest to the smallest, each from the one before it: the costly pixels are read once.
    for &width in widths.iter().rev() {
        let height = (high * u64::from(width) + wide / 2) / wide.max(1);
        let height = u32::try_from(height).ok()?.max(1);
        if width < raster.width {
            raster = scale(&raster, width, height)?;
        }
        let webp = encode(&raster, quality)?;
        let webp = match &profile {
            Some(profile) => profile::with(webp, profile, raster.width, raster.height),
            None => webp,
        };
        made.insert(width, webp);
    }
    Some(made)
}

/// All pixels are of one type, since what scales them is compiled for each, for every kind of processor.
fn scale(from: &Raster, width: u32, height: u32) -> Option<Raster> {
    let mut bytes = vec![0; width as usize * height as usize * 4];
    let source = TypedImageRef::<U8x4>::from_buffer(from.width, from.height, &from.bytes).ok()?;
    let mut target = TypedImage::<U8x4>::from_buffer(width, height, &mut bytes).ok()?;
    let how = ResizeAlg::Convolution(FilterType::Lanczos3);
    let options = ResizeOptions::new().resize_alg(how).use_alpha(from.alpha);
    Resizer::new().resize_typed(&source, &mut target, &options).ok()?;
    Some(Raster { bytes, width, height, alpha: from.alpha })
}

fn encode(raster: &Raster, quality: u8) -> Option<Vec<u8>> {
    let encoder = webp::Encoder::from_rgba(&raster.bytes, raster.width, raster.height);
    let mut settings = webp::WebPConfig::new().ok()?;
    settings.quality = f32::from(quality);
    encoder.encode_advanced(&settings).ok().map(|webp| webp.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::png::PngEncoder;
    use image::codecs::webp::WebPDecoder;
    use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat};
    use proptest::prelude::*;
    use std::io::Cursor;

    fn png(profile: Option<Vec<u8>>, alpha: bool) -> Vec<u8> {
        let pixels: Vec<u8> = (0..64 * 48 * 4).map(|at: u32| (at * 7 % 251) as u8).collect();
        let (count, colour) = if alpha { (4, image::ColorType::Rgba8) } else { (3, image::ColorType::Rgb8) };
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new(&mut bytes);
        if let Some(profile) = profile {
            encoder.set_icc_profile(profile).unwrap();
        }
        encoder.write_image(&pixels[..64 * 48 * count], 64, 48, colour.into()).unwrap();
        bytes
    }

    fn written(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = image::load_from_memory(&png(None, false)).unwrap();
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn profile(space: &[u8; 4]) -> Vec<u8> {
        let mut profile = vec![3; 301];
        profile[16..20].copy_from_slice(space);
        profile
    }

    #[test]
    fn colours_that_need_a_profile_keep_it() {
        for alpha in [false, true] {
            let made = smaller(&png(Some(profile(b"RGB ")), alpha), &[32, 64], 75).unwrap();
            for (width, webp) in made {
                let mut decoder = WebPDecoder::new(Cursor::new(webp)).unwrap();
                assert_eq!(decoder.dimensions(), (width, width * 48 / 64));
                assert_eq!(decoder.icc_profile().unwrap(), Some(profile(b"RGB ")));
                assert_eq!(decoder.color_type().has_alpha(), alpha);
                assert!(DynamicImage::from_decoder(decoder).is_ok());
            }
        }
        let plain = smaller(&png(None, false), &[64], 75).unwrap();
        assert_eq!(WebPDecoder::new(Cursor::new(&plain[&64])).unwrap().icc_profile().unwrap(), None);
    }

    #[test]
    fn a_picture_for_print_is_left_alone() {
        assert_eq!(smaller(&png(Some(profile(b"CMYK")), false), &[32], 75), Some(BTreeMap::new()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_bytes_whatever_do_harm(at in 0..4000usize, other: u8, cut in 0..4000usize, format in 0..3usize) {
            let mut bytes = match format {
                0 => png(None, true),
                1 => written(ImageFormat::Jpeg),
                _ => written(ImageFormat::WebP),
            };
            let place = at % bytes.len();
            bytes[place] ^= other;
            smaller(&bytes, &[16, 32], 75);
            bytes.truncate(cut);
            smaller(&bytes, &[16, 32], 75);
        }
    }
}
