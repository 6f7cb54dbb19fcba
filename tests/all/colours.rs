//! The colours of the theme's tags can be read, and their marks be seen, on every ground that they stand on: computed from
//! `templates/theme.css` as browsers compute them.

use std::fs;

const GROUNDS: [&str; 2] = ["#ffffff", "#15191b"];
const SOFT: [&str; 2] = ["#f4f6f6", "#1d2225"];

/// A colour as light: red, green and blue from 0 to 1.
type Light = [f64; 3];

fn light(hex: &str) -> Light {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    [part(1), part(3), part(5)]
}

fn contrast(one: Light, other: Light) -> f64 {
    let bright = |[red, green, blue]: Light| 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    let (one, other) = (bright(one), bright(other));
    one.max(other) / one.min(other)
}

/// Some of a colour on a ground, as `color-mix(in oklab, …)` has it.
fn mixed(colour: Light, ground: Light, share: f64) -> Light {
    let (colour, ground) = (oklab(colour), oklab(ground));
    let between = |at: usize| colour[at] * share + ground[at] * (1.0 - share);
    let [l, a, b] = [between(0), between(1), between(2)];
    let cubed = [
        (l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3),
        (l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3),
        (l - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3),
    ];
    let sum = |[x, y, z]: [f64; 3]| (x * cubed[0] + y * cubed[1] + z * cubed[2]).clamp(0.0, 1.0);
    [
        sum([4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2]),
        sum([-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5]),
        sum([-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701]),
    ]
}

fn oklab([red, green, blue]: Light) -> [f64; 3] {
    let root = |[r, g, b]: [f64; 3]| (r * red + g * green + b * blue).cbrt();
    let l = root([0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9]);
    let m = root([0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6]);
    let s = root([0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5]);
    [
        0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s,
    ]
}

/// The colours of a line, in their order: `--tone` light and dark, `--tone-mark` light and dark.
fn colours(line: &str) -> Vec<Light> {
    line.match_indices('#').map(|(at, _)| light(&line[at..at + 7])).collect()
}

#[test]
fn the_colours_of_tags_can_be_read_on_every_ground() {
    let style = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/theme.css")).unwrap();
    for ground in GROUNDS.iter().chain(&SOFT) {
        assert!(style.contains(ground), "{ground} is no ground of the theme any more");
    }
    assert!(style.contains("var(--tone-mark) 8%, var(--ground))"), "chips stand on another ground");
    let tones: Vec<&str> = style.lines().filter(|line| line.trim_start().starts_with(".tone-")).collect();
    assert_eq!(tones.len(), 8);
    for line in tones {
        let colours = colours(line);
        assert_eq!(colours.len(), 4, "{line}");
        for scheme in 0..2 {
            let (text, mark) = (colours[scheme], colours[scheme + 2]);
            let ground = light(GROUNDS[scheme]);
            for ground in [ground, light(SOFT[scheme]), mixed(mark, ground, 0.08)] {
                let (read, seen) = (contrast(text, ground), contrast(mark, ground));
                assert!(read >= 4.5 && seen >= 3.0, "{line}: {read:.2} {seen:.2} in scheme {scheme}");
            }
        }
    }
}
