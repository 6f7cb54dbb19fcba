//! Pies: parts of a whole, with their shares beside them.

use std::f64::consts::TAU;

use crate::fault::DrawingFault;
use crate::letters::{self, LINE, lines};
use crate::source::DiagramSource;
use crate::svg::SvgPicture;

/// As many kinds of slices as a style sheet tells apart.
const COLOURS: usize = 8;

/// More slices are not drawn.
const MOST: usize = 50;

pub(crate) fn draw(source: &DiagramSource) -> Result<String, DrawingFault> {
    let (mut slices, mut title, mut with_values): (Vec<(String, f64)>, _, _) =
        (Vec::new(), source.title.clone(), false);
    for (number, (line, text)) in source.lines.iter().enumerate() {
        let text = if number == 0 { text.trim_start_matches("pie").trim() } else { text };
        let text = text.strip_prefix("showData").map_or(text, |rest| {
            with_values = true;
            rest.trim()
        });
        if let Some(said) = text.strip_prefix("title ") {
            said.trim().clone_into(&mut title);
        } else if !text.is_empty() {
            let slice = text
                .rsplit_once(':')
                .and_then(|(name, value)| Some((letters::plain(name), value.trim().parse().ok()?)));
            match slice {
                Some((name, value)) if value >= 0.0 && f64::is_finite(value) => slices.push((name, value)),
                _ => {
                    return Err(DrawingFault::new(
                        *line,
                        "a slice is written `\"name\" : 12.5`, with a number that is not below nothing",
                    ));
                }
            }
        }
    }
    let whole: f64 = slices.iter().map(|(_, value)| value).sum();
    let line = source.lines.first().map_or(0, |(line, _)| *line);
    if whole <= 0.0 || !whole.is_finite() || slices.len() > MOST {
        return Err(DrawingFault::new(
            line,
            format!("it has {} slices, and 1 to {MOST} that add up to something can be drawn", slices.len()),
        ));
    }
    let mut picture = SvgPicture::default();
    let top = if title.is_empty() { 0.0 } else { 32.0 };
    let (radius, x) = (120.0, 120.0);
    let y = top + radius;
    let mut begin = 0.0;
    for (number, (_, value)) in slices.iter().enumerate() {
        let share = value / whole;
        let class = class(number, slices.len());
        let at = |turn: f64, far: f64| (x + (turn * TAU).sin() * far, y - (turn * TAU).cos() * far);
        if share > 0.9999 {
            picture.circle(&class, x, y, radius);
        } else if share > 0.0 {
            let ((x1, y1), (x2, y2)) = (at(begin, radius), at(begin + share, radius));
            let large = u8::from(share > 0.5);
            picture.path(&class, &format!("M{x} {y}L{x1:.1} {y1:.1}A{radius} {radius} 0 {large} 1 {x2:.1} {y2:.1}Z"));
        }
        if share > 0.04 {
            picture.text("slice-label", &[percent(share)], at(begin + share / 2.0, radius * 0.72));
        }
        begin += share;
    }
    picture.reach(x + radius, y + radius);
    let left = x + radius + 28.0;
    for (number, (name, value)) in slices.iter().enumerate() {
        let y = top + 12.0 + number as f64 * (LINE + 7.0);
        picture.rect(&class(number, slices.len()), (left, y, 14.0, 14.0), 0.0);
        let value = if with_values { format!(" [{value}]") } else { String::new() };
        let said = format!("{name}{value} – {}", percent(slices[number].1 / whole));
        picture.reach(left + 24.0 + letters::width(&said), y + LINE);
        picture.text("member", &[said], (left + 22.0, y + 7.0));
    }
    if !title.is_empty() {
        picture.text("member strong", &lines(&title), (0.0, 10.0));
        picture.reach(letters::width(&title), 20.0);
    }
    let told = slices.iter().map(|(name, value)| format!("{name}: {}", percent(value / whole)));
    let mut told = source.told(told.collect::<Vec<_>>().join("; "));
    if told.title.is_empty() {
        told.title = letters::plain(&title);
    }
    Ok(picture.finish("pie", &told))
}

/// Its colour. The last slice stands beside the first, and never has the same.
fn class(number: usize, count: usize) -> String {
    let is_last = number + 1 == count && count > 1 && number.is_multiple_of(COLOURS);
    format!("slice slice-{}", if is_last { COLOURS / 2 } else { number % COLOURS })
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
