//! A sheet of few colours that text and rectangles are put on, and its PNG. Three inks with some shades
//! each between them and the white of the paper: sixteen colours, two pixels to a byte.

use ab_glyph::{Font, FontRef, Point, ScaleFont, point};

/// How many shades an ink has.
const SHADES: u8 = 5;
const TEXT: [u8; 3] = [0x1b, 0x23, 0x26];
const QUIET: [u8; 3] = [0x55, 0x60, 0x64];

/// What something is drawn with.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    Text,
    Accent,
    Quiet,
}

/// A part of the sheet.
pub(super) struct Rectangle {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// White, and what was drawn on it.
pub(super) struct Paper {
    width: u32,
    height: u32,
    accent: [u8; 3],
    /// A colour's place in the palette for each pixel: 0 is white, then come the shades of each ink.
    pixels: Vec<u8>,
}

impl Paper {
    pub(super) fn new(width: u32, height: u32, accent: [u8; 3]) -> Self {
        Self { width, height, accent, pixels: vec![0; (width * height) as usize] }
    }

    /// Fills a rectangle.
    pub(super) fn fill(&mut self, Rectangle { left, top, width, height }: Rectangle, ink: Ink) {
        for y in top..(top + height).min(self.height) {
            let row = (y * self.width) as usize;
            let end = (left + width).min(self.width) as usize;
            self.pixels[row + left as usize..row + end].fill(shade(ink, 1.0));
        }
    }

    /// Writes a line whose letters stand on a point, from there to the right.
    pub(super) fn write(&mut self, font: &FontRef<'_>, line: &str, start: Point, size: f32, ink: Ink) {
        let scaled = font.as_scaled(size);
        let (mut x, mut before) = (start.x, None);
        for c in line.chars() {
            let id = scaled.glyph_id(c);
            x += before.map_or(0.0, |before| scaled.kern(before, id));
            let glyph = id.with_scale_and_position(size, Point { x, y: start.y });
            if let Some(outlined) = font.outline_glyph(glyph) {
                let corner = outlined.px_bounds().min;
                outlined.draw(|right, down, covered| self.dot(corner + point(right as f32, down as f32), covered, ink));
            }
            x += scaled.h_advance(id);
            before = Some(id);
        }
    }

    fn dot(&mut self, Point { x, y }: Point, covered: f32, ink: Ink) {
        let shade = shade(ink, covered);
        if shade > 0 && x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32 {
            let pixel = &mut self.pixels[(y as u32 * self.width + x as u32) as usize];
            *pixel = (*pixel).max(shade);
        }
    }

    /// The sheet as a PNG.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(16 << 10);
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_palette(self.palette());
        // Mostly white: higher levels take half as long again for a twelfth less.
        encoder.set_deflate_compression(png::DeflateCompression::Level(3));
        encoder.set_filter(png::Filter::NoFilter);
        let (pairs, last) = self.pixels.as_chunks();
        let mut packed: Vec<u8> = pairs.iter().map(|[left, right]| left << 4 | right).collect();
        packed.extend(last.iter().map(|alone| alone << 4));
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&packed).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    }

    fn palette(&self) -> Vec<u8> {
        let mut palette = vec![0xff; 3];
        for ink in [TEXT, self.accent, QUIET] {
            for shade in 1..=u32::from(SHADES) {
                let mixed = |own: u8| 255 - (255 - u32::from(own)) * shade / u32::from(SHADES);
                palette.extend(ink.map(|own| mixed(own) as u8));
            }
        }
        palette
    }
}

/// The place in the palette of an ink that covers so much of a pixel; 0 where it covers next to nothing.
fn shade(ink: Ink, covered: f32) -> u8 {
    let shade = (covered.clamp(0.0, 1.0) * f32::from(SHADES)).round() as u8;
    if shade == 0 { 0 } else { ink as u8 * SHADES + shade }
}
