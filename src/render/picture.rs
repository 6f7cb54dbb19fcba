//! The pictures of pages: what may be the address of one, which smaller sizes a page names and where they are
//! published, told from what is known of the file alone, so that a page's bytes never wait for a picture. Makes no picture.

use std::fmt::Write as _;

use super::links::Linker;
use super::published::Recipe;
use crate::config::RawHtml;
use crate::site::Edition;
use crate::source::{Asset, Digest};

/// The folder that they are published in, below the site's root.
pub const FOLDER: &str = "assets/images/";

/// How they are made, with the libraries as `Cargo.lock` has them (a test compares): another way of making
/// them, other names.
pub const MAKING: &str = "3, webp 0.3.1, fast_image_resize 6.1.0, png 0.18.1, image-webp 0.2.4, zune-jpeg 0.5.15";

/// A shorter file is not worth another request's wait.
const LEAST_BYTES: u64 = 10 << 10;
/// Nor is that of a picture so narrow, unless it is a heavy one.
const LEAST_WIDTH: u64 = 400;
const HEAVY: u64 = 64 << 10;
/// A picture with more pixels is left as it is: it would take too much memory.
const MOST_PIXELS: u64 = 64 << 20;
/// The longest side that WebP can have.
const LONGEST_SIDE: u64 = 16383;
/// A size is only made where the next larger one is wider by a quarter.
const STEP: u64 = 5;
/// About how many pixels a byte holds when a picture is made smaller; what is already packed so well is left alone.
const PIXELS_PER_BYTE: u64 = 12;

/// What is shown narrower than that is an icon.
const LEAST_LARGE: u32 = 96;

/// A published size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureSize {
    /// Its path in the output.
    pub path: String,
    /// Its width in pixels.
    pub width: u32,
}

/// How wide a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// As wide as it is, but no wider than the text.
    Text,
    /// So many pixels, where there is room.
    Pixels(u32),
}

/// The sizes of the file at an address, ascending; none for what is no large picture.
pub fn sizes(site: &Edition, route: &str) -> Vec<PictureSize> {
    let Some((file, digest)) = site.file(route).and_then(|file| Some((file, file.digest?))) else {
        return Vec::new();
    };
    let quality = site.config.images.quality;
    let widths = widths(file, &site.config.images.widths);
    widths.into_iter().map(|width| PictureSize { path: path(file, digest, width, quality), width }).collect()
}

/// What a size of the file at an address is made from.
pub fn recipe(site: &Edition, route: &str, width: u32) -> Option<Recipe> {
    let file = site.file(route)?;
    let (wide, high) = file.dimensions?;
    Some(Recipe {
        path: file.path.clone(),
        file: file.file.clone(),
        digest: file.digest?,
        pixels: u64::from(wide) * u64::from(high),
        widths: widths(file, &site.config.images.widths),
        width,
        quality: site.config.images.quality,
    })
}

/// The sizes of the file at an address as `srcset` has them, for a page. Where the largest would be no better than
/// the original, that stands last, or else a fine screen would be shown a coarse picture.
pub fn source_set(site: &Edition, linker: &Linker<'_>, route: &str) -> Option<String> {
    let sizes = sizes(site, route);
    let (largest, own) = (sizes.last()?.width, site.file(route)?.dimensions?.0);
    let mut set = String::new();
    for size in sizes {
        let _ = write!(set, "{} {}w, ", linker.file(&size.path), size.width);
    }
    let most = site.config.images.widths.iter().copied().max().unwrap_or(0);
    match largest < own.min(most) {
        true => _ = write!(set, "{} {own}w", linker.file(route)),
        false => set.truncate(set.len() - 2),
    }
    Some(set)
}

/// How wide a picture is shown, as `sizes` has it. The text of the theme is 44rem wide, with a margin of a rem.
pub fn shown(room: Room, own: u32) -> String {
    match room {
        Room::Pixels(pixels) => format!("{pixels}px"),
        Room::Text if own < 704 => format!("(min-width: {}px) {own}px, calc(100vw - 2rem)", own + 32),
        Room::Text => "(min-width: 46rem) 44rem, calc(100vw - 2rem)".to_owned(),
    }
}

/// Whether a picture of so many pixels is shown smaller than it is, and no icon: then readers can open it large.
pub fn opens_large(room: Room, own: u32) -> bool {
    match room {
        Room::Pixels(pixels) => (LEAST_LARGE..own).contains(&pixels),
        Room::Text => own > 704,
    }
}

/// The widths in which a file is worth publishing: of those wanted the ones that are clearly smaller, and its own
/// width where that is not larger than the largest; and no width at which it would not take fewer bytes.
fn widths(file: &Asset, wanted: &[u32]) -> Vec<u32> {
    let Some((wide, high)) = file.dimensions else { return Vec::new() };
    let (wide, high) = (u64::from(wide), u64::from(high));
    let most = wanted.iter().copied().max().unwrap_or(0);
    let is_small = wide < LEAST_WIDTH && file.len < HEAVY;
    if is_small || file.len < LEAST_BYTES || wide * high > MOST_PIXELS || most == 0 {
        return Vec::new();
    }
    let smaller = wanted.iter().copied().filter(|&width| u64::from(width) * STEP <= wide * (STEP - 1));
    let own = u32::try_from(wide).ok().filter(|&own| own <= most);
    let mut widths: Vec<u32> = smaller.chain(own).collect();
    widths.sort_unstable();
    widths.dedup();
    widths.retain(|&width| {
        let tall = high * u64::from(width) / wide;
        let bytes = u64::from(width) * tall / PIXELS_PER_BYTE;
        bytes * 5 <= file.len * 4 && tall.max(u64::from(width)) <= LONGEST_SIDE
    });
    widths
}

/// `assets/images/name-800w.0123abcd.webp`: the name of the original, and what tells this picture from all others.
fn path(file: &Asset, digest: Digest, width: u32, quality: u8) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&digest).update(&width.to_le_bytes()).update(&[quality]).update(MAKING.as_bytes());
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    let name: String = file.path.stem().chars().take(80).map(plain).collect();
    format!("{FOLDER}{name}-{width}w.{}.webp", &hasher.finalize().to_hex()[..8])
}

/// Whether an address may be that of a picture: nobody ever means code there. A picture that is written into its
/// address runs none, but is none of the addresses that safe HTML may have.
pub fn may_be_picture(address: &str, html: RawHtml) -> bool {
    let is_written_out = address.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"));
    crate::html::is_harmless(address) || (html == RawHtml::Trusted && is_written_out)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::source::{Root, SourcePath};

    fn picture(wide: u32, high: u32, len: u64) -> Asset {
        Asset {
            path: SourcePath::new(Root::Static, "img/ein Bild, groß.jpeg"),
            file: PathBuf::new(),
            len,
            modified: None,
            dimensions: Some((wide, high)),
            picture_type: None,
            digest: Some([7; 16]),
            typeface: None,
        }
    }

    fn widths_of(wide: u32, high: u32, kilobytes: u64) -> Vec<u32> {
        widths(&picture(wide, high, kilobytes << 10), &[200, 400, 800, 1600])
    }

    #[test]
    fn a_picture_is_never_made_wider() {
        assert_eq!(widths_of(5000, 3000, 2000), [200, 400, 800, 1600]);
        assert_eq!(widths_of(1000, 600, 500), [200, 400, 800, 1000]);
        assert_eq!(widths_of(1600, 1000, 800), [200, 400, 800, 1600]);
        assert_eq!(widths_of(900, 600, 300), [200, 400, 900], "800 would hardly be smaller");
        assert_eq!(widths_of(150, 100, 80), [150]);
    }

    #[test]
    fn what_would_not_take_fewer_bytes_is_left_alone() {
        assert_eq!(widths_of(1500, 900, 17), [200, 400], "a drawing that is packed well");
        assert!(widths_of(3000, 2000, 9).is_empty(), "a small file");
        assert!(widths_of(320, 200, 40).is_empty(), "a small picture");
        assert!(widths_of(20_000, 20_000, 9000).is_empty(), "too many pixels");
        assert_eq!(widths_of(800, 40_000, 9000), [200], "too tall for WebP");
    }

    #[test]
    fn a_name_is_plain_and_follows_the_bytes_and_the_making() {
        let file = picture(1000, 800, 1 << 20);
        let one = path(&file, [7; 16], 400, 75);
        assert!(one.starts_with("assets/images/ein-Bild--gro--400w.") && one.ends_with(".webp"), "{one}");
        for other in [path(&file, [8; 16], 400, 75), path(&file, [7; 16], 400, 76)] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn the_libraries_are_those_that_the_names_speak_of() {
        let lock = include_str!("../../Cargo.lock");
        let (_, libraries) = MAKING.split_once(", ").unwrap();
        for library in libraries.split(", ") {
            let (name, version) = library.split_once(' ').unwrap();
            assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")), "{library}");
        }
    }

    #[test]
    fn a_small_picture_is_shown_no_wider_than_it_is() {
        assert_eq!(shown(Room::Text, 1000), "(min-width: 46rem) 44rem, calc(100vw - 2rem)");
        assert_eq!(shown(Room::Text, 500), "(min-width: 532px) 500px, calc(100vw - 2rem)");
        assert_eq!(shown(Room::Pixels(120), 500), "120px");
    }

    #[test]
    fn what_is_shown_smaller_than_it_is_opens_large_but_no_icon() {
        let asked = [
            (Room::Text, 1000),
            (Room::Text, 704),
            (Room::Pixels(200), 400),
            (Room::Pixels(400), 400),
            (Room::Pixels(32), 400),
        ];
        assert_eq!(asked.map(|(room, own)| opens_large(room, own)), [true, false, true, false, false]);
    }

    #[test]
    fn a_picture_is_no_code_and_written_out_only_where_html_is_trusted() {
        for (address, trusted, safe) in [
            ("javascript:x", false, false),
            ("java\tscript:x", false, false),
            ("data:text/html,x", false, false),
            ("data:image/png;base64,x", true, false),
            ("https://a.example/b.png", true, true),
            ("//a.example/b.png", true, true),
            ("./a:b.png", true, true),
        ] {
            assert_eq!(may_be_picture(address, RawHtml::Trusted), trusted, "{address:?}");
            assert_eq!(may_be_picture(address, RawHtml::Safe), safe, "{address:?}");
        }
    }
}
